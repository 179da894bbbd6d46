"""Lodging online: what a portal sends in becomes a dossier with number, unit, holder and due date at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from lienthong.core.lifecycle.rules import why_not
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.queries import present_register
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.people.organisation.queries import unit_by_code
from lienthong.work.dossiers.actions.intake import Draft, Taken, Taking, Wanted, take_in
from lienthong.work.dossiers.enums import Channel, DossierState
from lienthong.work.dossiers.rules import LIFECYCLE, LODGING
from lienthong.work.dossiers.values import Intake, Lodged, Lodging

if TYPE_CHECKING:
    from lienthong.facilities.exchange.values import ClientPass


def lodge_dossier(
    *,
    actor: Actor,
    key: UUID,
    intake: Intake,
    external_code: str = "",
    links: tuple[tuple[str, ...], ...] = (),
) -> Lodged:
    """Take an online dossier in (state "submitted"); the counter then accepts or refuses it. One statement.

    `actor` is a client of the API at the addressed unit (its account number is the client's, negative); with an
    `external_code` the client is told of the dossier's course. Needs no transaction around it.
    `links` are a part of the command that the caller does itself. Raises Refused as `receive_dossier` does, and
    where the external code stands on another dossier.
    """
    (found,) = _lodge(actor, [Wanted(key, _online(intake), external_code, links)])
    if isinstance(found, Refused):
        raise found
    return _lodged(found)


def lodge_dossiers(*, client: "ClientPass", items: Sequence[Lodging]) -> list[Lodged | Refused]:
    """A batch: one transaction, one statement a unit; every item has its own outcome, a bad one only its own."""
    found: dict[int, Taken | Refused] = {}
    with transaction.atomic():
        # In one order of units: two batches that lock number series crosswise would deadlock.
        for unit_code, places in sorted(_by_unit(items).items()):
            wanted = [
                Wanted(one.key, _online(one.intake), one.external_code, one.links)
                for one in (items[place] for place in places)
            ]
            try:
                unit = _unit(unit_code)
                found |= zip(places, _lodge(client.actor(unit, frozenset({LODGING})), wanted), strict=True)
            except Refused as refused:
                found |= dict.fromkeys(places, refused)
    outcomes = (found[place] for place in range(len(items)))
    return [one if isinstance(one, Refused) else _lodged(one) for one in outcomes]


def _lodge(actor: Actor, wanted: Sequence[Wanted]) -> list[Taken | Refused]:
    if refusal := why_not(LIFECYCLE, "lodge", "", actor):
        raise Refused.because(refusal, status=403)
    taking = Taking(
        actor=actor,
        verb="dossier.lodge",
        event="dossier.lodged",
        state=DossierState.SUBMITTED.value,
        at=now(),
        charges=False,
        result=_result,
    )
    return take_in(taking, wanted)


def _result(draft: Draft) -> dict[str, str]:
    return {"state": DossierState.SUBMITTED.value, "unit_code": draft.frame.here.code}


def _lodged(taken: Taken) -> Lodged:
    return replace(Lodged.from_json(taken.result), repeated=taken.repeated)


def _online(intake: Intake) -> Intake:
    return intake if intake.channel == Channel.ONLINE else replace(intake, channel=Channel.ONLINE.value)


def _by_unit(items: Sequence[Lodging]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        found.setdefault(item.unit_code, []).append(place)
    return found


def _unit(code: str) -> int:
    """The addressed unit's id. A code that no unit bears is refused like a foreign one."""
    day = now().date()
    found = present_register().kept(("unit of code", code, day), lambda: unit_by_code(code, day).id)
    if not found:
        raise NotFound
    return found

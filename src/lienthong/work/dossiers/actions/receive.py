"""Receiving a dossier at a counter: number, responsible unit, holder, due date and receipt in one act."""

from typing import Any
from uuid import UUID

from lienthong.core.lifecycle.rules import why_not
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.values import as_json
from lienthong.work.dossiers.actions.intake import Draft, Taking, Wanted, take_in
from lienthong.work.dossiers.actions.papers import first_receipt
from lienthong.work.dossiers.enums import DossierState
from lienthong.work.dossiers.rules import LIFECYCLE
from lienthong.work.dossiers.values import Intake, Received


def receive_dossier(*, actor: Actor, key: UUID, intake: Intake) -> Received:
    """Take a dossier in (mẫu 01). One statement; some more where the register was not asked since it changed.

    The receiving unit numbers it and the clock starts there; the responsible unit is the register's answer for
    the intake's place. Raises Refused: not your duty, procedure not in force or without its terms, party
    details impossible, a place outside the province, a channel the procedure does not have.
    """
    if refusal := why_not(LIFECYCLE, "receive", "", actor):
        raise Refused.because(refusal, status=422)
    taking = Taking(
        actor=actor,
        verb="dossier.receive",
        event="dossier.received",
        state=DossierState.RECEIVED.value,
        at=now(),
        receipt=lambda draft: _receipt(draft, actor),
    )
    (found,) = take_in(taking, [Wanted(key, intake)])
    if isinstance(found, Refused):
        raise found
    return Received.from_json(found.result)


def _receipt(draft: Draft, actor: Actor) -> dict[str, Any]:
    """Mẫu 01 without the code and the look-up address, which the statement that issues the number adds."""
    return as_json(first_receipt(draft, actor))

"""Who may read what of the register: tasks, rules and bases are open to officers; a unit's inside to it and the city."""

from datetime import date

from django.conf import settings

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence.models import Delegation, Draft, WorkAssignment
from lienthong.people.organisation.queries import unit_by_code, unit_by_id
from lienthong.people.organisation.values import UnitCard


def find_unit(actor: Actor, code: str, on: date) -> UnitCard:
    """The unit of this code ("" = the actor's own): one's own, or for the city any of its own. Raises NotFound."""
    own = unit_by_id(actor.unit_id or 0, on)
    if code in ("", own.code):
        return own
    found = unit_by_code(code, on) if actor.may("city") else None
    if found is None or found.province_code != settings.PROVINCE:
        raise NotFound
    return found


def find_assignment(actor: Actor, assignment_id: int) -> int:
    """The unit of an assignment that the actor may read. Raises NotFound. One statement."""
    return _opened(
        actor, WorkAssignment.objects.filter(pk=assignment_id).values_list("unit_id", flat=True).first()
    )


def find_delegation(actor: Actor, delegation_id: int) -> int:
    """The unit of a delegation that the actor may read. Raises NotFound. One statement."""
    return _opened(
        actor, Delegation.objects.filter(pk=delegation_id).values_list("unit_id", flat=True).first()
    )


def find_draft(actor: Actor, draft_id: int) -> Draft:
    """A draft of the actor's own unit, or of the city. Raises NotFound. One statement."""
    found = Draft.objects.filter(pk=draft_id).first()
    if found is None or (found.unit_id not in (None, actor.unit_id) and not actor.may("city")):
        raise NotFound
    return found


def _opened(actor: Actor, unit_id: int | None) -> int:
    if unit_id is None or (unit_id != actor.unit_id and not actor.may("city")):
        raise NotFound
    return unit_id

"""Whose checklist may be seen: a unit's own, and all of them for the city. Missing and forbidden look alike."""

from datetime import date

from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.people.organisation.queries import unit_by_code, unit_by_id
from lienthong.people.organisation.values import UnitCard
from lienthong.work.readiness.rules import why_not_open_board, why_not_see


def find_unit(actor: Actor, code: str, on: date) -> UnitCard:
    """The commune-level unit whose checklist the actor may see. Raises NotFound. One statement."""
    unit = unit_by_code(code, on)
    if unit.level != "commune" or why_not_see(actor, unit.id):
        raise NotFound
    return unit


def board_closed_to(actor: Actor, on: date) -> Refusal | None:
    """Why the actor's post has neither a checklist of its own nor the board of all. At most one statement."""
    return why_not_open_board(actor, unit_by_id(actor.unit_id or 0, on).level)

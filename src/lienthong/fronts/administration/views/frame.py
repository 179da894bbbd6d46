"""What the pages of administration share: who acts, on which unit, and how a form is shown."""

from django.http import HttpRequest

from lienthong.core.scope.values import Actor
from lienthong.people.organisation.values import UnitCard

DUTIES = ("administration", "city")


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def is_own(actor: Actor, unit: UnitCard) -> bool:
    """Whether the unit is the actor's own, and the address needs no code."""
    return actor.unit_id == unit.id and not actor.may("city")


def list_query(actor: Actor, unit: UnitCard) -> str:
    """What the address of the unit's list ends with."""
    return "" if is_own(actor, unit) else f"?unit={unit.code}"

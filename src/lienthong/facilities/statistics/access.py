"""Whose figures an actor may see: the own unit's; the city's officers those of every unit."""

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor


def find_unit(actor: Actor, unit_id: int | None) -> int:
    """The unit whose figures are asked for, if the actor may see them. Raises NotFound. No statement."""
    wanted = unit_id or actor.unit_id
    if wanted is None or (wanted != actor.unit_id and not sees_all(actor)):
        raise NotFound
    return wanted


def sees_all(actor: Actor) -> bool:
    """Whether the actor may see the figures of every unit of the province."""
    return actor.reach in ("province", "system")

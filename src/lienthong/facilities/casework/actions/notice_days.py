"""A notice of days off or worked, and the due dates that follow it, in one act."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import record_day_notice
from lienthong.core.workdays.queries import forget, now
from lienthong.facilities.casework.actions.recompute import recompute_due_dates
from lienthong.facilities.casework.values import DayWord


class _NotKept(Exception):
    """Undoes what a count had to write."""


@transaction.atomic
def notice_days(
    *, actor: Actor, key: UUID, days: Sequence[DayWord], own_place: str = "", at: datetime | None = None
) -> int:
    """Record the notices and move the running due dates of every unit; how many cases moved.

    The first promises stay. `own_place`: the code of the actor's unit. Raises Refused: not yours to say, or
    without the notice's number.
    """
    at = at or now()
    for number, word in enumerate(days):
        record_day_notice(
            actor=actor,
            key=key if len(days) == 1 else uuid5(key, str(number)),
            day=word.day,
            kind=word.kind,
            name=word.name,
            source=word.source,
            confidence=word.confidence,
            place=word.place,
            own_place=own_place,
            at=at,
        )
    with entered(SYSTEM):  # a due date is every unit's; the journal names who acted
        return sum(
            recompute_due_dates(actor=actor, day=day, at=at)
            for day in dict.fromkeys(word.day for word in days)
        )


def count_moved(*, actor: Actor, key: UUID, days: Sequence[DayWord], own_place: str = "") -> int:
    """How many cases `notice_days` would move: it is done and undone. Raises Refused likewise."""
    moved = 0
    try:
        with transaction.atomic():
            moved = notice_days(actor=actor, key=key, days=days, own_place=own_place)
            raise _NotKept
    except _NotKept:
        forget()
    return moved

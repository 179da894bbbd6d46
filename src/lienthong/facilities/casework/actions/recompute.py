"""When a day off or a make-up day is announced, the running due dates follow; the first promise stays."""

from datetime import date, datetime

from django.db import transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.models import Case
from lienthong.facilities.casework.rules import calendar_of, due_from_ledger, limit_of
from lienthong.lib.dates import format_moment


@transaction.atomic
def recompute_due_dates(*, actor: Actor, day: date, at: datetime) -> int:
    """Recompute the due date of every running case whose time spans a day that changed; how many moved.

    To be called in the same transaction as the notice (workdays.record_day_notice), with an actor that sees
    every unit: a due date is a legal fact and waits for no listener. One statement, then one for the ledgers,
    then two for each case that moves.
    """
    running = (
        Case.objects.select_for_update()
        .filter(
            closed_at__isnull=True, due_at__isnull=False, clock_start__date__lte=day, due_at__date__gte=day
        )
        .prefetch_related("clock")
        .order_by("pk")
    )
    moved = 0
    for case in running:
        rows = sorted(case.clock.all(), key=lambda row: (row.from_at, row.pk))
        limit = limit_of(case.limit_amount, case.limit_unit)
        due = due_from_ledger(case.clock_start, limit, rows, calendar_of(case.place, case.cutoff))
        if due != case.due_at:
            _move(case, due, actor, at)
            moved += 1
    return moved


def _move(case: Case, due: datetime, actor: Actor, at: datetime) -> None:
    case.due_at, case.version = due, case.version + 1
    case.save(update_fields=["due_at", "version"])
    record(
        "case.due_recomputed",
        subject=Subject("case", case.pk, case.pk),
        actor=actor,
        at=at,
        data={"due": format_moment(due)},
    )

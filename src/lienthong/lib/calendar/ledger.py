"""The clock as a ledger (đồng hồ của hồ sơ): pauses are rows, the due date is computed, never edited.

The model, exact to the minute: a pause freezes what is left of the limit, measured from the pause's start to
the due date as it stood; on resumption that same amount is laid out again from there. Hence

* pausing and resuming at once changes nothing;
* a pause that covers k whole working days moves a due date in working days by k working days;
* a due date never becomes earlier;
* a pause that begins when the matter is already overdue does not heal it;
* time before the clock starts (`clock_starts_at`) is nobody's, and a pause there moves nothing.

Working units are measured in working minutes, calendar units in minutes of the wall clock; a limit in
calendar days or months still ends at close of office of a working day after each resumption.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lienthong.lib.calendar.days import (
    CalendarError,
    WorkCalendar,
    add_working_minutes,
    working_minutes_between,
)
from lienthong.lib.calendar.limits import TimeLimit, clock_starts_at, due_at, end_of_office_on

ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Tạm dừng tính thời hạn: [start, end). An open pause has no end and must be the last of its ledger."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left of a limit at one moment.

    minutes   working minutes if `is_working`, else wall clock; negative when overdue
    due       the due date, or None while paused: then only `minutes` is certain
    """

    minutes: int
    is_working: bool
    due: datetime | None

    @property
    def is_paused(self) -> bool:
        """Whether the clock stood still at that moment."""
        return self.due is None


def due_with_pauses(
    start: datetime, limit: TimeLimit, pauses: Sequence[Pause], calendar: WorkCalendar
) -> datetime:
    """The due date after a ledger whose pauses are all closed.

    Raises CalendarError if one is open, or if the ledger is out of order, overlaps, or begins before `start`.
    """
    check_ledger(start, pauses, calendar)
    if pauses and pauses[-1].end is None:
        raise CalendarError("while a pause is open there is no due date, only remaining time")
    return _due_after(start, limit, pauses, calendar)


def remaining_at(
    start: datetime, limit: TimeLimit, pauses: Sequence[Pause], moment: datetime, calendar: WorkCalendar
) -> Remaining:
    """What is left at `moment`; what the ledger says of later than `moment` is not looked at.

    Raises CalendarError as `due_with_pauses`, save that the last pause may be open.
    """
    check_ledger(start, pauses, calendar)
    seen = calendar.local(moment)
    closed = [p for p in pauses if p.end is not None and calendar.local(p.end) <= seen]
    due = _due_after(start, limit, closed, calendar)
    running = next((p for p in pauses[len(closed) :] if calendar.local(p.start) <= seen), None)
    measured = max(
        calendar.local(running.start) if running else seen, clock_starts_at(start, limit, calendar)
    )
    left = minutes_between(measured, due, limit, calendar)
    return Remaining(left, limit.unit.is_working, None if running else due)


def check_ledger(start: datetime, pauses: Sequence[Pause], calendar: WorkCalendar) -> None:
    """Raise CalendarError unless the pauses follow `start` in order, apart, and only the last is open."""
    free_from: datetime | None = calendar.local(start)
    for pause in pauses:
        begin = calendar.local(pause.start)
        if free_from is None or begin < free_from:
            raise CalendarError(
                "pauses must follow one another, after the receipt, and only the last may be open"
            )
        free_from = None if pause.end is None else calendar.local(pause.end)
        if free_from is not None and free_from < begin:
            raise CalendarError("a pause ends before it begins")


def minutes_between(first: datetime, last: datetime, limit: TimeLimit, calendar: WorkCalendar) -> int:
    """Minutes of the kind the limit is counted in; negative when `last` is the earlier."""
    if limit.unit.is_working:
        return working_minutes_between(first, last, calendar)
    return (calendar.local(last) - calendar.local(first)) // ONE_MINUTE


def _due_after(
    start: datetime, limit: TimeLimit, pauses: Sequence[Pause], calendar: WorkCalendar
) -> datetime:
    """The due date after closed pauses; the ledger has been checked."""
    due = due_at(start, limit, calendar)
    begins = clock_starts_at(start, limit, calendar)
    for pause in pauses:
        stopped, resumed = (max(calendar.local(m), begins) for m in (pause.start, pause.end or pause.start))
        if stopped < resumed and stopped < due:
            left = minutes_between(stopped, due, limit, calendar)
            due = _laid_out(resumed, left, limit, calendar)
    return due


def _laid_out(resumed: datetime, left: int, limit: TimeLimit, calendar: WorkCalendar) -> datetime:
    """Where `left` minutes end when they run again from `resumed`."""
    if limit.unit.is_working:
        return add_working_minutes(resumed, left, calendar)
    end = resumed + left * ONE_MINUTE
    return end if limit.unit.is_hours else end_of_office_on(end.date(), calendar)

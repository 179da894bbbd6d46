"""How a due date came about, day by day (cách tính hạn trả): the lines of the page, without any wording.

The words belong to the page; here are kinds and reasons as stable codes, and the labels of the calendar.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from lienthong.lib.calendar.days import ONE_DAY, WorkCalendar
from lienthong.lib.calendar.ledger import Pause, check_ledger, due_with_pauses, minutes_between
from lienthong.lib.calendar.limits import (
    LimitUnit,
    TimeLimit,
    clock_starts_at,
    nominal_end,
    received_at,
)


class DayKind(StrEnum):
    """What a day is in the story of one limit."""

    RECEIVED = "received"
    COUNTED = "counted"
    OFF = "off"
    PAUSED = "paused"
    DUE = "due"


class DayReason(StrEnum):
    """Why a day is what it is; empty on an ordinary day."""

    NONE = ""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP_DAY = "make_up_day"
    AFTER_CUTOFF = "after_cutoff"
    COUNTS_AS_RECEIVED = "counts_as_received"
    PARTLY_PAUSED = "partly_paused"


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the story.

    number    running number of a day on which the clock ran, from 1; None on the others
    minutes   how long it ran that day: working minutes for working units, else wall clock
    label     the calendar's own words for the date ("Tết Nguyên Đán"), or ""
    """

    day: date
    kind: DayKind
    reason: DayReason = DayReason.NONE
    number: int | None = None
    minutes: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Clock:
    """One limit with its ledger: when it runs. `until` is the due date, or the start of an open pause."""

    limit: TimeLimit
    calendar: WorkCalendar
    begins: datetime
    until: datetime
    pauses: Sequence[Pause]

    def minutes_on(self, day: date) -> tuple[int, int]:
        """(minutes the clock ran on `day`, minutes a pause took from it)."""
        midnight = datetime.combine(day, time.min, self.calendar.zone)
        low, high = max(midnight, self.begins), min(midnight + ONE_DAY, self.until)
        paused = sum(self._between(max(low, s), min(high, e)) for s, e in self._spans())
        return self._between(low, high) - paused, paused

    def _spans(self) -> Iterator[tuple[datetime, datetime]]:
        for pause in self.pauses:
            if pause.end is not None:
                yield self.calendar.local(pause.start), self.calendar.local(pause.end)

    def _between(self, low: datetime, high: datetime) -> int:
        return minutes_between(low, high, self.limit, self.calendar) if low < high else 0


def explain(
    start: datetime, limit: TimeLimit, pauses: Sequence[Pause], calendar: WorkCalendar
) -> list[DayLine]:
    """One line a day from the receipt to the due date, ascending.

    The last line is DUE; where a pause still holds the clock there is no due date, and the last line is the
    PAUSED day on which it began. If the clock runs on the day of receipt (hours, or 0 days), that day has
    two lines. Minutes sum to the limit for hours and for 1 or more working days. Raises CalendarError as the
    ledger does.
    """
    check_ledger(start, pauses, calendar)
    closed = [pause for pause in pauses if pause.end is not None]
    due = due_with_pauses(start, limit, closed, calendar)
    held = [calendar.local(p.start) for p in pauses if p.end is None and calendar.local(p.start) < due]
    until = held[0] if held else due
    clock = _Clock(limit, calendar, clock_starts_at(start, limit, calendar), until, closed)
    lines = _receipt_lines(start, limit, calendar)
    received_on = lines[-1].day
    last = max(until.date(), received_on)
    first = received_on if limit.unit.is_hours or received_on == last else received_on + ONE_DAY
    lines += _running_lines(clock, first, last, _most_days(start, limit, calendar))
    return _ended(lines, DayKind.PAUSED if held else DayKind.DUE)


def _receipt_lines(start: datetime, limit: TimeLimit, calendar: WorkCalendar) -> list[DayLine]:
    """The day of receipt and, if it counts for a later one, the days up to that."""
    arrived = calendar.local(start).date()
    counted = received_at(start, calendar).date()
    if limit.unit is LimitUnit.CALENDAR_HOUR or arrived == counted:
        return [DayLine(arrived, DayKind.RECEIVED, label=calendar.labels.get(arrived, ""))]
    late = DayReason.AFTER_CUTOFF if calendar.is_working_day(arrived) else _nature(arrived, calendar)
    lines = [DayLine(arrived, DayKind.RECEIVED, late, label=calendar.labels.get(arrived, ""))]
    lines += [_off(arrived + n * ONE_DAY, calendar) for n in range(1, (counted - arrived).days)]
    label = calendar.labels.get(counted, "")
    return [*lines, DayLine(counted, DayKind.RECEIVED, DayReason.COUNTS_AS_RECEIVED, label=label)]


def _running_lines(clock: _Clock, first: date, last: date, most: int | None) -> list[DayLine]:
    """The days of the clock from `first` to `last`; no more than `most` of them get a number."""
    lines: list[DayLine] = []
    number = 0
    for distance in range((last - first).days + 1):
        day = first + distance * ONE_DAY
        ran, paused = clock.minutes_on(day)
        if ran and (most is None or number < most):
            number += 1
            lines.append(_counted(day, number, ran, bool(paused), clock.calendar))
        elif ran and clock.calendar.is_working_day(day):
            lines.append(_counted(day, None, ran, bool(paused), clock.calendar))
        else:
            lines.append(_idle(day, bool(paused), clock.calendar))
    return lines


def _counted(day: date, number: int | None, ran: int, paused: bool, calendar: WorkCalendar) -> DayLine:
    reason = DayReason.PARTLY_PAUSED if paused else _nature(day, calendar)
    return DayLine(day, DayKind.COUNTED, reason, number, ran, calendar.labels.get(day, ""))


def _idle(day: date, paused: bool, calendar: WorkCalendar) -> DayLine:
    """A day on which the clock did not run."""
    if calendar.is_working_day(day) or paused:
        return DayLine(day, DayKind.PAUSED, _nature(day, calendar), label=calendar.labels.get(day, ""))
    return _off(day, calendar)


def _off(day: date, calendar: WorkCalendar) -> DayLine:
    return DayLine(day, DayKind.OFF, _nature(day, calendar), label=calendar.labels.get(day, ""))


def _ended(lines: list[DayLine], kind: DayKind) -> list[DayLine]:
    """The same lines with the last one turned into the end of the story."""
    return [*lines[:-1], replace(lines[-1], kind=kind)]


def _most_days(start: datetime, limit: TimeLimit, calendar: WorkCalendar) -> int | None:
    """How many days a limit in calendar days or months counts; None for the other units."""
    if limit.unit.is_working or limit.unit.is_hours:
        return None
    received = received_at(start, calendar).date()
    return (nominal_end(received, limit) - received).days


def _nature(day: date, calendar: WorkCalendar) -> DayReason:
    """What the calendar says of the day itself."""
    if day in calendar.work:
        return DayReason.MAKE_UP_DAY
    if day in calendar.off:
        return DayReason.HOLIDAY
    return DayReason.NONE if calendar.is_working_day(day) else DayReason.WEEKEND

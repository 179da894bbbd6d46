"""A time limit (thời hạn giải quyết) and the due date (hạn trả) that it gives for a receipt.

The choices made here, each where it is computed, so that an office can see and question them:

* The day of receipt is not counted; counting begins on the next day (working day, for working days).
* A receipt on a day off, or later than the cut-off, counts as received when the next working day opens.
* A limit in days or months ends when the office closes on its last day, and if that is a day off, on the next
  working day (`WorkCalendar.calendar_end_rolls`).
* A limit in calendar hours runs on the wall clock from the receipt itself, nights and days off included.
* A limit of 0 days means the day of receipt.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lienthong.lib.calendar.days import (
    ONE_DAY,
    CalendarError,
    WorkCalendar,
    add_working_days,
    add_working_minutes,
)
from lienthong.lib.calendar.months import months_after

MINUTES_PER_HOUR = 60


class LimitUnit(StrEnum):
    """Đơn vị thời hạn. A source that states no unit has no TimeLimit: the unit is never guessed."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    WORKING_HOUR = "working_hour"
    CALENDAR_HOUR = "calendar_hour"
    MONTH = "month"

    @property
    def is_working(self) -> bool:
        """Whether the clock runs in office hours only."""
        return self in (LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR)

    @property
    def is_hours(self) -> bool:
        """Whether the limit is counted from the moment of receipt rather than from the next day."""
        return self in (LimitUnit.WORKING_HOUR, LimitUnit.CALENDAR_HOUR)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Thời hạn giải quyết: `amount` >= 0 of `unit`."""

    amount: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise CalendarError("a time limit is not negative")


def received_at(start: datetime, calendar: WorkCalendar) -> datetime:
    """The moment at which a receipt counts as received: always in the office hours of a working day.

    Before opening it is the opening of the same day; after the cut-off (or closing) or on a day off,
    the opening of the next working day.
    """
    local = calendar.local(start)
    if not calendar.is_working_day(local.date()) or local.time() > _last_receipt(calendar):
        return calendar.opening(calendar.next_working_day(local.date()))
    return max(local, calendar.opening(local.date()))


def due_at(start: datetime, limit: TimeLimit, calendar: WorkCalendar) -> datetime:
    """The due date of a dossier received at `start`, without pauses; never before `start` is received."""
    if limit.unit is LimitUnit.CALENDAR_HOUR:
        return calendar.local(start) + timedelta(hours=limit.amount)
    received = received_at(start, calendar)
    if limit.unit is LimitUnit.WORKING_HOUR:
        return add_working_minutes(received, limit.amount * MINUTES_PER_HOUR, calendar)
    if limit.unit is LimitUnit.WORKING_DAY:
        return calendar.closing(add_working_days(received.date(), limit.amount, calendar))
    return end_of_office_on(nominal_end(received.date(), limit), calendar)


def nominal_end(received_on: date, limit: TimeLimit) -> date:
    """The last day of a limit in calendar days or months, before any move to a working day.

    A month that lacks the day gives its last day: one month after 31 January is 28 or 29 February.
    """
    if limit.unit is LimitUnit.CALENDAR_DAY:
        return received_on + timedelta(days=limit.amount)
    if limit.unit is not LimitUnit.MONTH:
        raise CalendarError(f"a limit in {limit.unit} has no nominal last day")
    return months_after(received_on, limit.amount)


def end_of_office_on(day: date, calendar: WorkCalendar) -> datetime:
    """Close of office on `day`, moved to the next working day if the calendar says that limits roll."""
    return calendar.closing(calendar.working_day_from(day) if calendar.calendar_end_rolls else day)


def clock_starts_at(start: datetime, limit: TimeLimit, calendar: WorkCalendar) -> datetime:
    """From when time is used up: a pause before this moment costs and gives nothing.

    Hours: the receipt. Days and months: the beginning of the first counted day (working days: its opening).
    """
    if limit.unit is LimitUnit.CALENDAR_HOUR:
        return calendar.local(start)
    received = received_at(start, calendar)
    if limit.unit is LimitUnit.WORKING_HOUR or limit.amount == 0:
        return received
    if limit.unit is LimitUnit.WORKING_DAY:
        return calendar.opening(calendar.next_working_day(received.date()))
    return datetime.combine(received.date() + ONE_DAY, time.min, calendar.zone)


def is_overdue(due: datetime, moment: datetime) -> bool:
    """Quá hạn: strictly after the due moment. At the due moment itself it is still on time."""
    if due.utcoffset() is None or moment.utcoffset() is None:
        raise CalendarError("overdue is asked of moments with a zone")
    return moment > due


def _last_receipt(calendar: WorkCalendar) -> time:
    closing = calendar.closing_time
    return closing if calendar.cutoff is None else min(calendar.cutoff, closing)

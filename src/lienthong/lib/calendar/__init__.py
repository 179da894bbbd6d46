"""Working time as pure functions (ngày làm việc, làm bù, hoán đổi; thời hạn giải quyết; hạn trả).

Everything is computed from what is passed in: the calendar (days off, make-up days, office hours, cut-off)
is data that an office maintains, and `now` is always an argument. Read the files in this order:

* `days`    the calendar itself, and arithmetic on working minutes and working days;
* `limits`  a time limit and the due date it gives for a receipt;
* `ledger`  the clock as a ledger of pauses: remaining time, and the due date after them;
* `story`   the same, told day by day for the page.

Conventions of all four: moments are aware `datetime`s, naive ones are refused; results are in the calendar's
zone; the clock counts whole minutes, so seconds are dropped at the door.
"""

from lienthong.lib.calendar.days import (
    OFFICE_HOURS,
    CalendarError,
    WorkCalendar,
    add_working_days,
    add_working_minutes,
    working_days_between,
    working_minutes_between,
)
from lienthong.lib.calendar.ledger import Pause, Remaining, due_with_pauses, remaining_at
from lienthong.lib.calendar.limits import (
    LimitUnit,
    TimeLimit,
    clock_starts_at,
    due_at,
    is_overdue,
    received_at,
)
from lienthong.lib.calendar.story import DayKind, DayLine, DayReason, explain

__all__ = [
    "OFFICE_HOURS",
    "CalendarError",
    "DayKind",
    "DayLine",
    "DayReason",
    "LimitUnit",
    "Pause",
    "Remaining",
    "TimeLimit",
    "WorkCalendar",
    "add_working_days",
    "add_working_minutes",
    "clock_starts_at",
    "due_at",
    "due_with_pauses",
    "explain",
    "is_overdue",
    "received_at",
    "remaining_at",
    "working_days_between",
    "working_minutes_between",
]

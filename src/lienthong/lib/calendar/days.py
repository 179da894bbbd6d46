"""The working calendar (lịch làm việc): which days count, which minutes of them, and arithmetic on both.

Units: minutes are `int` working minutes, days are `int` working days. Loops run over days, never minutes;
ten years are some thousand steps. A span on the working axis has no gaps: 11:30 and 13:00 of one day, or
17:00 and 07:30 of the next, are the same point. Where one must be chosen, it is the earlier: a span
ends at closing time, never at the next opening.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

Periods = tuple[tuple[time, time], ...]

OFFICE_HOURS: Periods = ((time(7, 30), time(11, 30)), (time(13, 0), time(17, 0)))
"""A usual day, for tests and as a first value. The office's real hours are data and are passed in."""

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
LONGEST_CLOSURE_DAYS = 400


class CalendarError(ValueError):
    """The calendar, a limit or a ledger contradicts itself, or a moment has no zone."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Lịch làm việc: the days off and make-up days of the notices, and the hours of one office.

    off, work           explicit dates; `work` (make-up day, làm bù) wins over `off`, both over the weekend
    office_hours        the open periods of every working day, ascending, whole minutes, at least one
    weekend             weekday numbers, Monday = 0
    cutoff              a receipt later than this counts for the next working day; None: closing time.
                        (Certification, NĐ 23/2015 Đ.7: `cutoff=time(15)` with a limit of 0 working days)
    calendar_end_rolls  whether a limit in calendar days or months that ends on a day off ends on the next
                        working day instead
    labels              why a date is off or worked, in the words of its notice; never affects a computation
    """

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    office_hours: Periods = OFFICE_HOURS
    weekend: frozenset[int] = frozenset({5, 6})
    cutoff: time | None = None
    zone: tzinfo = VIETNAM
    calendar_end_rolls: bool = True
    labels: Mapping[date, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        edges = [edge for period in self.office_hours for edge in period]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise CalendarError("office hours must be non-empty, ascending and without overlap")
        if any(edge.second or edge.microsecond or edge.tzinfo for edge in edges):
            raise CalendarError("office hours are whole minutes of local time")

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day: explicit work > explicit off > weekend."""
        if day in self.work:
            return True
        return day not in self.off and day.weekday() not in self.weekend

    def minutes_on(self, day: date) -> int:
        """Working minutes of the whole day; 0 on a day off."""
        return self.minutes_per_day if self.is_working_day(day) else 0

    @property
    def minutes_per_day(self) -> int:
        """Working minutes of any working day."""
        return sum(_minute_of(end) - _minute_of(start) for start, end in self.office_hours)

    @property
    def closing_time(self) -> time:
        """When the last open period of a day ends."""
        return self.office_hours[-1][1]

    def opening(self, day: date) -> datetime:
        """The moment the office opens on `day`, were it a working day."""
        return datetime.combine(day, self.office_hours[0][0], self.zone)

    def closing(self, day: date) -> datetime:
        """The moment the office closes on `day`, were it a working day."""
        return datetime.combine(day, self.closing_time, self.zone)

    def working_day_from(self, day: date) -> date:
        """`day` itself if it is worked, else the next working day.

        Raises CalendarError if the office stays closed for more than LONGEST_CLOSURE_DAYS.
        """
        for distance in range(LONGEST_CLOSURE_DAYS + 1):
            candidate = day + timedelta(days=distance)
            if self.is_working_day(candidate):
                return candidate
        raise CalendarError(f"no working day within {LONGEST_CLOSURE_DAYS} days of {day.isoformat()}")

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after `day`."""
        return self.working_day_from(day + ONE_DAY)

    def local(self, moment: datetime) -> datetime:
        """`moment` in the calendar's zone with its seconds dropped. Raises CalendarError if it is naive."""
        if moment.utcoffset() is None:
            raise CalendarError("a moment without a zone cannot be placed on a working calendar")
        return moment.astimezone(self.zone).replace(second=0, microsecond=0)


def add_working_days(day: date, days: int, calendar: WorkCalendar) -> date:
    """The `days`-th working day strictly after `day`; for 0, `day` or the next working day."""
    if days < 0:
        raise CalendarError("working days are added forward only")
    if days == 0:
        return calendar.working_day_from(day)
    for _ in range(days):
        day = calendar.next_working_day(day)
    return day


def working_days_between(first: date, last: date, calendar: WorkCalendar) -> int:
    """Working days in (first, last]: what is left of a limit due on `last`, seen on `first`.

    Negative, counted over (last, first], when `last` is the earlier.
    """
    if last < first:
        return -working_days_between(last, first, calendar)
    span = (last - first).days
    return sum(calendar.is_working_day(first + timedelta(days=n)) for n in range(1, span + 1))


def add_working_minutes(moment: datetime, minutes: int, calendar: WorkCalendar) -> datetime:
    """The earliest moment by which `minutes` working minutes have passed since `moment`.

    `working_minutes_between(moment, result)` is `minutes`. 0 gives `moment` back, even outside office hours.
    Raises CalendarError for a negative amount.
    """
    if minutes < 0:
        raise CalendarError("working minutes are added forward only")
    local = calendar.local(moment)
    if minutes == 0:
        return local
    day = local.date()
    offset = _worked_before(local, calendar) + minutes
    while offset > (available := calendar.minutes_on(day)):
        offset -= available
        day = calendar.next_working_day(day)
    return _moment_at(day, offset, calendar)


def working_minutes_between(first: datetime, last: datetime, calendar: WorkCalendar) -> int:
    """Working minutes from `first` to `last`; negative when `last` is the earlier."""
    a, b = calendar.local(first), calendar.local(last)
    if b < a:
        return -working_minutes_between(b, a, calendar)
    span = (b.date() - a.date()).days
    days = sum(calendar.is_working_day(a.date() + timedelta(days=n)) for n in range(span))
    whole = days * calendar.minutes_per_day
    return whole - _worked_before(a, calendar) + _worked_before(b, calendar)


def _worked_before(local: datetime, calendar: WorkCalendar) -> int:
    """Working minutes of `local`'s own day that lie before it."""
    if not calendar.is_working_day(local.date()):
        return 0
    minute = _minute_of(local.time())
    return sum(
        min(max(minute, _minute_of(start)), _minute_of(end)) - _minute_of(start)
        for start, end in calendar.office_hours
    )


def _moment_at(day: date, offset: int, calendar: WorkCalendar) -> datetime:
    """The moment at which `offset` (1 .. minutes per day) working minutes of `day` have passed."""
    for start, end in calendar.office_hours:
        length = _minute_of(end) - _minute_of(start)
        if offset <= length:
            return datetime.combine(day, start, calendar.zone) + timedelta(minutes=offset)
        offset -= length
    raise CalendarError("more minutes than the day has")


def _minute_of(clock: time) -> int:
    return clock.hour * 60 + clock.minute

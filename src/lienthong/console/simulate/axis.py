"""Office time as one line of minutes: a place on it is a whole number, so that plans are quick arithmetic."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random

from lienthong.lib.calendar import WorkCalendar

# Share of a day's arrivals in each half-hour of office time, the first at opening.
HALF_HOURS = (5, 9, 11, 11, 9, 8, 6, 4, 5, 8, 9, 8, 6, 5, 3, 1)
_ARRIVED = tuple(accumulate(HALF_HOURS))
# Days of the line beyond the last day of arrivals: no plan looks further ahead.
BEYOND = 120


@dataclass
class Axis:
    """The working days of a load; minute 0 is the opening of the first day."""

    calendar: WorkCalendar
    days: list[date]

    @property
    def day_length(self) -> int:
        return len(self._clock)

    def at(self, place: int) -> datetime:
        """The moment at a place of the line."""
        day, minute = divmod(place, len(self._clock))
        return datetime.combine(self.days[day], self._clock[minute], self.calendar.zone)

    def end_of(self, moment: datetime) -> int:
        """The place at which the day of a moment ends (its first minute no longer belongs to it)."""
        return (bisect_left(self.days, moment.date()) + 1) * len(self._clock)

    def arrival(self, rng: Random, day: int) -> int:
        """A place in a day, most in the middle of the morning and of the afternoon."""
        half = bisect_right(_ARRIVED, rng.random() * _ARRIVED[-1])
        length = len(self._clock)
        return day * length + min(half * length // len(HALF_HOURS) + rng.randrange(30), length - 1)

    @cached_property
    def _clock(self) -> tuple[time, ...]:
        found = list[time]()
        for start, end in self.calendar.office_hours:
            first = datetime.combine(self.days[0], start)
            length = (end.hour - start.hour) * 60 + end.minute - start.minute
            found += [(first + timedelta(minutes=n)).time() for n in range(length)]
        return tuple(found)


def axis_from(calendar: WorkCalendar, first: date, count: int) -> Axis:
    """The line that begins with a day (or the next working one) and has so many days of arrivals."""
    day, days = calendar.working_day_from(first), list[date]()
    while len(days) < count + BEYOND:
        days.append(day)
        day = calendar.next_working_day(day)
    return Axis(calendar, days)


def first_of_last(calendar: WorkCalendar, today: date, count: int) -> date:
    """The first of the last working days that are over."""
    day = today
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day

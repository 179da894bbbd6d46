"""The acts' one clock, and the working calendar of a place."""

from contextvars import ContextVar
from datetime import date, datetime, time
from functools import lru_cache
from time import monotonic
from typing import Any

import holidays
from django.db import connection
from django.utils import timezone

from lienthong.core.workdays.enums import DayKind
from lienthong.core.workdays.models import DayNotice, OfficeHours
from lienthong.lib.calendar import OFFICE_HOURS, WorkCalendar
from lienthong.lib.calendar.days import VIETNAM, Periods

YEARS = range(2025, 2029)
MAKE_UP_DAY = "Ngày làm bù"
KEPT_SECONDS = 30.0

# Set by `actions.acting_at` alone, which refuses outside a database marked as demonstration.
ACTING: ContextVar[datetime | None] = ContextVar("acting_at", default=None)

_known_demonstration = False
_kept: dict[tuple[str, date], tuple[float, WorkCalendar]] = {}

# Of each day the newest notice of the place, else of every unit; and the hours likewise. One statement.
_OVERLAY = """
SELECT
  (SELECT coalesce(json_agg(json_build_array(d.day, d.kind, d.name)), '[]')
   FROM (SELECT DISTINCT ON (n.day) n.day, n.kind, n.name
         FROM (SELECT DISTINCT ON (day, place) day, place, kind, name FROM workdays_daynotice
               WHERE place IN (%(place)s, '') ORDER BY day, place, id DESC) n
         WHERE n.kind IS NOT NULL ORDER BY n.day, n.place DESC) d),
  (SELECT json_build_object('hours', h.hours, 'cutoff', h.cutoff) FROM workdays_officehours h
   WHERE h.place IN (%(place)s, '') AND h.valid_during @> %(day)s::date ORDER BY h.place DESC LIMIT 1)
"""


def now() -> datetime:
    """The act's moment, in Vietnam's zone: real time, or the simulator's in a demonstration. No statement."""
    return (ACTING.get() or timezone.now()).astimezone(VIETNAM)


def today() -> date:
    """The day in Vietnam of the act's moment."""
    return now().date()


def is_demonstration() -> bool:
    """Whether this database is marked as demonstration; a yes is remembered by the process."""
    global _known_demonstration
    if not _known_demonstration:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM scope_mark WHERE name = 'demo')")
            _known_demonstration = bool(cursor.fetchone()[0])
    return _known_demonstration


def calendar_for(place: str = "") -> WorkCalendar:
    """The working calendar of a unit's place code; "" for the days and hours of every unit.

    Days off are those of the holidays library for 2025 to 2028, corrected by the notices. Where no hours are
    stored the usual ones count (`lib.calendar.OFFICE_HOURS`): an assumption, until an office sets its own.
    Kept by the process for 30 seconds: then no statement, else one.
    """
    key = (place, today())
    until, calendar = _kept.get(key, (0.0, None))
    if calendar is None or until < monotonic():
        calendar = _read(*key)
        _kept[key] = (monotonic() + KEPT_SECONDS, calendar)
    return calendar


def calendar_as_stored(place: str, day: date) -> WorkCalendar:
    """The working calendar of a place as the database has it at this moment. One statement."""
    return _read(place, day)


def notices_in(year: int, place: str | None = "") -> list[DayNotice]:
    """The newest notice of each day of a year, withdrawn ones too (`kind` None). One statement.

    `place` "": those of every unit; a unit's code: its own; None: of every place, each by itself.
    """
    rows = (
        DayNotice.objects.filter(day__year=year)
        if place is None
        else DayNotice.objects.filter(day__year=year, place=place)
    )
    return list(rows.order_by("day", "place", "-id").distinct("day", "place"))


def hours_of(place: str, on: date) -> OfficeHours | None:
    """The hours set for a place itself ("" = every unit) on a day; None where none are. One statement."""
    return OfficeHours.objects.filter(place=place, valid_during__contains=on).first()


def hours_in_force(on: date) -> list[OfficeHours]:
    """Every place's own hours on a day, those of every unit first. One statement."""
    return list(OfficeHours.objects.filter(valid_during__contains=on).order_by("place"))


def library_days(year: int) -> dict[date, tuple[DayKind, str]]:
    """The days off and make-up days that the holidays library has of a year. No statement."""
    off, work, labels = _library()
    days = {**dict.fromkeys(off, DayKind.OFF), **dict.fromkeys(work, DayKind.WORK)}
    return {day: (kind, labels[day]) for day, kind in sorted(days.items()) if day.year == year}


def forget() -> None:
    """Drop what the process remembers of calendars and of the database's mark."""
    global _known_demonstration
    _known_demonstration = False
    _kept.clear()


def _read(place: str, day: date) -> WorkCalendar:
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAY, {"place": place, "day": day})
        notices, hours = cursor.fetchone()
    off, work, labels = (set(_library()[0]), set(_library()[1]), dict(_library()[2]))
    for text, kind, name in notices:
        noticed = date.fromisoformat(text)
        (off if kind == DayKind.OFF else work).add(noticed)
        (work if kind == DayKind.OFF else off).discard(noticed)
        labels[noticed] = name
    return WorkCalendar(
        off=frozenset(off),
        work=frozenset(work),
        labels=labels,
        office_hours=_periods(hours) or OFFICE_HOURS,
        cutoff=time.fromisoformat(hours["cutoff"]) if hours and hours["cutoff"] else None,
    )


def _periods(hours: dict[str, Any] | None) -> Periods:
    stated = hours["hours"] if hours else []
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in stated)


@lru_cache(maxsize=1)
def _library() -> tuple[frozenset[date], frozenset[date], dict[date, str]]:
    """Days off, make-up days and their names as the holidays library has them."""
    known = holidays.country_holidays("VN", years=YEARS, language="vi")
    work = frozenset(day for day in known.weekend_workdays if day.year in YEARS)
    labels = {**dict.fromkeys(work, MAKE_UP_DAY), **dict(known.items())}
    return frozenset(known), work, labels

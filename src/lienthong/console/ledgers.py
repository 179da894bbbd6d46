"""Due dates computed anew from the ledger and the calendar alone, quickly enough for a million of them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from lienthong.core.workdays.enums import DayKind
from lienthong.core.workdays.queries import YEARS, calendar_for, library_days
from lienthong.lib.calendar import (
    OFFICE_HOURS,
    LimitUnit,
    Pause,
    TimeLimit,
    WorkCalendar,
    due_at,
    due_with_pauses,
)
from lienthong.lib.calendar.days import VIETNAM

Entries = Sequence[Sequence[Any]]
MIDNIGHT, LAST_HOUR = time(0), time(23)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of a day as it was entered; the newest of a place counts, its own before every unit's."""

    day: date
    place: str
    kind: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours as they were once set: from a day on, until the next that were set for the place."""

    place: str
    since: date
    hours: Sequence[Sequence[str]]
    cutoff: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a case's due date is computed from."""

    start: datetime
    limit: TimeLimit
    place: str
    cutoff: str
    recorded_at: datetime
    entries: Entries = ()

    @property
    def reckoned_at(self) -> datetime:
        """When the clock was last set: at the last extension or end of a pause, else when it was written down."""
        moments = [begin if kind == "extension" else end for kind, begin, end, *_rest in self.entries]
        return max([self.recorded_at, *(datetime.fromisoformat(one) for one in moments if one)])


@dataclass
class Calendars:
    """The calendars of all places, those of today and those by which a promise was once given.

    Hours and notices count from the moment at which they were entered, whatever day they are of: what was
    promised before was promised by those known before.

    Equal calendars are one object, so that what was computed by one is known for all.
    """

    notices: Sequence[Notice]
    hours: Sequence[Hours] = ()
    _same: dict[WorkCalendar, WorkCalendar] = field(default_factory=dict)
    _today: dict[tuple[str, str], WorkCalendar] = field(default_factory=dict)
    _then: dict[tuple[str, str, date, int, int], WorkCalendar] = field(default_factory=dict)
    _due: dict[tuple[int, datetime, TimeLimit], datetime] = field(default_factory=dict)

    def today(self, ledger: Ledger) -> WorkCalendar:
        """As the place works by what is known today."""
        key = (ledger.place, ledger.cutoff)
        if key not in self._today:
            self._today[key] = self._one(_cut(calendar_for(ledger.place), ledger.cutoff))
        return self._today[key]

    def at_first(self, ledger: Ledger) -> Iterator[WorkCalendar]:
        """Those by which the first promise may have been given: today's, and as known when it was written down."""
        yield self.today(ledger)
        yield from self._known(ledger, ledger.recorded_at)

    def since(self, ledger: Ledger) -> Iterator[WorkCalendar]:
        """Those of the present due date: also as known when a pause ended, it was extended, or a day was noticed.

        An act or a notice computes it anew; what is changed afterwards leaves it as it was until the next one.
        """
        yield from self.at_first(ledger)
        noticed = (one.recorded_at for one in self.notices if one.recorded_at > ledger.recorded_at)
        for moment in dict.fromkeys([ledger.reckoned_at, *noticed]):
            yield from self._known(ledger, moment)

    def due(self, start: datetime, limit: TimeLimit, calendar: WorkCalendar) -> datetime:
        """A due date without pauses; a limit in days depends on the day alone, and is computed once for it."""
        if limit.unit.is_hours:
            return due_at(start, limit, calendar)
        local = calendar.local(start)
        last = min(calendar.cutoff or calendar.closing_time, calendar.closing_time)
        day = datetime.combine(local, LAST_HOUR if local.time() > last else MIDNIGHT, calendar.zone)
        key = (id(calendar), day, limit)
        if key not in self._due:
            self._due[key] = due_at(day, limit, calendar)
        return self._due[key]

    def behind(self, calendar: WorkCalendar) -> WorkCalendar:
        """The calendar of an extension, which begins with no receipt and so has no cut-off hour."""
        return self._one(replace(calendar, cutoff=None)) if calendar.cutoff else calendar

    def _known(self, ledger: Ledger, moment: datetime) -> Iterator[WorkCalendar]:
        """By what had been entered up to a moment; with the hours of that day, and of the day it began.

        They are two where a dossier was taken over or generated.
        """
        notices = [one for one in self.notices if one.recorded_at <= moment]
        hours = [one for one in self.hours if one.recorded_at <= moment]
        for day in dict.fromkeys(one.astimezone(VIETNAM).date() for one in (ledger.start, moment)):
            key = (ledger.place, ledger.cutoff, day, len(notices), len(hours))
            if key not in self._then:
                off, work = self._days(notices, ledger.place)
                calendar = WorkCalendar(off=frozenset(off), work=frozenset(work))
                self._then[key] = self._one(_cut(_open(calendar, hours, ledger.place, day), ledger.cutoff))
            yield self._then[key]

    def _one(self, calendar: WorkCalendar) -> WorkCalendar:
        return self._same.setdefault(calendar, calendar)

    def _days(self, known: Sequence[Notice], place: str) -> tuple[set[date], set[date]]:
        off, work = set(self._library[0]), set(self._library[1])
        newest = {(one.day, one.place): one for one in known if one.place in ("", place)}
        for one in sorted(newest.values(), key=lambda one: one.place):
            if one.kind is not None:
                (off if one.kind == DayKind.OFF else work).add(one.day)
                (work if one.kind == DayKind.OFF else off).discard(one.day)
        return off, work

    @cached_property
    def _library(self) -> tuple[set[date], set[date]]:
        days = {day: kind for year in YEARS for day, (kind, _name) in library_days(year).items()}
        return (
            {day for day, kind in days.items() if kind == DayKind.OFF},
            {day for day, kind in days.items() if kind != DayKind.OFF},
        )


def ledger_of(row: Sequence[Any]) -> Ledger:
    """From the columns (start, amount, unit, place, cutoff, recorded_at, entries as JSON text or None)."""
    start, amount, unit, place, cutoff, recorded_at, entries = row
    limit = TimeLimit(amount, LimitUnit(unit))
    return Ledger(start, limit, place, cutoff, recorded_at, json.loads(entries) if entries else ())


def due_of(calendars: Calendars, ledger: Ledger, calendar: WorkCalendar) -> datetime | None:
    """The due date of a ledger; None while a pause is open.

    Each extension begins a stretch behind the former due date. A pause falls into the first stretch, of those
    known when it began, that was not yet over.
    """
    stretches = [(ledger.limit, list[Pause]())]
    for kind, begin, end, amount, unit in ledger.entries:
        if kind == "extension":
            stretches.append((TimeLimit(amount, LimitUnit(unit)), []))
            continue
        if end is None:
            return None
        pause = Pause(datetime.fromisoformat(begin), datetime.fromisoformat(end))
        ends = _ends(calendars, ledger.start, stretches, calendar)
        running = (place for place, due in enumerate(ends) if due > pause.start)
        stretches[next(running, len(stretches) - 1)][1].append(pause)
    return _ends(calendars, ledger.start, stretches, calendar)[-1]


def _ends(
    calendars: Calendars,
    start: datetime,
    stretches: Sequence[tuple[TimeLimit, list[Pause]]],
    calendar: WorkCalendar,
) -> list[datetime]:
    found = list[datetime]()
    for limit, pauses in stretches:
        due = (
            due_with_pauses(start, limit, pauses, calendar)
            if pauses
            else calendars.due(start, limit, calendar)
        )
        found.append(due)
        start, calendar = due, calendars.behind(calendar)
    return found


def _open(calendar: WorkCalendar, hours: Sequence[Hours], place: str, day: date) -> WorkCalendar:
    """With the hours in force on a day: the newest of the place, else the newest of every unit, else the usual."""
    newest = {one.place: one for one in hours if one.place in ("", place) and one.since <= day}
    found = newest.get(place) or newest.get("")
    if found is None:
        return calendar
    periods = tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in found.hours)
    return _cut(replace(calendar, office_hours=periods or OFFICE_HOURS), found.cutoff)


def _cut(calendar: WorkCalendar, cutoff: str) -> WorkCalendar:
    return replace(calendar, cutoff=time.fromisoformat(cutoff)) if cutoff else calendar

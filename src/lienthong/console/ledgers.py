"""Due dates computed anew from the ledger and the calendar alone, quickly enough for a million of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from lienthong.core.workdays.enums import DayKind
from lienthong.core.workdays.queries import YEARS, calendar_as_stored, calendar_for, library_days
from lienthong.lib.calendar import LimitUnit, Pause, TimeLimit, WorkCalendar, due_at, due_with_pauses

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
class Ledger:
    """What a case's due date is computed from."""

    start: datetime
    limit: TimeLimit
    place: str
    cutoff: str
    recorded_at: datetime
    entries: Entries = ()


@dataclass
class Calendars:
    """The calendars of all places, those of today and those by which a promise was once given.

    Equal calendars are one object, so that what was computed by one is known for all.
    """

    notices: Sequence[Notice]
    _same: dict[WorkCalendar, WorkCalendar] = field(default_factory=dict)
    _today: dict[tuple[str, str], WorkCalendar] = field(default_factory=dict)
    _then: dict[tuple[str, str, date, int], WorkCalendar] = field(default_factory=dict)
    _due: dict[tuple[int, datetime, TimeLimit], datetime] = field(default_factory=dict)

    def today(self, ledger: Ledger) -> WorkCalendar:
        """As the place works by what is known today."""
        key = (ledger.place, ledger.cutoff)
        if key not in self._today:
            self._today[key] = self._one(_cut(calendar_for(ledger.place), ledger.cutoff))
        return self._today[key]

    def then(self, ledger: Ledger) -> WorkCalendar:
        """As the place worked by what was known when the case was written down."""
        known = [one for one in self.notices if one.recorded_at <= ledger.recorded_at]
        key = (ledger.place, ledger.cutoff, ledger.start.date(), len(known))
        if key not in self._then:
            stored = calendar_as_stored(ledger.place, ledger.start.date())
            off, work = self._days(known, ledger.place)
            calendar = replace(stored, off=frozenset(off), work=frozenset(work))
            self._then[key] = self._one(_cut(calendar, ledger.cutoff))
        return self._then[key]

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
        start = due
    return found


def _cut(calendar: WorkCalendar, cutoff: str) -> WorkCalendar:
    return replace(calendar, cutoff=time.fromisoformat(cutoff)) if cutoff else calendar

"""Filling units: which plays a unit gives, when each begins, and how a cut run is taken up again."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

from django.db import transaction

from lienthong.console.demo import marks
from lienthong.console.demo.courses import BUSY, LIGHT, PROCEDURES, Course
from lienthong.console.demo.crew import Crew, crews_of
from lienthong.console.demo.play import Enough, Play, Stage, citizen
from lienthong.core.registry.values import Refused
from lienthong.core.workdays.queries import calendar_for
from lienthong.lib.calendar import WorkCalendar
from lienthong.lib.calendar.days import add_working_minutes, working_minutes_between
from lienthong.mandate.procedures.queries import effective_terms, why_not_usable
from lienthong.mandate.procedures.values import Terms

DAYS_BACK = 11
LEAST_MINUTES = 30
MOST_PLAYS = 200


class Unplayable(Exception):
    """A course met a refusal: the demonstration no longer fits the rules. (A plain text crosses processes.)"""


@lru_cache(maxsize=1)
def catalogue(on: date) -> dict[str, Terms]:
    """The procedures that the plays use, as far as they can be taken in on this day. Kept by the process."""
    found = {code: effective_terms(code, "", on) for code in PROCEDURES}
    usable = {code: terms for code, terms in found.items() if not why_not_usable(terms, "counter", on)}
    return {code: terms for code, terms in usable.items() if terms}


def fill(code: str, *, busy: Sequence[str], scale: float, first: int, now: datetime) -> int:
    """Fill a unit with the plays that are not there yet; returns how many it has. A transaction a play.

    `first` is the unit's place in the province: citizens are numbered by it. `scale` shrinks a busy unit.
    """
    done = int(marks.read(marks.of_unit(code)) or 0)
    companions = list(busy) if code in busy else [code]
    stage = Stage(crews_of(companions, now.date()), catalogue(now.date()), calendar_for(), now)
    plays = planned(stage, stage.crews[code], busy=code in busy, scale=scale, first=first)
    for number, (course, play) in enumerate(plays):
        if number >= done:
            _give(course, play, number + 1)
    return len(plays)


def planned(stage: Stage, home: Crew, *, busy: bool, scale: float, first: int) -> list[tuple[Course, Play]]:
    """The plays of a unit in the order in which they begin. The same unit and day give the same plays."""
    rng = Random(f"{home.code}")
    courses = list(_courses(rng, busy, scale))
    begun = sorted((_begin(stage, rng, course), place) for place, course in enumerate(courses))
    plays = []
    for number, (at, place) in enumerate(begun):
        course = courses[place]
        usable = [code for code in course.procedures if code in stage.terms]
        who = citizen(first * MOST_PLAYS + number - (1 if number % 7 == 6 else 0) + 1)
        plays.append(
            (course, Play(stage, home, number, Random(f"{home.code}/{number}"), at, rng.choice(usable), who))
        )
    return plays


def _courses(rng: Random, busy: bool, scale: float) -> Iterator[Course]:
    if not busy:
        yield from rng.choices(LIGHT, [course.count for course in LIGHT], k=rng.randint(1, 2))
        return
    for course in BUSY:
        yield from [course] * max(1, round(course.count * scale))


def _give(course: Course, play: Play, done: int) -> None:
    """Give a play up to the present, and count it, in one transaction."""
    with transaction.atomic():
        try:
            with suppress(Enough):
                course.run(play)
        except Refused as refused:
            told = f"{play.home.code}/{play.number} {getattr(course.run, '__name__', '')}"
            raise Unplayable(f"{told}: {refused.refusal.code}: {refused.refusal.sentence}") from None
        marks.write(marks.of_unit(play.home.code), done)


def _begin(stage: Stage, rng: Random, course: Course) -> datetime:
    """A moment within office hours, so many working days ago; never after the present."""
    days = _days(stage.now, stage.calendar)
    day = days[min(rng.randint(course.youngest, course.oldest), len(days) - 1)]
    opening = stage.calendar.opening(day)
    elapsed = working_minutes_between(opening, stage.now, stage.calendar)
    most = min(elapsed, stage.calendar.minutes_per_day) - LEAST_MINUTES // 2
    return add_working_minutes(opening, rng.randint(2, most), stage.calendar)


def _days(now: datetime, calendar: WorkCalendar) -> list[date]:
    """The last working days, newest first; today only when the office has been open for a while."""
    day, found = now.date(), list[date]()
    while len(found) < DAYS_BACK:
        if calendar.is_working_day(day) and (
            working_minutes_between(calendar.opening(day), now, calendar) >= LEAST_MINUTES
        ):
            found.append(day)
        day -= timedelta(days=1)
    return found

"""The run: the ground, the units shared out to processes, the indexes, the days rolled up, the statistics fresh."""

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, islice, pairwise
from multiprocessing import get_context
from random import Random
from time import monotonic

import django
from django.db import connection, transaction

from lienthong.console.demo import marks
from lienthong.console.demo.run import Say, plan_for
from lienthong.console.generate.acts import write_life
from lienthong.console.generate.papers import Papers
from lienthong.console.generate.rolls import refresh, roll_up
from lienthong.console.generate.tables import build, without_indexes
from lienthong.console.generate.writer import Writer
from lienthong.console.simulate.axis import Axis, axis_from, first_of_last
from lienthong.console.simulate.city import City, Place, load_city
from lienthong.console.simulate.life import Life, Planner
from lienthong.core.journal.actions import freeze
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import calendar_for

# Open dossiers came in within so many working days; closed ones within the days of the whole run.
OPEN_DAYS = 12
NEAR = 3
KNOWN_SHARE = 0.25
# Citizens of this load are numbered behind those of the demonstration and the simulator.
FIRST_CITIZEN = 2_000_000
CHUNK = 2000
ORDER, INDEXES = "generate", "generate:indexes"
# Secondary indexes that are quicker built at the end than kept while a million rows come in.
SECONDARY = (
    "case_search_responsible",
    "case_search_receiving",
    "case_of_unit_newest",
    "case_received_newest",
    "case_closed_of_unit",
    "dossier_of_applicant",
    "entry_of_case",
    "entry_in_order",
)


@dataclass(frozen=True)
class Order:
    """What is to be generated; a plain value, so that every process has it."""

    province: str
    closed: int
    open: int
    days: int
    until: date
    seed: int
    online: float
    units: int = 0

    def words(self) -> str:
        """What tells it from another order."""
        units = f"{self.units} đơn vị" if self.units else "mọi đơn vị"
        return (
            f"{self.closed} + {self.open} hồ sơ, {self.days} ngày đến {self.until.isoformat()}, {units}, "
            f"trực tuyến {self.online}, seed {self.seed}"
        )


class OtherOrder(Exception):
    """This database holds what another order generated; its words are in the exception."""


@dataclass(frozen=True)
class Share:
    """A unit's part: how many of each, and where its citizens' numbers begin."""

    code: str
    closed: int
    open: int
    first: int


def shares_of(order: Order, city: City) -> list[Share]:
    """Every unit's part, by weight; the parts add up to the whole."""
    places = sorted(city.places.values(), key=lambda place: place.code)
    closed = _divided(order.closed, [place.weight for place in places])
    still = _divided(order.open, [place.weight for place in places])
    before = [0, *accumulate(a + b for a, b in zip(closed, still, strict=True))]
    parts = zip(places, closed, still, before, strict=False)
    return [Share(place.code, a, b, FIRST_CITIZEN + first) for place, a, b, first in parts]


class Generator:
    """One process's work: units, one transaction each."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.city = _city(order)
        calendar = calendar_for()
        first = first_of_last(calendar, order.until, order.days)
        self.axis: Axis = axis_from(calendar, first, order.days)
        self.planner = Planner(self.city, self.axis, order.online)
        self.papers = Papers(self.city)
        self.codes = sorted(self.city.places)

    def unit(self, share: Share) -> int:
        """All dossiers of a unit, unless they are there already; returns how many rows."""
        if marks.read(_mark(share.code)) is not None:
            return 0
        # Nothing here points back at itself: looking for circles among millions of texts finds none.
        gc.disable()
        place, rows = self.city.places[share.code], 0
        lives = self._numbered(share, sorted(self._lives(place, share), key=lambda life: life.acts[0][0]))
        with transaction.atomic():
            series = _series(place.card.id)
            writer = Writer(self.city, self.papers, dict(series))
            for start in range(0, len(lives), CHUNK):
                part = lives[start : start + CHUNK]
                writer.reserve(part)
                for life in part:
                    write_life(writer, life, self.axis.at)
                rows += writer.send()
            _keep_series(place.card.id, writer.series)
            marks.write(_mark(share.code), len(lives))
        gc.enable()
        return rows

    def _lives(self, place: Place, share: Share) -> Iterator[Life]:
        rng = Random(f"{self.order.seed}/{share.code}")
        last = self.order.days * self.axis.day_length - 1
        near = self._near(place)
        yield from islice(self._ended(rng, place, near, last), share.closed)
        yield from islice(self._running(rng, place, near, last), share.open)

    def _numbered(self, share: Share, lives: list[Life]) -> list[Life]:
        """In the order of arrival; some applicants have been here before."""
        rng = Random(f"{self.order.seed}/{share.code}/people")
        for place, life in enumerate(lives):
            life.number = life.citizen = share.first + place
            if place and rng.random() < KNOWN_SHARE:
                life.citizen = lives[rng.randrange(place)].citizen
        return lives

    def _ended(self, rng: Random, place: Place, near: list[Place], last: int) -> Iterator[Life]:
        while True:
            life = self.planner.plan(rng, 0, place, near, rng.randrange(self.order.days))
            if life.acts[-1][0] <= last:
                yield life

    def _running(self, rng: Random, place: Place, near: list[Place], last: int) -> Iterator[Life]:
        days = self.order.days
        while True:
            day = days - 1 - rng.randrange(min(OPEN_DAYS, days))
            life = self.planner.plan(rng, 0, place, near, day).until(last)
            if life.acts and not life.is_closed():
                yield life

    def _near(self, place: Place) -> list[Place]:
        at = self.codes.index(place.code)
        codes = (self.codes * 2)[at + 1 : at + 1 + min(NEAR, len(self.codes) - 1)]
        return [self.city.places[code] for code in codes]


def generate(order: Order, *, processes: int, say: Say) -> int:
    """Fill the database; returns how many rows. What is there already stays: a run that was cut off goes on.

    Raises OtherOrder where another one has been here.
    """
    _keep_order(order)
    with entered(SYSTEM):
        city = _city(order)
        shares = shares_of(order, city)
    freeze_terms(city)
    kept = marks.read(INDEXES)
    if kept:
        build(kept)
    with without_indexes(SECONDARY, _keep_indexes):
        rows = _all_units(order, shares, processes, say)
        say("    lập lại chỉ mục")
    say("    cộng số liệu từng ngày")
    roll_up(order.until)
    say("    cập nhật thống kê của bộ tối ưu truy vấn")
    refresh()
    return rows


def dossiers_there() -> tuple[int, int]:
    """How many dossiers the database holds: closed, and open."""
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE closed_at IS NOT NULL), count(*) FILTER (WHERE closed_at IS NULL)"
            " FROM casework_case"
        )
        closed, still = cursor.fetchone()
    return closed, still


def _keep_order(order: Order) -> None:
    kept = marks.read(ORDER)
    if kept not in (None, order.words()):
        raise OtherOrder(kept)
    with transaction.atomic():
        marks.write(ORDER, order.words())


def _city(order: Order) -> City:
    codes = plan_for(order.province, limit=order.units).codes if order.units else ()
    return load_city(order.province, order.until, codes)


def freeze_terms(city: City) -> None:
    """Before the processes begin: two of them freezing the same in another order would wait for each other."""
    for terms in city.terms.values():
        with entered(SYSTEM):
            freeze(terms.as_json())


def _all_units(order: Order, shares: list[Share], processes: int, say: Say) -> int:
    rows, done, told, began = 0, 0, 0, monotonic()
    largest_first = sorted(shares, key=lambda share: -share.closed - share.open)
    with _pool(processes) as pool:
        for count in pool(order, largest_first):
            rows, done = rows + count, done + 1
            if done * 20 // len(shares) > told:
                told = done * 20 // len(shares)
                say(f"    sinh dữ liệu: {told * 5} %, {rows} dòng, {monotonic() - began:.0f} giây")
    return rows


@contextmanager
def _pool(processes: int) -> Iterator[Callable[[Order, list[Share]], Iterator[int]]]:
    if processes < 2:
        yield lambda order, shares: map(Generator(order).unit, shares)
        return
    # Spawned, not forked: a connection must not be shared with a child.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=django.setup) as pool:
        yield lambda order, shares: (
            future.result() for future in as_completed([pool.submit(_unit, order, share) for share in shares])
        )


_generators: dict[Order, Generator] = {}


def _unit(order: Order, share: Share) -> int:
    """In a process of its own: the city is read once."""
    if order not in _generators:
        with entered(SYSTEM):
            _generators[order] = Generator(order)
    return _generators[order].unit(share)


def _divided(whole: int, weights: list[float]) -> list[int]:
    """Whole numbers by weight that add up."""
    sums = [round(whole * part / sum(weights)) for part in accumulate(weights)]
    return [now - before for before, now in pairwise([0, *sums])]


def _mark(code: str) -> str:
    return f"generate:{code}"


def _series(unit_id: int) -> dict[tuple[str, str], int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, period, last FROM numbering_series WHERE unit_id = %s FOR UPDATE", [unit_id]
        )
        return {(kind, period): last for kind, period, last in cursor.fetchall()}


def _keep_series(unit_id: int, series: dict[tuple[str, str], int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO numbering_series (unit_id, kind, period, last) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (unit_id, kind, period) DO UPDATE SET last = excluded.last",
            [(unit_id, kind, period, last) for (kind, period), last in series.items()],
        )


def _keep_indexes(definitions: dict[str, str] | None) -> None:
    marks.write(INDEXES, definitions)

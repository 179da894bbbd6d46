"""The run: lives planned by the seed, shared out by unit to processes, driven act by act in the order of time.

A process keeps its place with the work (a mark in the same transaction as the acts that it counts), so that a
run that was killed goes on where it stood: nothing is done twice, and nothing is left out. What was refused is
kept likewise (a mark of its own): that life does no further act, and every later report tells it again.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from itertools import accumulate, pairwise
from multiprocessing import get_context
from random import Random
from time import monotonic, sleep
from typing import Any

import django
from django.db import DatabaseError, connection, transaction

from lienthong.console.demo import marks
from lienthong.console.demo.run import plan_for, prepare
from lienthong.console.simulate.acts import KEPT, Driver, first_key
from lienthong.console.simulate.axis import axis_from
from lienthong.console.simulate.city import Place, load_city
from lienthong.console.simulate.life import KNOWN_SHARE, Life, Planner
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import calendar_for
from lienthong.facilities.statistics.actions import roll_up_missing

# Acts that commit together: a savepoint each, one wait for the disk.
BATCH = 24
# Units that hand matters to each other stay in one process.
NEAR = 3
FIRST_CITIZEN = 1_000_000
ORDER, PATIENCE = "simulate", 60.0
Told = Callable[[int, int], None]


class OtherOrder(Exception):
    """This database holds another simulation; its words are in the exception."""


class Busy(Exception):
    """Another process drives this part of the city."""


@dataclass(frozen=True)
class Order:
    """What is simulated; a plain value, so that every process has it. Kept in the database."""

    province: str
    first: date
    days: int
    dossiers: int
    online: float
    seed: int
    parts: int
    units: int = 0

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "first": self.first.isoformat()}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Order":
        return cls(**{**kept, "first": date.fromisoformat(kept["first"])})


@dataclass
class Done:
    """What one process did in this run; what was refused, in former ones too."""

    acts: int = 0
    skipped: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Done") -> None:
        self.acts, self.skipped = self.acts + other.acts, self.skipped + other.skipped
        self.refused += other.refused


def begin(order: Order, *, processes: int, say: Callable[[str], None]) -> Order:
    """Prepare the ground and keep the order; returns the one that is under way.

    Raises OtherOrder where this database has begun with another one, NotEmpty where it is in earnest use.
    """
    plan = plan_for(order.province, limit=order.units)
    prepare(plan, processes=processes, say=say)
    kept = marks.read(ORDER)
    if kept is None:
        with transaction.atomic():
            marks.write(ORDER, order.as_json())
        return order
    former = Order.from_json(kept)
    asked = (order.dossiers, order.days, order.online, order.seed, order.units)
    if asked != (former.dossiers, former.days, former.online, former.seed, former.units):
        raise OtherOrder(f"{former.dossiers} hồ sơ, {former.days} ngày, seed {former.seed}")
    return former


class Part:
    """One process's share of the city: its units, their lives, and every act in the order of time."""

    def __init__(self, order: Order, number: int) -> None:
        self.order, self.number = order, number
        with entered(SYSTEM):
            city = load_city(order.province, order.first, plan_codes(order))
            calendar = calendar_for()
        self.axis = axis_from(calendar, order.first, order.days)
        self.driver = Driver(city, str(order.seed))
        places = sorted(city.places.values(), key=lambda place: place.code)
        counts = _divided(order.dossiers, [place.weight for place in places])
        own = [at for at in range(len(places)) if at % order.parts == number]
        planner = Planner(city, self.axis, order.online)
        mine = [places[at] for at in own]
        firsts = [0, *accumulate(counts)]
        self.lives = [
            life
            for at in own
            for life in _lives(planner, order, places[at], _near(mine, places[at]), firsts[at], counts[at])
        ]
        self.agenda = self._agenda()
        # Lives that an act was refused in, by their place in `lives`, with the words of the refusal.
        self.stopped: dict[int, str] = {}

    def _agenda(self) -> list[tuple[int, int, int]]:
        """(place of time, life, step), in the order in which they are done; nothing after the last day."""
        last = self.order.days * self.axis.day_length - 1
        return sorted(
            (at, number, step)
            for number, life in enumerate(self.lives)
            for step, (at, _act) in enumerate(life.acts)
            if at <= last
        )

    def run(self, told: Told | None = None) -> Done:
        """Do what is not yet done, batch by batch."""
        done, at, parent = Done(), progress(self.number)[0], os.getppid()
        self._remember(at)
        while at < len(self.agenda):
            if os.getppid() != parent:
                raise Busy("the run that started this process has ended")
            batch = self.agenda[at : at + BATCH]
            self._batch(batch, at, done)
            at += len(batch)
            if told:
                told(at, len(self.agenda))
        done.refused = Counter(self.stopped.values())
        return done

    def _batch(self, batch: Sequence[tuple[int, int, int]], at: int, done: Done) -> None:
        """Acts in one transaction; where the database stops it, each in one of its own."""
        try:
            done.add(self._together(batch, at))
        except DatabaseError:
            for place, entry in enumerate(batch):
                try:
                    done.add(self._together([entry], at + place))
                except DatabaseError as error:
                    self._pass_over(entry, at + place, f"database: {str(error).partition(chr(10))[0]}")

    def _together(self, batch: Sequence[tuple[int, int, int]], at: int) -> Done:
        """Acts in one transaction; where it is rolled back, what the lives learned in it is forgotten too."""
        counted, stopped = Done(), dict(self.stopped)
        before = {number: dict(self.lives[number].ids) for _place, number, _step in batch}
        try:
            with transaction.atomic():
                for entry in batch:
                    self._act(entry, counted)
                self._keep_place(at + len(batch), is_new=self.stopped != stopped)
        except DatabaseError:
            self.stopped = stopped
            for number, ids in before.items():
                self.lives[number].ids = ids
            raise
        return counted

    def _act(self, entry: tuple[int, int, int], done: Done) -> None:
        place, number, step = entry
        if number in self.stopped:
            return
        life = self.lives[number]
        act = life.acts[step][1]
        try:
            did = self.driver.do(life, step, act, self.axis.at(place))
        except Refused as refused:
            self.stopped[number] = f"{act}: {refused.refusal.code}"
            return
        done.acts += did
        done.skipped += not did

    def _pass_over(self, entry: tuple[int, int, int], at: int, words: str) -> None:
        """An act that the database stops even by itself ends its life. Raises where not even that can be kept."""
        _place, number, _step = entry
        self.stopped[number] = words
        with transaction.atomic():
            self._keep_place(at + 1, is_new=True)

    def _keep_place(self, at: int, *, is_new: bool) -> None:
        marks.write(mark_of(self.number), [at, len(self.agenda)])
        if is_new:
            marks.write(stopped_of(self.number), self.stopped)

    def _remember(self, at: int) -> None:
        """After a cut: what was refused, the ids that former acts gave, which matters changed hands."""
        kept: dict[str, str] = marks.read(stopped_of(self.number)) or {}
        self.stopped = {int(number): words for number, words in kept.items()}
        former = [(self.lives[number], step) for _place, number, step in self.agenda[:at]]
        keys = {
            self.driver.key(life, step): (life, life.acts[step][1])
            for life, step in former
            if life.acts[step][1] in KEPT
        }
        for life, step in former:
            if life.acts[step][1] == "accept_offer":
                life.ids["accepted"] = 1
        for key, result in _results(list(keys)):
            self.driver.remember(*keys[key], result)


def mark_of(number: int) -> str:
    """The mark that keeps a part's place."""
    return f"simulate:{number}"


def stopped_of(number: int) -> str:
    """The mark that keeps the lives of a part in which an act was refused."""
    return f"simulate:{number}:stopped"


def progress(number: int) -> tuple[int, int]:
    """How many acts a part has done, of how many (0 while it is still planning)."""
    done, whole = marks.read(mark_of(number)) or (0, 0)
    return done, whole


def plan_codes(order: Order) -> tuple[str, ...]:
    """The units that take part."""
    return plan_for(order.province, limit=order.units).codes


def run_part(order: Order, number: int) -> Done:
    """In a process of its own; refuses while another one drives the same part."""
    until = monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"simulate:{number}"])
            if cursor.fetchone()[0]:
                break
            if monotonic() > until:
                raise Busy(f"part {number}")
            sleep(1)
    return Part(order, number).run()


def run(order: Order, *, told: Told, every: float = 1.0) -> Done:
    """All parts, each in a process of its own (one part: in this one); `told` hears how far it is."""
    if order.parts < 2:
        return Part(order, 0).run(told)
    whole = Done()
    context = get_context("spawn")
    with ProcessPoolExecutor(order.parts, mp_context=context, initializer=django.setup) as pool:
        futures = [pool.submit(run_part, order, number) for number in range(order.parts)]
        while not all(future.done() for future in futures):
            if failed := next((one for one in futures if one.done() and one.exception()), None):
                pool.shutdown(wait=False, cancel_futures=True)
                failed.result()
            places = [progress(number) for number in range(order.parts)]
            told(*map(sum, zip(*places, strict=True)))
            sleep(every)
        for future in futures:
            whole.add(future.result())
    return whole


def dossiers_there(order: Order) -> int:
    """How many of the order's dossiers the database holds: by the keys of their first acts."""
    keys = [first_key(str(order.seed), number) for number in range(order.dossiers)]
    return len(_results(keys))


def finish(order: Order) -> datetime:
    """The days that are over are rolled up; returns the moment up to which was simulated."""
    calendar = calendar_for()
    last = axis_from(calendar, order.first, order.days).days[order.days - 1]
    roll_up_missing()
    return calendar.closing(last)


def _lives(
    planner: Planner, order: Order, home: Place, near: list[Place], first: int, count: int
) -> list[Life]:
    """A unit's dossiers in the order of their arrival; some applicants have been here before."""
    rng = Random(f"{order.seed}/{home.code}")
    days = rng.choices(range(order.days), k=count)
    lives = [planner.plan(rng, 0, home, near, day) for day in sorted(days)]
    lives.sort(key=lambda life: life.acts[0][0])
    for place, life in enumerate(lives):
        life.number, life.citizen = first + place, FIRST_CITIZEN + first + place
        if place and rng.random() < KNOWN_SHARE:
            life.citizen = lives[rng.randrange(place)].citizen
    return lives


def _near(places: list[Place], home: Place) -> list[Place]:
    """The units with which one has to do: the next ones of the same process."""
    at = places.index(home)
    return (places * 2)[at + 1 : at + 1 + min(NEAR, len(places) - 1)]


def _results(keys: list[Any]) -> list[tuple[Any, Any]]:
    found = list[tuple[Any, Any]]()
    with connection.cursor() as cursor:
        for start in range(0, len(keys), 5000):
            cursor.execute(
                "SELECT key, result::text FROM journal_command WHERE key = ANY(%s)",
                [keys[start : start + 5000]],
            )
            found += [(key, json.loads(result)) for key, result in cursor.fetchall() if result]
    return found


def _divided(whole: int, weights: list[float]) -> list[int]:
    """Whole numbers by weight that add up."""
    sums = [round(whole * part / sum(weights)) for part in accumulate(weights)]
    return [now - before for before, now in pairwise([0, *sums])]

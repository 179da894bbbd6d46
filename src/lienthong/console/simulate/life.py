"""The life of a dossier as planned: which acts, each at which place of office time. Pure; both loads follow it.

The shares are assumptions of the simulation, chosen so that every act of the house takes place.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from lienthong.console.simulate.axis import Axis
from lienthong.console.simulate.city import COUNTER, ONLINE, POST, City, Place
from lienthong.facilities.casework.queries import calendar_of
from lienthong.lib.calendar import due_at
from lienthong.mandate.procedures.values import Terms
from lienthong.work.dossiers.queries import chargeable

POST_SHARE, NEIGHBOUR_SHARE = 0.02, 0.04
# In how many of a hundred the applicant of a dossier has been to the unit before.
KNOWN_SHARE = 0.25
CLOSING = frozenset({"complete", "answer_at_once", "refuse", "withdraw", "halt"})


@dataclass(slots=True)
class Life:
    """One dossier: where, what, by which channel, and its acts in order. Ids and code are filled in by who drives it."""

    number: int
    home: Place
    place: Place
    channel: str
    procedure: str
    citizen: int
    is_at_once: bool
    is_paid: bool
    quantity: int
    course: str
    acts: list[tuple[int, str]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    other: Place | None = None
    code: str = ""

    @property
    def responsible(self) -> Place:
        """The unit that is responsible now: whoever accepted the matter, else the one it began in."""
        return self.other if self.other and "accepted" in self.ids else self.place

    def is_closed(self) -> bool:
        """Whether the unit's obligation has ended."""
        return any(act in CLOSING for _place, act in self.acts)

    def until(self, place: int) -> "Life":
        """The same life up to a place of office time."""
        self.acts = [act for act in self.acts if act[0] <= place]
        return self


@dataclass
class Planner:
    """Plans lives: the same seed and numbers give the same lives."""

    city: City
    axis: Axis
    online: float
    _ends: dict[tuple[str, str, int, bool], int] = field(default_factory=dict)

    def plan(self, rng: Random, number: int, home: Place, near: list[Place], day: int) -> Life:
        """A life that begins on a day of the line at a unit's counter, or on line."""
        draw = rng.random()
        channel = ONLINE if draw < self.online else POST if draw < self.online + POST_SHARE else COUNTER
        procedure = self.city.choose(rng, channel)
        terms = self.city.terms[procedure]
        if channel not in terms.channels:
            channel = COUNTER
        is_at_once = bool(terms.at_once) and channel == COUNTER
        place = rng.choice(near) if near and not is_at_once and rng.random() < NEIGHBOUR_SHARE else home
        life = Life(
            number=number,
            home=home,
            place=place,
            channel=channel,
            procedure=procedure,
            citizen=number,
            is_at_once=is_at_once,
            is_paid=_is_paid(terms, channel),
            quantity=rng.randint(1, 4) if is_at_once else 1,
            course="",
        )
        begin = self.axis.arrival(rng, day)
        course = self._course(life, rng, near)
        life.course = NAMES[course]
        course(_Pen(life, rng, begin, self._end(life, begin)))
        if not life.is_paid:
            life.acts = [act for act in life.acts if act[1] != "pay"]
        return life

    def _course(self, life: Life, rng: Random, near: list[Place]) -> "Course":
        if life.is_at_once:
            return at_once
        course = _COURSES[bisect_right(_SUMS, rng.random() * _SUMS[-1])]
        if life.place is not life.home and course in OF_ONE_UNIT:
            return granted
        if course in NEEDS_OTHER:
            others = [one for one in near if one is not life.place]
            if not others:
                return granted
            life.other = rng.choice(others)
        return course if course is not paused_for_payment or life.is_paid else granted

    def _end(self, life: Life, begin: int) -> int:
        """Where the promised time ends; asked of the calendar once for each kind of limit and day."""
        limit, cutoff = self.city.limit(life.procedure, life.channel)
        at = self.axis.at(begin)
        key = (life.procedure, life.channel, begin // self.axis.day_length, f"{at:%H:%M}" > (cutoff or "24"))
        if key not in self._ends:
            self._ends[key] = self.axis.end_of(due_at(at, limit, calendar_of(life.home.code, cutoff)))
        return self._ends[key]


def _is_paid(terms: Terms, channel: str) -> bool:
    """Whether something is charged: at the counter the clerk chooses the rule, on line the only one applies."""
    rules = chargeable(terms.fees or (), channel)
    return len(rules) == 1 if channel == ONLINE else bool(rules)


@dataclass
class _Pen:
    """Writes a life: `share` of the promised time goes by, then the act."""

    life: Life
    rng: Random
    at: int
    end: int

    def write(self, act: str, after: int) -> None:
        self.at += max(after, 1)
        self.life.acts.append((self.at, act))

    def soon(self, act: str, low: int = 5, high: int = 60) -> None:
        self.write(act, self.rng.randint(low, high))

    def spend(self, act: str, low: float, high: float) -> None:
        """So much of what is left of the promised time."""
        left = max(self.end - 1 - self.at, 3)
        self.write(act, int(left * self.rng.uniform(low, high)))


Course = Callable[[_Pen], None]


def begin(pen: _Pen) -> None:
    """Taken in, given to a specialist (where the register names a head), taken up."""
    if pen.life.channel == ONLINE:
        pen.life.acts.append((pen.at, "lodge"))
        pen.spend("accept", 0.01, 0.05)
    else:
        pen.life.acts.append((pen.at, "receive"))
    pen.spend("assign", 0.01, 0.05)
    pen.spend("take_up", 0.02, 0.12)


def finish(pen: _Pen, low: float = 0.1, high: float = 0.45) -> None:
    """Proposed and submitted, approved, completed, paid for, handed over."""
    pen.spend("submit", low, high)
    pen.spend("approve", 0.05, 0.3)
    pen.spend("complete", 0.02, 0.2)
    hand_out(pen)


def hand_out(pen: _Pen) -> None:
    pen.soon("pay", 20, 900)
    pen.soon("return_result", 1, 15)


def granted(pen: _Pen) -> None:
    begin(pen)
    finish(pen)


def at_once(pen: _Pen) -> None:
    pen.life.acts.append((pen.at, "receive"))
    pen.soon("pay", 1, 5)
    pen.soon("answer_at_once", 2, 15)


def late(pen: _Pen) -> None:
    begin(pen)
    pen.write("submit", max(pen.end - pen.at, 1) + pen.rng.randint(30, 900))
    pen.soon("approve")
    pen.soon("complete")
    hand_out(pen)


def apologised(pen: _Pen) -> None:
    begin(pen)
    pen.write("extend", max(pen.end - pen.at, 1) - pen.rng.randint(-200, 200))
    pen.soon("submit", 200, 900)
    pen.soon("approve")
    pen.soon("complete")
    hand_out(pen)


def supplemented(pen: _Pen) -> None:
    begin(pen)
    pen.spend("request_supplement", 0.02, 0.1)
    away = pen.rng.randint(240, 1900)
    pen.write("receive_supplement", away)
    pen.end += away // 480 * 480
    finish(pen)


def supplemented_twice(pen: _Pen) -> None:
    begin(pen)
    for _ in range(2):
        pen.spend("request_supplement", 0.02, 0.1)
        away = pen.rng.randint(240, 960)
        pen.write("receive_supplement", away)
        pen.end += away // 480 * 480
    finish(pen)


def paused_for_payment(pen: _Pen) -> None:
    begin(pen)
    pen.spend("request_payment", 0.02, 0.1)
    away = pen.rng.randint(60, 900)
    pen.write("pay", away)
    pen.soon("settle_payment", 1, 3)
    pen.end += away // 480 * 480
    pen.spend("submit", 0.1, 0.4)
    pen.spend("approve", 0.05, 0.3)
    pen.spend("complete", 0.02, 0.2)
    pen.soon("return_result", 20, 900)


def sent_back(pen: _Pen) -> None:
    begin(pen)
    pen.spend("submit", 0.1, 0.3)
    pen.spend("send_back", 0.05, 0.2)
    finish(pen)


def consulted(pen: _Pen) -> None:
    begin(pen)
    pen.spend("ask_opinion", 0.02, 0.1)
    pen.spend("give_opinion", 0.05, 0.3)
    finish(pen)


def handed_over(pen: _Pen) -> None:
    begin(pen)
    pen.spend("offer", 0.02, 0.1)
    pen.spend("accept_offer", 0.02, 0.2)
    pen.spend("assign", 0.02, 0.1)
    pen.spend("take_up", 0.02, 0.1)
    finish(pen)


def kept(pen: _Pen) -> None:
    """Offered to a neighbour, who refused."""
    begin(pen)
    pen.spend("offer", 0.02, 0.1)
    pen.spend("refuse_offer", 0.02, 0.2)
    finish(pen)


def refused(pen: _Pen) -> None:
    pen.life.acts.append((pen.at, "lodge" if pen.life.channel == ONLINE else "receive"))
    pen.soon("refuse", 5, 90)


def withdrawn(pen: _Pen) -> None:
    begin(pen)
    pen.spend("withdraw", 0.1, 0.6)


def halted(pen: _Pen) -> None:
    begin(pen)
    pen.spend("halt", 0.1, 0.6)


SHARES: dict[Course, float] = {
    granted: 72.0, late: 4.0, apologised: 3.0, supplemented: 8.0, supplemented_twice: 0.6,
    paused_for_payment: 1.6, sent_back: 1.8, consulted: 2.5, handed_over: 1.0, kept: 0.5,
    refused: 2.5, withdrawn: 1.5, halted: 1.0,
}  # fmt: skip
NAMES = {course: getattr(course, "__name__", "") for course in (*SHARES, at_once)}
_COURSES, _SUMS = tuple(SHARES), tuple(accumulate(SHARES.values()))
# Letters are numbered by the responsible unit: planned where it is the receiving one, so that units stay apart.
OF_ONE_UNIT = frozenset({apologised})
NEEDS_OTHER = frozenset({consulted, handed_over, kept})

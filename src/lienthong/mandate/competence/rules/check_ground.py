"""What the parts of the proof stand on: a snapshot with its resolver, its tasks in classes, its units in time."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar

from lienthong.mandate.competence.enums import AssignedDuty, RuleRole
from lienthong.mandate.competence.rules.keys import subject_of_field, subject_of_task
from lienthong.mandate.competence.rules.resolve import Resolver
from lienthong.mandate.competence.values import (
    DAWN,
    BasisRow,
    Found,
    RuleRow,
    SeatRow,
    Snapshot,
    TaskRow,
)

LEAD, PROCESSING = RuleRole.LEAD.value, AssignedDuty.PROCESSING.value
Span = tuple[int, int]
Key = TypeVar("Key")
Item = TypeVar("Item")
Data = tuple[tuple[str, str], ...]


class Cause(NamedTuple):
    """Why something is a finding: its code, what it is about, the act that mends it, and the ids that act needs."""

    code: str
    subject: str
    mend: str
    data: Data = ()


class Alike(NamedTuple):
    """Tasks that nothing in the register tells apart: where one of them finds nobody, so do all."""

    codes: tuple[str, ...]


class Window(NamedTuple):
    """The days that are proven, and how far ahead of the first of them an end is told."""

    start: int
    end: int
    ahead: int

    @property
    def horizon(self) -> int:
        """The first day that need not be looked at."""
        return max(self.end, self.start + self.ahead + 1)

    def is_near(self, day: int) -> bool:
        """Whether a day on which something ends is told as a lapse."""
        return self.start < day <= self.start + self.ahead

    def meets(self, start: int, end: int) -> bool:
        """Whether a span has a day among those that are proven."""
        return max(start, self.start) < min(end, self.end)


class Ground:
    """A snapshot, indexed for the proof."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.resolver = Resolver(snapshot)
        self.tasks: dict[str, TaskRow] = {task.code: task for task in snapshot.tasks}
        self.units = {unit.id: unit for unit in snapshot.units}
        self.bodies = {body.id: body for body in snapshot.bodies}
        self.posts = self.resolver.posts
        self.instruments = self.resolver.instruments
        self._split: dict[frozenset[str], tuple[Alike, ...]] = {}

    @cached_property
    def rules(self) -> dict[str, list[RuleRow]]:
        """Leads by subject."""
        return grouped((row.subject_key, row) for row in self.snapshot.rules if row.role == LEAD)

    @cached_property
    def bases(self) -> dict[str, list[BasisRow]]:
        """Bases by subject; one that was ended before it began was none."""
        return grouped((row.subject_key, row) for row in self.snapshot.bases if row.start < row.end)

    @cached_property
    def seats(self) -> dict[int, list[SeatRow]]:
        """Appointments by post."""
        return grouped((row.post_id, row) for row in self.snapshot.seats)

    @cached_property
    def codes_of_field(self) -> dict[str, list[str]]:
        """Task codes by field."""
        return grouped((task.field, task.code) for task in self.snapshot.tasks)

    @cached_property
    def classes(self) -> tuple[Alike, ...]:
        """The tasks in classes: the same days, led and based alike, whatever their fields are called."""
        alike = grouped((self._likeness(task), task.code) for task in self.snapshot.tasks)
        return tuple(Alike(tuple(codes)) for codes in alike.values())

    def classes_in(self, unit_id: int) -> tuple[Alike, ...]:
        """The classes as one unit sees them: what it assigned to a post stands apart."""
        assigned = self._assigned.get(unit_id, frozenset())
        if assigned not in self._split:
            self._split[assigned] = tuple(
                part for alike in self.classes for part in self._parts(alike, assigned)
            )
        return self._split[assigned]

    @cached_property
    def _assigned(self) -> dict[int, frozenset[str]]:
        """By unit, the subjects that are assigned to posts."""
        rows = (row for row in self.snapshot.assignments if row.duty == PROCESSING)
        subjects = grouped((row.unit_id, row.subject_key) for row in rows)
        return {unit_id: frozenset(keys) for unit_id, keys in subjects.items()}

    def _parts(self, alike: Alike, assigned: frozenset[str]) -> Iterator[Alike]:
        keys = ((assigned.intersection(self.subjects_of(code)), code) for code in alike.codes)
        return (Alike(tuple(codes)) for codes in grouped(keys).values())

    def subjects_of(self, code: str) -> tuple[str, str]:
        """The keys by which the register may speak of a task: its own, then its field's."""
        return subject_of_task(code), subject_of_field(self.tasks[code].field)

    def exists(self, unit_id: int, day: int) -> bool:
        """Whether a unit exists on a day: a fact of it is in force."""
        return any(fact.start <= day < fact.end for fact in self.units[unit_id].facts)

    def stands(self, code: str, unit_id: int, day: int) -> bool:
        """Whether the task is owed in the unit on a day: both exist."""
        task = self.tasks[code]
        return task.start <= day < task.end and self.exists(unit_id, day)

    def cut(self, row: RuleRow | BasisRow) -> Span:
        """The days of a rule or basis, no longer than its instrument's."""
        by = self.instruments[row.instrument_id]
        return max(row.start, by.start), min(row.end, by.end)

    def bases_of(self, code: str) -> list[BasisRow]:
        """What a task rests on: rows of its own where there are any, else its field's."""
        own, of_field = self.subjects_of(code)
        return self.bases.get(own) or self.bases.get(of_field, [])

    def tasks_of(self, subject_key: str) -> list[str]:
        """The codes that a subject key names."""
        kind, _colon, rest = subject_key.partition(":")
        if kind == "field":
            return self.codes_of_field.get(rest, [])
        return [rest] if rest in self.tasks else []

    def units_of(self, reach_key: str) -> int | None:
        """The unit that a reach key names; None where it names more than one, or none of the snapshot."""
        kind, _colon, code = reach_key.partition(":")
        return self._by_code.get(code) if kind == "unit" else None

    @cached_property
    def _by_code(self) -> dict[str, int]:
        return {unit.code: unit.id for unit in self.snapshot.units}

    def _likeness(self, task: TaskRow) -> object:
        subjects = self.subjects_of(task.code)
        rules = [
            (row.reach_key, place, row.body_kind, row.post_kind, self.cut(row))
            for place, subject in enumerate(subjects)
            for row in self.rules.get(subject, ())
        ]
        bases = [(row.instrument_id, self.cut(row)) for row in self.bases_of(task.code)]
        return task.start, task.end, tuple(sorted(rules)), tuple(sorted(bases))


def found(kind: str, cause: Cause, unit_id: int | None, tasks: Iterable[str], span: Span) -> Found:
    """One finding, its tasks in order."""
    codes = tuple(sorted(set(tasks)))
    return Found(kind, cause.code, unit_id, cause.subject, codes, *span, cause.mend, cause.data)


def grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    """The values of each key, in their order."""
    kept: dict[Key, list[Item]] = {}
    for key, value in pairs:
        kept.setdefault(key, []).append(value)
    return kept


def since_known(since: int, start: int) -> int:
    """The true beginning where it is known, else the first day that was looked at."""
    return start if since <= DAWN else since

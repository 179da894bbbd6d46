"""The one question over a register in memory: 20,000 answers a second, for the proof and for whole provinces."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol, TypeVar

from lienthong.mandate.competence.enums import RuleRole
from lienthong.mandate.competence.rules.conclude import (
    APPROVAL,
    CHAIR,
    PROCESSING,
    Seat,
    Standing,
    concluded,
    head_kind,
    partners,
)
from lienthong.mandate.competence.values import (
    DAWN,
    NEVER,
    Answer,
    AssignmentRow,
    BasisRow,
    BodyRow,
    DelegationRow,
    InstrumentRow,
    Link,
    Partner,
    PostRow,
    RuleRow,
    SeatRow,
    Snapshot,
    TaskRow,
    UnitRow,
)

_LEAD = RuleRole.LEAD.value


class _Dated(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Row = TypeVar("Row", bound=_Dated)


class Ruled(NamedTuple):
    """A rule as long as its instrument lets it stand."""

    start: int
    end: int
    rule: RuleRow


class Based(NamedTuple):
    """A basis as long as its instrument lets it stand."""

    start: int
    end: int
    basis: BasisRow


class _Law(NamedTuple):
    """All that the register says of one task: rules by reach (the task's own first), and what it rests on."""

    task: TaskRow
    subjects: tuple[str, str]
    leads: dict[str, list[Ruled]]
    others: dict[str, list[Ruled]]
    bases: list[Based]


class _Place(NamedTuple):
    """All that the register says of one unit."""

    unit: UnitRow
    reaches: list[tuple[int, int, tuple[str, ...]]]
    always: tuple[str, ...]
    bodies: dict[str, list[BodyRow]]
    posts: dict[str, list[PostRow]]
    assigned: dict[tuple[str, str], list[AssignmentRow]]


class Resolver:
    """Who answers for a task in a unit on a day (an ordinal), by a snapshot; its indexes are built once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.instruments: dict[int, InstrumentRow] = {row.id: row for row in snapshot.instruments}
        self.posts: dict[int, PostRow] = {row.id: row for row in snapshot.posts}
        self._seats = _by((row.post_id, row) for row in snapshot.seats)
        self._away = _by((row.post_id, row) for row in snapshot.away)
        self._laws = dict(self._every_law())
        self._places = dict(self._every_place())
        self._links: dict[tuple[str, int], Link] = {}
        self._kind_days: dict[tuple[int, str], frozenset[int]] = {}

    def lead(self, task_code: str, unit_id: int, day: int) -> RuleRow | None:
        """The rule that leads on the day: the narrower reach, then the task before its field."""
        law = self._law(task_code, day)
        found = law and self._lead(law, self._reaches(self._places[unit_id], day), day)
        return found.rule if found else None

    def answer(self, task_code: str, unit_id: int, day: int) -> Answer:
        """The answer on a day. Raises KeyError for a unit that is not in the snapshot."""
        return concluded(unit_id, self.standing(task_code, unit_id, day))

    def standing(self, task_code: str, unit_id: int, day: int) -> Standing:
        """What stands on the way from the task to a person, on a day."""
        place, law = self._places[unit_id], self._law(task_code, day)
        chair = self._first(place.posts.get(CHAIR, ()), day, is_chair=True)
        if law is None:
            return Standing(False, False, False, "", None, (), chair=chair)
        reaches = self._reaches(place, day)
        ruled = self._lead(law, reaches, day)
        rule = ruled.rule if ruled else None
        body = _at(place.bodies.get(rule.body_kind, ()), day) if rule else None
        held = [based for based in law.bases if based.start <= day < based.end]
        return Standing(
            True,
            bool(law.bases) and not held,
            rule is not None,
            rule.post_kind if rule else "",
            body.id if body else None,
            self._law_links(law, held or law.bases, ruled),
            self._assigned(place, law, PROCESSING, day, body.id) if body else None,
            self._assigned(place, law, APPROVAL, day, None),
            self._head(place, body, day) if rule and body and not rule.post_kind else None,
            self._in_person(place, rule.post_kind, body, day) if rule and body and rule.post_kind else None,
            chair,
            self._coordinating(law, place, reaches, day) if law.others else (),
        )

    def breaks(self, task_code: str, unit_id: int, start: int, end: int) -> list[int]:
        """The days after `start` and before `end` on which anything that the answer rests on changes, in order."""
        place, law = self._places[unit_id], self._laws.get(task_code)
        days = set(self._days_of_kind(place, CHAIR))
        if law is not None:
            days |= self._law_days(law, place)
        return sorted(day for day in days if start < day < end)

    def effective(self, row: DelegationRow) -> list[tuple[int, int]]:
        """The span in which a delegation has effect: until either side leaves; none while a condition is unproven.

        Whoever comes back to the post does not bring it back.
        """
        if row.unmet:
            return []
        given = unbroken(
            self._seats.get(row.grantor_post, ()), row.grantor_person, min(row.start, row.signed)
        )
        taken = unbroken(self._seats.get(row.grantee_post, ()), row.grantee_person, row.start)
        end = min(row.end, given, taken)
        return [(row.start, end)] if row.start < end else []

    def holder(self, post_id: int, day: int) -> int | None:
        """Who answers for a post on a day: its holder, or the substitute while away."""
        return self._person(post_id, day, is_chair=False)

    # ---- the law of a task ------------------------------------------------------------------------------------

    def _every_law(self) -> Iterator[tuple[str, _Law]]:
        rules, bases = _by((row.subject_key, row) for row in self.snapshot.rules), self._bases()
        for task in self.snapshot.tasks:
            subjects = (f"task:{task.code}", f"field:{task.field}")
            leads: dict[str, list[Ruled]] = {}
            others: dict[str, list[Ruled]] = {}
            for rule in (row for subject in subjects for row in rules.get(subject, ())):
                kept = leads if rule.role == _LEAD else others
                kept.setdefault(rule.reach_key, []).append(Ruled(*self._cut(rule), rule))
            based = bases.get(subjects[0]) or bases.get(subjects[1]) or []
            yield task.code, _Law(task, subjects, leads, others, based)

    def _bases(self) -> dict[str, list[Based]]:
        return _by(
            (row.subject_key, Based(*self._cut(row), row))
            for row in sorted(self.snapshot.bases, key=lambda row: row.id)
            if row.start < row.end
        )

    def _cut(self, row: RuleRow | BasisRow) -> tuple[int, int]:
        by = self.instruments[row.instrument_id]
        return max(row.start, by.start), min(row.end, by.end)

    def _law(self, task_code: str, day: int) -> _Law | None:
        law = self._laws.get(task_code)
        return law if law and law.task.start <= day < law.task.end else None

    def _lead(self, law: _Law, reaches: Sequence[str], day: int) -> Ruled | None:
        for reach in reaches:
            for ruled in law.leads.get(reach, ()):
                if ruled.start <= day < ruled.end:
                    return ruled
        return None

    def _coordinating(
        self, law: _Law, place: _Place, reaches: Sequence[str], day: int
    ) -> tuple[Partner, ...]:
        held = [
            ruled.rule
            for reach in reaches
            for ruled in law.others.get(reach, ())
            if ruled.start <= day < ruled.end
        ]
        bodies = [(rule, _at(place.bodies.get(rule.body_kind, ()), day)) for rule in held]
        return partners(
            Partner(rule.body_kind, rule.post_kind, body.id if body else None) for rule, body in bodies
        )

    def _law_links(self, law: _Law, bases: list[Based], ruled: Ruled | None) -> tuple[Link, ...]:
        links = [self._link("basis", based.basis, based) for based in bases]
        if ruled:
            links.append(self._link("rule", ruled.rule, ruled))
        by = self.instruments.get(law.task.instrument_id or 0)
        if by and by.number:
            links.append(self._instrument_link(by))
        return tuple(links)

    def _link(self, what: str, row: RuleRow | BasisRow, cut: Ruled | Based) -> Link:
        found = self._links.get((what, row.id))
        if found is None:
            by = self.instruments[row.instrument_id]
            span = (cut.start, cut.end) if cut.start < cut.end else (row.start, row.end)
            found = Link(by.kind, _text(by), row.article, row.confidence, *spelt(*span), _says(row))
            self._links[what, row.id] = found
        return found

    def _instrument_link(self, by: InstrumentRow) -> Link:
        found = self._links.get(("instrument", by.id))
        if found is None:
            days = spelt(by.start, by.end)
            found = Link(by.kind, _text(by), "", by.confidence, *days, "promulgates")
            self._links["instrument", by.id] = found
        return found

    # ---- the people of a unit ---------------------------------------------------------------------------------

    def _every_place(self) -> Iterator[tuple[int, _Place]]:
        ordered = sorted(self.snapshot.bodies, key=lambda row: row.id)
        bodies = _by((row.unit_id, row) for row in ordered)
        posts = _by((row.unit_id, row) for row in sorted(self.snapshot.posts, key=lambda p: (p.rank, p.id)))
        assigned = _by((row.unit_id, row) for row in self.snapshot.assignments)
        for unit in self.snapshot.units:
            yield (
                unit.id,
                _Place(
                    unit,
                    [(fact.start, fact.end, reaches_of(unit, fact.unit_type)) for fact in unit.facts],
                    reaches_of(unit, ""),
                    _by((row.kind, row) for row in bodies.get(unit.id, ())),
                    _by((row.kind, row) for row in posts.get(unit.id, ())),
                    _by(((row.duty, row.subject_key), row) for row in assigned.get(unit.id, ())),
                ),
            )

    def _reaches(self, place: _Place, day: int) -> tuple[str, ...]:
        return next(
            (reaches for start, end, reaches in place.reaches if start <= day < end),
            place.always,
        )

    def _assigned(self, place: _Place, law: _Law, duty: str, day: int, body_id: int | None) -> Seat | None:
        for subject in law.subjects:
            for row in place.assigned.get((duty, subject), ()):
                post = self.posts.get(row.post_id)
                if (
                    row.start <= day < row.end
                    and post is not None
                    and post.start <= day < post.end
                    and post.unit_id == row.unit_id
                    and (body_id is None or post.body_id == body_id)
                ):
                    return Seat(post.id, self._person(post.id, day, is_chair=False), self._paper(row))
        return None

    def _paper(self, row: AssignmentRow) -> Link:
        found = self._links.get(("assignment", row.id))
        if found is None:
            kind = "assignment" if row.duty == PROCESSING else "approval_assignment"
            found = Link(kind, row.text, "", "", *spelt(row.start, row.end))
            self._links["assignment", row.id] = found
        return found

    def _head(self, place: _Place, body: BodyRow, day: int) -> Seat | None:
        heads = place.posts.get(head_kind(body.kind), ())
        return self._first([post for post in heads if post.body_id == body.id], day)

    def _in_person(self, place: _Place, kind: str, body: BodyRow, day: int) -> Seat | None:
        """The post of that kind in the body, else elsewhere in the unit."""
        posts = place.posts.get(kind, ())
        return self._first(sorted(posts, key=lambda post: post.body_id != body.id), day)

    def _first(self, posts: Sequence[PostRow], day: int, *, is_chair: bool = False) -> Seat | None:
        post = _at(posts, day)
        return Seat(post.id, self._person(post.id, day, is_chair=is_chair)) if post else None

    def _person(self, post_id: int, day: int, *, is_chair: bool) -> int | None:
        seat = _at(self._seats.get(post_id, ()), day)
        away = _at(self._away.get(post_id, ()), day)
        holder = seat.person_id if seat else None
        if away is None:
            return holder
        return holder if is_chair and away.substitute_id is None else away.substitute_id

    # ---- the days on which something changes --------------------------------------------------------------------

    def _law_days(self, law: _Law, place: _Place) -> set[int]:
        reaches = {reach for _start, _end, keys in place.reaches for reach in keys} | set(place.always)
        rules = [
            ruled for kept in (law.leads, law.others) for key in reaches & kept.keys() for ruled in kept[key]
        ]
        days = _ends([law.task, *law.bases, *rules, *place.unit.facts])
        for kind in {ruled.rule.body_kind for ruled in rules}:
            days |= _ends(place.bodies.get(kind, ())) | self._days_of_kind(place, head_kind(kind))
        for kind in {ruled.rule.post_kind for ruled in rules} - {""}:
            days |= self._days_of_kind(place, kind)
        for duty in (PROCESSING, APPROVAL):
            for row in (row for subject in law.subjects for row in place.assigned.get((duty, subject), ())):
                days |= {row.start, row.end} | self._post_days(row.post_id)
        return days

    def _days_of_kind(self, place: _Place, kind: str) -> frozenset[int]:
        found = self._kind_days.get((place.unit.id, kind))
        if found is None:
            posts = place.posts.get(kind, ())
            found = frozenset(day for post in posts for day in self._post_days(post.id))
            self._kind_days[place.unit.id, kind] = found
        return found

    def _post_days(self, post_id: int) -> set[int]:
        post = self.posts.get(post_id)
        own = _ends([post]) if post else set()
        return own | _ends(self._seats.get(post_id, ())) | _ends(self._away.get(post_id, ()))


def reaches_of(unit: UnitRow, unit_type: str) -> tuple[str, ...]:
    """The keys by which a rule may reach a unit of that type ("" = none known), the narrowest first."""
    of_province = (f"province:{unit.province_code}",) if unit.province_code else ()
    both = (f"type_in_province:{unit_type}:{unit.province_code}",) if unit_type and of_province else ()
    of_type = (f"type:{unit_type}",) if unit_type else ()
    return (f"unit:{unit.code}", *both, *of_province, *of_type, "country")


def spelt(start: int, end: int) -> tuple[str, str]:
    """First day, and first day no longer covered, in ISO form; "" where open."""
    first = "" if start <= DAWN else date.fromordinal(start).isoformat()
    return first, "" if end >= NEVER else date.fromordinal(end).isoformat()


def _says(row: RuleRow | BasisRow) -> str:
    if isinstance(row, BasisRow):
        return "basis"
    return f"{row.reach_key.partition(':')[0]}:{row.subject_key.partition(':')[0]}"


def _text(by: InstrumentRow) -> str:
    return " ".join(part for part in (by.number, by.title) if part)


def _at(rows: Sequence[Row], day: int) -> Row | None:
    for row in rows:
        if row.start <= day < row.end:
            return row
    return None


def _ends(rows: Iterable[_Dated]) -> set[int]:
    return {day for row in rows for day in (row.start, row.end)}


def unbroken(seats: Iterable[SeatRow], person_id: int, day: int) -> int:
    """Until when a person who sits there on a day goes on sitting; the day itself where they do not.

    Appointments without a day between them are one.
    """
    for start, end in sorted((seat.start, seat.end) for seat in seats if seat.person_id == person_id):
        if start <= day < end:
            day = end
    return day


Key = TypeVar("Key")
Item = TypeVar("Item")


def _by(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    found: dict[Key, list[Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return found

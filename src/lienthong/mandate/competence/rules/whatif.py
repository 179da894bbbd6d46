"""What if: a snapshot with changes that are only supposed, and what they bring and take away."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from lienthong.core.instruments.enums import Confidence
from lienthong.mandate.competence.enums import ChangeKind, RuleRole
from lienthong.mandate.competence.rules.resolve import Resolver
from lienthong.mandate.competence.values import (
    NEVER,
    AssignmentRow,
    AwayRow,
    BasisRow,
    DelegationRow,
    Found,
    InstrumentRow,
    RefusedRow,
    RuleRow,
    SeatRow,
    Snapshot,
    UnitRow,
)

LEAD = RuleRole.LEAD.value
ASSUMPTION = Confidence.ASSUMPTION.value
Change = tuple[str, Mapping[str, Any]]
Row = TypeVar("Row", InstrumentRow, RuleRow, AssignmentRow, DelegationRow, BasisRow)
Tenure = TypeVar("Tenure", SeatRow, AwayRow)


def supposed(snapshot: Snapshot, changes: Sequence[Change]) -> Snapshot:
    """The snapshot as it would be with the changes, in their order; the one given stays as it is.

    A rule that would be a second lead is not added: it stands among the refused ones, as it would in truth.
    """
    for number, (kind, data) in enumerate(changes, 1):
        snapshot = CHANGES[str(kind)](snapshot, data, -number)
    return snapshot


def compare(before: Iterable[Found], after: Iterable[Found]) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """What appears and what vanishes, by cause, task and day: a finding that grows appears with what it grew by."""
    one, other = _by_cause(before), _by_cause(after)
    return _without(other, one), _without(one, other)


def moved(
    before: Snapshot, after: Snapshot, pairs: Iterable[tuple[str, int]], day: int
) -> tuple[tuple[str, int], ...]:
    """The pairs (task, unit) whose body, post or person is another one after the changes, on a day.

    A unit that no longer exists moves with everything; one that is not in both snapshots is left out.
    """
    one, other = Resolver(before), Resolver(after)
    units = [{unit.id: unit for unit in snapshot.units} for snapshot in (before, after)]

    def is_moved(code: str, unit_id: int) -> bool:
        if _exists(units[0][unit_id], day) != _exists(units[1][unit_id], day):
            return True
        answers = [resolver.answer(code, unit_id, day) for resolver in (one, other)]
        first, second = ((each.body_id, each.post_id, each.person_id) for each in answers)
        return first != second

    return tuple(pair for pair in pairs if all(pair[1] in held for held in units) and is_moved(*pair))


def _exists(unit: UnitRow, day: int) -> bool:
    return any(fact.start <= day < fact.end for fact in unit.facts)


# ---- the changes -------------------------------------------------------------------------------------------------


def _instrument_ends(snapshot: Snapshot, data: Mapping[str, Any], _number: int) -> Snapshot:
    return replace(snapshot, instruments=_ending(snapshot.instruments, data["instrument"], data["on"]))


def _instrument_extends(snapshot: Snapshot, data: Mapping[str, Any], _number: int) -> Snapshot:
    """Its rules and bases that end together with it go on as long as it does."""
    until, id_ = _day(data.get("on"), NEVER), int(data["instrument"])
    former = next((row.end for row in snapshot.instruments if row.id == id_), NEVER)

    def along(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(
            replace(row, end=until)
            if getattr(row, "instrument_id", 0) == id_ and row.end == former != NEVER
            else row
            for row in rows
        )

    instruments = tuple(replace(row, end=until) if row.id == id_ else row for row in snapshot.instruments)
    return replace(
        snapshot, instruments=instruments, rules=along(snapshot.rules), bases=along(snapshot.bases)
    )


def _basis_added(snapshot: Snapshot, data: Mapping[str, Any], number: int) -> Snapshot:
    row = BasisRow(
        number,
        data["subject_key"],
        int(data["instrument"]),
        data.get("article") or "",
        ASSUMPTION,
        _day(data.get("from"), snapshot.taken_on),
        _day(data.get("to"), NEVER),
    )
    return replace(snapshot, bases=(*snapshot.bases, row))


def _rule_added(snapshot: Snapshot, data: Mapping[str, Any], number: int) -> Snapshot:
    row = RuleRow(
        number,
        data["subject_key"],
        data["reach_key"],
        LEAD,
        data["body_kind"],
        data.get("post_kind") or "",
        int(data["instrument"]),
        data.get("article") or "",
        ASSUMPTION,
        _day(data.get("from"), snapshot.taken_on),
        _day(data.get("to"), NEVER),
    )
    standing = next((other for other in snapshot.rules if _is_second(row, other)), None)
    if standing is None:
        return replace(snapshot, rules=(*snapshot.rules, row))
    return replace(snapshot, refused=(*snapshot.refused, _refused(row, standing, snapshot.taken_on)))


def _is_second(row: RuleRow, other: RuleRow) -> bool:
    return (
        other.role == LEAD
        and (other.subject_key, other.reach_key) == (row.subject_key, row.reach_key)
        and max(row.start, other.start) < min(row.end, other.end)
    )


def _refused(row: RuleRow, standing: RuleRow, day: int) -> RefusedRow:
    return RefusedRow(
        row.id,
        row.subject_key,
        row.reach_key,
        row.body_kind,
        row.instrument_id,
        standing.id,
        row.start,
        row.end,
        day,
    )


def _rule_ended(snapshot: Snapshot, data: Mapping[str, Any], _number: int) -> Snapshot:
    return replace(snapshot, rules=_ending(snapshot.rules, data["rule"], data["on"]))


def _assignment_ended(snapshot: Snapshot, data: Mapping[str, Any], _number: int) -> Snapshot:
    return replace(snapshot, assignments=_ending(snapshot.assignments, data["assignment"], data["on"]))


def _delegation_ended(snapshot: Snapshot, data: Mapping[str, Any], _number: int) -> Snapshot:
    return replace(snapshot, delegations=_ending(snapshot.delegations, data["delegation"], data["on"]))


def _post_vacant(snapshot: Snapshot, data: Mapping[str, Any], _number: int) -> Snapshot:
    """Nobody holds it, and nobody stands in."""
    post_id, start, end = int(data["post"]), _day(data["from"], NEVER), _day(data.get("to"), NEVER)
    return replace(
        snapshot,
        seats=_emptied(snapshot.seats, post_id, start, end),
        away=_emptied(snapshot.away, post_id, start, end),
    )


def _units_merged(snapshot: Snapshot, data: Mapping[str, Any], _number: int) -> Snapshot:
    """The old units exist no longer from that day; the one they go into keeps its own bodies and posts."""
    gone, day = {int(id_) for id_ in data["units"]} - {int(data["into"])}, _day(data["on"], NEVER)
    return replace(
        snapshot,
        units=tuple(_dissolved(unit, day) if unit.id in gone else unit for unit in snapshot.units),
    )


CHANGES: dict[str, Callable[[Snapshot, Mapping[str, Any], int], Snapshot]] = {
    ChangeKind.INSTRUMENT_ENDS.value: _instrument_ends,
    ChangeKind.INSTRUMENT_EXTENDS.value: _instrument_extends,
    ChangeKind.BASIS_ADDED.value: _basis_added,
    ChangeKind.RULE_ADDED.value: _rule_added,
    ChangeKind.RULE_ENDED.value: _rule_ended,
    ChangeKind.ASSIGNMENT_ENDED.value: _assignment_ended,
    ChangeKind.DELEGATION_ENDED.value: _delegation_ended,
    ChangeKind.POST_VACANT.value: _post_vacant,
    ChangeKind.UNITS_MERGED.value: _units_merged,
}


def _ending(rows: tuple[Row, ...], id_: object, on: object) -> tuple[Row, ...]:
    day = _day(on, NEVER)
    return tuple(replace(row, end=min(row.end, day)) if row.id == int(str(id_)) else row for row in rows)


def _emptied(rows: tuple[Tenure, ...], post_id: int, start: int, end: int) -> tuple[Tenure, ...]:
    """The rows of a post without the days between: what lies on both sides of them stays."""
    kept: list[Tenure] = []
    for row in rows:
        if row.post_id != post_id:
            kept.append(row)
            continue
        parts = ((row.start, min(row.end, start)), (max(row.start, end), row.end))
        kept += [replace(row, start=first, end=last) for first, last in parts if first < last]
    return tuple(kept)


def _dissolved(unit: UnitRow, day: int) -> UnitRow:
    facts = (replace(fact, end=min(fact.end, day)) for fact in unit.facts if fact.start < day)
    return replace(unit, facts=tuple(facts))


def _day(stated: object, otherwise: int) -> int:
    return date.fromisoformat(str(stated)).toordinal() if stated else otherwise


# ---- the comparison ----------------------------------------------------------------------------------------------

Cause = tuple[str, str]
Spans = list[tuple[int, int]]


def _by_cause(all_found: Iterable[Found]) -> dict[Cause, tuple[Found, Spans]]:
    """By cause and task the days of it; a finding without tasks stands under no task."""
    held: dict[Cause, tuple[Found, Spans]] = {}
    for one in all_found:
        for code in one.tasks or ("",):
            held.setdefault((one.mark, code), (one, []))[1].append((one.since, one.until))
    return held


def _without(
    held: Mapping[Cause, tuple[Found, Spans]], other: Mapping[Cause, tuple[Found, Spans]]
) -> tuple[Found, ...]:
    """What is held and not in the other, put together again by cause and days."""
    rest: dict[tuple[str, int, int], tuple[Found, list[str]]] = {}
    for (mark, code), (one, spans) in held.items():
        taken = other[mark, code][1] if (mark, code) in other else []
        for since, until in _cut(spans, taken):
            rest.setdefault((mark, since, until), (one, []))[1].append(code)
    return tuple(
        replace(one, tasks=tuple(sorted(code for code in codes if code)), since=since, until=until)
        for (_mark, since, until), (one, codes) in rest.items()
    )


def _cut(spans: Spans, taken: Spans) -> Spans:
    left = spans
    for start, end in taken:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    return left

"""`lienthong check competence`, in lines for a terminal and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lienthong.mandate.competence.enums import FindingKind
from lienthong.mandate.competence.queries import compare, prove, supposed
from lienthong.mandate.competence.values import DAWN, NEVER, Found, Snapshot
from lienthong.work.stewardship.enums import Mend
from lienthong.work.stewardship.queries.wording import sentence_of

# What makes the command fail: a lapse to come is told, and is not yet a fault.
FAULTS = {FindingKind.GAP.value, FindingKind.OVERLAP.value, FindingKind.BROKEN_DELEGATION.value}


@dataclass(frozen=True)
class Asked:
    """The days that are proven, and what is known of reports."""

    start: date
    end: date
    ahead: int
    reported_until: dict[int, int]

    def found(self, snapshot: Snapshot) -> tuple[Found, ...]:
        """The findings of these days."""
        return prove(
            snapshot,
            self.start.toordinal(),
            self.end.toordinal(),
            ahead_days=self.ahead,
            reported_until=self.reported_until,
        )


def changed(
    asked: Asked, snapshot: Snapshot, changes: Sequence[tuple[str, dict[str, Any]]]
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """What a draft's changes let appear and vanish."""
    return compare(asked.found(snapshot), asked.found(supposed(snapshot, changes)))


def is_faulty(found: Sequence[Found]) -> bool:
    """Whether anything is worse than a lapse."""
    return any(one.kind in FAULTS for one in found)


def summary(found: Sequence[Found]) -> Iterator[str]:
    """How many findings of each kind; then of each cause."""
    kinds = Counter(one.kind for one in found)
    for kind in FindingKind:
        yield f"{kinds[kind.value]:>7}  {kind.label}"
        causes = Counter(one.code for one in found if one.kind == kind.value)
        for code, number in sorted(causes.items()):
            yield f"{number:>14}  {sentence_of(kind.value, code)}"


def lines(found: Sequence[Found], snapshot: Snapshot) -> Iterator[str]:
    """Each finding: under its unit, since when, until when, how many tasks, and the act that mends it."""
    names = {unit.id: f"{unit.code} {unit.facts[-1].name if unit.facts else ''}" for unit in snapshot.units}
    under: str | None = None
    for one in sorted(found, key=lambda each: (names.get(each.unit_id or 0, ""), each.since)):
        name = names.get(one.unit_id or 0, "") if one.unit_id else "Nhiều đơn vị"
        if name != under:
            yield name
            under = name
        yield f"  {_span(one)}  {FindingKind(one.kind).label}: {sentence_of(one.kind, one.code)}"
        yield f"      {_about(one)} → {Mend(one.mend).label}"


def as_json(found: Sequence[Found], snapshot: Snapshot) -> list[dict[str, Any]]:
    """The findings with unit codes, ISO days (null: none known) and the ids that the mending act needs."""
    codes = {unit.id: unit.code for unit in snapshot.units}
    return [
        {
            "kind": one.kind,
            "code": one.code,
            "unit": codes.get(one.unit_id or 0),
            "subject": one.subject,
            "tasks": list(one.tasks),
            "since": _iso(one.since),
            "until": _iso(one.until),
            "mend": one.mend,
            "data": dict(one.data),
        }
        for one in found
    ]


def _about(one: Found) -> str:
    subject = one.subject.removeprefix("field:").removeprefix("task:")
    tasks = f"{len(one.tasks)} nhiệm vụ" if one.tasks else "mọi nhiệm vụ dựa vào đó"
    return f"{subject}: {tasks}" if subject else tasks


def _span(one: Found) -> str:
    since, until = _day(one.since), _day(one.until)
    return f"từ {since} đến trước {until}" if until else f"từ {since}"


def _day(ordinal: int) -> str:
    return "" if ordinal >= NEVER else f"{date.fromordinal(ordinal):%d/%m/%Y}"


def _iso(ordinal: int) -> str | None:
    return None if ordinal >= NEVER or ordinal <= DAWN else date.fromordinal(ordinal).isoformat()

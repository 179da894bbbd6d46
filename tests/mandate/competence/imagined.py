"""Snapshots that no database holds: a few or 168 staffed units, made in memory."""

from dataclasses import replace
from datetime import date
from typing import Any

from bench.staffed import staffed
from lienthong.mandate.competence.values import (
    DAWN,
    NEVER,
    AssignmentRow,
    BasisRow,
    DelegationRow,
    FactRow,
    Found,
    InstrumentRow,
    PostRow,
    RuleRow,
    Snapshot,
    TaskRow,
    UnitRow,
)

FOUNDED = date(2025, 7, 1).toordinal()
START, END = date(2026, 11, 2).toordinal(), date(2028, 11, 2).toordinal()
FIELDS = {
    "Đất đai": "economy",
    "Hộ tịch": "office",
    "Bảo trợ xã hội": "culture_social",
    "Chứng thực": "service_centre",
}
DIVIDES, OTHER = 1, 2


def day(text: str) -> int:
    """The ordinal of an ISO day."""
    return date.fromisoformat(text).toordinal()


def imagined(units: int = 3, tasks: int = 8, **changes: Any) -> Snapshot:
    """Wards of one province and one commune, tasks in four fields, a rule a field: nothing is missing in it."""
    fields = list(FIELDS)
    bare = Snapshot(
        taken_on=START,
        tasks=tuple(
            TaskRow(f"t{n}", fields[n % 4], f"Nhiệm vụ {n}", "standing", None, DAWN, NEVER)
            for n in range(tasks)
        ),
        instruments=tuple(
            InstrumentRow(n, f"{n}/NĐ", "", "decree", "stated", DAWN, NEVER) for n in (DIVIDES, OTHER)
        ),
        bases=(),
        rules=tuple(
            lead(n, f"field:{field}", "country", kind) for n, (field, kind) in enumerate(FIELDS.items(), 1)
        ),
        units=tuple(unit(n) for n in range(1, units + 1)),
        bodies=(),
        posts=(),
        seats=(),
        away=(),
        assignments=(),
        delegations=(),
    )
    return replace(staffed(bare, since=FOUNDED), **changes)


def unit(number: int) -> UnitRow:
    """Units 1 … n of province 79; the last of every three is a commune."""
    kind = "commune" if number % 3 == 0 else "ward"
    return UnitRow(number, f"{number:05}", "79", (FactRow(kind, f"Đơn vị {number}", FOUNDED, NEVER),))


def lead(id_: int, subject: str, reach: str, body: str, **changes: Any) -> RuleRow:
    """A lead rule by the dividing instrument, without an end."""
    row = RuleRow(id_, subject, reach, "lead", body, "", DIVIDES, "", "stated", FOUNDED, NEVER)
    return replace(row, **changes)


def basis(id_: int, subject: str, **changes: Any) -> BasisRow:
    """A basis by the other instrument, without an end."""
    return replace(BasisRow(id_, subject, OTHER, "", "stated", DAWN, NEVER), **changes)


def assignment(id_: int, post: PostRow, subject: str, **changes: Any) -> AssignmentRow:
    """Processing, without an end."""
    row = AssignmentRow(id_, post.unit_id, subject, "processing", post.id, "", FOUNDED, NEVER)
    return replace(row, **changes)


def delegation(id_: int, giver: PostRow, taker: PostRow, **changes: Any) -> DelegationRow:
    """The signing of t0 for the whole of the proven time and longer; the posts' numbers are their holders'."""
    row = DelegationRow(
        id_, giver.unit_id, giver.id, giver.id, taker.id, taker.id, f"{id_}/QĐ", (("t0", "sign"),), (), None,
        FOUNDED, day("2030-01-01"),
    )  # fmt: skip
    return replace(row, **changes)


def post(snapshot: Snapshot, unit_id: int, kind: str, body: str = "") -> PostRow:
    """The first post of a kind in a unit (in a body of a kind)."""
    bodies = {row.id: row.kind for row in snapshot.bodies}
    return next(
        row
        for row in snapshot.posts
        if row.unit_id == unit_id and row.kind == kind and body in ("", bodies[row.body_id])
    )


def vacated(snapshot: Snapshot, of: PostRow, since: int, until: int = NEVER) -> Snapshot:
    """The post without a holder in these days; before and after, the same person."""
    seats = [row for row in snapshot.seats if row.post_id != of.id]
    own = [row for row in snapshot.seats if row.post_id == of.id]
    seats += [replace(row, end=since) for row in own]
    seats += [replace(row, start=until) for row in own if until < NEVER]
    return replace(snapshot, seats=tuple(seats))


def told(found: tuple[Found, ...]) -> list[tuple[str, str, int | None]]:
    """Kind, code and unit of each finding."""
    return [(one.kind, one.code, one.unit_id) for one in found]

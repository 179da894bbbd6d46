"""Lapses: what ends soon with nothing behind it, and the tasks that rest on it until then."""

from collections.abc import Iterable, Iterator

from lienthong.mandate.competence.enums import FindingKind
from lienthong.mandate.competence.rules.check_gaps import NO_BASIS, NO_HOLDER, NO_RULE
from lienthong.mandate.competence.rules.check_ground import Cause, Ground, Window, found, grouped
from lienthong.mandate.competence.rules.conclude import CHAIR
from lienthong.mandate.competence.values import (
    NEVER,
    AssignmentRow,
    BasisRow,
    DelegationRow,
    Found,
    RuleRow,
    SeatRow,
)

LAPSE = FindingKind.LAPSE.value
Lost = tuple[Cause, int | None, int]
ENDING = {"instrument": "extend_instrument", "rule": "add_rule", "basis": "add_basis"}


def lapses(ground: Ground, window: Window, seen: Iterable[Found]) -> list[Found]:
    """Every lapse of the window; `seen` are the gaps, of which those to come tell what nothing stands behind."""
    ahead = [gap for gap in seen if window.is_near(gap.since)]
    each = [
        *_law(ground, ahead),
        *_promulgations(ground, window),
        *_appointments(ground, window, ahead),
        *_assignments(ground, window),
        *_delegations(ground, window),
    ]
    by_cause = grouped(each)
    return [
        found(LAPSE, cause, unit_id, (code for codes in touched for code in codes), (day, NEVER))
        for (cause, unit_id, day), touched in by_cause.items()
    ]


def _law(ground: Ground, ahead: Iterable[Found]) -> Iterator[tuple[Lost, tuple[str, ...]]]:
    """Instruments, rules and bases whose end leaves a task without a lead or without its basis."""
    for gap in ahead:
        if gap.code not in (NO_BASIS, NO_RULE) or gap.unit_id is None:
            continue
        for code in gap.tasks:
            for lost in _ended(ground, code, gap):
                yield lost, (code,)


def _ended(ground: Ground, code: str, gap: Found) -> Iterator[Lost]:
    day, unit_id = gap.since, gap.unit_id or 0
    if gap.code == NO_BASIS:
        rows: list[tuple[str, BasisRow | RuleRow]] = [("basis", row) for row in ground.bases_of(code)]
    else:
        rule = ground.resolver.lead(code, unit_id, day - 1)
        rows = [("rule", rule)] if rule else []
    for kind, row in rows:
        if ground.cut(row)[1] == day:
            reach = row.reach_key if isinstance(row, RuleRow) else ""
            yield _lost(ground, kind, row, day, ground.units_of(reach))


def _lost(ground: Ground, kind: str, row: BasisRow | RuleRow, day: int, unit_id: int | None) -> Lost:
    by = ground.instruments[row.instrument_id]
    if by.end == day:
        return (
            Cause("instrument", by.number or by.title, "extend_instrument", (("instrument", str(by.id)),)),
            None,
            day,
        )
    return Cause(kind, row.subject_key, ENDING[kind], ((kind, str(row.id)),)), unit_id, day


def _promulgations(ground: Ground, window: Window) -> Iterator[tuple[Lost, tuple[str, ...]]]:
    """Tasks that go on when the instrument that promulgated them ends."""
    near = {by.id: by for by in ground.snapshot.instruments if window.is_near(by.end)}
    for task in ground.snapshot.tasks if near else ():
        by = near.get(task.instrument_id or 0)
        if by and task.start < by.end < task.end:
            cause = Cause(
                "instrument", by.number or by.title, "extend_instrument", (("instrument", str(by.id)),)
            )
            yield (cause, None, by.end), (task.code,)


def _appointments(
    ground: Ground, window: Window, ahead: Iterable[Found]
) -> Iterator[tuple[Lost, tuple[str, ...]]]:
    """Holders who leave a post on which something rests, with nobody after them."""
    vacated = {(dict(gap.data)["post"], gap.since): gap.tasks for gap in ahead if gap.code == NO_HOLDER}
    assigned = grouped((row.post_id, row) for row in ground.snapshot.assignments)
    for seat in ground.snapshot.seats:
        if not window.is_near(seat.end) or not _is_left_empty(ground, seat):
            continue
        post, day = ground.posts[seat.post_id], seat.end
        work = [row for row in assigned.get(post.id, ()) if row.start < day < row.end]
        touched = {*vacated.get((str(post.id), day), ()), *_tasks_on(ground, work, day)}
        if touched or post.kind == CHAIR:
            cause = Cause(
                "appointment", post.title, "appoint", (("body", str(post.body_id)), ("post", str(post.id)))
            )
            yield (cause, post.unit_id, day), tuple(touched)


def _is_left_empty(ground: Ground, seat: SeatRow) -> bool:
    post, day = ground.posts.get(seat.post_id), seat.end
    if post is None or not post.start <= day < post.end or not ground.exists(post.unit_id, day):
        return False
    return ground.resolver.holder(post.id, day) is None


def _assignments(ground: Ground, window: Window) -> Iterator[tuple[Lost, tuple[str, ...]]]:
    """Work whose assignment ends, and is not assigned again from that day."""
    near = [row for row in ground.snapshot.assignments if window.is_near(row.end)]
    if not near:
        return
    behind = grouped(((row.unit_id, row.duty, row.subject_key), row) for row in ground.snapshot.assignments)
    for row in near:
        day = row.end
        codes = [
            code
            for code in _tasks_on(ground, [row], day)
            if ground.exists(row.unit_id, day) and not _is_assigned(ground, behind, row, code)
        ]
        if codes:
            data = (("assignment", str(row.id)), ("post", str(row.post_id)), ("duty", row.duty))
            yield (Cause("assignment", row.subject_key, "assign", data), row.unit_id, day), tuple(codes)


def _is_assigned(
    ground: Ground, behind: dict[tuple[int, str, str], list[AssignmentRow]], row: AssignmentRow, code: str
) -> bool:
    subjects = (f"task:{code}", f"field:{ground.tasks[code].field}")
    rows = [other for subject in subjects for other in behind.get((row.unit_id, row.duty, subject), ())]
    return any(other.start <= row.end < other.end for other in rows)


def _tasks_on(ground: Ground, rows: Iterable[AssignmentRow], day: int) -> list[str]:
    codes = [code for row in rows for code in ground.tasks_of(row.subject_key)]
    return [code for code in codes if ground.tasks[code].start <= day < ground.tasks[code].end]


def _delegations(ground: Ground, window: Window) -> Iterator[tuple[Lost, tuple[str, ...]]]:
    """Delegated acts that nobody has by delegation from the day on which the term ends."""
    near = [row for row in ground.snapshot.delegations if window.is_near(row.end)]
    for row in near:
        codes = _not_delegated_on(ground, row)
        if codes and ground.exists(row.unit_id, row.end):
            data = (("delegation", str(row.id)), ("grantor_post", str(row.grantor_post)))
            yield (Cause("delegation", row.number, "delegate_anew", data), row.unit_id, row.end), tuple(codes)


def _not_delegated_on(ground: Ground, row: DelegationRow) -> list[str]:
    day = row.end
    held = {
        pair
        for other in ground.snapshot.delegations
        if other.unit_id == row.unit_id
        and other.grantor_post == row.grantor_post
        and other.start <= day < other.end
        for pair in other.tasks
    }
    return [code for code, act in row.tasks if (code, act) not in held and code in ground.tasks]

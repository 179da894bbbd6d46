"""Opening and ending a case."""

from datetime import datetime
from typing import Any

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import open_case_to
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.enums import ClockKind, Outcome
from lienthong.facilities.casework.models import Case
from lienthong.facilities.casework.rules import calendar_of, due_from_ledger, limit_of
from lienthong.facilities.casework.values import Opening
from lienthong.lib.calendar import due_at
from lienthong.lib.text import fold
from lienthong.people.parties.actions import share_party

# What an act may change of a case, as fields and as columns.
CHANGING = (
    "state",
    "holder",
    "held_since",
    "due_at",
    "remaining",
    "extensions",
    "closed_at",
    "outcome",
    "late_by_rule",
    "on_time",
    "version",
    "subject_name",
    "search_key",
)
COLUMNS = tuple("holder_id" if name == "holder" else name for name in CHANGING)
MOVED = f"""
moved AS (
  UPDATE casework_case SET {", ".join(f"{name} = %({name})s" for name in COLUMNS)}
  WHERE id = %(id)s::bigint RETURNING 1
)"""


def open_case(opening: Opening) -> Case:
    """Insert the case: unit, holder and due date stand in the same row, or it is not stored. One statement.

    The database opens the case to its receiving and responsible unit by itself (trigger). Where the register
    named nobody the answer carries the Chair and a finding: a matter is never refused for that.
    """
    due = due_at(opening.clock_start, opening.limit, calendar_of(opening.place, opening.cutoff))
    answer = opening.answer
    return Case.objects.create(
        kind=opening.kind,
        code=opening.code,
        state=opening.state,
        title=opening.title,
        subject_name=opening.subject_name,
        search_key=fold(opening.subject_name),
        party_id=opening.party_id,
        task_id=opening.task_id,
        field=opening.field,
        parent_id=opening.parent_id,
        receiving_unit_id=opening.receiving_unit_id,
        responsible_unit_id=answer.unit_id,
        body_id=answer.body_id,
        holder_id=answer.post_id,
        answer=answer.as_json(),
        finding=answer.finding,
        opened_at=opening.at,
        clock_start=opening.clock_start,
        limit_amount=opening.limit.amount,
        limit_unit=opening.limit.unit.value,
        cutoff=opening.cutoff,
        place=opening.place,
        promised_at=due,
        due_at=due,
        held_since=opening.at,
    )


def show_case(actor: Actor, case: Case, unit_id: int, reason: str) -> None:
    """Open the case, and its party's details, to a unit that has to answer for it or about it."""
    open_case_to(case.pk, [unit_id], reason)
    if case.party_id:
        share_party(actor=actor, party_id=case.party_id, unit_ids=[unit_id], reason=f"case_{reason}")


def move_case(case: Case, *, state: str, at: datetime, holder_id: int | None = None) -> None:
    """Set the case's state, and its holder where another one is named. The caller's act saves it."""
    case.state, case.version = state, case.version + 1
    if holder_id is not None and holder_id != case.holder_id:
        case.holder_id, case.held_since = holder_id, at


def end_case(case: Case, *, outcome: Outcome, at: datetime) -> None:
    """End a case, and decide once for all whether it ended on time. The caller's act saves it.

    On time (QĐ 766/QĐ-TTg, tiến độ giải quyết): ended not later than promised, the time of supplements
    subtracted; an extension does not heal a missed promise; a case late by rule is late. Its due date stays as
    it stood; one that ends while paused keeps its remaining time. One statement where it is done, one more
    where it was extended. Raises Refused while obligations of other units are open.
    """
    if outcome == Outcome.DONE and case.children.filter(closed_at__isnull=True).exists():
        raise Refused(
            code="case.open_children",
            sentence="Còn việc của đơn vị khác chưa xong. Chờ họ hoàn thành, hoặc đơn vị chủ trì rút yêu cầu bằng văn bản.",
        )
    case.outcome, case.closed_at = outcome, at
    case.on_time = not case.late_by_rule and _in_time(case, at)


def _in_time(case: Case, at: datetime) -> bool:
    if case.extensions:
        pauses = list(case.clock.filter(kind=ClockKind.PAUSE).order_by("from_at", "id"))
        closed = [row for row in pauses if row.to_at]
        limit = limit_of(case.limit_amount, case.limit_unit)
        return at <= due_from_ledger(case.clock_start, limit, closed, calendar_of(case.place, case.cutoff))
    return at <= case.due_at if case.due_at else (case.remaining or 0) >= 0


def rename_subject(case: Case, name: str) -> str:
    """Correct the party's name as the case shows it; returns the old one. The caller's act saves the case."""
    old, case.subject_name, case.search_key = case.subject_name, name, fold(name)
    return old


def save_case(case: Case) -> None:
    """Write what an act changed of a case. One statement; the database checks the promise."""
    case.save(update_fields=CHANGING)


def saving(case: Case) -> tuple[str, dict[str, Any]]:
    """What `save_case` writes, as part of a WITH named `moved` and its values.

    For an act that writes all in one statement; it sees to it that `moved` is one row.
    """
    return MOVED, {name: getattr(case, name) for name in ("id", *COLUMNS)}

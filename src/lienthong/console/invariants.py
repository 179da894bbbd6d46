"""The promise as counts over all rows: no matter without unit, holder and date; no number unaccounted for.

The database's own constraints say most of it; here it is counted again from the outside, due dates recomputed
by the calendar alone, so that a restored, migrated or merged database can be shown to keep it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from django.db import connection

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import calendar_for
from lienthong.lib.calendar import LimitUnit, Pause, TimeLimit, WorkCalendar, due_at, due_with_pauses

COUNTED = (
    ("việc mở có đơn vị chịu trách nhiệm", "responsible_unit_id IS NULL"),
    ("việc mở có người giữ", "holder_id IS NULL"),
    ("việc mở có hạn hoặc thời gian còn lại, không cả hai", "(due_at IS NULL) = (remaining IS NULL)"),
    (
        "việc mở có người trả lời lúc này (người giữ, người thay, trưởng phòng hoặc Chủ tịch)",
        """NOT EXISTS (SELECT 1 FROM organisation_post p JOIN organisation_post q ON q.unit_id = p.unit_id
           AND (q.id = p.id OR q.kind = 'chair' OR q.body_id = p.body_id AND q.kind = 'department_head')
           JOIN organisation_appointment a ON a.post_id = q.id AND a.valid_during @> current_date
           WHERE p.id = c.holder_id)""",
    ),
    (
        "việc đang tạm dừng có đúng một dòng tạm dừng mở",
        """(due_at IS NULL) <> (1 = (SELECT count(*) FROM casework_clockentry e
           WHERE e.case_id = c.id AND e.kind = 'pause' AND e.to_at IS NULL))""",
    ),
    (
        "đơn vị chịu trách nhiệm xem được việc của mình",
        """NOT EXISTS (SELECT 1 FROM scope_sight s WHERE s.case_id = c.id
           AND s.unit_id = c.responsible_unit_id)""",
    ),
)
# Issued numbers of a series against what bears them; a dossier's code ends in its number of the day.
_NUMBERS = """
WITH used AS (
  SELECT receiving_unit_id AS unit_id, 'dossier' AS kind, split_part(code, '-', 2) AS period,
         split_part(code, '-', 3)::int AS number FROM casework_case WHERE kind = 'dossier'
  UNION ALL
  SELECT unit_id, 'receipt', '20' || substr(number, 3, 2), split_part(number, '-', 2)::int FROM fees_receipt
  UNION ALL
  SELECT s.unit_id, s.kind, s.period, v.number FROM numbering_void v JOIN numbering_series s ON s.id = v.series_id
)
SELECT s.unit_id, s.kind, s.period, s.last, count(u.number), count(DISTINCT u.number), max(u.number)
FROM numbering_series s
LEFT JOIN used u ON u.unit_id = s.unit_id AND u.kind = s.kind AND u.period = s.period
WHERE s.kind IN ('dossier', 'receipt') GROUP BY s.id ORDER BY 1, 2, 3
"""
_LEDGERS = """
SELECT c.code, c.clock_start, c.limit_amount, c.limit_unit, c.cutoff, c.place, c.due_at, c.promised_at,
       coalesce((SELECT json_agg(json_build_array(e.kind, e.from_at, e.to_at, e.amount, e.unit)
                 ORDER BY e.from_at, e.id) FROM casework_clockentry e WHERE e.case_id = c.id), '[]')
FROM casework_case c
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition: over how many rows it was looked at, and which break it."""

    name: str
    looked_at: int
    wrong: tuple[str, ...]


def check_all() -> list[Finding]:
    """Every condition over every row, in the system's scope and one snapshot."""
    with entered(SYSTEM):
        return [*_open_cases(), *_due_dates(), _numbers(), _closed_cases()]


def _open_cases() -> Iterator[Finding]:
    looked_at = _rows("SELECT count(*) FROM casework_case WHERE closed_at IS NULL")[0][0]
    for name, broken in COUNTED:
        found = _rows(
            f"SELECT c.code FROM casework_case c WHERE c.closed_at IS NULL AND ({broken}) ORDER BY 1"
        )
        yield Finding(name, looked_at, tuple(code for (code,) in found))


def _closed_cases() -> Finding:
    looked_at = _rows("SELECT count(*) FROM casework_case WHERE closed_at IS NOT NULL")[0][0]
    found = _rows(
        "SELECT code FROM casework_case WHERE closed_at IS NOT NULL AND (outcome = '' OR on_time IS NULL)"
    )
    return Finding("việc đã xong có kết cục và đúng hay trễ hạn", looked_at, tuple(code for (code,) in found))


def _due_dates() -> Iterator[Finding]:
    """The first promise and the present due date against the ledger; a stopped clock has none."""
    rows = _rows(_LEDGERS)
    promised, due = [], []
    for code, start, amount, unit, cutoff, place, at, first, entries in rows:
        limit, calendar = TimeLimit(amount, LimitUnit(unit)), _calendar(place, cutoff)
        if due_at(start, limit, calendar) != calendar.local(first):
            promised.append(code)
        if at is not None and _due(start, limit, entries, calendar) != calendar.local(at):
            due.append(code)
    yield Finding("lần hẹn đầu đúng bằng thời hạn tính theo lịch làm việc", len(rows), tuple(promised))
    yield Finding("hạn hiện nay đúng bằng sổ thời hạn tính lại", len(rows), tuple(due))


def _due(
    start: datetime, limit: TimeLimit, entries: Sequence[Sequence[Any]], calendar: WorkCalendar
) -> datetime:
    """The due date of a ledger; each extension begins a stretch of its own behind the former due date."""
    due, pauses = due_at(start, limit, calendar), list[Pause]()
    for kind, begin, end, amount, unit in entries:
        if kind == "extension":
            start, limit, pauses = due, TimeLimit(amount, LimitUnit(unit)), []
        else:
            pauses.append(Pause(datetime.fromisoformat(begin), datetime.fromisoformat(end)))
        due = due_with_pauses(start, limit, pauses, calendar) if pauses else due_at(start, limit, calendar)
    return due


def _numbers() -> Finding:
    wrong, issued = [], 0
    for unit_id, kind, period, last, used, distinct, highest in _rows(_NUMBERS):
        issued += last
        if used != distinct or distinct != last or (highest or 0) > last:
            wrong.append(f"{kind} {period}, đơn vị {unit_id}: cấp {last}, thấy {used} ({distinct} khác nhau)")
    return Finding("mỗi số đã cấp được dùng đúng một lần hoặc hủy kèm lý do", issued, tuple(wrong))


def _calendar(place: str, cutoff: str) -> WorkCalendar:
    calendar = calendar_for(place)
    return replace(calendar, cutoff=time.fromisoformat(cutoff)) if cutoff else calendar


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())

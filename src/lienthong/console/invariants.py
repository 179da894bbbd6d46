"""The promise as counts over all rows: no matter without unit, holder and date; no number unaccounted for.

The database's own constraints say most of it; here it is counted again from the outside, due dates recomputed
by the calendar alone, so that a restored, migrated, merged or generated database can be shown to keep it. Rows are
read through a cursor of the server: a million cases need no more memory than a thousand.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from lienthong.console.ledgers import Calendars, Hours, Ledger, Notice, due_of, ledger_of
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.lib.calendar import WorkCalendar
from lienthong.work.certification.enums import Book
from lienthong.work.certification.queries import closings_checked

# So many examples are kept of what breaks a condition; all of it is counted.
MOST_EXAMPLES = 100
CHUNK = 5000
OPEN, CLOSED, EVERY = "c.closed_at IS NULL", "c.closed_at IS NOT NULL", "true"
# What is to hold, of which cases, and when it is broken.
COUNTED = (
    ("việc mở có đơn vị chịu trách nhiệm", OPEN, "c.responsible_unit_id IS NULL"),
    ("việc mở có người giữ", OPEN, "c.holder_id IS NULL"),
    (
        "việc mở có hạn hoặc thời gian còn lại, không cả hai",
        OPEN,
        "(c.due_at IS NULL) = (c.remaining IS NULL)",
    ),
    (
        "việc mở có người trả lời lúc này (người giữ, người thay, trưởng phòng hoặc Chủ tịch)",
        OPEN,
        """NOT EXISTS (SELECT 1 FROM organisation_post p JOIN organisation_post q ON q.unit_id = p.unit_id
           AND (q.id = p.id OR q.kind = 'chair' OR q.body_id = p.body_id AND q.kind = 'department_head')
           JOIN organisation_appointment a ON a.post_id = q.id AND a.valid_during @> current_date
           WHERE p.id = c.holder_id)""",
    ),
    (
        "việc đang tạm dừng có đúng một dòng tạm dừng mở",
        OPEN,
        """(c.due_at IS NULL) <> (1 = (SELECT count(*) FROM casework_clockentry e
           WHERE e.case_id = c.id AND e.kind = 'pause' AND e.to_at IS NULL))""",
    ),
    (
        "đơn vị chịu trách nhiệm và đơn vị tiếp nhận xem được việc của mình",
        EVERY,
        """NOT EXISTS (SELECT 1 FROM scope_sight s WHERE s.case_id = c.id AND s.unit_id = c.responsible_unit_id)
           OR NOT EXISTS (SELECT 1 FROM scope_sight s WHERE s.case_id = c.id AND s.unit_id = c.receiving_unit_id)""",
    ),
    (
        "việc đã xong có kết cục và đúng hay trễ hạn",
        CLOSED,
        "c.outcome = '' OR c.on_time IS NULL OR c.closed_at < c.opened_at",
    ),
    (
        "việc đã giải quyết xong không còn việc con đang mở",
        CLOSED,
        """c.outcome = 'done' AND EXISTS (
           SELECT 1 FROM casework_case k WHERE k.parent_id = c.id AND k.closed_at IS NULL)""",
    ),
    (
        "mỗi hồ sơ có đúng một vụ việc, mỗi vụ việc loại hồ sơ có hồ sơ",
        EVERY,
        "(c.kind = 'dossier') <> EXISTS (SELECT 1 FROM dossiers_dossier d WHERE d.case_id = c.id)",
    ),
    (
        "mỗi việc chứng thực có đúng một vụ việc, mỗi vụ việc loại chứng thực có chi tiết",
        EVERY,
        "(c.kind = 'certification') <> EXISTS (SELECT 1 FROM certification_certification d WHERE d.case_id = c.id)",
    ),
    (
        "việc chứng thực đã ký có người ký theo sổ thẩm quyền, mỗi giấy tờ có đúng một số; chưa ký thì chưa có",
        EVERY,
        """c.kind = 'certification' AND ((c.state IN ('signed', 'returned')) <> EXISTS (
             SELECT 1 FROM certification_attestation a WHERE a.certification_id = c.id)
           OR EXISTS (SELECT 1 FROM certification_certifieditem i WHERE i.certification_id = c.id
             AND (SELECT count(*) FROM certification_bookentry b WHERE b.item_id = i.id AND b.voided_at IS NULL)
                 <> (c.state IN ('signed', 'returned'))::int))""",
    ),
    (
        "mỗi hồ sơ có dòng nhật ký mở đầu",
        "c.kind = 'dossier'",
        """NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.case_id = c.id
           AND e.verb IN ('dossier.received', 'dossier.lodged', 'dossier.taken_over'))""",
    ),
    (
        "người nộp của mỗi việc có trong sổ và đơn vị chịu trách nhiệm giữ được thông tin",
        "c.party_id IS NOT NULL",
        """NOT EXISTS (SELECT 1 FROM parties_party p JOIN parties_custody k ON k.party_id = p.id
           WHERE p.id = c.party_id AND k.unit_id = c.responsible_unit_id)""",
    ),
    (
        "trạng thái của việc đúng bằng dòng nhật ký gần nhất",
        EVERY,
        """c.state <> coalesce((SELECT e.data->>'state' FROM journal_entry e WHERE e.case_id = c.id
           AND e.data ? 'state' ORDER BY e.id DESC LIMIT 1), c.state)""",
    ),
    (
        "mỗi lần gia hạn có văn bản xin lỗi, mỗi văn bản có biểu mẫu đã lập",
        EVERY,
        """c.kind = 'dossier' AND c.extensions <> (SELECT count(*) FROM casework_clockentry e
           WHERE e.case_id = c.id AND e.kind = 'extension')
           OR EXISTS (SELECT 1 FROM dossiers_extensionletter l WHERE l.dossier_id = c.id AND NOT EXISTS (
             SELECT 1 FROM documents_issuedform f
             WHERE f.case_id = c.id AND f.form = 'apology_letter' AND f.number = l.number))""",
    ),
)
REFERENCES = (
    "đơn vị, bộ phận, vị trí, công việc, thủ tục mà vụ việc và hồ sơ nêu đều có trong danh bạ và danh mục"
)
# Issued numbers of a series against what bears them; a dossier's code ends in its number of the day. A code that
# a predecessor gave is nobody's number here.
_NUMBERS = """
WITH used AS (
  SELECT receiving_unit_id AS unit_id, 'dossier' AS kind, split_part(code, '-', 2) AS period,
         split_part(code, '-', 3)::int AS number
  FROM casework_case WHERE kind = 'dossier' AND id NOT IN (
    SELECT case_id FROM journal_entry WHERE verb = 'dossier.taken_over' AND case_id IS NOT NULL)
  UNION ALL
  SELECT unit_id, 'receipt', '20' || substr(number, 3, 2), split_part(number, '-', 2)::int FROM fees_receipt
  UNION ALL
  SELECT f.unit_id, 'apology_letter', to_char(f.issued_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY'),
         split_part(f.number, '/', 1)::int
  FROM documents_issuedform f WHERE f.form = 'apology_letter'
  UNION ALL
  SELECT receiving_unit_id, 'certification', split_part(code, '-', 2), substr(split_part(code, '-', 3), 3)::int
  FROM casework_case WHERE kind = 'certification'
  UNION ALL
  SELECT unit_id, book, year::text, number FROM certification_bookentry WHERE voided_at IS NULL
  UNION ALL
  SELECT s.unit_id, s.kind, s.period, v.number FROM numbering_void v JOIN numbering_series s ON s.id = v.series_id
), counted AS (
  SELECT unit_id, kind, period, count(*) AS used, count(DISTINCT number) AS distinct_numbers, min(number) AS lowest,
         max(number) AS highest
  FROM used GROUP BY unit_id, kind, period
)
SELECT coalesce(s.unit_id, u.unit_id), coalesce(s.kind, u.kind), coalesce(s.period, u.period), coalesce(s.last, 0),
       coalesce(u.used, 0), coalesce(u.distinct_numbers, 0), coalesce(u.lowest, 1), coalesce(u.highest, 0)
FROM (SELECT * FROM numbering_series WHERE kind = ANY(%s)) s
FULL JOIN counted u ON u.unit_id = s.unit_id AND u.kind = s.kind AND u.period = s.period
ORDER BY 1, 2, 3
"""
SERIES = {
    "dossier": "mã hồ sơ",
    "receipt": "biên lai",
    "apology_letter": "văn bản xin lỗi",
    "certification": "mã việc chứng thực",
    **{book.value: str(book.label) for book in Book},
}
_LEDGERS = """
SELECT c.code, c.due_at, c.promised_at, c.clock_start, c.limit_amount, c.limit_unit, c.place, c.cutoff,
       c.recorded_at, e.rows
FROM casework_case c
LEFT JOIN (SELECT case_id, json_agg(json_build_array(kind, from_at, to_at, amount, unit)
                                    ORDER BY from_at, id)::text AS rows
           FROM casework_clockentry GROUP BY case_id) e ON e.case_id = c.id
"""
_NOTICES = "SELECT day, place, kind, recorded_at FROM workdays_daynotice ORDER BY id"
# Every setting of office hours, in order, with when it became known. Later ones end the former in the table; the
# journal says from which day each was meant to hold. (Its entries without a case are few, and indexed.)
_HOURS = """
SELECT h.place, coalesce((e.data->>'valid_from')::date, lower(h.valid_during)), h.hours::text, h.cutoff,
       coalesce(e.recorded_at, 'epoch')
FROM workdays_officehours h LEFT JOIN journal_entry e
  ON e.case_id IS NULL AND e.verb = 'workdays.hours_set' AND e.subject_id = h.id
WHERE e.id IS NOT NULL OR NOT isempty(h.valid_during)
ORDER BY h.id
"""
# What the promise rests on: nothing of it may be switched off, half checked or half built.
_GUARDS = """
SELECT c.conrelid::regclass || ': ' || c.conname, c.convalidated FROM pg_constraint c
JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public'
UNION ALL
SELECT t.tgrelid::regclass || ': ' || t.tgname, t.tgenabled <> 'D' FROM pg_trigger t
JOIN pg_class r ON r.oid = t.tgrelid JOIN pg_namespace n ON n.oid = r.relnamespace WHERE n.nspname = 'public'
UNION ALL
SELECT i.indexrelid::regclass::text, i.indisvalid FROM pg_index i
JOIN pg_class r ON r.oid = i.indrelid JOIN pg_namespace n ON n.oid = r.relnamespace WHERE n.nspname = 'public'
UNION ALL
SELECT r.relname || ': row security', r.relrowsecurity FROM pg_class r JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT 'chỉ mục tạm bỏ khi sinh dữ liệu: ' || name, value = 'null'::jsonb FROM scope_mark WHERE name = 'generate:indexes'
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition: over how many rows it was looked at, how many break it, and some of these."""

    name: str
    looked_at: int
    wrong: tuple[str, ...]
    broken: int


def check_all() -> list[Finding]:
    """Every condition over every row, in the system's scope and one transaction."""
    return list(checked())


def checked() -> Iterator[Finding]:
    """The same, one after the other as they are found."""
    with entered(SYSTEM):
        looked_at = {cases: _count(cases) for _name, cases, _broken in COUNTED}
        for name, cases, broken in COUNTED:
            yield _finding(name, looked_at[cases], _codes(cases, broken))
        yield _finding(REFERENCES, looked_at[EVERY], _codes(EVERY, _references()))
        yield from _due_dates()
        yield _numbers()
        yield _closings()
        yield _guards()


def _references() -> str:
    """When a case, or its dossier, names a row that is not there: every reference that no foreign key checks.

    They were dropped for speed (docs/adr/0008). One pass: the register's ids are hashed once for the statement.
    """
    case, dossier = apps.get_model("casework.Case"), apps.get_model("dossiers.Dossier")
    more = ["d.frozen_id NOT IN (SELECT id FROM journal_frozen)"]
    more.append("d.returned_by_post_id NOT IN (SELECT id FROM organisation_post)")
    of_dossier = " OR ".join([*_unchecked("d", dossier), *more])
    exists = f"EXISTS (SELECT 1 FROM dossiers_dossier d WHERE d.case_id = c.id AND ({of_dossier}))"
    return " OR ".join([*_unchecked("c", case), exists])


def _unchecked(name: str, model: type[Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey) and not getattr(field, "db_constraint", True):
            target = field.target_field
            table = target.model._meta.db_table
            yield f"{name}.{field.column} NOT IN (SELECT {target.column} FROM {table})"


def _count(cases: str) -> int:
    return int(_rows(f"SELECT count(*) FROM casework_case c WHERE {cases}")[0][0])


def _codes(cases: str, broken: str) -> Iterator[str]:
    return (code for (code,) in _stream(f"SELECT c.code FROM casework_case c WHERE ({cases}) AND ({broken})"))


def _finding(name: str, looked_at: int, wrong: Iterator[str]) -> Finding:
    """Counts what is wrong, and keeps the first examples."""
    broken, kept = 0, list[str]()
    for one in wrong:
        broken += 1
        if len(kept) < MOST_EXAMPLES:
            kept.append(one)
    return Finding(name, looked_at, tuple(sorted(kept)), broken)


def _due_dates() -> Iterator[Finding]:
    """The first promise and the present due date against the ledger; a stopped clock has none.

    A promise given before a day was noticed, or before the hours were changed, stays as it was given: it is held
    against the calendar known then.
    """
    looked_at, promised, due = 0, list[str](), list[str]()
    calendars = Calendars([Notice(*row) for row in _rows(_NOTICES)], _hours())
    for code, at, first, *row in _stream(_LEDGERS):
        looked_at += 1
        ledger = ledger_of(row)
        if not _agrees(calendars, calendars.at_first(ledger), replace(ledger, entries=()), first):
            promised.append(code)
        if at is not None and not _agrees(calendars, calendars.since(ledger), ledger, at):
            due.append(code)
    known = "theo ngày và giờ làm việc đã biết lúc ấy"
    yield _finding(f"lần hẹn đầu đúng bằng thời hạn tính {known}", looked_at, iter(promised))
    yield _finding(f"hạn hiện nay đúng bằng sổ thời hạn tính lại {known}", looked_at, iter(due))


def _hours() -> list[Hours]:
    rows = _rows(_HOURS)
    return [Hours(place, since, json.loads(hours), cutoff, at) for place, since, hours, cutoff, at in rows]


def _agrees(calendars: Calendars, known: Iterator[WorkCalendar], ledger: Ledger, stored: datetime) -> bool:
    return any(due_of(calendars, ledger, calendar) == stored for calendar in known)


def _numbers() -> Finding:
    wrong, issued = [], 0
    for unit_id, kind, period, last, used, distinct, lowest, highest in _rows(_NUMBERS, [list(SERIES)]):
        issued += last
        if used != distinct or distinct != last or highest > last or lowest < 1:
            words = f"{SERIES[kind]} {period}, đơn vị {unit_id}"
            wrong.append(f"{words}: cấp {last}, thấy {used} ({distinct} khác nhau, đến {highest})")
    return _finding("mỗi số đã cấp được dùng đúng một lần hoặc hủy kèm lý do", issued, iter(wrong))


def _closings() -> Finding:
    found = list(closings_checked())
    name = "sổ chứng thực của tháng đã khóa vẫn đúng như lúc khóa"
    return _finding(name, len(found), (what for what, stands in found if not stands))


def _guards() -> Finding:
    rows = _rows(_GUARDS)
    name = "ràng buộc, trigger, chỉ mục, phân quyền dòng của cơ sở dữ liệu đều đang bật"
    return _finding(name, len(rows), (what for what, stands in rows if not stands))


def _stream(statement: str) -> Iterator[tuple[Any, ...]]:
    """The rows, a chunk at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def _rows(statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

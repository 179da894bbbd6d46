"""The register as sheets: the columns, what stands in them now, and the same as CSV."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.scope.queries import ask
from lienthong.lib.spreadsheet import write_sheet
from lienthong.lib.table_in import Field, FieldKind
from lienthong.mandate.competence.enums import AssignedDuty, Division, Reach, RuleRole, TaskKind
from lienthong.people.organisation.enums import BodyKind, PostKind, UnitType

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a spreadsheet program takes for a formula when it opens a CSV.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SUBJECTS = {"nhiệm vụ": "task", "lĩnh vực": "field"}


def _words(choices: Sequence[tuple[Any, Any]]) -> dict[str, str]:
    return {str(label): str(word) for word, label in choices}


KINDS, REACHES, ROLES = _words(TaskKind.choices), _words(Reach.choices), _words(RuleRole.choices)
BODIES, POSTS, TYPES = _words(BodyKind.choices), _words(PostKind.choices), _words(UnitType.choices)
SURE, DIVISIONS, DUTIES = _words(Confidence.choices), _words(Division.choices), _words(AssignedDuty.choices)

SUBJECT_KIND = Field("subject_kind", "Cho", FieldKind.WORD, needed=True, words=SUBJECTS)
SUBJECT = Field(
    "subject", "Nhiệm vụ hoặc lĩnh vực", needed=True, also=("Mã nhiệm vụ", "Lĩnh vực"), longest=200
)
INSTRUMENT = Field("instrument", "Số văn bản", needed=True, also=("Văn bản",), longest=120)
VALID_FROM = Field("valid_from", "Áp dụng từ ngày", FieldKind.DATE, needed=True)
VALID_TO = Field("valid_to", "Hết hiệu lực từ ngày", FieldKind.DATE)
ARTICLE = Field("article", "Điều, khoản", longest=120)
CONFIDENCE = Field("confidence", "Độ chắc chắn", FieldKind.WORD, needed=True, words=SURE)
DIVISION = Field("division", "Cách giao", FieldKind.WORD, words=DIVISIONS)
NOTE = Field("note", "Ghi chú", longest=300)
TASKS = (
    Field("code", "Mã nhiệm vụ", needed=True, also=("Mã", "Mã thủ tục"), longest=40),
    Field("name", "Tên nhiệm vụ", needed=True, also=("Tên",), longest=2000),
    Field("field", "Lĩnh vực", needed=True, longest=200),
    Field("kind", "Loại", FieldKind.WORD, words=KINDS),
    Field("instrument", "Số văn bản", also=("Văn bản",), longest=120),
)
RULES = (
    SUBJECT_KIND,
    SUBJECT,
    Field("reach", "Phạm vi", FieldKind.WORD, needed=True, words=REACHES),
    Field("unit_type", "Loại đơn vị", FieldKind.WORD, words=TYPES),
    Field("place", "Mã đơn vị, mã tỉnh", longest=5),
    Field("role", "Vai trò", FieldKind.WORD, words=ROLES),
    Field("body", "Cơ quan, bộ phận", FieldKind.WORD, needed=True, words=BODIES),
    Field("post", "Vị trí đích danh", FieldKind.WORD, words=POSTS),
    INSTRUMENT,
    ARTICLE,
    CONFIDENCE,
    DIVISION,
    VALID_FROM,
    VALID_TO,
    NOTE,
)
BASES = (SUBJECT_KIND, SUBJECT, INSTRUMENT, ARTICLE, CONFIDENCE, DIVISION, VALID_FROM, VALID_TO, NOTE)
ASSIGNMENTS = (
    SUBJECT_KIND,
    SUBJECT,
    Field("duty", "Được giao", FieldKind.WORD, needed=True, words=DUTIES),
    Field("post_number", "Số vị trí", FieldKind.INTEGER),
    Field("post", "Vị trí", longest=200),
    Field("decision", "Số quyết định", needed=True, also=("Quyết định",), longest=200),
    Field("decision_on", "Ngày ký", FieldKind.DATE),
    VALID_FROM,
    VALID_TO,
)
DELEGATIONS = (
    Field("number", "Số văn bản"),
    Field("signed_on", "Ngày ký", FieldKind.DATE),
    Field("grantor", "Bên ủy quyền"),
    Field("grantee", "Bên được ủy quyền"),
    Field("person", "Người được ủy quyền"),
    Field("tasks", "Nhiệm vụ", longest=20_000),
    Field("acts", "Việc được làm"),
    Field("valid_from", "Từ ngày", FieldKind.DATE),
    VALID_TO,
    Field("report", "Báo cáo mỗi, tháng", FieldKind.INTEGER),
    Field("revoked_on", "Thu hồi từ ngày", FieldKind.DATE),
)
_TASK_ROWS = """
SELECT t.code, t.name, t.field, t.kind, i.number FROM competence_task t
LEFT JOIN instruments_instrument i ON i.id = t.instrument_id ORDER BY t.code
"""
_RULE_ROWS = """
SELECT r.subject_key, r.reach_key, r.role, r.body_kind, r.post_kind, i.number, r.article, r.confidence, r.division,
       lower(r.valid_during), upper(r.valid_during), r.note
FROM competence_competencerule r JOIN instruments_instrument i ON i.id = r.instrument_id
WHERE r.superseded_at IS NULL AND NOT isempty(r.valid_during) ORDER BY r.subject_key, r.reach_key, r.id
"""
_BASIS_ROWS = """
SELECT b.subject_key, i.number, b.article, b.confidence, b.division, lower(b.valid_during), upper(b.valid_during), b.note
FROM competence_taskbasis b JOIN instruments_instrument i ON i.id = b.instrument_id
WHERE b.superseded_at IS NULL AND NOT isempty(b.valid_during) ORDER BY b.subject_key, b.id
"""
_ASSIGNMENT_ROWS = """
SELECT a.subject_key, a.duty, p.id, p.title, a.instrument_text, a.decision_on, lower(a.valid_during),
       upper(a.valid_during)
FROM competence_workassignment a JOIN organisation_post p ON p.id = a.post_id
WHERE a.superseded_at IS NULL AND NOT isempty(a.valid_during) AND a.unit_id = %(unit)s::bigint
ORDER BY a.duty, a.subject_key, a.id
"""
_DELEGATION_ROWS = """
SELECT d.number, d.signed_on, g.title, e.title, ep.name,
  (SELECT string_agg(DISTINCT t.code, ', ') FROM competence_delegationside s JOIN competence_task t ON t.id = s.task_id
   WHERE s.delegation_id = d.id),
  (SELECT string_agg(DISTINCT s.act, ', ') FROM competence_delegationside s WHERE s.delegation_id = d.id),
  lower(d.valid_during), upper(d.valid_during), d.report_months, d.revoked_on
FROM competence_delegation d JOIN organisation_post g ON g.id = d.grantor_post_id
JOIN organisation_post e ON e.id = d.grantee_post_id JOIN organisation_person ep ON ep.id = d.grantee_person_id
WHERE d.unit_id = %(unit)s::bigint ORDER BY d.id
"""
Rows = list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """Một phần của sổ dưới dạng bảng: its columns, and its rows for a unit (None: they are nobody's own)."""

    name: str
    heading: "StrOrPromise"
    fields: tuple[Field, ...]
    rows: Callable[[int], Rows]
    of_a_unit: bool = False
    taken_in: bool = False


def as_xlsx(part: Part, rows: Rows) -> bytes:
    """The part as a spreadsheet. No statement."""
    target = BytesIO()
    write_sheet(target, str(part.heading)[:31], [one.column() for one in part.fields], rows)
    return target.getvalue()


def as_csv(part: Part, rows: Rows) -> bytes:
    """The part as CSV: UTF-8 with its mark, days as typed, and nothing that a program takes for a formula."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow([one.header for one in part.fields])
    writer.writerows([[_plain(cell) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def from_csv(content: bytes, heading: str) -> bytes:
    """A CSV as the spreadsheet that it would be. Raises UnicodeDecodeError or csv.Error for what is none."""
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    lines = list(csv.reader(StringIO(text), delimiter=separator))
    headers = lines[0] if lines else []
    rows = [[cell or None for cell in (line + [""] * len(headers))[: len(headers)]] for line in lines[1:]]
    target = BytesIO()
    write_sheet(target, heading, [Field("", header).column() for header in headers], rows)
    return target.getvalue()


def present_rules() -> set[tuple[str, str, str, str, date]]:
    """Subject, reach, role, body and first day of every present rule. One statement."""
    return {(row[0], row[1], row[2], row[3], row[9]) for row in ask(_RULE_ROWS)}


def present_tasks() -> dict[str, tuple[str, str]]:
    """Name and field of every task by its code. One statement."""
    return {row[0]: (row[1], row[2]) for row in ask(_TASK_ROWS)}


def present_assignments(unit_id: int) -> set[tuple[str, str, int, date]]:
    """Subject, duty, post and first day of every present assignment of a unit. One statement."""
    return {(row[0], row[1], row[2], row[6]) for row in ask(_ASSIGNMENT_ROWS, {"unit": unit_id})}


def _plain(cell: object) -> object:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def _told(words: Mapping[str, str], word: str) -> str:
    return next((label for label, known in words.items() if known == word), word)


def _subject(key: str) -> tuple[str, str]:
    kind, _colon, name = key.partition(":")
    return _told(SUBJECTS, kind), name


def _tasks(_unit_id: int) -> Rows:
    return [
        (code, name, field, _told(KINDS, kind), number) for code, name, field, kind, number in ask(_TASK_ROWS)
    ]


def _rules(_unit_id: int) -> Rows:
    return [_rule(*row) for row in ask(_RULE_ROWS)]


def _rule(subject: str, reach_key: str, role: str, body: str, post: str, *rest: Any) -> tuple[object, ...]:
    number, article, sure, division, *more = rest
    word, *parts = reach_key.split(":")
    kind = parts[0] if word in (Reach.TYPE, Reach.TYPE_IN_PROVINCE) else ""
    place = parts[-1] if word in (Reach.UNIT, Reach.PROVINCE, Reach.TYPE_IN_PROVINCE) else ""
    who = (_told(ROLES, role), _told(BODIES, body), _told(POSTS, post))
    cited = (number, article, _told(SURE, sure), _told(DIVISIONS, division))
    return (*_subject(subject), _told(REACHES, word), _told(TYPES, kind), place, *who, *cited, *more)


def _bases(_unit_id: int) -> Rows:
    return [
        (*_subject(row[0]), row[1], row[2], _told(SURE, row[3]), _told(DIVISIONS, row[4]), *row[5:])
        for row in ask(_BASIS_ROWS)
    ]


def _assignments(unit_id: int) -> Rows:
    found = ask(_ASSIGNMENT_ROWS, {"unit": unit_id})
    return [(*_subject(row[0]), _told(DUTIES, row[1]), *row[2:]) for row in found]


def _delegations(unit_id: int) -> Rows:
    return list(ask(_DELEGATION_ROWS, {"unit": unit_id}))


PARTS = {
    part.name: part
    for part in (
        Part("tasks", _("Nhiệm vụ"), TASKS, _tasks, taken_in=True),
        Part("rules", _("Quy định phân định thẩm quyền"), RULES, _rules, taken_in=True),
        Part("bases", _("Căn cứ giao thẩm quyền"), BASES, _bases),
        Part("assignments", _("Phân công trong đơn vị"), ASSIGNMENTS, _assignments, True, True),
        Part("delegations", _("Ủy quyền"), DELEGATIONS, _delegations, True),
    )
}

"""What the register's pages list: tasks, the instruments it rests on, and how much it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.scope.queries import ask
from lienthong.core.shell.rules import vn_date
from lienthong.lib.text import fold
from lienthong.mandate.competence.enums import TaskKind

PAGE = 60
GAPS = ("no_rule", "no_basis")
_TASKS = """
WITH held AS (
  SELECT r.subject_key FROM competence_competencerule r JOIN instruments_instrument i ON i.id = r.instrument_id
  WHERE r.role = 'lead' AND r.superseded_at IS NULL AND r.valid_during @> %(on)s::date
    AND (i.valid_during IS NULL OR i.valid_during @> %(on)s::date) GROUP BY 1
), based AS (
  SELECT b.subject_key, bool_or(b.valid_during @> %(on)s::date
         AND (i.valid_during IS NULL OR i.valid_during @> %(on)s::date)) AS holds
  FROM competence_taskbasis b JOIN instruments_instrument i ON i.id = b.instrument_id
  WHERE b.superseded_at IS NULL GROUP BY 1
)
SELECT t.code, t.kind, t.name, t.field,
  NOT EXISTS (SELECT FROM held WHERE subject_key IN ('task:' || t.code, 'field:' || t.field)),
  NOT coalesce((SELECT holds FROM based WHERE subject_key = 'task:' || t.code),
               (SELECT holds FROM based WHERE subject_key = 'field:' || t.field), true)
FROM competence_task t WHERE t.valid_during IS NULL OR t.valid_during @> %(on)s::date
ORDER BY t.code
"""
_TASK = """
SELECT t.code, t.kind, t.name, t.field, t.valid_during, i.id, i.number, i.title, i.confidence, i.valid_during
FROM competence_task t LEFT JOIN instruments_instrument i ON i.id = t.instrument_id WHERE t.code = %(code)s::text
"""
_INSTRUMENTS = """
SELECT i.id, i.number, i.title, i.kind, i.valid_during, i.confidence,
  (SELECT count(*) FROM competence_competencerule r WHERE r.instrument_id = i.id AND r.superseded_at IS NULL),
  (SELECT count(*) FROM competence_taskbasis b WHERE b.instrument_id = i.id AND b.superseded_at IS NULL),
  (SELECT count(*) FROM competence_task t WHERE t.instrument_id = i.id)
FROM instruments_instrument i
"""
_COUNTS = """
SELECT (SELECT count(*) FROM competence_task),
  (SELECT count(*) FROM competence_competencerule WHERE superseded_at IS NULL AND valid_during @> %(on)s::date),
  (SELECT count(*) FROM competence_workassignment
   WHERE superseded_at IS NULL AND valid_during @> %(on)s::date
     AND (%(unit)s::bigint IS NULL OR unit_id = %(unit)s::bigint)),
  (SELECT count(*) FROM competence_delegation
   WHERE (%(unit)s::bigint IS NULL OR unit_id = %(unit)s::bigint) AND valid_during @> %(on)s::date
     AND (revoked_on IS NULL OR revoked_on > %(on)s::date)),
  (SELECT count(*) FROM instruments_instrument i WHERE upper(i.valid_during) > %(on)s::date
     AND upper(i.valid_during) <= %(ahead)s::date)
"""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Một nhiệm vụ trong danh sách, and what the register lacks for it on the day."""

    code: str
    kind: str
    name: str
    field: str
    no_rule: bool
    no_basis: bool

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(TaskKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class TaskList:
    """Danh sách nhiệm vụ: one page of it, where the next begins, and the counts behind the filters."""

    lines: tuple[TaskLine, ...]
    after: str
    found: int
    kinds: tuple[tuple[str, str, int], ...]
    gaps: tuple[tuple[str, int], ...]
    fields: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Văn bản: number, title, days in force (None: not stated), and how much of the register rests on it."""

    id: int
    number: str
    title: str
    starts_on: date | None
    ends_on: date | None
    kind: str = ""
    confidence: str = ""
    rules: int = 0
    bases: int = 0
    tasks: int = 0

    @property
    def days(self) -> str:
        """When it is in force, in words."""
        return span_words(self.starts_on, self.ends_on)

    @property
    def confidence_label(self) -> str:
        """How sure, in words."""
        return str(Confidence(self.confidence).label) if self.confidence else ""


@dataclass(frozen=True, slots=True)
class TaskCard:
    """Một nhiệm vụ, with the instrument that promulgated it."""

    code: str
    kind: str
    name: str
    field: str
    paper: Paper | None

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(TaskKind(self.kind).label)

    @property
    def subjects(self) -> tuple[str, str]:
        """Its own subject key and its field's, in the order in which rules count."""
        return f"task:{self.code}", f"field:{self.field}"


def task_list(
    on: date, *, text: str = "", field: str = "", kind: str = "", gap: str = "", after: str = ""
) -> TaskList:
    """The tasks of a day that match, a page from `after` on; accents do not count. One statement."""
    rows = [TaskLine(*row) for row in ask(_TASKS, {"on": on})]
    fields = sorted({row.field for row in rows}, key=fold)
    words = fold(text).split()
    matching = [row for row in rows if not field or row.field == field]
    if words:
        matching = [row for row in matching if all(word in fold(f"{row.code} {row.name}") for word in words)]
    of_kind = [row for row in matching if kind in ("", row.kind)]
    chosen = [row for row in of_kind if gap not in GAPS or getattr(row, gap)]
    page = [row for row in chosen if row.code > after][: PAGE + 1]
    return TaskList(
        lines=tuple(page[:PAGE]),
        after=page[PAGE - 1].code if len(page) > PAGE else "",
        found=len(chosen),
        kinds=tuple(
            (word, str(label), sum(row.kind == word for row in matching)) for word, label in TaskKind.choices
        ),
        gaps=tuple((name, sum(getattr(row, name) for row in of_kind)) for name in GAPS),
        fields=tuple((name, sum(row.field == name for row in rows)) for name in fields),
    )


def tasks_named(on: date, text: str, limit: int = 12) -> list[TaskLine]:
    """The tasks whose code, name or field holds every word, typed with or without accents. One statement.

    Those that begin with the text come first, then those that hold it as typed, the plainest (shortest) names first.
    """
    asked = " ".join(fold(text).split())
    rows = [TaskLine(*row) for row in ask(_TASKS, {"on": on})]
    words = [(fold(row.name), fold(f"{row.code} {row.name} {row.field}"), row) for row in rows]
    found = [
        (not name.startswith(asked), asked not in name, len(name), row.code, row)
        for name, whole, row in words
        if all(word in whole for word in asked.split())
    ]
    return [row for *_order, row in sorted(found, key=lambda one: one[:4])[:limit]]


def tasks_of_field(on: date, field: str) -> list[TaskLine]:
    """The tasks of a field. One statement."""
    return [row for row in (TaskLine(*one) for one in ask(_TASKS, {"on": on})) if row.field == field]


def field_names(on: date) -> list[str]:
    """The fields that any task has, in Vietnamese order. One statement."""
    return sorted({row[3] for row in ask(_TASKS, {"on": on})}, key=fold)


def task_card(code: str) -> TaskCard | None:
    """One task; None where there is none. One statement."""
    for code_, kind, name, field, _during, number_id, *paper in ask(_TASK, {"code": code}):
        number, title, confidence, during = paper
        of = Paper(number_id, number, title, *days_of(during), confidence=confidence) if number_id else None
        return TaskCard(code_, kind, name, field, of)
    return None


def papers(*, used: bool = False, text: str = "") -> list[Paper]:
    """The instruments that match, those that end soonest first, then by number; accents do not count.

    `used`: only what the register rests on, and what has an end. One statement.
    """
    words = fold(text).split()
    found = [_paper(row) for row in ask(_INSTRUMENTS)]
    found = [one for one in found if all(word in fold(f"{one.number} {one.title}") for word in words)]
    kept = [one for one in found if not used or one.ends_on or one.rules or one.bases]
    return sorted(kept, key=lambda one: (one.ends_on or date.max, fold(one.number)))


def paper_of(instrument_id: int) -> Paper | None:
    """One instrument; None where there is none. One statement."""
    rows = ask(f"{_INSTRUMENTS} WHERE i.id = %(id)s::bigint", {"id": instrument_id})
    return _paper(rows[0]) if rows else None


def counts_of(unit_id: int | None, on: date, ahead_days: int = 120) -> dict[str, int]:
    """How much the register holds (of one unit; None: of all), and how many instruments end within the days.

    One statement.
    """
    values = {"unit": unit_id, "on": on, "ahead": on + timedelta(days=ahead_days)}
    names = ("tasks", "rules", "assignments", "delegations", "ending")
    return dict(zip(names, ask(_COUNTS, values)[0], strict=True))


def _paper(row: Sequence[Any]) -> Paper:
    id_, number, title, kind, during, confidence, *counts = row
    return Paper(id_, number, title, *days_of(during), kind, confidence, *counts)


def days_of(during: Any) -> tuple[date | None, date | None]:
    """First day, and first day no longer covered, of a stored range; one that covers nothing ends as it begins."""
    if during is None:
        return None, None
    return (date.min, date.min) if during.isempty else (during.lower, during.upper)


def span_words(start: date | None, end: date | None) -> str:
    """The days in words; `end` is the first day no longer covered."""
    if start is not None and start == end:
        return _("không ngày nào")
    if start is None and end is None:
        return _("nguồn không nêu thời gian")
    told = [_("từ %(day)s") % {"day": vn_date(start)}] if start else []
    return ", ".join([*told, _("hết hiệu lực từ %(day)s") % {"day": vn_date(end)}] if end else told)

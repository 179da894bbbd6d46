"""The rules that divide authority and the bases of tasks, as they were recorded, in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.scope.queries import ask
from lienthong.mandate.competence.enums import Division, Reach, RuleRole
from lienthong.mandate.competence.queries.ground import GROUND, PRESENT
from lienthong.mandate.competence.queries.lists import PAGE, Paper, days_of, span_words
from lienthong.people.organisation.enums import BodyKind, PostKind, UnitType

_RULE = """
SELECT r.id, r.subject_key, r.reach_key, r.role, r.division, r.body_kind, r.post_kind, r.valid_during,
       i.id, i.number, i.title, i.valid_during, r.article, r.confidence, r.note, r.recorded_at, r.superseded_at,
       r.replaces_id, coalesce(t.name, ''), coalesce((
         SELECT f.name FROM organisation_adminunit u JOIN organisation_unitfact f ON f.unit_id = u.id
         WHERE u.code = split_part(r.reach_key, ':', -1) AND f.valid_during @> %(on)s::date LIMIT 1), '')
FROM competence_competencerule r JOIN instruments_instrument i ON i.id = r.instrument_id
LEFT JOIN competence_task t ON r.subject_key = 'task:' || t.code
"""
_BASIS = """
SELECT b.id, b.subject_key, i.id, i.number, i.title, i.valid_during, b.article, b.division, b.confidence,
       b.valid_during, b.note, b.recorded_at, b.superseded_at
FROM competence_taskbasis b JOIN instruments_instrument i ON i.id = b.instrument_id
"""
_LEADING = f"{GROUND} SELECT id FROM rule".replace("{stands}", PRESENT).replace("{duties}", "'approval'")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """Một quy định phân định, in words; `ends_on` is the first day without it."""

    id: int
    subject_key: str
    reach_key: str
    role: str
    division: str
    body_kind: str
    post_kind: str
    starts_on: date | None
    ends_on: date | None
    paper: Paper
    article: str
    confidence: str
    note: str
    recorded_at: datetime
    superseded_at: datetime | None
    replaces_id: int | None
    task_name: str
    place: str = ""

    @property
    def subject(self) -> str:
        """The code of the task, or the name of the field."""
        return self.subject_key.partition(":")[2]

    @property
    def is_task(self) -> bool:
        """Whether it is about one task."""
        return self.subject_key.startswith("task:")

    @property
    def reach(self) -> str:
        """Whom it binds, in words."""
        return reach_words(self.reach_key, self.place)

    @property
    def who(self) -> str:
        """The body, or its post that has it in person."""
        body = str(BodyKind(self.body_kind).label)
        return f"{PostKind(self.post_kind).label} ({body})" if self.post_kind else body

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(RuleRole(self.role).label)

    @property
    def division_label(self) -> str:
        """By which way it came to the level, in words."""
        return str(Division(self.division).label)

    @property
    def confidence_label(self) -> str:
        """How sure, in words."""
        return str(Confidence(self.confidence).label)

    @property
    def days(self) -> str:
        """When it holds, in words."""
        return span_words(self.starts_on, self.ends_on)

    def state(self, on: date) -> tuple[str, str]:
        """(tone, word) of the rule on a day; it holds no longer than its instrument does."""
        return _state(on, self.superseded_at, (self.starts_on, self.ends_on), self.paper)


@dataclass(frozen=True, slots=True)
class BasisLine:
    """Một căn cứ giao thẩm quyền, in words."""

    id: int
    subject_key: str
    paper: Paper
    article: str
    division: str
    confidence: str
    starts_on: date | None
    ends_on: date | None
    note: str
    recorded_at: datetime
    superseded_at: datetime | None

    @property
    def division_label(self) -> str:
        """By which way the task came to the level, in words."""
        return str(Division(self.division).label)

    @property
    def confidence_label(self) -> str:
        """How sure, in words."""
        return str(Confidence(self.confidence).label)

    @property
    def days(self) -> str:
        """When it holds, in words."""
        return span_words(self.starts_on, self.ends_on)

    def state(self, on: date) -> tuple[str, str]:
        """(tone, word) of the basis on a day."""
        return _state(on, self.superseded_at, (self.starts_on, self.ends_on), self.paper)


def rules_about(subjects: Collection[str], on: date) -> list[RuleLine]:
    """Every rule of the subjects that was ever recorded: the present ones in their total order, then history.

    One statement.
    """
    lines = _rules("WHERE r.subject_key = ANY(%(subjects)s::text[])", on, subjects=list(subjects))
    return sorted(
        lines, key=lambda row: (row.superseded_at is not None, _rank(row), -row.recorded_at.timestamp())
    )


def rule_page(on: date, *, shown: str = "present", text: str = "", before: int = 0) -> list[RuleLine]:
    """The rules last recorded first, a page of PAGE + 1 rows. One statement.

    `shown`: present (in force or to come), ended, superseded, all.
    """
    where = {
        "present": "r.superseded_at IS NULL AND NOT coalesce(upper(r.valid_during) <= %(on)s::date, false)",
        "ended": "r.superseded_at IS NULL AND upper(r.valid_during) <= %(on)s::date",
        "superseded": "r.superseded_at IS NOT NULL",
    }.get(shown, "true")
    wanted = f"%{text.strip()}%"
    return _rules(
        f"WHERE {where} AND (%(before)s::bigint = 0 OR r.id < %(before)s::bigint)"
        " AND (r.subject_key ILIKE %(text)s::text OR i.number ILIKE %(text)s::text"
        " OR t.name ILIKE %(text)s::text)"
        " ORDER BY r.id DESC LIMIT %(limit)s::int",
        on,
        before=before,
        text=wanted,
        limit=PAGE + 1,
    )


def rule_line(rule_id: int, on: date) -> RuleLine | None:
    """One rule as it was recorded; None where there is none. One statement."""
    return next(iter(_rules("WHERE r.id = %(id)s::bigint", on, id=rule_id)), None)


def standing_lead(subject_key: str, reach_key: str, start: date, end: date | None) -> RuleLine | None:
    """The present lead that a new one would run against. One statement."""
    rows = _rules(
        "WHERE r.superseded_at IS NULL AND r.role = 'lead' AND r.subject_key = %(subject)s::text"
        " AND r.reach_key = %(reach)s::text AND r.valid_during && daterange(%(start)s::date, %(end)s::date)"
        " ORDER BY r.id LIMIT 1",
        start,
        subject=subject_key,
        reach=reach_key,
        end=end,
        start=start,
    )
    return next(iter(rows), None)


def bases_about(subjects: Collection[str]) -> list[BasisLine]:
    """The bases of the subjects, the present ones first. One statement."""
    rows = _bases(
        "WHERE b.subject_key = ANY(%(subjects)s::text[]) ORDER BY b.superseded_at DESC, b.id",
        subjects=list(subjects),
    )
    return sorted(rows, key=lambda row: row.superseded_at is not None)


def basis_line(basis_id: int) -> BasisLine | None:
    """One basis; None where there is none. One statement."""
    return next(iter(_bases("WHERE b.id = %(id)s::bigint", id=basis_id)), None)


def leading_rule(task_code: str, unit_id: int, day: date) -> int | None:
    """Which rule leads in a unit on a day, by the statement that answers the one question. One statement."""
    rows = ask(_LEADING, {"task": task_code, "unit": unit_id, "day": day})
    return rows[0][0] if rows else None


def reach_words(reach_key: str, place: str = "") -> str:
    """Whom a reach binds: "mọi phường trong cả nước", "Phường Tân Hưng"."""
    word, *parts = reach_key.split(":")
    named = place or (parts[-1] if parts else "")
    if word == Reach.UNIT:
        return named
    if word == Reach.PROVINCE:
        return _("mọi đơn vị cấp xã của %(place)s") % {"place": named}
    if word == Reach.COUNTRY:
        return _("mọi đơn vị cấp xã trong cả nước")
    kind = str(UnitType(parts[0]).label) if parts[0] in UnitType.values else parts[0]
    if word == Reach.TYPE:
        return _("mọi %(kind)s trong cả nước") % {"kind": kind}
    return _("mọi %(kind)s của %(place)s") % {"kind": kind, "place": named}


def _rules(where: str, on: date, **values: Any) -> list[RuleLine]:
    return [_rule(row) for row in ask(f"{_RULE} {where}", {"on": on, **values})]


def _rule(row: Sequence[Any]) -> RuleLine:
    rest = row[8:]
    paper = Paper(*[*rest[:3], *days_of(rest[3])])
    return RuleLine(*[*row[:7], *days_of(row[7]), paper, *rest[4:]])


def _rank(row: RuleLine) -> tuple[int, bool]:
    reach = row.reach_key.partition(":")[0]
    return [one.value for one in Reach].index(reach), not row.is_task


def _bases(where: str, **values: Any) -> list[BasisLine]:
    return [_basis(*row) for row in ask(f"{_BASIS} {where}", values)]


def _basis(id_: int, subject: str, *rest: Any) -> BasisLine:
    paper_id, number, title, in_force, article, division, sure, during, *more = rest
    paper = Paper(paper_id, number, title, *days_of(in_force))
    return BasisLine(id_, subject, paper, article, division, sure, *days_of(during), *more)


def _state(
    on: date, superseded_at: datetime | None, days: tuple[date | None, date | None], paper: Paper
) -> tuple[str, str]:
    start, end = days
    if superseded_at is not None:
        return "ended", _("đã thay bằng bản ghi khác")
    if (end and end <= on) or (start and end and start >= end):
        return "ended", _("đã hết hiệu lực")
    if paper.ends_on and paper.ends_on <= on:
        return "stopped", _("văn bản đã hết hiệu lực")
    if (start and start > on) or (paper.starts_on and paper.starts_on > on):
        return "new", _("chưa có hiệu lực")
    return "done", _("đang có hiệu lực")

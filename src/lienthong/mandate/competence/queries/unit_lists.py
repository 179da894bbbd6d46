"""What one unit has arranged inside itself: who is assigned what, and who signs by whose delegation."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lienthong.core.scope.queries import ask
from lienthong.core.shell.rules import vn_date
from lienthong.lib.calendar.days import VIETNAM
from lienthong.mandate.competence.enums import AssignedDuty, ConditionKind, DelegableAct
from lienthong.mandate.competence.queries.lists import TaskLine, days_of, span_words

_ASSIGNMENTS = """
SELECT a.id, a.unit_id, a.subject_key, a.duty, a.post_id, p.title, p.kind, coalesce(per.name, ''), a.valid_during,
       a.instrument_text, a.decision_on, a.recorded_at, a.superseded_at, coalesce(t.name, '')
FROM competence_workassignment a JOIN organisation_post p ON p.id = a.post_id
LEFT JOIN organisation_appointment ap ON ap.post_id = p.id AND ap.valid_during @> %(on)s::date
LEFT JOIN organisation_person per ON per.id = ap.person_id
LEFT JOIN competence_task t ON a.subject_key = 'task:' || t.code
"""
_DELEGATIONS = """
SELECT d.id, d.unit_id, g.title, gp.name, e.title, ep.name, d.valid_during, d.number, d.signed_on, d.conditions,
       d.report_months, d.revoked_on, d.revoke_reason, d.recorded_at, i.number, n.article,
       (SELECT count(DISTINCT s.task_id) FROM competence_delegationside s WHERE s.delegation_id = d.id),
       g.kind,
       EXISTS (SELECT FROM organisation_appointment a WHERE a.post_id = d.grantor_post_id
               AND a.person_id = d.grantor_person_id AND a.valid_during @> %(on)s::date),
       EXISTS (SELECT FROM organisation_appointment a WHERE a.post_id = d.grantee_post_id
               AND a.person_id = d.grantee_person_id AND a.valid_during @> %(on)s::date)
FROM competence_delegation d
JOIN organisation_post g ON g.id = d.grantor_post_id JOIN organisation_person gp ON gp.id = d.grantor_person_id
JOIN organisation_post e ON e.id = d.grantee_post_id JOIN organisation_person ep ON ep.id = d.grantee_person_id
JOIN competence_delegationnorm n ON n.id = d.norm_id JOIN instruments_instrument i ON i.id = n.instrument_id
"""
_SIDES = """
SELECT t.code, t.kind, t.name, t.field, false, false, array_agg(s.act ORDER BY s.act)
FROM competence_delegationside s JOIN competence_task t ON t.id = s.task_id
WHERE s.delegation_id = %(id)s::bigint AND s.side = 'grantee' GROUP BY 1, 2, 3, 4 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """Một phân công, in words; `person` is who holds the post on the day."""

    id: int
    unit_id: int
    subject_key: str
    duty: str
    post_id: int
    post: str
    post_kind: str
    person: str
    starts_on: date | None
    ends_on: date | None
    decision: str
    decision_on: date | None
    recorded_at: datetime
    superseded_at: datetime | None
    task_name: str

    @property
    def subject(self) -> str:
        """The code of the task, or the name of the field."""
        return self.subject_key.partition(":")[2]

    @property
    def is_task(self) -> bool:
        """Whether it is about one task."""
        return self.subject_key.startswith("task:")

    @property
    def duty_label(self) -> str:
        """What the post has to do with it."""
        return str(AssignedDuty(self.duty).label)

    @property
    def days(self) -> str:
        """When it holds, in words."""
        return span_words(self.starts_on, self.ends_on)

    def state(self, on: date) -> tuple[str, str]:
        """(tone, word) of the assignment on a day."""
        if self.superseded_at is not None:
            return "ended", _("đã thay bằng bản ghi khác")
        if self.ends_on and self.ends_on <= on:
            return "ended", _("đã hết hiệu lực")
        if self.starts_on and self.starts_on > on:
            return "new", _("chưa có hiệu lực")
        return "done", _("đang có hiệu lực")


@dataclass(frozen=True, slots=True)
class Condition:
    """Điều kiện của người được ủy quyền; unmet while there is no evidence."""

    kind: str
    text: str
    amount: int | None
    evidence: str

    @property
    def kind_label(self) -> str:
        """What kind of condition, in words."""
        return str(ConditionKind(self.kind).label) if self.kind in ConditionKind.values else self.kind


@dataclass(frozen=True, slots=True)
class DelegationLine:
    """Một ủy quyền, in words; `ends_on` is the first day without it, `revoked_on` too."""

    id: int
    unit_id: int
    grantor_post: str
    grantor: str
    grantee_post: str
    grantee: str
    starts_on: date
    ends_on: date
    number: str
    signed_on: date
    conditions: tuple[Condition, ...]
    report_months: int | None
    revoked_on: date | None
    revoke_reason: str
    recorded_at: datetime
    norm: str
    tasks: int
    grantor_kind: str
    grantor_sits: bool
    grantee_sits: bool

    @property
    def days(self) -> str:
        """When it holds, in words."""
        return span_words(self.starts_on, self.ends_on)

    @property
    def unmet(self) -> list[Condition]:
        """Conditions without evidence."""
        return [one for one in self.conditions if not one.evidence]

    @property
    def is_backdated(self) -> bool:
        """Whether it was entered after it was to begin."""
        return self.recorded_at.astimezone(VIETNAM).date() > self.starts_on

    def stage(self, on: date) -> str:
        """to_come, running, stopped (something it rests on is missing), ended or revoked, on a day."""
        if self.revoked_on is not None and self.revoked_on <= on:
            return "revoked"
        if self.ends_on <= on:
            return "ended"
        if self.starts_on > on:
            return "to_come"
        return "running" if self.grantor_sits and self.grantee_sits and not self.unmet else "stopped"

    def state(self, on: date) -> tuple[str, str]:
        """(tone, word) of the delegation on a day, with the reason where it does not count."""
        stage = self.stage(on)
        if stage == "stopped":
            return "stopped", self._why(on)
        words = {
            "revoked": ("stopped", _("đã thu hồi từ %(day)s") % {"day": vn_date(self.revoked_on)}),
            "ended": ("ended", _("đã hết hạn")),
            "to_come": ("new", _("chưa có hiệu lực")),
            "running": ("done", _("đang có hiệu lực")),
        }
        return words[stage]

    def report_due(self, on: date) -> date | None:
        """The day after the present period of report, at the latest the end; None where no report is stated."""
        if not self.report_months or self.stage(on) not in ("running", "stopped"):
            return None
        months = self.report_months
        while (due := _months_on(self.starts_on, months)) <= on:
            months += self.report_months
        return min(due, self.ends_on)

    def _why(self, on: date) -> str:
        if not self.grantor_sits:
            return _("không dùng được: bên ủy quyền đã thôi giữ vị trí")
        if not self.grantee_sits:
            return _("không dùng được: bên được ủy quyền đã thôi giữ vị trí")
        return _("không dùng được: điều kiện chưa có minh chứng")


def assignments_of(unit_id: int, on: date, *, history: bool = False) -> list[AssignmentLine]:
    """A unit's assignments in force or to come; `history`: every version ever recorded, newest first. One statement."""
    if history:
        where = "WHERE a.unit_id = %(unit)s::bigint ORDER BY a.recorded_at DESC, a.id DESC"
    else:
        where = (
            "WHERE a.unit_id = %(unit)s::bigint AND a.superseded_at IS NULL AND NOT isempty(a.valid_during)"
            " AND NOT coalesce(upper(a.valid_during) <= %(on)s::date, false)"
            " ORDER BY a.duty, p.rank, p.id, a.subject_key"
        )
    return [_assignment(row) for row in ask(f"{_ASSIGNMENTS} {where}", {"unit": unit_id, "on": on})]


def assignment_line(assignment_id: int, on: date) -> AssignmentLine | None:
    """One assignment; None where there is none. One statement."""
    rows = ask(f"{_ASSIGNMENTS} WHERE a.id = %(id)s::bigint", {"id": assignment_id, "on": on})
    return _assignment(rows[0]) if rows else None


def by_post(lines: Iterable[AssignmentLine]) -> list[tuple[AssignmentLine, list[AssignmentLine]]]:
    """The lines of each post together, in the order in which the posts come; the first stands for the post."""
    found: dict[int, list[AssignmentLine]] = {}
    for line in lines:
        found.setdefault(line.post_id, []).append(line)
    return [(of_post[0], of_post) for of_post in found.values()]


def delegations_of(unit_id: int, on: date) -> list[DelegationLine]:
    """A unit's delegations, the newest first. One statement."""
    where = "WHERE d.unit_id = %(unit)s::bigint ORDER BY d.signed_on DESC, d.id DESC"
    return [_delegation(row) for row in ask(f"{_DELEGATIONS} {where}", {"unit": unit_id, "on": on})]


def delegation_line(delegation_id: int, on: date) -> DelegationLine | None:
    """One delegation; None where there is none. One statement."""
    rows = ask(f"{_DELEGATIONS} WHERE d.id = %(id)s::bigint", {"id": delegation_id, "on": on})
    return _delegation(rows[0]) if rows else None


def tasks_delegated(delegation_id: int) -> list[tuple[TaskLine, list[str]]]:
    """The tasks of a delegation with the acts, in words. One statement."""
    return [
        (TaskLine(*row[:6]), [str(DelegableAct(act).label) for act in row[6]])
        for row in ask(_SIDES, {"id": delegation_id})
    ]


def _assignment(row: Sequence[Any]) -> AssignmentLine:
    return AssignmentLine(*[*row[:8], *days_of(row[8]), *row[9:]])


def _delegation(row: Sequence[Any]) -> DelegationLine:
    id_, unit, grantor_post, grantor, grantee_post, grantee, during, number, signed_on, conditions, *rest = (
        row
    )
    months, revoked_on, reason, recorded_at, norm, article, *more = rest
    return DelegationLine(
        id_,
        unit,
        grantor_post,
        grantor,
        grantee_post,
        grantee,
        during.lower,
        during.upper,
        number,
        signed_on,
        tuple(_condition(one) for one in _list(conditions)),
        months,
        revoked_on,
        reason,
        recorded_at,
        ", ".join(part for part in (article, norm) if part),
        *more,
    )


def _list(value: Any) -> list[dict[str, Any]]:
    """A JSON column as rows, whether or not the connection has parsed it."""
    found: list[dict[str, Any]] = json.loads(value) if isinstance(value, str) else value
    return found


def _condition(one: dict[str, Any]) -> Condition:
    return Condition(one.get("kind", ""), one.get("text", ""), one.get("amount"), one.get("evidence") or "")


def _months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return day.replace(year=day.year + years, month=month + 1, day=min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")

"""Taking a sheet of tasks, rules or assignments in: every good row through its act, every other told by number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from lienthong.core.instruments.queries import ids_by_number
from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.lib.table_in import Outcome, Report, ReportLine, Row, Table, near, rejected
from lienthong.mandate.competence.actions.assignments import assign_work
from lienthong.mandate.competence.actions.rules import add_rule
from lienthong.mandate.competence.actions.tasks import register_task
from lienthong.mandate.competence.enums import AssignedDuty, Division, Reach, RuleRole, TaskKind
from lienthong.mandate.competence.queries.entries import standing_lead
from lienthong.mandate.competence.queries.sheets import present_assignments, present_rules, present_tasks
from lienthong.mandate.competence.rules import overlapping_lead
from lienthong.people.organisation.queries import posts_of_unit

Act = Callable[[UUID], object]


class _Undone(Exception):
    """Takes a check back: what it did to be exact is undone."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """Một dòng: what it is about and the act that takes it in (None: it is so already), or why it cannot be."""

    told: str
    act: Act | None = None
    refusal: Refusal | None = None


def import_rows(*, actor: Actor, key: UUID, part: str, table: Table, applied: bool) -> Report:
    """Take in every row that can be; `applied` False does the same and takes it back, so that it tells the truth.

    A row that is refused, or malformed, changes nothing, and stops no other.
    """
    lines: list[ReportLine] = []
    try:
        with transaction.atomic():
            plan = _PLANS[part](actor, applied)
            lines += [_line(row, plan, uuid5(key, str(row.number))) for row in table.rows]
            if not applied:
                raise _Undone
    except _Undone:
        pass
    return Report(tuple(lines), applied, table.unused)


def _line(row: Row, plan: Callable[[Mapping[str, Any]], _Deed], key: UUID) -> ReportLine:
    if row.problems:
        return rejected(row)
    deed = plan(row.values)
    refusal = deed.refusal or (_done(deed.act, key) if deed.act else None)
    if refusal:
        sentence = " ".join(part for part in (refusal.sentence, refusal.article) if part)
        return ReportLine(row.number, deed.told, Outcome.REJECTED, (sentence,), (refusal.code,))
    return ReportLine(row.number, deed.told, Outcome.NEW if deed.act else Outcome.UNCHANGED)


def _done(act: Act, key: UUID) -> Refusal | None:
    try:
        with transaction.atomic():
            act(key)
    except Refused as refused:
        return refused.refusal
    return None


def _tasks(actor: Actor, _applied: bool) -> Callable[[Mapping[str, Any]], _Deed]:
    known, numbers = present_tasks(), ids_by_number()

    def plan(row: Mapping[str, Any]) -> _Deed:
        told = f"{row['code']} {row['name']}"[:120]
        if known.get(row["code"]) == (row["name"], row["field"]):
            return _Deed(told)
        if row["instrument"] and row["instrument"] not in numbers:
            return _Deed(told, refusal=_no_instrument(row["instrument"], numbers))
        return _Deed(
            told,
            lambda key: register_task(
                actor=actor,
                key=key,
                code=row["code"],
                name=row["name"],
                field=row["field"],
                kind=TaskKind(row["kind"] or TaskKind.STANDING),
                instrument_id=numbers.get(row["instrument"] or ""),
            ),
        )

    return plan


def _rules(actor: Actor, applied: bool) -> Callable[[Mapping[str, Any]], _Deed]:
    known, numbers, tasks = present_rules(), ids_by_number(), present_tasks()

    def plan(row: Mapping[str, Any]) -> _Deed:
        subject, reach = f"{row['subject_kind']}:{row['subject']}", _reach(row)
        role, told = row["role"] or RuleRole.LEAD, f"{row['subject']} – {row['body']}"[:120]
        if (subject, reach, role, row["body"], row["valid_from"]) in known:
            return _Deed(told)
        if row["instrument"] not in numbers:
            return _Deed(told, refusal=_no_instrument(row["instrument"], numbers))
        if row["subject_kind"] == "task" and row["subject"] not in tasks:
            return _Deed(told, refusal=_no_task(row["subject"], tasks))
        days = (row["valid_from"], row["valid_to"])
        if not applied and role == RuleRole.LEAD and standing_lead(subject, reach, *days):
            # A check is no attempt: the act itself would keep that a second lead was tried.
            return _Deed(told, refusal=overlapping_lead(subject))
        return _Deed(
            told,
            lambda key: add_rule(
                actor=actor,
                key=key,
                subject_key=subject,
                reach_key=reach,
                body_kind=row["body"],
                instrument_id=numbers[row["instrument"]],
                confidence=row["confidence"],
                valid_from=row["valid_from"],
                valid_to=row["valid_to"],
                role=RuleRole(role),
                post_kind=row["post"] or "",
                division=row["division"] or Division.NOT_STATED,
                article=row["article"] or "",
                note=row["note"] or "",
            ),
        )

    return plan


def _assignments(actor: Actor, _applied: bool) -> Callable[[Mapping[str, Any]], _Deed]:
    unit_id = actor.unit_id or 0
    known, tasks, posts = present_assignments(unit_id), present_tasks(), posts_of_unit(unit_id, today())
    numbers = {post.id for post in posts}
    titles: dict[str, list[int]] = {}
    for post in posts:
        titles.setdefault(post.title, []).append(post.id)

    def plan(row: Mapping[str, Any]) -> _Deed:
        subject = f"{row['subject_kind']}:{row['subject']}"
        told = f"{row['subject']} – {row['post'] or row['post_number'] or ''}"[:120]
        found = [row["post_number"]] if row["post_number"] else titles.get(row["post"] or "", [])
        if len(found) != 1 or found[0] not in numbers:
            return _Deed(told, refusal=_no_post(row, len(found)))
        if (subject, row["duty"], found[0], row["valid_from"]) in known:
            return _Deed(told)
        if row["subject_kind"] == "task" and row["subject"] not in tasks:
            return _Deed(told, refusal=_no_task(row["subject"], tasks))
        return _Deed(
            told,
            lambda key: assign_work(
                actor=actor,
                key=key,
                unit_id=unit_id,
                subject_key=subject,
                duty=AssignedDuty(row["duty"]),
                post_id=found[0],
                valid_from=row["valid_from"],
                valid_to=row["valid_to"],
                instrument_text=row["decision"],
                decision_on=row["decision_on"],
            ),
        )

    return plan


def _reach(row: Mapping[str, Any]) -> str:
    """The canonical key of a row's reach; what is missing makes it malformed, and the act says so."""
    kind, place = row["unit_type"] or "", row["place"] or ""
    return {
        Reach.COUNTRY: "country",
        Reach.TYPE: f"type:{kind}",
        Reach.PROVINCE: f"province:{place}",
        Reach.TYPE_IN_PROVINCE: f"type_in_province:{kind}:{place}",
        Reach.UNIT: f"unit:{place}",
    }[Reach(row["reach"])]


def _no_instrument(number: str, known: Mapping[str, int]) -> Refusal:
    return Refusal(
        "competence.import_instrument",
        _("Sổ văn bản chưa có số “%(number)s”.%(hint)s Hãy ghi đúng số, hoặc báo để bổ sung văn bản.")
        % {"number": number, "hint": _hint(number, list(known))},
    )


def _no_task(code: str, known: Mapping[str, Any]) -> Refusal:
    return Refusal(
        "competence.import_task",
        _("Chưa có nhiệm vụ mã “%(code)s”.%(hint)s Hãy đăng ký nhiệm vụ trước.")
        % {"code": code, "hint": _hint(code, list(known))},
    )


def _no_post(row: Mapping[str, Any], found: int) -> Refusal:
    if found > 1:
        sentence = _("Đơn vị có nhiều vị trí tên “%(title)s”. Hãy ghi thêm Số vị trí như trong tệp xuất ra.")
    else:
        sentence = _("Đơn vị không có vị trí “%(title)s”. Hãy ghi đúng tên vị trí hoặc Số vị trí.")
    told = {"title": row["post"] or row["post_number"] or ""}
    return Refusal("competence.import_post", sentence % told)


def _hint(text: str, known: list[str]) -> str:
    like = near(text, known, 1)
    return " " + _("Có phải “%(like)s” không?") % {"like": like[0]} if like else ""


_PLANS = {"tasks": _tasks, "rules": _rules, "assignments": _assignments}

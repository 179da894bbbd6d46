"""Keeping the competence register: tasks, rules, and assignments of work."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models.functions import Now

from lienthong.core.instruments.queries import ids_by_slug
from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.mandate.competence import rules
from lienthong.mandate.competence.enums import AssignedDuty, RuleRole, TaskKind
from lienthong.mandate.competence.models import CompetenceRule, Task, WorkAssignment
from lienthong.mandate.competence.values import NewTask

SEEDS = Path(__file__).parent / "seeds"


def load_seeds() -> dict[str, int]:
    """Load the rules of the register. Idempotent: a rule of the same subject, reach and first day stays."""
    instruments = ids_by_slug()
    known = {
        (subject, reach, body, during.lower)
        for subject, reach, body, during in CompetenceRule.objects.values_list(
            "subject_key", "reach_key", "body_kind", "valid_during"
        )
    }
    with (SEEDS / "rules.csv").open(encoding="utf-8", newline="") as file:
        new = [
            rule
            for rule in (_seeded(row, instruments) for row in csv.DictReader(file))
            if (rule.subject_key, rule.reach_key, rule.body_kind, rule.valid_during.lower) not in known
        ]
    CompetenceRule.objects.bulk_create(new)
    return {"competence_rules": len(new)}


def keep_tasks(tasks: Iterable[NewTask]) -> dict[str, int]:
    """Make sure that these tasks exist as stated (for a loader, whose own act is journalled). Ids by code."""
    rows = [
        Task(
            code=task.code, kind=task.kind, name=task.name, field=task.field, instrument_id=task.instrument_id
        )
        for task in tasks
    ]
    kept = Task.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kind", "name", "field", "instrument"],
    )
    return {row.code: row.pk for row in kept}


@transaction.atomic
def register_task(
    *,
    actor: Actor,
    key: UUID,
    code: str,
    name: str,
    field: str,
    kind: TaskKind = TaskKind.STANDING,
    instrument_id: int | None = None,
    at: datetime | None = None,
) -> int:
    """Register a task. Returns its id. Raises Refused where its code is taken."""
    body = {"code": code, "name": name, "field": field, "kind": kind, "instrument": instrument_id}
    former = begin_command(key, "competence.task_registered", body, actor)
    if former is not None:
        return int(former)
    _refuse(rules.why_not_rule(actor, rules.subject_of_task(code), "country"))
    if Task.objects.filter(code=code).exists():
        _refuse(rules.code_taken(code))
    task = Task.objects.create(code=code, kind=kind, name=name, field=field, instrument_id=instrument_id)
    _journal("competence.task_registered", "task", task.pk, actor, at, {"code": code})
    finish_command(key, actor, task.pk)
    return task.pk


@transaction.atomic
def add_rule(
    *,
    actor: Actor,
    key: UUID,
    subject_key: str,
    reach_key: str,
    body_kind: str,
    instrument_id: int,
    confidence: str,
    valid_from: date,
    valid_to: date | None = None,
    role: RuleRole = RuleRole.LEAD,
    article: str = "",
    at: datetime | None = None,
) -> int:
    """Add a rule; `valid_to` is the first day without it. Raises Refused for a second lead of equal reach."""
    rule = CompetenceRule(
        subject_key=subject_key,
        reach=reach_key.partition(":")[0],
        reach_key=reach_key,
        role=role,
        body_kind=body_kind,
        valid_during=DateRange(valid_from, valid_to),
        instrument_id=instrument_id,
        article=article,
        confidence=confidence,
    )
    told = {"subject": subject_key, "reach": reach_key, "body": body_kind, "valid_from": str(valid_from)}
    body = {**told, "to": valid_to, "role": role, "instrument": instrument_id, "article": article}
    former = begin_command(key, "competence.rule_added", {**body, "confidence": confidence}, actor)
    if former is not None:
        return int(former)
    _refuse(rules.why_not_rule(actor, subject_key, reach_key))
    with _alone(rules.overlapping_lead(subject_key)):
        rule.save(force_insert=True)
    _journal("competence.rule_added", "competence_rule", rule.pk, actor, at, told)
    finish_command(key, actor, rule.pk)
    return rule.pk


@transaction.atomic
def assign_work(
    *,
    actor: Actor,
    key: UUID,
    unit_id: int,
    subject_key: str,
    duty: AssignedDuty,
    post_id: int,
    valid_from: date,
    valid_to: date | None = None,
    instrument_text: str = "",
    at: datetime | None = None,
) -> int:
    """Assign a task or field of a unit to one of its posts. Raises Refused where another post has it."""
    body = {
        "unit": unit_id,
        "subject": subject_key,
        "duty": duty,
        "post": post_id,
        "from": valid_from,
        "to": valid_to,
        "instrument": instrument_text,
    }
    former = begin_command(key, "competence.work_assigned", body, actor)
    if former is not None:
        return int(former)
    _refuse(rules.why_not_assign(actor, unit_id, _unit_of_post(post_id, valid_from), subject_key))
    with _alone(rules.overlapping_assignment(subject_key)):
        row = WorkAssignment.objects.create(
            unit_id=unit_id,
            subject_key=subject_key,
            duty=duty,
            post_id=post_id,
            valid_during=DateRange(valid_from, valid_to),
            instrument_text=instrument_text,
        )
    told = {"subject": subject_key, "duty": duty, "post": post_id, "valid_from": valid_from.isoformat()}
    _journal("competence.work_assigned", "work_assignment", row.pk, actor, at, told)
    finish_command(key, actor, row.pk)
    return row.pk


@transaction.atomic
def end_rule(*, actor: Actor, key: UUID, rule_id: int, valid_to: date, at: datetime | None = None) -> None:
    """End a rule: `valid_to` is the first day without it; a rule that had not begun becomes empty."""
    if begin_command(key, "competence.rule_ended", {"rule": rule_id, "to": valid_to}, actor) is not None:
        return
    rule = CompetenceRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound
    _refuse(rules.why_not_rule(actor, rule.subject_key, rule.reach_key))
    _shorten(rule, valid_to)
    told = {"subject": rule.subject_key, "valid_to": valid_to.isoformat()}
    _journal("competence.rule_ended", "competence_rule", rule_id, actor, at, told)
    finish_command(key, actor, rule_id)


@transaction.atomic
def end_assignment(
    *, actor: Actor, key: UUID, assignment_id: int, valid_to: date, at: datetime | None = None
) -> None:
    """End an assignment of work: `valid_to` is the first day without it."""
    body = {"assignment": assignment_id, "to": valid_to}
    if begin_command(key, "competence.work_ended", body, actor) is not None:
        return
    row = WorkAssignment.objects.select_for_update().filter(pk=assignment_id).first()
    if row is None:
        raise NotFound
    _refuse(rules.why_not_assign(actor, row.unit_id, row.unit_id, row.subject_key))
    _shorten(row, valid_to)
    told = {"subject": row.subject_key, "valid_to": valid_to.isoformat()}
    _journal("competence.work_ended", "work_assignment", assignment_id, actor, at, told)
    finish_command(key, actor, assignment_id)


def _seeded(row: dict[str, str], instruments: Mapping[str, int]) -> CompetenceRule:
    reach = rules.reach_of(row["reach"])
    if reach is None:
        raise ValueError(f"rules.csv: reach {row['reach']!r}")
    return CompetenceRule(
        subject_key=f"{row['subject_kind']}:{row['subject']}",
        reach=reach,
        reach_key=row["reach"],
        role=row["role"],
        body_kind=row["body"],
        valid_during=DateRange(
            date.fromisoformat(row["valid_from"]),
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        ),
        instrument_id=instruments[row["instrument"]],
        article=row["article"],
        confidence=row["confidence"],
    )


def _unit_of_post(post_id: int, on: date) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id FROM organisation_post WHERE id = %s AND valid_during @> %s::date", [post_id, on]
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _shorten(row: CompetenceRule | WorkAssignment, valid_to: date) -> None:
    """Let a row's range end earlier, never later: a new row replaces it, nothing is edited or deleted."""
    start, end = row.valid_during.lower, row.valid_during.upper
    last = min(valid_to, end) if end else valid_to
    former = type(row)._base_manager.get(pk=row.pk)
    # The real time, as the database's own column has it: when the register stopped saying so.
    type(row)._base_manager.filter(pk=row.pk).update(superseded_at=Now())
    row.pk, row._state.adding = None, True
    row.replaces = former
    row.valid_during = DateRange(start, max(start, last) if start else last)
    row.recorded_at = Now()
    row.save(force_insert=True)


def _refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused.because(refusal)


@contextmanager
def _alone(refusal: Refusal) -> Iterator[None]:
    """Turn the database's refusal of an overlap into a sentence; the transaction stays usable."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused.because(refusal) from error


def _journal(
    verb: str, kind: str, subject_id: int, actor: Actor, at: datetime | None, data: dict[str, Any]
) -> None:
    record(verb, subject=Subject(kind, subject_id), actor=actor, at=at or now(), data=data)

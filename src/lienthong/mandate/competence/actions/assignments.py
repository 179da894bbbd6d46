"""Who in a unit answers for what: one assignment, its end, and many in one decision."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import begin_command, finish_command
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence import rules
from lienthong.mandate.competence.actions.step import (
    alone,
    journal,
    refuse,
    replace,
    shorten,
    supersede,
    unit_of_post,
    why_not_shorten,
)
from lienthong.mandate.competence.enums import AssignedDuty
from lienthong.mandate.competence.models import WorkAssignment
from lienthong.mandate.competence.values import Reassignment


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
    decision_on: date | None = None,
    at: datetime | None = None,
) -> int:
    """Assign a task or field of a unit to one of its posts. Raises Refused where another post has it."""
    body: dict[str, Any] = {"unit": unit_id, "subject": subject_key, "duty": duty, "post": post_id}
    body |= {"from": valid_from, "to": valid_to, "instrument": instrument_text, "on": decision_on}
    former = begin_command(key, "competence.work_assigned", body, actor)
    if former is not None:
        return int(former)
    refuse(rules.why_not_assign(actor, unit_id, unit_of_post(post_id, valid_from), subject_key))
    refuse(rules.why_not_duty(duty) or rules.why_not_range(valid_from, valid_to))
    with alone("one_post_a_duty", lambda: rules.overlapping_assignment(subject_key)):
        row = WorkAssignment.objects.create(
            unit_id=unit_id,
            subject_key=subject_key,
            duty=duty,
            post_id=post_id,
            valid_during=DateRange(valid_from, valid_to),
            instrument_text=instrument_text,
            decision_on=decision_on,
        )
    told = {"subject": subject_key, "duty": duty, "post": post_id, "valid_from": valid_from.isoformat()}
    journal("competence.work_assigned", Subject("work_assignment", row.pk), actor, at, told, valid_from)
    finish_command(key, actor, row.pk)
    return row.pk


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
    refuse(rules.why_not_assign(actor, row.unit_id, row.unit_id, row.subject_key))
    refuse(why_not_shorten(row, valid_to))
    told = {"subject": row.subject_key, "valid_to": valid_to.isoformat(), "former": assignment_id}
    shorten(row, valid_to)
    journal("competence.work_ended", Subject("work_assignment", assignment_id), actor, at, told, valid_to)
    finish_command(key, actor, assignment_id)


@transaction.atomic
def reassign(
    *,
    actor: Actor,
    key: UUID,
    unit_id: int,
    decision: str,
    decision_on: date,
    changes: Sequence[Reassignment],
    at: datetime | None = None,
) -> list[int]:
    """Divide the work of a unit anew by one decision: each change takes its duty from whoever had it.

    What stood before ends where a change begins, and goes on where it ends. Returns the new assignments' ids
    (a change without a post only takes away). All or nothing.
    """
    stated = [{**asdict(change), "duty": str(change.duty)} for change in changes]
    body = {"unit": unit_id, "decision": decision, "on": decision_on, "changes": stated}
    former = begin_command(key, "competence.work_reassigned", body, actor)
    if former is not None:
        return list(former)
    refuse(rules.why_not_act_in(actor, unit_id))
    refuse(rules.why_not_decision(decision, changes))
    made = [_changed(actor, unit_id, change, decision, decision_on) for change in changes]
    first = min(change.valid_from for change in changes)
    told = {"decision": decision, "count": len(changes), "valid_from": first.isoformat()}
    journal("competence.work_reassigned", Subject("unit", unit_id), actor, at, told, first)
    ids = [pk for pk in made if pk is not None]
    finish_command(key, actor, ids)
    return ids


def _changed(
    actor: Actor, unit_id: int, change: Reassignment, decision: str, decision_on: date
) -> int | None:
    post_unit = unit_id if change.post_id is None else unit_of_post(change.post_id, change.valid_from)
    refuse(rules.why_not_assign(actor, unit_id, post_unit, change.subject_key))
    refuse(rules.why_not_duty(change.duty) or rules.why_not_range(change.valid_from, change.valid_to))
    during = DateRange(change.valid_from, change.valid_to)
    _make_room(unit_id, change, during)
    if change.post_id is None:
        return None
    with alone("one_post_a_duty", lambda: rules.overlapping_assignment(change.subject_key)):
        return WorkAssignment.objects.create(
            unit_id=unit_id,
            subject_key=change.subject_key,
            duty=change.duty,
            post_id=change.post_id,
            valid_during=during,
            instrument_text=decision,
            decision_on=decision_on,
        ).pk


def _make_room(unit_id: int, change: Reassignment, during: DateRange) -> None:
    """End what stands in the way, and let it go on after a change that has an end."""
    standing = WorkAssignment.objects.select_for_update().filter(
        unit_id=unit_id,
        subject_key=change.subject_key,
        duty=change.duty,
        superseded_at=None,
        valid_during__overlap=during,
    )
    for row in standing.order_by("pk"):
        start, end = row.valid_during.lower, row.valid_during.upper
        goes_on = during.upper is not None and (end is None or end > during.upper)
        rests = [DateRange(start, during.lower)] if start is None or start < during.lower else []
        rests += [DateRange(during.upper, end)] if goes_on else []
        if not rests:
            supersede(row)
        for number, rest in enumerate(rests):
            _leave(row, rest, is_first=number == 0)


def _leave(row: WorkAssignment, rest: DateRange, *, is_first: bool) -> None:
    """What is left of a row: the first part replaces it, a second one stands beside the first."""
    if is_first:
        replace(row, rest)
        return
    row.pk, row._state.adding, row.valid_during = None, True, rest
    row.save(force_insert=True)

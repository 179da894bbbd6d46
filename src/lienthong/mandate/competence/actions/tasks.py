"""The tasks of the register: those of a catalogue that is loaded, and standing duties one by one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, finish_command
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence import rules
from lienthong.mandate.competence.actions.step import journal, refuse, why_not_instrument
from lienthong.mandate.competence.enums import TaskKind
from lienthong.mandate.competence.models import Task
from lienthong.mandate.competence.values import NewTask


def keep_tasks(tasks: Iterable[NewTask]) -> dict[str, int]:
    """Make sure that these tasks exist as stated (for a loader, whose own act is journalled). Ids by code."""
    rows = [
        Task(
            code=task.code,
            kind=task.kind,
            name=task.name,
            field=task.field,
            level=task.level,
            instrument_id=task.instrument_id,
        )
        for task in tasks
    ]
    kept = Task.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kind", "name", "field", "level", "instrument"],
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
    refuse(rules.why_not_rule(actor, rules.subject_of_task(code), "country"))
    refuse(rules.why_not_subject(rules.subject_of_field(field)))
    if instrument_id is not None:
        refuse(why_not_instrument(instrument_id))
    if Task.objects.filter(code=code).exists():
        refuse(rules.code_taken(code))
    task = Task.objects.create(code=code, kind=kind, name=name, field=field, instrument_id=instrument_id)
    journal("competence.task_registered", Subject("task", task.pk), actor, at, {"code": code})
    finish_command(key, actor, task.pk)
    return task.pk

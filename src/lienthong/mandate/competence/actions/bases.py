"""By which instrument a task, or a field, is the commune level's: adding and ending."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import begin_command, finish_command
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence import rules
from lienthong.mandate.competence.actions.step import (
    journal,
    refuse,
    shorten,
    why_not_instrument,
    why_not_shorten,
)
from lienthong.mandate.competence.enums import Division
from lienthong.mandate.competence.models import TaskBasis


@transaction.atomic
def add_basis(
    *,
    actor: Actor,
    key: UUID,
    subject_key: str,
    instrument_id: int,
    confidence: str,
    valid_from: date,
    valid_to: date | None = None,
    article: str = "",
    division: str = Division.NOT_STATED,
    note: str = "",
    at: datetime | None = None,
) -> int:
    """State by which instrument a task or a field is the commune level's. Returns its id."""
    told = {"subject": subject_key, "instrument": instrument_id, "valid_from": valid_from.isoformat()}
    more = {"to": valid_to, "article": article, "division": division, "confidence": confidence, "note": note}
    former = begin_command(key, "competence.basis_added", {**told, **more}, actor)
    if former is not None:
        return int(former)
    refuse(rules.why_not_basis(actor, subject_key, confidence))
    refuse(rules.why_not_range(valid_from, valid_to))
    refuse(why_not_instrument(instrument_id))
    row = TaskBasis.objects.create(
        subject_key=subject_key,
        instrument_id=instrument_id,
        article=article,
        division=division,
        confidence=confidence,
        note=note,
        valid_during=DateRange(valid_from, valid_to),
    )
    journal("competence.basis_added", Subject("task_basis", row.pk), actor, at, told, valid_from)
    finish_command(key, actor, row.pk)
    return row.pk


@transaction.atomic
def end_basis(*, actor: Actor, key: UUID, basis_id: int, valid_to: date, at: datetime | None = None) -> None:
    """End a basis: `valid_to` is the first day on which the task no longer rests on it."""
    if begin_command(key, "competence.basis_ended", {"basis": basis_id, "to": valid_to}, actor) is not None:
        return
    row = TaskBasis.objects.select_for_update().filter(pk=basis_id).first()
    if row is None:
        raise NotFound
    refuse(rules.why_not_keep(actor))
    refuse(why_not_shorten(row, valid_to))
    told = {"subject": row.subject_key, "valid_to": valid_to.isoformat(), "former": basis_id}
    shorten(row, valid_to)
    journal("competence.basis_ended", Subject("task_basis", basis_id), actor, at, told, valid_to)
    finish_command(key, actor, basis_id)

"""Between whom delegating is permitted, and what is never delegated: adding and ending."""

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
from lienthong.mandate.competence.actions.step import journal, refuse, why_not_instrument
from lienthong.mandate.competence.models import DelegationNorm
from lienthong.mandate.competence.rules import norms


@transaction.atomic
def add_norm(
    *,
    actor: Actor,
    key: UUID,
    kind: str,
    grantor_kind: str,
    instrument_id: int,
    confidence: str,
    valid_from: date,
    valid_to: date | None = None,
    grantee_kind: str = "",
    subject_key: str = "",
    article: str = "",
    at: datetime | None = None,
) -> int:
    """State that a post may delegate to another kind of post, or what it never may ("" = everything). Its id."""
    told: dict[str, Any] = {"kind": str(kind), "subject": subject_key, "grantor": grantor_kind}
    told |= {"grantee": grantee_kind, "valid_from": valid_from.isoformat()}
    more = {"to": valid_to, "instrument": instrument_id, "article": article, "confidence": confidence}
    former = begin_command(key, "competence.norm_added", {**told, **more}, actor)
    if former is not None:
        return int(former)
    refuse(rules.why_not_keep(actor) or rules.why_not_range(valid_from, valid_to))
    refuse(norms.why_not_norm(kind, subject_key, grantor_kind, grantee_kind, confidence))
    refuse(why_not_instrument(instrument_id))
    row = DelegationNorm(
        kind=kind,
        subject_key=subject_key,
        grantor_kind=grantor_kind,
        grantee_kind=grantee_kind,
        instrument_id=instrument_id,
        article=article,
        confidence=confidence,
        valid_during=DateRange(valid_from, valid_to),
    )
    refuse(norms.standing_norm() if _stands(row) else None)
    row.save(force_insert=True)
    journal("competence.norm_added", Subject("delegation_norm", row.pk), actor, at, told, valid_from)
    finish_command(key, actor, row.pk)
    return row.pk


@transaction.atomic
def end_norm(*, actor: Actor, key: UUID, norm_id: int, valid_to: date, at: datetime | None = None) -> None:
    """End a norm: `valid_to` is the first day without it. Delegations already given under it stay as they are."""
    if begin_command(key, "competence.norm_ended", {"norm": norm_id, "to": valid_to}, actor) is not None:
        return
    row = DelegationNorm.objects.select_for_update().filter(pk=norm_id).first()
    if row is None:
        raise NotFound
    start, end = row.valid_during.lower, row.valid_during.upper
    refuse(rules.why_not_keep(actor))
    refuse(rules.why_not_shorten(True, row.valid_during.isempty, end, valid_to))
    is_begun = start is None or start < valid_to
    row.valid_during = DateRange(start, valid_to) if is_begun else DateRange(empty=True)
    row.save(update_fields=["valid_during"])
    told = {"kind": row.kind, "subject": row.subject_key, "valid_to": valid_to.isoformat()}
    told |= {"former": str(end or "")}
    journal("competence.norm_ended", Subject("delegation_norm", norm_id), actor, at, told, valid_to)
    finish_command(key, actor, norm_id)


def _stands(row: DelegationNorm) -> bool:
    same = DelegationNorm.objects.filter(
        kind=row.kind,
        subject_key=row.subject_key,
        grantor_kind=row.grantor_kind,
        grantee_kind=row.grantee_kind,
        valid_during__overlap=row.valid_during,
    )
    return same.exists()

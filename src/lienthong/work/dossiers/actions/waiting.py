"""Supplements and payments: the clock pauses, and runs on from where it stood."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.actions.clock import pause_clock, resume_clock
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.fees.queries import dues_of
from lienthong.lib.dates import format_moment
from lienthong.people.organisation.queries import unit_by_id
from lienthong.work.dossiers.actions.papers import supplement_content
from lienthong.work.dossiers.actions.step import Step, begin_step
from lienthong.work.dossiers.models import SupplementRequest
from lienthong.work.dossiers.rules import (
    counts_as_late,
    why_not_request_payment,
    why_not_request_supplement,
    why_not_settle_payment,
)
from lienthong.work.dossiers.values import Lack


@transaction.atomic
def request_supplement(
    *, actor: Actor, dossier_id: int, key: UUID, lacks: Sequence[Lack], version: int | None = None
) -> int:
    """Ask for what lacks (mẫu 02): one sheet, every lack with its basis; the clock stops. Returns the form's id.

    A second request is allowed, counted, and makes the dossier count as late (QĐ 766/QĐ-TTg).
    """
    rows = [asdict(lack) for lack in lacks]
    step, former = begin_step(
        actor=actor,
        verb="request_supplement",
        dossier_id=dossier_id,
        key=key,
        body={"lacks": rows},
        version=version,
    )
    if step is None:
        return int(former)
    refusal = why_not_request_supplement(rows)
    if refusal:
        raise Refused.because(refusal, status=422)
    sequence = step.dossier.supplement_count + 1
    before = step.case.state
    pause_clock(step.case, actor=actor, at=step.at, reason="supplement", document=f"mẫu 02 lần {sequence}")
    SupplementRequest.objects.create(
        dossier=step.dossier, sequence=sequence, lacks=rows, requested_at=step.at, post_id=actor.acting_post
    )
    step.note(supplement_count=sequence, resume_state=before)
    step.case.late_by_rule = counts_as_late(sequence)
    step.move()
    form_id = _sheet(step, rows, sequence)
    step.end("dossier.supplement_requested", data={"sequence": sequence, "lacks": len(rows)}, result=form_id)
    return form_id


@transaction.atomic
def receive_supplement(
    *, actor: Actor, dossier_id: int, key: UUID, note: str = "", version: int | None = None
) -> int:
    """The papers came: the dossier returns to where it was and the clock runs on."""
    step, former = begin_step(
        actor=actor,
        verb="receive_supplement",
        dossier_id=dossier_id,
        key=key,
        body={"note": note},
        version=version,
    )
    if step is None:
        return int(former)
    SupplementRequest.objects.filter(dossier=step.dossier, answered_at__isnull=True).update(
        answered_at=step.at, answer_note=note
    )
    resume_clock(step.case, actor=actor, at=step.at)
    step.move(step.dossier.resume_state)
    step.end("dossier.supplement_received", data=_new_due(step), particulars={"note": note} if note else None)
    return dossier_id


@transaction.atomic
def request_payment(*, actor: Actor, dossier_id: int, key: UUID, version: int | None = None) -> int:
    """Ask for the fees that are due before work goes on; the clock stops."""
    step, former = begin_step(
        actor=actor, verb="request_payment", dossier_id=dossier_id, key=key, version=version
    )
    if step is None:
        return int(former)
    refusal = why_not_request_payment(dues_of(dossier_id).open)
    if refusal:
        raise Refused.because(refusal)
    pause_clock(step.case, actor=actor, at=step.at, reason="payment")
    step.move()
    step.end("dossier.payment_requested")
    return dossier_id


@transaction.atomic
def settle_payment(*, actor: Actor, dossier_id: int, key: UUID, version: int | None = None) -> int:
    """The fees are paid (see facilities/fees): the clock runs on."""
    step, former = begin_step(
        actor=actor, verb="settle_payment", dossier_id=dossier_id, key=key, version=version
    )
    if step is None:
        return int(former)
    refusal = why_not_settle_payment(dues_of(dossier_id).open)
    if refusal:
        raise Refused.because(refusal)
    resume_clock(step.case, actor=actor, at=step.at)
    step.move()
    step.end("dossier.payment_settled", data=_new_due(step))
    return dossier_id


def _sheet(step: Step, rows: list[dict[str, str]], sequence: int) -> int:
    unit = unit_by_id(step.actor.unit_id or step.case.responsible_unit_id, step.at.date())
    content = supplement_content(step.dossier, unit, step.actor, rows, sequence, step.at)
    return step.issue(FormKind.SUPPLEMENT_REQUEST, content, unit_id=unit.id)


def _new_due(step: Step) -> dict[str, str]:
    return {"due": format_moment(step.case.due_at) if step.case.due_at else ""}

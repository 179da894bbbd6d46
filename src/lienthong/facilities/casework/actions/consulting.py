"""Asking another unit or department for an opinion; the case and its clock stay where they are."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for, now
from lienthong.facilities.casework.access import lock_case
from lienthong.facilities.casework.actions.opening import show_case
from lienthong.facilities.casework.enums import ConsultationState
from lienthong.facilities.casework.models import Case, Consultation
from lienthong.facilities.casework.rules import why_not_give_opinion, why_not_mine
from lienthong.lib.calendar import LimitUnit, TimeLimit, due_at
from lienthong.lib.dates import format_date
from lienthong.people.organisation.queries import answering_post, unit_names


@transaction.atomic
def ask_opinion(
    *,
    actor: Actor,
    case_id: int,
    key: UUID,
    unit_id: int,
    question: str,
    within_days: int,
    body_id: int | None = None,
) -> int:
    """Ask for an opinion (phối hợp) to be given within some working days; returns the consultation's id."""
    body = {"case": case_id, "unit": unit_id, "body": body_id, "question": question, "days": within_days}
    former = begin_command(key, "ask_opinion", body, actor)
    if former is not None:
        return int(former)
    at, case = now(), lock_case(actor, case_id)
    _why_not_ask(actor, case, question, unit_id, body_id)
    due = due_at(at, TimeLimit(within_days, LimitUnit.WORKING_DAY), calendar_for())
    asked = Consultation.objects.create(
        case=case,
        unit_id=unit_id,
        body_id=body_id,
        holder_id=answering_post(unit_id, body_id, at.date()),
        question=question,
        asked_at=at,
        asked_by_post_id=actor.acting_post,
        due_at=due,
    )
    show_case(actor, case, unit_id, "consulted")
    record(
        "case.opinion_asked",
        subject=Subject("consultation", asked.pk, case.pk),
        actor=actor,
        at=at,
        data={"unit": unit_names([unit_id], at.date()).get(unit_id, ""), "due": format_date(due.date())},
        particulars={"question": question},
        closes=(key, asked.pk),
    )
    return asked.pk


@transaction.atomic
def give_opinion(*, actor: Actor, consultation_id: int, key: UUID, answer: str) -> int:
    """Answer for the unit that was asked. Late or not, the answer and its moment are kept."""
    former = begin_command(key, "give_opinion", {"consultation": consultation_id, "answer": answer}, actor)
    if former is not None:
        return int(former)
    at, asked = _locked(actor, consultation_id)
    refusal = why_not_give_opinion(asked.state, own=_is_asked(actor, asked), answer=answer)
    if refusal:
        raise Refused.because(refusal)
    asked.state, asked.answer, asked.answered_at = ConsultationState.ANSWERED, answer, at
    asked.answered_by_post_id = actor.post_id
    asked.save()
    record(
        "case.opinion_given",
        subject=Subject("consultation", asked.pk, asked.case_id),
        actor=actor,
        at=at,
        data={"unit": unit_names([asked.unit_id], at.date()).get(asked.unit_id, "")},
        particulars={"answer": answer},
        closes=(key, asked.pk),
    )
    return asked.pk


@transaction.atomic
def cancel_opinion(*, actor: Actor, consultation_id: int, key: UUID) -> int:
    """No longer wait for an opinion."""
    former = begin_command(key, "cancel_opinion", {"consultation": consultation_id}, actor)
    if former is not None:
        return int(former)
    at, asked = _locked(actor, consultation_id)
    refusal = why_not_give_opinion(
        asked.state, own=asked.case.responsible_unit_id == actor.unit_id, answer="-"
    )
    refusal = refusal or why_not_mine(actor, holder_id=asked.case.holder_id, body_id=asked.case.body_id)
    if refusal:
        raise Refused.because(refusal)
    asked.state = ConsultationState.CANCELLED
    asked.save(update_fields=["state"])
    record(
        "case.opinion_cancelled",
        subject=Subject("consultation", asked.pk, asked.case_id),
        actor=actor,
        at=at,
        data={"unit": unit_names([asked.unit_id], at.date()).get(asked.unit_id, "")},
        closes=(key, asked.pk),
    )
    return asked.pk


def _is_asked(actor: Actor, asked: Consultation) -> bool:
    """A question to a department is the department's; one to a unit anybody's of the unit."""
    own = asked.body_id in (None, actor.body_id) or asked.holder_id == actor.post_id
    return asked.unit_id == actor.unit_id and own


def _why_not_ask(actor: Actor, case: Case, question: str, unit_id: int, body_id: int | None) -> None:
    if case.closed_at is not None:
        raise Refused(code="case.closed", sentence="Vụ việc đã kết thúc, không lấy ý kiến nữa.")
    if actor.unit_id != case.responsible_unit_id:
        raise Refused(
            code="case.other_unit", sentence="Chỉ đơn vị đang giải quyết mới lấy ý kiến phối hợp.", status=403
        )
    refusal = why_not_mine(actor, holder_id=case.holder_id, body_id=case.body_id)
    if refusal:
        raise Refused.because(refusal, status=403)
    if unit_id == case.responsible_unit_id and body_id is None:
        raise Refused(
            code="opinion.no_body",
            sentence="Hỏi trong đơn vị mình thì chọn rõ phòng, bộ phận được hỏi.",
            status=422,
        )
    if not question.strip():
        raise Refused(code="opinion.no_question", sentence="Hãy ghi rõ nội dung cần lấy ý kiến.", status=422)


def _locked(actor: Actor, consultation_id: int) -> tuple[datetime, Consultation]:
    asked = Consultation.objects.filter(pk=consultation_id).first()
    if asked is None:
        raise NotFound
    lock_case(actor, asked.case_id)
    return now(), Consultation.objects.select_related("case").get(pk=consultation_id)

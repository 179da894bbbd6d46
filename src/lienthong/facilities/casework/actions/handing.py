"""Handing a case to another unit: offered, accepted or refused with a reason; never by silence.

Until it is accepted the offerer stays responsible. The clock does not restart. A refusal returns the matter to
the offerer with the proposed receiver; past the bound of hops, or past the time to answer, the arbiter decides.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for, now
from lienthong.facilities.casework.access import find_case, lock_case
from lienthong.facilities.casework.actions.opening import show_case
from lienthong.facilities.casework.enums import HandOverState
from lienthong.facilities.casework.models import Arbiter, Case, HandOver
from lienthong.facilities.casework.rules import (
    MOST_HOPS,
    dispute_of,
    is_arbiter,
    why_not_answer,
    why_not_arbitrate,
    why_not_mine,
    why_not_offer,
)
from lienthong.lib.calendar import LimitUnit, TimeLimit, due_at
from lienthong.mandate.competence.queries import responsible_for
from lienthong.people.organisation.queries import unit_names

# The software's own default, not a term of law: the end of the next working day. A plan's rule replaces it.
ANSWER_WITHIN = TimeLimit(1, LimitUnit.WORKING_DAY)


@transaction.atomic
def offer_case(
    *, actor: Actor, case_id: int, key: UUID, to_unit_id: int, reason: str, answer_by: datetime | None = None
) -> int:
    """Offer a case to another unit; returns the offer's id. Raises Refused, NotFound."""
    former = begin_command(key, "offer_case", {"case": case_id, "to": to_unit_id, "reason": reason}, actor)
    if former is not None:
        return int(former)
    at, case = now(), lock_case(actor, case_id)
    _must_be_of(actor, case.responsible_unit_id)
    refusal = why_not_mine(actor, holder_id=case.holder_id, body_id=case.body_id) or why_not_offer(
        open_offer=case.hand_overs.filter(state=HandOverState.OFFERED).exists(),
        closed=case.closed_at is not None,
        same_unit=to_unit_id == case.responsible_unit_id,
        hops=case.hops,
        most=_most_hops(case),
    )
    if refusal:
        raise Refused.because(refusal)
    names = unit_names([to_unit_id], at.date())
    offer = HandOver.objects.create(
        case=case,
        from_unit_id=case.responsible_unit_id,
        to_unit_id=to_unit_id,
        reason=reason,
        answer_by=answer_by or due_at(at, ANSWER_WITHIN, calendar_for()),
        offered_at=at,
        offered_by_post_id=actor.acting_post,
    )
    show_case(actor, case, to_unit_id, "offered")
    record(
        "case.offered",
        subject=Subject("hand_over", offer.pk, case.pk),
        actor=actor,
        at=at,
        data={"to_unit": names.get(to_unit_id, ""), "to_unit_id": to_unit_id},
        particulars={"reason": reason},
        closes=(key, offer.pk),
    )
    return offer.pk


@transaction.atomic
def accept_offer(*, actor: Actor, offer_id: int, key: UUID) -> int:
    """Take a case over: the unit answers for it from now on, with its own holder; the clock runs on."""
    former = begin_command(key, "accept_offer", {"offer": offer_id}, actor)
    if former is not None:
        return int(former)
    at, offer, case = _open_offer(actor, offer_id)
    _must_be_of(actor, offer.to_unit_id)
    _move(case, offer.to_unit_id, at)
    _answer(offer, HandOverState.ACCEPTED, actor, at)
    record(
        "case.offer_accepted",
        subject=Subject("hand_over", offer.pk, case.pk),
        actor=actor,
        at=at,
        data={"unit": unit_names([offer.to_unit_id], at.date()).get(offer.to_unit_id, ""), "hops": case.hops},
        closes=(key, case.pk),
    )
    return case.pk


@transaction.atomic
def refuse_offer(
    *, actor: Actor, offer_id: int, key: UUID, reason: str, proposed_unit_id: int | None = None
) -> int:
    """Refuse a case, saying why and who should have it instead. The offerer stays responsible."""
    body = {"offer": offer_id, "reason": reason, "proposed": proposed_unit_id}
    former = begin_command(key, "refuse_offer", body, actor)
    if former is not None:
        return int(former)
    at, offer, case = _open_offer(actor, offer_id)
    _must_be_of(actor, offer.to_unit_id)
    if not reason.strip():
        raise Refused(
            code="handover.no_reason",
            sentence="Từ chối nhận phải nêu lý do và đơn vị theo bạn có thẩm quyền.",
            status=422,
        )
    offer.proposed_unit_id = proposed_unit_id
    _answer(offer, HandOverState.REFUSED, actor, at, reason)
    names = unit_names([u for u in (offer.to_unit_id, proposed_unit_id) if u], at.date())
    record(
        "case.offer_refused",
        subject=Subject("hand_over", offer.pk, case.pk),
        actor=actor,
        at=at,
        data={
            "unit": names.get(offer.to_unit_id, ""),
            "proposed": names.get(proposed_unit_id or 0, "không nêu"),
        },
        particulars={"reason": reason},
        closes=(key, case.pk),
    )
    return case.pk


@transaction.atomic
def withdraw_offer(*, actor: Actor, offer_id: int, key: UUID) -> int:
    """Take an offer back before it is answered."""
    former = begin_command(key, "withdraw_offer", {"offer": offer_id}, actor)
    if former is not None:
        return int(former)
    at, offer, case = _open_offer(actor, offer_id)
    _must_be_of(actor, offer.from_unit_id)
    refusal = why_not_mine(actor, holder_id=case.holder_id, body_id=case.body_id)
    if refusal:
        raise Refused.because(refusal, status=403)
    _answer(offer, HandOverState.WITHDRAWN, actor, at)
    record(
        "case.offer_withdrawn",
        subject=Subject("hand_over", offer.pk, case.pk),
        actor=actor,
        at=at,
        closes=(key, case.pk),
    )
    return case.pk


@transaction.atomic
def arbitrate_case(*, actor: Actor, case_id: int, key: UUID, unit_id: int, reason: str) -> int:
    """Decide who answers for a case that was refused, left unanswered, or moved too often.

    Only the arbiter may: the plan's lead (an Arbiter row) or, without one, the city. The decision is kept as
    the last hand-over, `proposed_unit` being the unit decided on, so that the case's way can be told whole.
    """
    body = {"case": case_id, "unit": unit_id, "reason": reason}
    former = begin_command(key, "arbitrate_case", body, actor)
    if former is not None:
        return int(former)
    at, case = now(), lock_case(actor, case_id)
    offers = list(case.hand_overs.order_by("offered_at", "id"))
    arbiter = Arbiter.objects.filter(case=case).first()
    refusal = why_not_arbitrate(
        is_arbiter=is_arbiter(actor, arbiter.unit_id if arbiter else None),
        closed=case.closed_at is not None,
        disputed=dispute_of(offers, at, hops=case.hops, most=arbiter.max_hops if arbiter else None)
        is not None,
        reason=reason,
    )
    if refusal:
        raise Refused.because(refusal)
    decision = _decision(case, offers, unit_id, actor, at)
    decision.proposed_unit_id = unit_id
    _answer(decision, HandOverState.ARBITRATED, actor, at, reason)
    show_case(actor, case, unit_id, "arbitrated")
    if unit_id != case.responsible_unit_id:
        _move(case, unit_id, at)
    names = unit_names([unit_id], at.date())
    record(
        "case.arbitrated",
        subject=Subject("case", case.pk, case.pk),
        actor=actor,
        at=at,
        data={"unit": names.get(unit_id, "")},
        particulars={"reason": reason},
        closes=(key, case.pk),
    )
    return case.pk


def _open_offer(actor: Actor, offer_id: int) -> tuple[datetime, HandOver, Case]:
    offer = HandOver.objects.filter(pk=offer_id).first()
    case = lock_case(actor, offer.case_id) if offer else find_case(actor, 0)
    offer = HandOver.objects.get(pk=offer_id)
    refusal = why_not_answer(offer.state)
    if refusal:
        raise Refused.because(refusal)
    return now(), offer, case


def _answer(offer: HandOver, state: HandOverState, actor: Actor, at: datetime, reason: str = "") -> None:
    offer.state, offer.answered_at, offer.answer_reason = state, at, reason
    offer.answered_by_post_id = actor.post_id
    offer.save()


def _move(case: Case, unit_id: int, at: datetime) -> None:
    """Re-home the case: new unit, new holder by the register of that unit, one more hop, the same clock."""
    answer = responsible_for(case.task.code if case.task else "", unit_id, at)
    case.responsible_unit_id, case.body_id, case.holder_id = unit_id, answer.body_id, answer.post_id
    case.answer, case.finding, case.held_since = answer.as_json(), answer.finding, at
    case.hops, case.version = case.hops + 1, case.version + 1
    case.save()


def _must_be_of(actor: Actor, unit_id: int) -> None:
    if actor.unit_id != unit_id and actor.reach != "system":
        raise Refused(
            code="case.other_unit",
            sentence="Việc này thuộc đơn vị khác; bạn xem được nhưng không thao tác được.",
            status=403,
        )


def _most_hops(case: Case) -> int:
    arbiter = Arbiter.objects.filter(case=case).first()
    return arbiter.max_hops if arbiter else MOST_HOPS


def _decision(case: Case, offers: list[HandOver], unit_id: int, actor: Actor, at: datetime) -> HandOver:
    """The row that keeps an arbiter's decision: the open offer, else one that begins and ends with it.

    Where the case stays, the row leads to the other side of the last hand-over: it is they who do not get it.
    """
    if offers[-1].state == HandOverState.OFFERED:
        return offers[-1]
    own, last = case.responsible_unit_id, offers[-1]
    other = last.to_unit_id if last.to_unit_id != own else last.from_unit_id
    return HandOver(
        case=case,
        from_unit_id=own,
        to_unit_id=other if unit_id == own else unit_id,
        answer_by=at,
        offered_at=at,
        offered_by_post_id=actor.acting_post,
    )

"""Taking money and voiding a receipt."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.numbering.actions import issue_number
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.actions import issue_form
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.values import FeeReceipt
from lienthong.facilities.fees import access, queries, rules
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.models import Receipt
from lienthong.facilities.fees.values import Heading
from lienthong.lib.money import format_dong

SERIES = "receipt"


def take_payment(
    *,
    actor: Actor,
    key: UUID,
    case_id: int,
    amount: int,
    method: str,
    heading: Heading | None = None,
    at: datetime | None = None,
) -> Receipt:
    """Take money at the actor's unit for a case and number its receipt; with `heading` the paper is frozen.

    Seven statements, one more with `heading`. Raises Refused (nothing due, too much, closed day, no duty)
    and NotFound.
    """
    refusal = rules.why_not_handle(actor, actor.unit_id)
    if refusal:
        raise Refused.because(refusal, status=403)
    at = at or now()
    day = rules.day_of(at)
    with transaction.atomic():
        body = {"case": case_id, "amount": amount, "method": method}
        former = begin_command(key, "fee.pay", body, actor)
        if former is not None:
            return access.find_receipt(actor, int(former))
        access.hold(access.lock_of_case(case_id), access.lock_of_day(actor.unit_id, day))
        standing = access.find_standing(actor, case_id, day)
        refusal = rules.why_not_pay(actor, amount, method, standing.dues, standing.day_closed)
        if refusal:
            raise Refused.because(refusal)
        receipt = _written(actor, case_id, amount, method, at)
        if heading is not None:
            _freeze(receipt, queries.receipt_paper(receipt, standing.charges, heading), actor, at)
        finish_command(key, actor, receipt.pk)
    return receipt


def void_receipt(
    *, actor: Actor, key: UUID, receipt_id: int, reason: str, at: datetime | None = None
) -> None:
    """Hủy biên lai: the number stays, with the reason. Seven statements. Raises Refused, NotFound."""
    at = at or now()
    with transaction.atomic():
        found = access.find_receipt(actor, receipt_id)
        if begin_command(key, "fee.void", {"receipt": receipt_id, "reason": reason}, actor) is not None:
            return
        access.hold(access.lock_of_day(found.unit_id, rules.day_of(found.paid_at)))
        (receipt,) = queries.lines(Receipt.objects.filter(pk=receipt_id))
        refusal = rules.why_not_void(actor, receipt, found.unit_id, reason)
        if refusal:
            raise Refused.because(refusal)
        Receipt.objects.filter(pk=receipt_id).update(voided_at=at, void_reason=reason.strip())
        record(
            "fee.voided",
            subject=Subject("receipt", receipt_id, receipt.case_id),
            actor=actor,
            at=at,
            data={"number": receipt.number, "amount": format_dong(receipt.amount)},
            particulars={"reason": reason.strip()},
        )
        finish_command(key, actor, receipt_id)


def _written(actor: Actor, case_id: int, amount: int, method: str, at: datetime) -> Receipt:
    unit_id, year = actor.unit_id or 0, rules.day_of(at).year
    number = rules.receipt_number(year, issue_number(unit_id, SERIES, str(year)))
    receipt = Receipt.objects.create(
        case_id=case_id,
        unit_id=unit_id,
        number=number,
        amount=amount,
        method=method,
        post_id=actor.post_id,
        paid_at=at,
    )
    record(
        "fee.paid",
        subject=Subject("receipt", receipt.pk, case_id),
        actor=actor,
        at=at,
        data={"number": number, "amount": format_dong(amount), "method": str(PaymentMethod(method).label)},
    )
    return receipt


def _freeze(receipt: Receipt, paper: FeeReceipt, actor: Actor, at: datetime) -> None:
    issue_form(
        actor=actor,
        case_id=receipt.case_id,
        unit_id=receipt.unit_id,
        form=FormKind.FEE_RECEIPT,
        content=paper,
        number=receipt.number,
        at=at,
    )

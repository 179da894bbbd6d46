"""Reading fees: what is open, the day's receipts, and the papers about them."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.queries import contents_by_number, letterhead, render
from lienthong.facilities.documents.values import (
    CloseLine,
    DailyClose,
    FeeItem,
    FeeReceipt,
    Letterhead,
    Words,
    from_json,
)
from lienthong.facilities.fees import access
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.models import Charge, Receipt
from lienthong.facilities.fees.rules import due_of as due_of
from lienthong.facilities.fees.rules import receipt_number as receipt_number
from lienthong.facilities.fees.rules import why_not_charge as why_not_charge
from lienthong.facilities.fees.values import (
    ChargeLine,
    DayLine,
    DaySheet,
    DayTotals,
    Dues,
    Heading,
    ReceiptLine,
)
from lienthong.lib.calendar.days import VIETNAM
from lienthong.people.organisation.queries import unit_by_id

_DUES = """
SELECT (SELECT coalesce(sum(amount), 0) FROM fees_charge WHERE case_id = %(case)s AND waived_reason = ''),
       (SELECT coalesce(sum(amount), 0) FROM fees_receipt WHERE case_id = %(case)s AND voided_at IS NULL)
"""
_LINE = ("id", "case_id", "number", "amount", "method", "paid_at", "voided_at", "void_reason", "close_id")


def dues_of(case_id: int) -> Dues:
    """What a case owes, has paid, and still owes (`.open`). One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_DUES, {"case": case_id})
        due, paid = cursor.fetchone()
    return Dues(int(due), int(paid))


def charges_of(case_id: int) -> list[ChargeLine]:
    """The charges of a case, waived ones with their reason. One statement."""
    rows = Charge.objects.filter(case_id=case_id).order_by("id")
    names = ("id", "unit_id", "label", "amount", "citation", "waived_reason")
    return [ChargeLine(*row) for row in rows.values_list(*names)]


def receipts_of_case(case_id: int) -> list[ReceiptLine]:
    """The receipts of a case, voided ones too, oldest first. One statement."""
    return lines(Receipt.objects.filter(case_id=case_id).order_by("id"))


def receipts_of_day(actor: Actor, day: date) -> list[ReceiptLine]:
    """What the actor's unit took on a day, by number, voided ones too. One statement."""
    return lines(of_day(actor.unit_id, day).order_by("number", "id"))


def day_sheet(actor: Actor, day: date) -> DaySheet:
    """The receipts of the actor's unit on a day, with their dossiers' codes, sums, and the close.

    Three statements. No payer is named: names stand on the receipts themselves.
    """
    receipts = receipts_of_day(actor, day)
    papers = contents_by_number(actor.unit_id or 0, FormKind.FEE_RECEIPT, [r.number for r in receipts])
    close = access.find_close(actor, day)
    return DaySheet(
        day=day,
        lines=tuple(
            DayLine(receipt, str(papers.get(receipt.number, {}).get("code") or ""), receipt.number in papers)
            for receipt in receipts
        ),
        totals=totals(receipts),
        is_closed=close is not None,
        counted_cash=close.counted_cash if close else None,
        closed_at=close.closed_at if close else None,
    )


def of_day(unit_id: int | None, day: date) -> QuerySet[Receipt]:
    """A unit's receipts of a day of Vietnam's time."""
    begin = datetime.combine(day, time(0), VIETNAM)
    return Receipt.objects.filter(
        unit_id=unit_id or 0, paid_at__gte=begin, paid_at__lt=begin + timedelta(days=1)
    )


def lines(rows: QuerySet[Receipt]) -> list[ReceiptLine]:
    """Receipts as plain values. One statement."""
    return [ReceiptLine(*row) for row in rows.values_list(*_LINE)]


def totals(receipts: list[ReceiptLine]) -> DayTotals:
    """Sums of a list of receipts; a voided one counts nothing."""
    by_method = dict.fromkeys(PaymentMethod.values, 0)
    valid = [receipt for receipt in receipts if receipt.voided_at is None]
    for receipt in valid:
        by_method[receipt.method] += receipt.amount
    return DayTotals(len(valid), sum(by_method.values()), len(receipts) - len(valid), by_method)


def heading_at(actor: Actor, at: datetime, *, payer_name: str, code: str, procedure: Words) -> Heading:
    """The head of a receipt of the actor's unit: who pays, and for which matter, is the caller's word."""
    return Heading(
        letterhead=letterhead(unit_by_id(actor.unit_id or 0, at.date()), at),
        payer_name=payer_name,
        code=code,
        procedure=procedure,
        cashier_name=actor.name,
    )


def receipt_paper(receipt: Receipt, charges: tuple[ChargeLine, ...], heading: Heading) -> FeeReceipt:
    """The receipt as printed: each charge where it pays them all, else one line. No statement."""
    valid = [charge for charge in charges if not charge.waived_reason and charge.amount]
    items = tuple(FeeItem(name=c.label, amount=c.amount, legal_basis=c.citation or None) for c in valid)
    if sum(item.amount for item in items) != receipt.amount:
        named = "; ".join(charge.label for charge in valid) or "phí, lệ phí"
        items = (FeeItem(name=f"Nộp một phần: {named}", amount=receipt.amount),)
    return FeeReceipt(
        letterhead=replace(heading.letterhead, number=receipt.number),
        payer_name=heading.payer_name,
        items=items,
        paid_at=receipt.paid_at,
        code=heading.code,
        procedure=heading.procedure,
        method=str(PaymentMethod(receipt.method).label),
        cashier_name=heading.cashier_name,
    )


def receipt_pdf(actor: Actor, receipt_id: int, heading: Heading | None = None) -> bytes:
    """The receipt as it was frozen when the money was taken. Raises NotFound. At most three statements.

    `heading` serves only where the payment was taken without one. A voided receipt says so.
    """
    receipt = access.find_receipt(actor, receipt_id)
    kept = contents_by_number(receipt.unit_id, FormKind.FEE_RECEIPT, [receipt.number]).get(receipt.number)
    paper: Any = from_json(kept) if kept else None
    if paper is None and heading is not None:
        paper = receipt_paper(receipt, tuple(charges_of(receipt.case_id)), heading)
    if paper is None:
        raise NotFound
    if receipt.voided_at is not None:
        paper = replace(paper, note=f"ĐÃ HỦY: {receipt.void_reason}")
    return render(paper)


def close_pdf(
    actor: Actor,
    day: date,
    *,
    letterhead: Letterhead,
    cashier_name: str | None = None,
    checker_name: str | None = None,
    counted_cash: int | None = None,
) -> bytes:
    """The actor's unit's closed day as a paper. Raises NotFound where it is not closed. Three statements.

    `counted_cash` serves only where the day was closed without a count.
    """
    close = access.find_close(actor, day)
    if close is None:
        raise NotFound
    receipts = receipts_of_day(actor, day)
    papers = contents_by_number(actor.unit_id or 0, FormKind.FEE_RECEIPT, [r.number for r in receipts])
    paper = DailyClose(
        letterhead=letterhead,
        closed_on=day,
        lines=tuple(_close_line(receipt, papers.get(receipt.number)) for receipt in receipts),
        expected_cash=totals(receipts).by_method[PaymentMethod.CASH],
        counted_cash=counted_cash if close.counted_cash is None else close.counted_cash,
        cashier_name=cashier_name,
        checker_name=checker_name,
    )
    return render(paper)


def _close_line(receipt: ReceiptLine, paper: dict[str, Any] | None) -> CloseLine:
    form: Any = from_json(paper) if paper else None
    return CloseLine(
        number=receipt.number,
        paid_at=receipt.paid_at,
        payer_name=form.payer_name if form else None,
        amount=receipt.amount,
        code=form.code if form else None,
        method=str(PaymentMethod(receipt.method).label),
        void_reason=receipt.void_reason if receipt.voided_at else None,
    )

"""What is due, and why a charge, payment, void or close is not possible. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.values import ChargeLine, DayTotals, Dues, NewCharge, ReceiptLine, Tariff
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.money import format_dong
from lienthong.people.identity.enums import Duty

LARGEST_CHARGE = 1_000_000_000
LONGEST_TEXT = 300
CHARGERS = (Duty.FEES, Duty.RECEPTION)


def due_of(tariff: Tariff, quantity: int = 1, copies: int = 1) -> int | None:
    """Đồng due for `copies` copies of `quantity` units (pages, papers …) each; None where not stated.

    "2.000 đ/trang; từ trang thứ 3 1.000 đ; tối đa 200.000 đ/bản": the steps and the ceiling are for one copy.
    """
    if tariff.amount is None:
        return None
    if quantity < 0 or copies < 0:
        raise ValueError("a quantity is not negative")
    full = quantity
    if tariff.tier_from is not None and tariff.tier_amount is not None:
        full = min(quantity, tariff.tier_from - 1)
    one = full * tariff.amount + (quantity - full) * (tariff.tier_amount or 0)
    return copies * (one if tariff.most is None else min(one, tariff.most))


def receipt_number(year: int, sequence: int) -> str:
    """BL26-000001."""
    return f"BL{year % 100:02d}-{sequence:06d}"


def day_of(moment: datetime) -> date:
    """The day of the office, in Vietnam's time."""
    return moment.astimezone(VIETNAM).date()


def why_not_charge(actor: Actor, unit_id: int, charges: Sequence[NewCharge]) -> Refusal | None:
    """A unit's own fee or reception posts charge; every amount is stated, with its citation where typed."""
    if actor.reach != "system" and not any(actor.may(duty) for duty in CHARGERS):
        return _no_duty()
    if actor.reach != "system" and actor.unit_id != unit_id:
        return _other_unit()
    return next(filter(None, map(_why_not_amount, charges)), None)


def why_not_typed(charge: NewCharge) -> Refusal | None:
    """An amount that a clerk types names the instrument that sets it."""
    if charge.citation.strip():
        return None
    return Refusal(
        "fee.citation_missing",
        _(
            "Mức thu do cán bộ nhập phải kèm văn bản quy định. Hãy ghi số, ký hiệu văn bản; số "
            "tiền đã nhập vẫn còn."
        ),
    )


def why_not_waive(actor: Actor, charge: ChargeLine, reason: str, dues: Dues) -> Refusal | None:
    """Once, with a reason, by the unit that charged, and not below what was already paid."""
    if charge.waived_reason:
        return Refusal("fee.already_waived", _("Khoản này đã được miễn trước đó."))
    if dues.open < charge.amount:
        return Refusal(
            "fee.already_paid",
            _("Khoản này đã có tiền nộp. Hãy hủy biên lai (trong ngày, trước khi chốt sổ) rồi mới miễn."),
        )
    return why_not_handle(actor, charge.unit_id) or _why_not_reason(reason)


def why_not_pay(actor: Actor, amount: int, method: str, dues: Dues, day_closed: bool) -> Refusal | None:
    """More than nothing, no more than what is open, on an open day."""
    if amount <= 0:
        return Refusal(
            "payment.not_positive", _("Số tiền phải lớn hơn 0. Hãy nhập lại số tiền người dân nộp.")
        )
    if method not in PaymentMethod.values:
        return Refusal(
            "payment.method_unknown", _("Hãy chọn hình thức nộp: tiền mặt, chuyển khoản hoặc thẻ.")
        )
    if dues.open <= 0:
        return Refusal(
            "payment.nothing_due", _("Hồ sơ không còn khoản nào phải thu. Chưa có biên lai nào được lập.")
        )
    if amount > dues.open:
        return Refusal(
            "payment.too_much",
            _("Chỉ còn phải thu %(open)s nên không thu %(amount)s. Hãy nhập lại số tiền.")
            % {"open": format_dong(dues.open), "amount": format_dong(amount)},
        )
    return _closed() if day_closed else None


def why_not_void(actor: Actor, receipt: ReceiptLine, unit_id: int, reason: str) -> Refusal | None:
    """Once, with a reason, by the unit that took the money, before the day is closed."""
    if receipt.voided_at is not None:
        return Refusal("receipt.already_voided", _("Biên lai này đã hủy trước đó."))
    if receipt.close_id is not None:
        return _closed()
    return why_not_handle(actor, unit_id) or _why_not_reason(reason)


def why_not_close(day: date, today: date, closed: bool) -> Refusal | None:
    """A day is closed once, and not before it has come."""
    if closed:
        return Refusal(
            "day.already_closed",
            _("Ngày %(day)s đã chốt sổ. Hãy mở bảng chốt đã lập để xem hoặc in lại.")
            % {"day": f"{day:%d/%m/%Y}"},
        )
    if day > today:
        return Refusal(
            "day.future", _("Chưa đến ngày %(day)s nên chưa chốt sổ được.") % {"day": f"{day:%d/%m/%Y}"}
        )
    return None


def why_not_as_seen(totals: DayTotals, seen: tuple[int, int] | None) -> Refusal | None:
    """A day is closed over what the closer saw, not over a receipt that came or was voided meanwhile."""
    if seen is None or seen == (totals.count, totals.total):
        return None
    return Refusal(
        "day.changed",
        _("Từ lúc mở trang, sổ thu đã đổi: nay %(count)s biên lai, %(total)s. Hãy kiểm lại tiền rồi chốt.")
        % {"count": totals.count, "total": format_dong(totals.total)},
    )


def why_not_handle(actor: Actor, unit_id: int | None) -> Refusal | None:
    """Money is handled by the unit's own posts that carry the duty."""
    if not actor.may(Duty.FEES):
        return _no_duty()
    return None if actor.unit_id is not None and actor.unit_id == unit_id else _other_unit()


def _why_not_amount(charge: NewCharge) -> Refusal | None:
    if not charge.label.strip() or max(len(charge.label), len(charge.citation)) > LONGEST_TEXT:
        return Refusal(
            "fee.label",
            _("Khoản thu cần có tên; tên và căn cứ không dài quá %(most)s ký tự.") % {"most": LONGEST_TEXT},
        )
    if charge.amount is None:
        return Refusal(
            "fee.not_stated",
            _("Nguồn không nêu mức thu của “%(label)s”. Hãy nhập số tiền kèm văn bản quy định.")
            % {"label": charge.label},
        )
    if not 0 <= charge.amount <= LARGEST_CHARGE:
        return Refusal(
            "fee.amount_out_of_range",
            _("Số tiền phải từ 0 đến %(most)s. Hãy kiểm tra lại.") % {"most": format_dong(LARGEST_CHARGE)},
        )
    return None


def _why_not_reason(reason: str) -> Refusal | None:
    if reason.strip() and len(reason.strip()) <= LONGEST_TEXT:
        return None
    return Refusal("fee.reason", _("Hãy ghi lý do, không quá %(most)s ký tự.") % {"most": LONGEST_TEXT})


def _closed() -> Refusal:
    return Refusal(
        "day.closed",
        _(
            "Sổ thu của ngày này đã chốt nên không thu hoặc hủy biên lai được nữa. Hãy báo người "
            "phụ trách kế toán."
        ),
    )


def _no_duty() -> Refusal:
    return Refusal(
        "fee.no_duty",
        _("Vị trí của bạn không có nhiệm vụ thu phí, lệ phí. Hãy nhờ cán bộ một cửa của đơn vị."),
    )


def _other_unit() -> Refusal:
    return Refusal(
        "fee.other_unit",
        _("Khoản thu, biên lai này thuộc đơn vị khác. Chỉ đơn vị đó sửa, hủy hoặc chốt được."),
    )

"""What a certification costs. Pure; the amounts are data (FeeRate)."""

from collections.abc import Sequence

from lienthong.facilities.fees.queries import due_of
from lienthong.facilities.fees.values import NewCharge, Tariff
from lienthong.lib.text import fold
from lienthong.work.certification.enums import FeeBasis
from lienthong.work.certification.values import ItemDraft, Rate


def fee_of(rate: Rate, *, copies: int, pages: int) -> int:
    """Đồng for `copies` copies of an original of `pages` pages; a rate that is no page rate ignores both.

    "2.000 đ/trang, từ trang thứ 3 1.000 đ/trang, tối đa 200.000 đ/bản": steps and ceiling are for one copy.
    """
    if rate.basis != FeeBasis.PAGE:
        return rate.amount
    tariff = Tariff(
        rate.label, rate.amount, "trang", rate.tier_from, rate.tier_amount, rate.most, rate.citation
    )
    return due_of(tariff, pages, copies) or 0


def amount_of(rate: Rate, items: Sequence[ItemDraft]) -> int:
    """Đồng for everything asked for. Several signers of one document are one fee ("trường hợp")."""
    match rate.basis:
        case FeeBasis.PAGE:
            return sum(fee_of(rate, copies=item.copies, pages=item.pages) for item in items)
        case FeeBasis.DOCUMENT:
            return rate.amount * len({document_of(item) for item in items})
        case _:
            return rate.amount


def document_of(item: ItemDraft) -> tuple[str, str, str]:
    """What makes two items the same document."""
    return (fold(item.document_name), fold(item.issuer), str(item.issued_on or ""))


def charges_for(rate: Rate | None, items: Sequence[ItemDraft]) -> list[NewCharge]:
    """What the request owes; nothing where no rate is stated: the clerk then charges with a citation."""
    if rate is None:
        return []
    return [NewCharge(rate.label, amount_of(rate, items), rate.citation)]

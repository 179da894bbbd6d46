"""Plain values of fees. Amounts are đồng (int)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lienthong.facilities.documents.values import Letterhead, Words
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.mandate.procedures.values import FeeRule


@dataclass(frozen=True, slots=True)
class Tariff:
    """Mức thu: `amount` đồng per `per`; from the `tier_from`-th on `tier_amount`; at most `most` a copy.

    `amount` None: the source does not state it; the clerk types it with a citation.
    """

    label: str
    amount: int | None
    per: str = ""
    tier_from: int | None = None
    tier_amount: int | None = None
    most: int | None = None
    citation: str = ""

    @classmethod
    def of(
        cls,
        rule: FeeRule,
        *,
        tier_from: int | None = None,
        tier_amount: int | None = None,
        most: int | None = None,
    ) -> "Tariff":
        """The tariff of a procedure's fee rule, with its steps where it has them."""
        return cls(rule.label, rule.amount, rule.per, tier_from, tier_amount, most, rule.citation)


@dataclass(frozen=True, slots=True)
class NewCharge:
    """Khoản phải thu sắp ghi: `citation` is the instrument that sets the amount."""

    label: str
    amount: int | None
    citation: str = ""


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """Một khoản phải thu của vụ việc; a waived one says why."""

    id: int
    unit_id: int
    label: str
    amount: int
    citation: str
    waived_reason: str


@dataclass(frozen=True, slots=True)
class Dues:
    """Phải thu, đã thu, còn phải thu của một vụ việc."""

    due: int
    paid: int

    @property
    def open(self) -> int:
        return self.due - self.paid


@dataclass(frozen=True, slots=True)
class Standing:
    """Sổ thu của một vụ việc lúc này, and whether the unit's day is closed."""

    dues: Dues
    charges: tuple[ChargeLine, ...]
    day_closed: bool


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """Một biên lai, as a list shows it."""

    id: int
    case_id: int
    number: str
    amount: int
    method: str
    paid_at: datetime
    voided_at: datetime | None
    void_reason: str
    close_id: int | None

    @property
    def method_label(self) -> str:
        """The way of payment in words."""
        return str(PaymentMethod(self.method).label)


@dataclass(frozen=True, slots=True)
class DayTotals:
    """Tổng thu của một ngày: valid receipts, by way of payment; voided ones only counted."""

    count: int
    total: int
    voided: int
    by_method: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DayLine:
    """Một biên lai trong sổ thu ngày: with its dossier's code, and whether its paper was frozen."""

    receipt: ReceiptLine
    code: str
    has_paper: bool


@dataclass(frozen=True, slots=True)
class DaySheet:
    """Sổ thu một ngày của một đơn vị."""

    day: date
    lines: tuple[DayLine, ...]
    totals: DayTotals
    is_closed: bool
    counted_cash: int | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """Kết quả chốt sổ thu một ngày."""

    id: int
    day: date
    totals: DayTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Phần đầu của biên lai: what the fees' room cannot know of a case, frozen onto the receipt."""

    letterhead: Letterhead
    payer_name: str
    code: str | None = None
    procedure: Words = None
    cashier_name: str | None = None

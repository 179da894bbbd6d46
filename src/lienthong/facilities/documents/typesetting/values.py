"""What stands on each paper: plain values, filled by the caller, never looked up here.

``None`` means that the fact is not known: the paper then says "không nêu" or leaves a dotted line for the
pen. Nothing is invented. A value that a demonstration made up is wrapped in `Illustrative`.

Source of the seven forms' names: NĐ 118/2025, Annex I. The decree's full text was not at hand; the lines of
each form follow the field's long practice (TT 01/2018/TT-VPCP) and must be checked against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True)
class Illustrative:
    """Giá trị minh họa: set by a demonstration, marked as such wherever it is printed."""

    text: str


Words = str | Illustrative | None


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Phần đầu văn bản (NĐ 30/2020, Điều 8): who issues, number, place and date."""

    parent_name: str | None
    agency_name: str
    place: str
    number: str | None
    issued_on: date


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Chức vụ, họ tên người ký (NĐ 30/2020, Điều 13).

    `on_behalf` is the line above the title, such as "TM. ỦY BAN NHÂN DÂN" or "KT. GIÁM ĐỐC".
    """

    title: str
    on_behalf: str | None = None
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Thành phần hồ sơ: one paper handed in, with its originals and copies."""

    name: Words
    originals: int | None = None
    copies: int | None = None


@dataclass(frozen=True, kw_only=True)
class Lack:
    """Nội dung cần bổ sung: what is lacking, why, and the article that asks for it."""

    what: Words
    why: Words = None
    legal_basis: Words = None


@dataclass(frozen=True, kw_only=True)
class DossierPaper:
    """Giấy tờ của một hồ sơ: what every paper that a citizen gets has in common."""

    letterhead: Letterhead
    code: str
    applicant_name: str
    procedure: Words
    address: Words = None
    phone: Words = None
    email: Words = None
    lookup_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class IntakeReceipt(DossierPaper):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (NĐ 118/2025, Phụ lục I, mẫu số 01)."""

    received_at: datetime
    promised_at: datetime | None
    papers: tuple[Paper, ...] = ()
    quantity: int | None = None
    time_limit_text: Words = None
    returning_place: Words = None
    fee_text: Words = None
    clerk_name: str | None = None
    clerk_title: str | None = None
    register_book: str | None = None
    register_entry: str | None = None
    note: Words = None


@dataclass(frozen=True, kw_only=True)
class IntakeSlip:
    """Phiếu hẹn khổ nhỏ: form 01 in short, for the counter's thermal printer."""

    receipt: IntakeReceipt
    width_mm: Literal[58, 80] = 80


@dataclass(frozen=True, kw_only=True)
class SupplementRequest(DossierPaper):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (NĐ 118/2025, Phụ lục I, mẫu số 02)."""

    lacks: tuple[Lack, ...]
    round: int | None = None
    paused_at: datetime | None = None
    return_by: datetime | None = None
    contact_name: Words = None
    contact_phone: Words = None
    clerk_name: str | None = None
    clerk_title: str | None = None
    note: Words = None


@dataclass(frozen=True, kw_only=True)
class Refusal(DossierPaper):
    """Phiếu từ chối tiếp nhận giải quyết hồ sơ (NĐ 118/2025, Phụ lục I, mẫu số 03)."""

    reasons: tuple[Lack, ...]
    presented_at: datetime | None = None
    guidance: Words = None
    clerk_name: str | None = None
    clerk_title: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApologyLetter(DossierPaper):
    """Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (NĐ 118/2025, Phụ lục I, mẫu số 04)."""

    received_at: datetime
    promised_at: datetime
    new_promised_at: datetime
    cause: Words
    signature: Signature
    round: int | None = None
    responsible_name: Words = None
    contact_phone: Words = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HaltNotice(DossierPaper):
    """Thông báo dừng giải quyết hồ sơ (NĐ 118/2025, Phụ lục I, mẫu số 05)."""

    reason: Words
    signature: Signature
    received_at: datetime | None = None
    halted_at: datetime | None = None
    legal_basis: Words = None
    guidance: Words = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ControlStep:
    """Một lần giao, nhận hồ sơ: who handed to whom, when, with what result."""

    giver: Words
    taker: Words
    handed_at: datetime | None = None
    received_at: datetime | None = None
    result: Words = None
    timeliness: Words = None
    note: Words = None


@dataclass(frozen=True, kw_only=True)
class ControlSlip:
    """Phiếu kiểm soát quá trình giải quyết hồ sơ (NĐ 118/2025, Phụ lục I, mẫu số 06)."""

    letterhead: Letterhead
    code: str
    procedure: Words
    steps: tuple[ControlStep, ...]
    applicant_name: Words = None
    responsible_name: Words = None
    coordinating_names: tuple[str, ...] = ()
    received_at: datetime | None = None
    promised_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """Một dòng của sổ theo dõi hồ sơ."""

    code: str
    procedure: Words
    applicant_name: Words
    contact: Words = None
    quantity: int | None = None
    responsible_name: Words = None
    received_at: datetime | None = None
    promised_at: datetime | None = None
    returned_at: datetime | None = None
    return_method: Words = None
    note: Words = None


@dataclass(frozen=True, kw_only=True)
class DossierRegister:
    """Sổ theo dõi hồ sơ (NĐ 118/2025, Phụ lục I, mẫu số 07)."""

    letterhead: Letterhead
    first_on: date
    last_on: date
    rows: tuple[RegisterRow, ...]
    book: str | None = None


@dataclass(frozen=True, kw_only=True)
class FeeItem:
    """Khoản phí, lệ phí: `amount` in đồng, with the instrument that sets it."""

    name: Words
    amount: int
    quantity: int | None = None
    unit_amount: int | None = None
    legal_basis: Words = None


@dataclass(frozen=True, kw_only=True)
class FeeReceipt:
    """Biên lai nội bộ: proof of payment inside the office, not a tax authority's receipt."""

    letterhead: Letterhead
    payer_name: str
    items: tuple[FeeItem, ...]
    paid_at: datetime
    code: str | None = None
    procedure: Words = None
    method: Words = None
    cashier_name: str | None = None
    note: Words = None


@dataclass(frozen=True, kw_only=True)
class CloseLine:
    """Một biên lai trong bảng chốt ngày; a voided one counts nothing and says why."""

    number: str
    paid_at: datetime | None
    payer_name: Words
    amount: int
    code: str | None = None
    method: Words = None
    void_reason: Words = None


@dataclass(frozen=True, kw_only=True)
class DailyClose:
    """Bảng chốt thu phí, lệ phí trong ngày."""

    letterhead: Letterhead
    closed_on: date
    lines: tuple[CloseLine, ...]
    counted_cash: int | None = None
    expected_cash: int | None = None
    cashier_name: str | None = None
    checker_name: str | None = None
    note: Words = None


@dataclass(frozen=True, kw_only=True)
class WeekLine:
    """Một số liệu của tuần bên tuần trước; each as it is printed ("1.204", "97,5%")."""

    name: str
    now: str
    before: str
    change: str = ""


@dataclass(frozen=True, kw_only=True)
class WeekShare:
    """Đúng hạn của một lĩnh vực hoặc một đơn vị: finished, of it on time, the share as printed."""

    name: Words
    finished: int
    late: int
    share: str


@dataclass(frozen=True, kw_only=True)
class WeekOverdue:
    """Một hồ sơ quá hạn: no applicant's name; who holds it, by post."""

    code: str
    procedure: Words
    holder: Words
    due_at: datetime
    state: Words
    unit: Words = None


@dataclass(frozen=True, kw_only=True)
class WeekCause:
    """Nơi các hồ sơ quá hạn đang dừng lại: in words, how many."""

    name: str
    count: int


@dataclass(frozen=True, kw_only=True)
class WeeklyReport:
    """Báo cáo tuần của một đơn vị hoặc của thành phố: figures, overdue cases, where they stand."""

    letterhead: Letterhead
    place_name: str
    first_on: date
    last_on: date
    printed_at: datetime
    lines: tuple[WeekLine, ...]
    fields: tuple[WeekShare, ...]
    overdue: tuple[WeekOverdue, ...]
    overdue_count: int
    causes: tuple[WeekCause, ...]
    units: tuple[WeekShare, ...] = ()
    is_running: int = 0


Form = (
    IntakeReceipt
    | IntakeSlip
    | SupplementRequest
    | Refusal
    | ApologyLetter
    | HaltNotice
    | ControlSlip
    | DossierRegister
    | FeeReceipt
    | DailyClose
    | WeeklyReport
)

"""Why a party cannot be registered or corrected, and what about it deserves a second look."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from lienthong.core.registry.values import Refusal
from lienthong.lib.identity_card import Sex as CardSex
from lienthong.lib.identity_card import check_number
from lienthong.lib.text import fold
from lienthong.people.parties.enums import ContactChannel, PaperKind, PartyKind
from lienthong.people.parties.values import Doubt, PaperDraft, PartyDraft

NAME_MAX, ADDRESS_MAX, NUMBER_MAX, PHONE_MAX, EMAIL_MAX = 200, 400, 30, 20, 200
OLDEST_YEARS = 130
CORRECTABLE = {
    "name": "họ và tên",
    "born_on": "ngày sinh",
    "sex": "giới tính",
    "address": "địa chỉ",
    "phone": "điện thoại",
    "email": "thư điện tử",
}
_PHONE = re.compile(r"\+?\d{8,15}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_FORMS = {
    PaperKind.CITIZEN_CARD: (re.compile(r"\d{12}", re.ASCII), "Số căn cước thường có đủ 12 chữ số."),
    PaperKind.OLD_ID: (re.compile(r"\d{9}", re.ASCII), "Số chứng minh nhân dân thường có đủ 9 chữ số."),
    PaperKind.FIRM_CODE: (
        re.compile(r"\d{10}(-\d{3})?", re.ASCII),
        "Mã số doanh nghiệp thường có 10 chữ số (chi nhánh thêm 3 chữ số sau gạch nối).",
    ),
}

PAPER_OF_ANOTHER = Refusal(
    "party.paper_of_another",
    "Số giấy tờ này đã ghi cho người mang tên khác. Hãy kiểm tra lại số; nếu số đúng, tìm theo giấy tờ "
    "rồi đính chính tên.",
)


def why_not_register(draft: PartyDraft, today: date) -> list[Refusal]:
    """Every reason why this cannot be stored (all at once, so that the form shows them together)."""
    found = [
        why_not_name(draft.name),
        why_not_born(draft.born_on, today),
        _why_not_long("address", draft.address, ADDRESS_MAX),
        _why_not_long("phone", draft.phone, PHONE_MAX),
        _why_not_long("email", draft.email, EMAIL_MAX),
        *(_why_not_paper(paper) for paper in draft.papers),
        why_not_channel(draft.channel, draft.phone, draft.email) if draft.channel else None,
    ]
    return [refusal for refusal in found if refusal]


def why_not_name(name: str) -> Refusal | None:
    """Why a name cannot be stored."""
    if not name.strip():
        return Refusal("party.name_empty", "Chưa có họ và tên. Hãy quét thẻ hoặc nhập tên.")
    return _why_not_long("name", name, NAME_MAX)


def why_not_born(born_on: date | None, today: date) -> Refusal | None:
    """Why a birth date cannot be: it lies in the future, or before any living memory."""
    if born_on is None:
        return None
    if born_on > today:
        return Refusal("party.born_future", "Ngày sinh ở sau ngày hôm nay. Hãy xem trên giấy tờ và sửa lại.")
    if born_on.year < today.year - OLDEST_YEARS:
        return Refusal(
            "party.born_past", f"Ngày sinh cách nay hơn {OLDEST_YEARS} năm. Hãy xem trên giấy tờ và sửa lại."
        )
    return None


def why_not_channel(channel: str, phone: str, email: str) -> Refusal | None:
    """Why a chosen channel cannot be used: it lacks the number or address it needs."""
    if channel not in ContactChannel.values:
        return Refusal("party.channel_unknown", "Kênh nhận tin không có trong danh sách. Hãy chọn lại.")
    if channel in {ContactChannel.SMS, ContactChannel.ZALO} and not _PHONE.fullmatch(phone):
        return Refusal(
            "party.channel_phone",
            "Kênh nhận tin đã chọn cần số điện thoại. Hãy nhập số, hoặc chọn không nhận tin.",
        )
    if channel == ContactChannel.EMAIL and not _EMAIL.fullmatch(email):
        return Refusal(
            "party.channel_email",
            "Kênh nhận tin đã chọn cần địa chỉ thư điện tử. Hãy nhập địa chỉ, hoặc chọn không nhận tin.",
        )
    return None


def why_not_correct(reason: str, changes: Mapping[str, object], today: date) -> Refusal | None:
    """Why a correction cannot be made."""
    if not reason.strip():
        return Refusal("party.reason_empty", "Chưa có lý do đính chính. Hãy ghi lý do rồi lưu lại.")
    if not changes or not set(changes) <= set(CORRECTABLE):
        return Refusal("party.nothing_to_correct", "Chưa có mục nào được sửa. Hãy sửa ít nhất một mục.")
    if "name" in changes and (refusal := why_not_name(str(changes["name"] or ""))):
        return refusal
    born = changes.get("born_on")
    return why_not_born(born, today) if isinstance(born, date) else None


def why_not_same(stored: str, given: str) -> Refusal | None:
    """Why a known paper's person cannot be taken for the one at the counter: the names differ.

    The sentence does not tell the stored name: a mistyped number must not show another citizen.
    """
    if fold(stored) == fold(given):
        return None
    return PAPER_OF_ANOTHER


def doubts_about(draft: PartyDraft) -> list[Doubt]:
    """What deserves a second look: a number of unusual form, or one that contradicts birth year or sex.

    Warnings only: a certificate may be right where a rule of thumb is not (M24, issue A5: warn, never block).
    """
    found: list[Doubt] = []
    for paper in draft.papers:
        form = _FORMS.get(PaperKind(paper.kind)) if paper.kind in PaperKind.values else None
        if form and not form[0].fullmatch(paper.number):
            found.append(Doubt(f"{paper.kind}_length", f"{form[1]} Hãy kiểm tra lại số đã nhập.", "number"))
        elif paper.kind == PaperKind.CITIZEN_CARD and draft.kind == PartyKind.PERSON:
            sex = CardSex(draft.sex) if draft.sex else None
            warnings = check_number(paper.number, draft.born_on, sex)
            found += [Doubt(warning.code, warning.sentence, "number") for warning in warnings]
    if draft.phone and not _PHONE.fullmatch(draft.phone):
        found.append(
            Doubt("phone_form", "Số điện thoại thường có 8 đến 15 chữ số. Hãy kiểm tra lại.", "phone")
        )
    return found


def broken_constraint(error: Exception) -> str:
    """The name of the constraint by which the database refused; "" where it names none."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def tidy_number(number: str) -> str:
    """A paper's number as stored: without spaces and dots, upper case."""
    return re.sub(r"[\s.]", "", number).upper()


def tidy_phone(phone: str) -> str:
    """A telephone number as stored: digits, and a leading plus."""
    digits = re.sub(r"[^\d+]", "", phone)
    return digits[:1] + digits[1:].replace("+", "")


def fields_in_words(names: Iterable[str]) -> str:
    """The corrected fields in words, for the event's sentence."""
    return ", ".join(CORRECTABLE[name] for name in CORRECTABLE if name in set(names))


def _why_not_paper(paper: PaperDraft) -> Refusal | None:
    if paper.kind not in PaperKind.values:
        return Refusal("party.paper_kind", "Loại giấy tờ không có trong danh sách. Hãy chọn lại.")
    if not paper.number:
        return Refusal("party.paper_empty", "Chưa có số giấy tờ. Hãy nhập số, hoặc bỏ giấy tờ này.")
    return _why_not_long("number", paper.number, NUMBER_MAX)


def _why_not_long(field: str, text: str, longest: int) -> Refusal | None:
    if len(text) <= longest:
        return None
    return Refusal(f"party.{field}_long", f"Mục này dài quá {longest} ký tự. Hãy rút gọn rồi lưu lại.")

"""The QR of an identity card (thẻ căn cước), as a keyboard-wedge scanner types it.

Seven fields joined by "|": number, old number, name, birth date, sex, address, date of issue; dates are
ddmmyyyy. Nothing here is a proof of identity: it saves typing. What contradicts itself is warned about, never
blocked.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lienthong.lib.text import fold, nfc

FIELDS = 7
_NUMBER = re.compile(r"\d{12}", re.ASCII)
_OLD_NUMBER = re.compile(r"(\d{9}|\d{12})?", re.ASCII)
_OTHER_SEPARATOR = re.compile(r"\d{12}[^\d|].*\d{8}", re.ASCII | re.DOTALL)
_MOJIBAKE = re.compile(
    "\ufffd|\u00c3[\u0080-\u00bf\u0152-\u0178\u017d\u017e\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\u00c6[\u00a0\u00b0]|\u00c4[\u0090\u2018\u0192]|\u00e1[\u00ba\u00bb]"
)
_UNLIKELY_IN_NAME = re.compile(r"[\d?\[\]{}\\^~<>]")


class Sex(StrEnum):
    """Giới tính, as the card states it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What the QR says. `old_number` is "" where the holder had none."""

    number: str
    old_number: str
    name: str
    born_on: date
    sex: Sex
    address: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class CardWarning:
    """A contradiction worth a look. `code` is stable, `sentence` is for the clerk."""

    code: str
    sentence: str


SENTENCES = {
    "card_empty": "Chưa đọc được gì từ thẻ. Hãy đặt con trỏ vào ô quét và quét lại.",
    "card_foreign_qr": "Đây không phải mã QR của thẻ căn cước. Hãy quét mã in trên thẻ, hoặc nhập tay.",
    "card_keyboard": (
        "Máy quét đã gõ sai dấu ngăn cách giữa các ô. Hãy chuyển bàn phím sang kiểu Mỹ (US), "
        "tắt bộ gõ tiếng Việt rồi quét lại."
    ),
    "card_fields": "Mã QR của thẻ phải có 7 ô, lần quét này có {found} ô. Hãy quét lại, hoặc nhập tay.",
    "card_mangled": (
        "Chữ tiếng Việt bị lỗi khi quét. Hãy tắt bộ gõ tiếng Việt (Telex, VNI), đặt máy quét ở chế độ "
        "UTF-8 rồi quét lại, hoặc nhập tay."
    ),
    "card_number": "Số định danh trên thẻ phải đủ 12 chữ số. Hãy quét lại, hoặc nhập tay.",
    "card_old_number": "Số giấy tờ cũ phải có 9 hoặc 12 chữ số, hoặc để trống. Hãy quét lại, hoặc nhập tay.",
    "card_name": "Mã QR không có họ và tên. Hãy quét lại, hoặc nhập tay.",
    "card_birth_date": "Ngày sinh trong mã QR không đọc được. Hãy xem trên thẻ và nhập tay.",
    "card_birth_future": "Ngày sinh trong mã QR ở sau ngày hôm nay. Hãy xem trên thẻ và nhập tay.",
    "card_sex": "Giới tính trong mã QR không phải Nam hoặc Nữ. Hãy xem trên thẻ và nhập tay.",
    "card_issue_date": "Ngày cấp trong mã QR không đọc được. Hãy xem trên thẻ và nhập tay.",
    "card_issue_future": "Ngày cấp trong mã QR ở sau ngày hôm nay. Hãy xem trên thẻ và nhập tay.",
}
"""Every refusal of `read_card`: stable code -> Vietnamese sentence."""


class CardError(ValueError):
    """The scan cannot be used. `code` is a key of SENTENCES, `sentence` says what to do."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.sentence = SENTENCES[code].format(**values)
        super().__init__(self.sentence)


def read_card(scan: str, *, today: date) -> IdentityCard:
    """The card behind one scan. Raises CardError; nothing is guessed or repaired."""
    fields = _fields(nfc(scan).strip())
    number, old_number, name, born, sex, address, issued = fields
    if not _NUMBER.fullmatch(number):
        raise CardError("card_number")
    if not _OLD_NUMBER.fullmatch(old_number):
        raise CardError("card_old_number")
    if not name:
        raise CardError("card_name")
    if _MOJIBAKE.search(name + address + sex) or _UNLIKELY_IN_NAME.search(name):
        raise CardError("card_mangled")
    return IdentityCard(
        number=number,
        old_number=old_number,
        name=name,
        born_on=_day(born, today, "card_birth_date", "card_birth_future"),
        sex=_sex(sex),
        address=address,
        issued_on=_day(issued, today, "card_issue_date", "card_issue_future"),
    )


def check_number(number: str, born_on: date | None, sex: Sex | None) -> list[CardWarning]:
    """What in a typed identity number contradicts itself or the person; an empty list if nothing does.

    The 12 digits: 3 for the province of birth registration, 1 for century and sex (19xx: 0 male, 1 female;
    20xx: 2, 3; and so on), 2 for the year of birth, 6 random. Warnings only: a certificate may be right where
    a rule of thumb is not. Unknown birth date or sex (None) is not compared.
    """
    if not _NUMBER.fullmatch(number):
        return [
            CardWarning("number_length", "Số định danh thường có đủ 12 chữ số. Hãy kiểm tra lại số đã nhập.")
        ]
    warnings = []
    century, sex_digit = divmod(int(number[3]), 2)
    year = 1900 + 100 * century + int(number[4:6])
    if born_on is not None and born_on.year != year:
        warnings.append(
            CardWarning("number_birth_year", f"Số định danh ứng với năm sinh {year}, khác ngày sinh đã nhập.")
        )
    if sex is not None and (Sex.FEMALE if sex_digit else Sex.MALE) is not sex:
        said = "nữ" if sex_digit else "nam"
        warnings.append(
            CardWarning("number_sex", f"Số định danh ứng với giới tính {said}, khác với đã nhập.")
        )
    return warnings


def _fields(scan: str) -> list[str]:
    """The seven trimmed fields; empty ones after the seventh are dropped."""
    if not scan:
        raise CardError("card_empty")
    if "|" not in scan:
        raise CardError("card_keyboard" if _OTHER_SEPARATOR.match(scan) else "card_foreign_qr")
    fields = [" ".join(part.split()) for part in scan.split("|")]
    if "://" in scan or not fields[0][:1].isdigit():
        raise CardError("card_foreign_qr")
    if len(fields) < FIELDS or any(fields[FIELDS:]):
        raise CardError("card_fields", found=len(fields))
    return fields[:FIELDS]


def _sex(text: str) -> Sex:
    found = {"nam": Sex.MALE, "nu": Sex.FEMALE}.get(fold(text))
    if found is None:
        raise CardError("card_sex")
    return found


def _day(text: str, today: date, malformed: str, future: str) -> date:
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        raise CardError(malformed)
    try:
        day = date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError as error:
        raise CardError(malformed) from error
    if day > today:
        raise CardError(future)
    return day

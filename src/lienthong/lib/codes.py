"""Codes that people read aloud and type (mã hồ sơ, mã TTHC), and secrets that only machines carry.

Agency codes are data that an office sets; they are checked by pattern only, for no list of them after the
mergers is confirmed. A dossier code is sequential and hence guessable: never look anything up by it alone.
"""

import re
import secrets
from dataclasses import dataclass, field
from datetime import date
from typing import Self

AGENCY = r"[A-Z0-9]{1,4}(?:\.[A-Z0-9]{1,4}){0,5}"
_AGENCY = re.compile(AGENCY)
_DOSSIER = re.compile(rf"({AGENCY})-(\d{{6}}|\d{{8}})-(\d{{4,9}})", re.ASCII)
_PROCEDURE = re.compile(r"(\d\.\d{6})(?:\.(\d{2}))?", re.ASCII)
_DASHES = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})
SEQUENCE_DIGITS = 4

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_BITS = 128
TOKEN_LENGTH = 26
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class CodeError(ValueError):
    """A text that is no such code. `code` is stable, `sentence` is for the reader (Vietnamese)."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class DossierCode:
    """Mã hồ sơ: `{agency code}-{yymmdd}-{sequence of the day}`, e.g. H15.50.05.13-261008-0975.

    `digits` (least width of the sequence) and `long_year` (yyyymmdd, as some ministries write) only keep the
    form of codes that come from elsewhere; two codes that differ in them alone are equal.
    """

    agency: str
    day: date
    sequence: int
    digits: int = field(default=SEQUENCE_DIGITS, compare=False)
    long_year: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if not is_agency_code(self.agency) or self.sequence < 1:
            raise CodeError(
                "dossier_code_parts", "Mã hồ sơ cần mã cơ quan đúng mẫu và số thứ tự từ 1 trở lên."
            )

    def __str__(self) -> str:
        return "-".join(self._parts())

    @property
    def grouped(self) -> str:
        """For reading aloud and on paper: "H15.50.05.13 - 261008 - 0975". `parse` takes it back."""
        return " - ".join(self._parts())

    def _parts(self) -> tuple[str, str, str]:
        day = self.day.strftime("%Y%m%d")
        return self.agency, day if self.long_year else day[2:], f"{self.sequence:0{self.digits}d}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as typed: spaces, lower case and long dashes are forgiven. Raises CodeError."""
        compact = "".join(text.split()).upper().translate(_DASHES)
        match = _DOSSIER.fullmatch(compact)
        if match is None:
            raise CodeError(
                "dossier_code_form",
                "Mã hồ sơ không đúng mẫu. Hãy nhập như trên giấy tiếp nhận, ví dụ H15.50.05.13-261008-0975.",
            )
        agency, day, sequence = match.groups()
        return cls(agency, _day(day), int(sequence), len(sequence), len(day) == len("yyyymmdd"))


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """Mã TTHC: `1.001193`, and with the number of one of its cases `2.000815.01`."""

    number: str
    case: str = ""

    def __str__(self) -> str:
        return f"{self.number}.{self.case}" if self.case else self.number

    @property
    def of_procedure(self) -> "ProcedureCode":
        """The procedure's own code, without the case."""
        return ProcedureCode(self.number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as typed, spaces forgiven. Raises CodeError."""
        match = _PROCEDURE.fullmatch("".join(text.split()))
        if match is None:
            raise CodeError(
                "procedure_code_form",
                "Mã thủ tục không đúng mẫu. Mã có dạng 1.001193, hoặc 2.000815.01 cho một trường hợp.",
            )
        return cls(match[1], match[2] or "")


def is_agency_code(text: str) -> bool:
    """Whether the text has the form of a mã định danh điện tử: 1 to 6 groups of capitals and digits."""
    return _AGENCY.fullmatch(text) is not None


def new_lookup_token() -> str:
    """A fresh secret of 128 bits for a receipt's QR: 26 characters, safe in a URL, none easily confused."""
    value = secrets.randbits(TOKEN_BITS)
    return "".join(CROCKFORD[value >> shift & 31] for shift in range(5 * (TOKEN_LENGTH - 1), -1, -5))


def read_lookup_token(text: str) -> str | None:
    """The token as stored, from one as typed: lower case, O for 0, I or L for 1, hyphens. None if invalid."""
    token = text.strip().upper().translate(_CONFUSED)
    is_token = len(token) == TOKEN_LENGTH and all(char in CROCKFORD for char in token)
    return token if is_token else None


def _day(text: str) -> date:
    full = text if len(text) == len("yyyymmdd") else f"20{text}"
    try:
        return date(int(full[:4]), int(full[4:6]), int(full[6:]))
    except ValueError as error:
        raise CodeError(
            "dossier_code_day",
            "Phần ngày trong mã hồ sơ không phải là một ngày có thật. Hãy kiểm tra lại mã.",
        ) from error

"""Plain values about citizens and firms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lienthong.people.parties.enums import PartyKind


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """Giấy tờ định danh như đã quét hoặc gõ: `kind` is a PaperKind word."""

    kind: str
    number: str
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """Người nộp như đã quét hoặc gõ; `register_party` brings texts to NFC and trims them.

    `channel`: a ContactChannel word; "" where nothing was said of it: what is known of the person stays.
    """

    name: str
    kind: str = PartyKind.PERSON
    papers: tuple[PaperDraft, ...] = ()
    born_on: date | None = None
    sex: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class PartyCard:
    """Người nộp như đang lưu. Personal data: showing it is a reading, which `access.find_party` notes."""

    id: int
    kind: str
    name: str
    born_on: date | None
    sex: str
    address: str
    phone: str
    email: str
    channel: str
    papers: tuple[PaperDraft, ...] = ()

    @property
    def number(self) -> str:
        """The number people are asked for first: the citizen card's, else the first paper's, else ""."""
        cards = [paper.number for paper in self.papers if paper.kind == "citizen_card"]
        return (cards or [paper.number for paper in self.papers] or [""])[0]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Điều cần xem lại: warns, never blocks. `field` names the field it belongs to."""

    code: str
    sentence: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """Đính chính: new values of name, born_on, sex, address, phone or email, with the reason."""

    reason: str
    changes: Mapping[str, str | date | None] = field(default_factory=dict)

"""Plain values of certification. Amounts are đồng (int)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lienthong.people.parties.values import PartyDraft


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """Một bản chính (bản sao), hoặc một loại giấy tờ của một người (chữ ký), or one transaction: one number.

    `pages` are those of the original; `signer` who signs, "" for the applicant; `ban` the code of the rule by
    which this original may not be copied, as the clerk sees it ("" where there is none).
    """

    document_name: str
    issuer: str = ""
    issued_on: date | None = None
    pages: int = 1
    copies: int = 1
    signer: str = ""
    ban: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificationRequest:
    """Yêu cầu chứng thực at the counter; `property_place` is the code of the unit where the land or house lies."""

    task_code: str
    applicant: PartyDraft
    items: tuple[ItemDraft, ...]
    property_kind: str = ""
    property_place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What the counter gets back: the case, its code, the promise and what is due."""

    certification_id: int
    code: str
    due_at: datetime
    amount: int

    def as_json(self) -> dict[str, Any]:
        """The form a command keeps as its result."""
        return {
            "certification_id": self.certification_id,
            "code": self.code,
            "due_at": self.due_at.isoformat(),
            "amount": self.amount,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Received":
        """The first result of a command that came again."""
        return cls(**{**kept, "due_at": datetime.fromisoformat(kept["due_at"])})


@dataclass(frozen=True, slots=True)
class BookNumber:
    """Số chứng thực of an item: its book, year and number in it."""

    item_id: int
    book: str
    year: int
    number: int

    @property
    def words(self) -> str:
        """ "01 SCT/BS năm 2026"."""
        return f"{self.number:02d} {self.book} năm {self.year}"


@dataclass(frozen=True, slots=True)
class Attested:
    """What signing gives: numbers, by what right was signed (a Capacity word), and the receipt of an at-once act."""

    certification_id: int
    code: str
    capacity: str
    numbers: tuple[BookNumber, ...]
    receipt_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The form a command keeps as its result."""
        return {
            "certification_id": self.certification_id,
            "code": self.code,
            "capacity": self.capacity,
            "numbers": [[one.item_id, one.book, one.year, one.number] for one in self.numbers],
            "receipt_id": self.receipt_id,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Attested":
        """The first result of a command that came again."""
        return cls(**{**kept, "numbers": tuple(BookNumber(*one) for one in kept["numbers"])})


@dataclass(frozen=True, slots=True)
class SignedAs:
    """Thể thức ký: the title, what stands above it ("TUQ. Chủ tịch …", "" in one's own right), and the name."""

    title: str
    on_behalf: str
    name: str


@dataclass(frozen=True, slots=True)
class ActRuleLine:
    """Quy định về một việc chứng thực, as in force on a day."""

    task_code: str
    act: str
    book: str
    place_rule: str
    extension_days: int | None
    article: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Mức thu of a task, as in force on a day; `basis` is a FeeBasis word."""

    task_code: str
    label: str
    basis: str
    amount: int
    tier_from: int | None = None
    tier_amount: int | None = None
    most: int | None = None
    citation: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class BanLine:
    """Bản chính không được dùng để chứng thực bản sao: one row of the list."""

    code: str
    text: str
    article: str
    confidence: str
    instrument: str


@dataclass(frozen=True, slots=True)
class RetentionLine:
    """Thời hạn lưu trữ; `years` None while `is_kept`: for good."""

    subject: str
    is_kept: bool
    years: int | None
    article: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """Một giấy tờ của việc chứng thực, with its number in the book once it has one."""

    id: int
    sequence: int
    document_name: str
    issuer: str
    issued_on: date | None
    pages: int
    copies: int
    signer: str
    number: BookNumber | None


@dataclass(frozen=True, slots=True)
class AttestationLine:
    """Ai đã ký: post, person, capacity and the warrant frozen at that moment."""

    post_id: int
    person_id: int
    capacity: str
    warrant: dict[str, Any]
    signed_at: datetime
    has_signature: bool

    @property
    def signed_as(self) -> SignedAs:
        """Title and name as they stood when it was signed, whoever holds the post today."""
        return SignedAs(**self.warrant.get("signed_as", {"title": "", "on_behalf": "", "name": ""}))


@dataclass(frozen=True, slots=True)
class EntryLine:
    """Một dòng sổ chứng thực; nothing of the person."""

    number: int
    code: str
    case_id: int
    task_code: str
    document_name: str
    pages: int
    copies: int
    capacity: str
    signer_post_id: int
    signer_name: str
    issued_at: datetime
    voided_at: datetime | None
    void_reason: str


@dataclass(frozen=True, slots=True)
class MonthBook:
    """Sổ một tháng của một đơn vị: its rows, first and last number, and the digest that closing keeps."""

    book: str
    year: int
    month: int
    lines: tuple[EntryLine, ...]
    digest: str
    closed_at: datetime | None = None

    @property
    def first(self) -> int | None:
        """The first number of the month."""
        return self.lines[0].number if self.lines else None

    @property
    def last(self) -> int | None:
        """The last number of the month."""
        return self.lines[-1].number if self.lines else None

    @property
    def voided(self) -> int:
        """How many of its numbers are void."""
        return sum(line.voided_at is not None for line in self.lines)


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """Kết quả khóa sổ tháng."""

    id: int
    book: str
    year: int
    month: int
    count: int
    voided: int
    first: int | None
    last: int | None
    digest: str
    closed_at: datetime
    post_id: int

"""Plain values of dossiers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lienthong.people.parties.values import PartyDraft


@dataclass(frozen=True, slots=True)
class GivenPaper:
    """A paper as ticked at the counter: what the procedure asks and what was handed in."""

    name: str
    originals: int = 0
    copies: int = 0
    given_originals: int = 0
    given_copies: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """Nội dung cần bổ sung và căn cứ."""

    what: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a counter hands in: who, which procedure, which papers. Validated by the action's rules.

    `quantity` multiplies the fee rules of the procedure (copies, pages …); `place` is the unit that is
    responsible where it is not the receiving one (phi địa giới): its code, "" for the receiving unit itself.
    """

    procedure_code: str
    applicant: PartyDraft
    papers: tuple[GivenPaper, ...] = ()
    channel: str = "counter"
    place: str = ""
    quantity: int = 1
    limit_index: int = 0
    fee_choices: tuple[int, ...] | None = None
    note: str = ""
    return_mode: str = "counter"
    returning_place: str = ""
    queue_ticket: str = ""
    at_once: bool = False
    particulars: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """What the counter gets back: the dossier and the receipt that opens ready to print."""

    dossier_id: int
    code: str
    due_at: datetime
    receipt_id: int
    lookup_token: str

    def as_json(self) -> dict[str, Any]:
        """The form a command keeps as its result."""
        return {
            "dossier_id": self.dossier_id,
            "code": self.code,
            "due_at": self.due_at.isoformat(),
            "receipt_id": self.receipt_id,
            "lookup_token": self.lookup_token,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Received":
        """The first result of a command that came again."""
        return cls(**{**kept, "due_at": datetime.fromisoformat(kept["due_at"])})


@dataclass(frozen=True, slots=True)
class Lodging:
    """One dossier of a batch: `key` makes it happen once, `external_code` is the sender's own name for it.

    `links`: the files that the caller orders with it; here they only tell one command from another.
    """

    key: UUID
    unit_code: str
    intake: Intake
    external_code: str = ""
    links: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Lodged:
    """What whoever lodges online gets back. `repeated`: the key came before, this is its first result."""

    dossier_id: int
    code: str
    state: str
    due_at: datetime
    unit_code: str
    lookup_token: str
    repeated: bool = False

    def as_json(self) -> dict[str, Any]:
        """The form a command keeps as its result."""
        return {
            "dossier_id": self.dossier_id,
            "code": self.code,
            "state": self.state,
            "due_at": self.due_at.isoformat(),
            "unit_code": self.unit_code,
            "lookup_token": self.lookup_token,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Lodged":
        """The first result of a command that came again."""
        return cls(**{**kept, "due_at": datetime.fromisoformat(kept["due_at"]), "repeated": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessor:
    """Một hồ sơ đang giải quyết như danh sách của hệ thống cũ ghi; a date where the list names no hour.

    `row` is the number that the spreadsheet program shows; `state_word`, `holder` (an officer's name or a post's
    title) and `department` are still in the predecessor's words.
    """

    row: int
    code: str
    applicant: PartyDraft
    received: date
    promised: date
    state_word: str
    procedure_code: str = ""
    procedure_name: str = ""
    extended_to: date | None = None
    paused_from: date | None = None
    holder: str = ""
    department: str = ""
    channel: str = "counter"
    note: str = ""


@dataclass(frozen=True, slots=True)
class SupplementLine:
    """Một lần yêu cầu bổ sung: what lacks and on which basis, and when it came."""

    id: int
    sequence: int
    lacks: list[dict[str, str]]
    requested_at: datetime
    post_id: int
    answered_at: datetime | None
    answer_note: str


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """Một đề xuất của công chức xử lý."""

    id: int
    grants: bool
    text: str
    basis: str
    post_id: int
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """Một quyết định của lãnh đạo; `answer` is who was competent at that moment and why."""

    id: int
    kind: str
    proposal_id: int
    reason: str
    post_id: int
    answer: dict[str, Any]
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """Một lần đính chính: the old value stays readable."""

    id: int
    name: str
    old: str
    new: str
    reason: str
    post_id: int
    corrected_at: datetime


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """Một văn bản xin lỗi và gia hạn."""

    id: int
    sequence: int
    number: str
    cause: str
    old_due_at: datetime
    new_due_at: datetime
    post_id: int
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """Những gì đã làm với một hồ sơ, each list oldest first."""

    supplements: tuple[SupplementLine, ...]
    proposals: tuple[ProposalLine, ...]
    decisions: tuple[DecisionLine, ...]
    corrections: tuple[CorrectionLine, ...]
    extensions: tuple[ExtensionLine, ...]


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """Một dòng của sổ theo dõi hồ sơ (mẫu 07)."""

    id: int
    code: str
    title: str
    subject_name: str
    applicant_id: int
    contact: dict[str, str]
    responsible_unit_id: int
    opened_at: datetime
    promised_at: datetime
    due_at: datetime | None
    returned_at: datetime | None
    return_mode: str
    returned_to: str
    state: str
    extensions: int
    supplement_count: int

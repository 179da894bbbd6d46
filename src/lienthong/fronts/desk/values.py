"""Plain values of the desk's pages."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from lienthong.facilities.casework.values import WorkRow
from lienthong.facilities.documents.values import Reusable
from lienthong.mandate.procedures.values import Terms
from lienthong.people.organisation.values import Holder
from lienthong.people.parties.values import Doubt, PartyCard


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: its place in the list, what it is called, and whether it is taken."""

    index: int
    label: str
    taken: bool


@dataclass(frozen=True, slots=True)
class PaperRow:
    """Giấy tờ ở quầy: what the procedure asks, what was ticked, and what the person has given before."""

    index: int
    name: str
    originals: int
    copies: int
    required: bool
    ticked: bool
    given_originals: int
    given_copies: int
    held: Reusable | None = None
    reuse: bool = False

    @property
    def lacks(self) -> bool:
        """Asked for, and neither handed in nor held."""
        return self.required and not self.ticked and not self.reuse


@dataclass(frozen=True, slots=True)
class Chosen:
    """The procedure as the counter shows it: what it asks, by when, of whom, for how much."""

    terms: Terms
    limits: tuple[Choice, ...]
    due_at: datetime | None
    unit_name: str
    body_name: str
    fees: tuple[Choice, ...]
    papers: tuple[PaperRow, ...]
    quantity: int
    at_once: bool
    refusal: str = ""
    article: str = ""

    @property
    def missing(self) -> list[PaperRow]:
        """The required papers that are not here."""
        return [paper for paper in self.papers if paper.lacks]

    @property
    def asked(self) -> int:
        """How many papers the procedure requires."""
        return sum(paper.required for paper in self.papers)

    @property
    def present(self) -> int:
        """How many of the required papers are here."""
        return self.asked - len(self.missing)


@dataclass(frozen=True, slots=True)
class Person:
    """What a scan or a typed number gave: values for the form, the known party, doubts, or why it failed."""

    values: dict[str, str] = field(default_factory=dict)
    known: PartyCard | None = None
    doubts: tuple[Doubt, ...] = ()
    scanned: bool = False
    error: str = ""
    error_code: str = ""

    @property
    def as_json(self) -> str:
        """The values for the page's script, which puts them into the fields."""
        return json.dumps(self.values, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Slip:
    """Biểu mẫu đã lập: a paper that opens ready to print."""

    id: int
    label: str


@dataclass(frozen=True, slots=True)
class Done:
    """A dossier just taken in: what the counter says and offers before the next person."""

    id: int
    code: str
    procedure: str
    applicant: str
    state: str
    state_label: str
    due_at: datetime | None
    forms: tuple[Slip, ...]
    open_dong: int
    at_once: bool
    signer_post_id: int | None = None
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """Bộ lọc đã lưu: a list as a link, with how many it holds."""

    name: str
    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class UnitOption:
    """A unit that can be named as the place of a matter; one of the past says what became of it."""

    code: str
    name: str
    note: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Một dòng danh sách: a case in the words of a list."""

    row: WorkRow
    left: int | None
    paused: bool
    page: str
    state: str
    tone: str
    holder: Holder | None

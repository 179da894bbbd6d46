"""Plain values of casework."""

from dataclasses import dataclass
from datetime import datetime

from lienthong.lib.calendar import TimeLimit
from lienthong.mandate.competence.values import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a room of work/ hands in to open a case; `clock_start` is when the limit begins to run."""

    kind: str
    code: str
    state: str
    title: str
    receiving_unit_id: int
    answer: Answer
    limit: TimeLimit
    clock_start: datetime
    at: datetime
    subject_name: str = ""
    party_id: int | None = None
    task_id: int | None = None
    field: str = ""
    parent_id: int | None = None
    place: str = ""
    cutoff: str = ""


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of a worklist: everything that a list shows, from one statement."""

    id: int
    kind: str
    code: str
    state: str
    title: str
    subject_name: str
    responsible_unit_id: int
    holder_id: int | None
    due_at: datetime | None
    remaining: int | None
    opened_at: datetime
    closed_at: datetime | None
    hops: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list asks for. `whose` is "mine", "unit" or "" ; the other words narrow it.

    due: "overdue", "today", "soon" (two working days), "" ; waiting: only paused ones or owed opinions.
    `after` is the keyset mark of the former page ("" at first).
    """

    whose: str = "mine"
    due: str = ""
    waiting: bool = False
    fresh: bool = False
    state: str = ""
    field: str = ""
    closed: str = ""
    text: str = ""
    after: str = ""
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ClockLine:
    """Một dòng sổ thời hạn: a pause or an extension, as a page tells it."""

    kind: str
    reason: str
    note: str
    document: str
    from_at: datetime
    to_at: datetime | None
    amount: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class OfferLine:
    """Một lần bàn giao: who offered it to whom, and what became of the offer."""

    id: int
    from_unit_id: int
    to_unit_id: int
    state: str
    reason: str
    answer_by: datetime
    offered_at: datetime
    offered_by_post_id: int
    answered_at: datetime | None
    answer_reason: str
    proposed_unit_id: int | None


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """Một vụ việc chờ phân xử: its last hand-over, units and dates; nothing of the person."""

    offer_id: int
    case_id: int
    kind: str
    code: str
    title: str
    responsible_unit_id: int
    hops: int
    due_at: datetime | None
    remaining: int | None
    closed_at: datetime | None
    from_unit_id: int
    to_unit_id: int
    proposed_unit_id: int | None
    state: str
    offered_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    dispute: str = ""


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """Một lần lấy ý kiến phối hợp."""

    id: int
    unit_id: int
    body_id: int | None
    holder_id: int
    question: str
    asked_at: datetime
    due_at: datetime
    state: str
    answer: str
    answered_at: datetime | None
    answered_by_post_id: int | None


@dataclass(frozen=True, slots=True)
class Course:
    """Quá trình của một vụ việc: its clock's ledger, its hand-overs and the opinions asked, oldest first.

    `arbiter_unit_id` and `most_hops` are those of the case's plan; None: the city, and the usual bound.
    """

    clock: tuple[ClockLine, ...]
    offers: tuple[OfferLine, ...]
    opinions: tuple[OpinionLine, ...]
    arbiter_unit_id: int | None = None
    most_hops: int | None = None

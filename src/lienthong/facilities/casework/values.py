"""Plain values of casework."""

from dataclasses import dataclass
from datetime import date, datetime

from lienthong.core.workdays.enums import DayKind
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
class DayWord:
    """Một ngày trong thông báo: off, worked or (None) back to the usual, and by which notice.

    `place`: the unit (its code) for which it holds, "" for every unit.
    """

    day: date
    kind: DayKind | None
    name: str
    source: str
    confidence: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """Lần hẹn của hệ thống cũ, as a clock that gives exactly that moment.

    `is_counted`: it is a number of working days from the receipt; else the promise stands as it was given and
    runs on the wall clock (day off notices do not move it).
    """

    start: datetime
    limit: TimeLimit
    due: datetime
    is_counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """Vụ việc mang từ hệ thống cũ sang: an opening whose promise another system gave.

    `opening.clock_start` is the receipt, `opening.at` the act's moment; the clock is that of `promise`.
    `extended_to`: a later date that was given since; `paused_from`: since when the clock stands still, for
    `pause_reason`.
    """

    opening: Opening
    promise: KeptPromise
    extended_to: datetime | None = None
    paused_from: datetime | None = None
    pause_reason: str = ""
    document: str = ""

    @property
    def opened_at(self) -> datetime:
        """When the case counts as received."""
        return min(self.opening.clock_start, self.promise.start)


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
    `after` is the keyset mark of the former page ("" at first). `tasks`: "mine" has the unit's cases of these
    tasks too, whoever holds them.
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
    tasks: tuple[str, ...] = ()


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

"""Plain values about staffing a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from lienthong.lib.table_in import Outcome, Problem, ReportLine
from lienthong.people.organisation.values import BodyCard, DetailDraft, UnitCard


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Một dòng biên chế: a post to create and who sits in it.

    `role` is the line's own name within the plan; `holder` the role of another line whose person also holds
    this post ("" = a person of its own, for whom an account `username` is made).
    """

    role: str
    kind: str
    body_kind: str
    title: str
    person: str
    username: str
    rank: int = 0
    holder: str = ""
    body_name: str = ""


@dataclass(frozen=True, slots=True)
class StaffedPost:
    """Vị trí đã có người: what `staff_unit` made of one line."""

    role: str
    kind: str
    unit_id: int
    body_id: int
    post_id: int
    person_id: int
    account_id: int
    username: str
    title: str
    person: str


@dataclass(frozen=True, slots=True)
class Slip:
    """Phiếu tài khoản: what is printed and handed over; `code` works once, until `expires_at`."""

    account_id: int
    person: str
    title: str
    unit: str
    username: str
    code: str
    expires_at: datetime
    is_reset: bool = False

    @property
    def shown_code(self) -> str:
        """In groups that the eye can hold."""
        return "-".join(self.code[place : place + 4] for place in range(0, len(self.code), 4))


@dataclass(frozen=True, slots=True)
class Seat:
    """Vị trí như trang Quản trị thấy trong một ngày: who sits there, who stands in, how the account is."""

    post_id: int
    unit_id: int
    body_id: int
    body_name: str
    kind: str
    title: str
    rank: int
    closes_on: date | None
    appointment_id: int | None
    person_id: int | None
    person: str
    held_from: date | None
    held_until: date | None
    decision: str
    next_person_id: int | None
    next_person: str
    next_from: date | None
    absence_id: int | None
    away_from: date | None
    away_until: date | None
    substitute_id: int | None
    substitute: str
    substitute_user: str
    account_id: int | None
    username: str
    is_active: bool
    has_password: bool
    locked_reason: str
    last_login: datetime | None
    invited_until: datetime | None

    @property
    def is_vacant(self) -> bool:
        """Whether nobody is appointed to it on the day."""
        return self.person_id is None


@dataclass(frozen=True, slots=True)
class FormerOfficer:
    """Người đã thôi giữ mọi vị trí mà còn tài khoản: the last post, of the unit that administers the account."""

    account_id: int
    person: str
    username: str
    is_active: bool
    locked_reason: str
    title: str
    until: date
    unit_id: int


@dataclass(frozen=True, slots=True)
class UnitStaffing:
    """Một đơn vị trong bảng của thành phố: how many posts, how many vacant, and how its accounts are."""

    unit_id: int
    code: str
    name: str
    posts: int
    vacant: int
    officers: int
    without_account: int
    waiting: int
    locked: int


@dataclass(frozen=True, slots=True)
class AccountHolder:
    """Chủ của một tên đăng nhập."""

    person_id: int
    account_id: int
    person: str


@dataclass(frozen=True, slots=True)
class Known:
    """Những gì đã có trong hệ thống mà một bảng cán bộ được đối chiếu: read once, before any row is planned.

    `units` are those of the `administered` ones that the rows name, by code; `open_cases` how many lie with the
    posts of a unit; `places` where the persons are administered (unit, unit above) whom a user name or an identity
    number leads to.
    """

    own_code: str
    units: Mapping[str, UnitCard]
    bodies: Mapping[int, tuple[BodyCard, ...]]
    usual_bodies: Mapping[int, tuple[str, ...]]
    seats: tuple[Seat, ...]
    accounts: Mapping[str, AccountHolder]
    identities: Mapping[str, tuple[int, str]]
    administered: frozenset[int]
    places: Mapping[int, Sequence[tuple[int, int | None]]]
    details: Mapping[int, DetailDraft]
    open_cases: Mapping[int, int]
    day: date


# A person of a roll: the id of one who is known, or the mark of one who is new ("user:…", "row:…").
PersonRef = int | str


@dataclass(slots=True)
class RowPlan:
    """Việc sẽ làm với một dòng của bảng cán bộ; nothing of it where there is a problem."""

    number: int
    told: str = ""
    unit_id: int = 0
    post_id: int | None = None
    new_post: tuple[str, str, str, int] | None = None  # body's name, kind, title, rank
    change: tuple[str, int] | None = None  # title, rank
    end: tuple[int, date] | None = None  # appointment, first day without
    holder: PersonRef | None = None
    person: str = ""
    sits_from: date | None = None
    sits_until: date | None = None
    decision: str = ""
    note_decision: tuple[int, str] | None = None
    username: str = ""
    away: tuple[date, date, PersonRef | None] | None = None
    detail: tuple[str, str, str] | None = None  # identity number, telephone, e-mail
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, sentence: str, column: str = "") -> None:
        """One more reason why the row cannot be taken."""
        self.problems.append(Problem(code, sentence, column))

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row."""
        if self.problems:
            return Outcome.REJECTED
        if self.new_post:
            return Outcome.NEW
        return Outcome.CHANGED if self.notes else Outcome.UNCHANGED

    @property
    def line(self) -> ReportLine:
        """The row in the report."""
        if not self.problems:
            return ReportLine(self.number, self.told, self.outcome, tuple(self.notes))
        sentences = tuple(problem.sentence for problem in self.problems)
        codes = tuple(problem.code for problem in self.problems)
        return ReportLine(self.number, self.told, self.outcome, sentences, codes)

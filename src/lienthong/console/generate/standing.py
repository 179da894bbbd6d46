"""Where a dossier stands while its life is written."""

from dataclasses import dataclass, field
from datetime import datetime

from lienthong.console.simulate.life import Life
from lienthong.console.simulate.seats import Seats
from lienthong.lib.calendar import TimeLimit, WorkCalendar
from lienthong.people.parties.values import PartyDraft


@dataclass(slots=True)
class Entry:
    """A row of the clock's ledger."""

    kind: str
    reason: str
    from_at: datetime
    post: int
    document: str = ""
    note: str = ""
    to_at: datetime | None = None
    amount: int | None = None
    unit: str = ""
    closed_by: int | None = None


@dataclass(slots=True)
class Standing:
    """The case and the dossier of a life, act after act; at the end it becomes their rows."""

    life: Life
    seats: Seats
    case_id: int
    party_id: int
    code: str
    token: str
    who: PartyDraft
    opened: datetime
    promised: datetime
    due: datetime | None
    limit: TimeLimit
    cutoff: str
    calendar: WorkCalendar
    state: str
    holder: int
    held_since: datetime
    remaining: int | None = None
    version: int = 1
    closed: datetime | None = None
    outcome: str = ""
    late_by_rule: bool = False
    on_time: bool | None = None
    hops: int = 0
    extensions: int = 0
    supplements: int = 0
    resume: str = ""
    result_number: str = ""
    result_summary: str = ""
    returned: datetime | None = None
    proposal: int = 0
    hand_over: int = 0
    consultation: int = 0
    clock: list[Entry] = field(default_factory=list)
    sights: dict[int, str] = field(default_factory=dict)
    sheets: dict[str, int] = field(default_factory=dict)
    # What waits for its answer: when it was asked, and from which post.
    lacking: tuple[datetime, int] | None = None
    offered: tuple[datetime, int] | None = None
    asked: tuple[datetime, int] | None = None

    def move(self, state: str, holder: int | None = None, at: datetime | None = None) -> None:
        """As casework's `move_case`."""
        self.state, self.version = state, self.version + 1
        if holder is not None and at is not None and holder != self.holder:
            self.holder, self.held_since = holder, at

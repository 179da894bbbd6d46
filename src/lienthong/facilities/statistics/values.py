"""Plain values of statistics."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import add, attrgetter

from lienthong.core.shell.values import Due


@dataclass(frozen=True, slots=True)
class Span:
    """Kỳ số liệu: a named period from its first day up to, not including, `end`; `word` is a Period word."""

    word: str
    begin: date
    end: date

    @property
    def last_day(self) -> date:
        return date.fromordinal(self.end.toordinal() - 1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Số liệu của một đơn vị hoặc một lĩnh vực: flow of the period, stock of this moment."""

    received: int = 0
    received_for_others: int = 0
    finished: int = 0
    on_time: int = 0
    at_once: int = 0
    refused: int = 0
    halted: int = 0
    withdrawn: int = 0
    in_progress: int = 0
    due_soon: int = 0
    overdue: int = 0
    paused: int = 0
    online: int = 0
    apologies: int = 0
    opinions: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*map(add, _numbers(self), _numbers(other)))

    @property
    def late(self) -> int:
        """Finished, but not on time."""
        return self.finished - self.on_time

    @property
    def share_on_time(self) -> float | None:
        """On time of what was finished (0 to 1); None where nothing was."""
        return self.on_time / self.finished if self.finished else None

    @property
    def percent_on_time(self) -> float | None:
        """The same in percent, one decimal, never rounded up to 100."""
        return _percent(self.on_time, self.finished)

    @property
    def percent_online(self) -> float | None:
        """Of what was received, what came online; None where nothing was received."""
        return _percent(self.online, self.received)

    @property
    def percent_at_once(self) -> float | None:
        """Of what was finished, what was handed over on the day it came; None where nothing was finished."""
        return _percent(self.at_once, self.finished)

    @property
    def percent_overdue(self) -> float | None:
        """Of what is in progress, what is overdue; None where nothing is."""
        return _percent(self.overdue, self.in_progress)


def _percent(part: int, whole: int) -> float | None:
    """In percent, one decimal, never rounded up to 100."""
    return part * 1000 // whole / 10 if whole else None


FIGURE_NAMES = tuple(one.name for one in fields(Figures))
_numbers = attrgetter(*FIGURE_NAMES)

# Which cases of a kind came online: a condition over the case `c`, told by the kind's own room at start-up.
_ONLINE: dict[str, str] = {}


def register_online(kind: str, condition: str) -> None:
    """Tell which cases of a kind came online (SQL over the case `c`, without parameters)."""
    _ONLINE[kind] = condition


def online_condition() -> str:
    """The condition over a case of any kind; false where no room has told of one."""
    return " OR ".join(f"(c.kind = '{kind}' AND {told})" for kind, told in sorted(_ONLINE.items())) or "false"


@dataclass(frozen=True, slots=True)
class Overview:
    """Tình hình một đơn vị trong một kỳ: by field, in all, and what was received day by day."""

    unit_id: int
    span: Span
    at: datetime
    live_from: date
    by_field: tuple[tuple[str, Figures], ...]
    total: Figures
    worst_overdue: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose cases a figure's list shows: the figure's word, the field (None every), the keyset mark."""

    figure: str
    field: str | None = None
    after: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """Một vụ việc trong danh sách của một con số, bằng lời."""

    id: int
    code: str
    url: str
    title: str
    applicant: str
    state: str
    unit: str
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due: Due


@dataclass(frozen=True, slots=True)
class Stock:
    """Tồn cuối ngày: what was open at a closed day's end, and of it what was overdue."""

    in_progress: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Hour:
    """Một giờ trong ngày: what was received and what was finished from `hour` on."""

    hour: int
    received: int
    finished: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Hồ sơ quá hạn đang ở một trạng thái: how many; of them with an opinion owed, handed over, extended."""

    state: str
    count: int
    opinion_owed: int
    handed_over: int
    extended: int

"""Plain values of statistics."""

from dataclasses import astuple, dataclass, fields
from datetime import date, datetime


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

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

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
        if not self.finished:
            return None
        return self.on_time * 1000 // self.finished / 10


FIGURE_NAMES = tuple(one.name for one in fields(Figures))


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
    """Whose cases a figure's list shows: the figure's word, the field ("" every), the keyset mark."""

    figure: str
    field: str | None = None
    after: int = 0
    limit: int = 50

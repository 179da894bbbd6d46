"""Plain values of readiness."""

from dataclasses import dataclass
from datetime import date, datetime

from lienthong.people.organisation.values import UnitCard


@dataclass(frozen=True, slots=True)
class Cell:
    """Một mục của một đơn vị: whether it is ready, and in words what was seen or what is missing."""

    item: str
    is_ready: bool
    words: str
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Một đơn vị trên bảng sẵn sàng: every item in order, and since when it is live (None: not yet)."""

    unit: UnitCard
    cells: tuple[Cell, ...]
    live_on: date | None = None

    @property
    def missing(self) -> tuple[Cell, ...]:
        """The items that are not ready."""
        return tuple(cell for cell in self.cells if not cell.is_ready)

    def cell(self, item: str) -> Cell:
        """The item's own cell."""
        return next(cell for cell in self.cells if cell.item == item)


@dataclass(frozen=True, slots=True)
class TickLine:
    """Một lần ghi nhận: what was seen, when, by whom."""

    item: str
    is_done: bool
    seen_on: date
    note: str
    by: str
    post: str
    recorded_at: datetime

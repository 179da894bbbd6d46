"""Plain values that the cockpit's pages show."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lienthong.facilities.statistics.values import Figures, Span
from lienthong.fronts.cockpit.enums import Finding, Measure


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the period, the order of the table, the name it is narrowed to, the map's measure."""

    span: Span
    order: str = ""
    name: str = ""
    measure: Measure = Measure.OVERDUE


@dataclass(frozen=True, slots=True)
class UnitLine:
    """Một đơn vị trong bảng của thành phố: its figures of the period, and of this moment."""

    unit_id: int
    code: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class CityTable:
    """Bảng các đơn vị của thành phố: every unit by name, and the place's own where it holds something."""

    span: Span
    at: datetime
    lines: tuple[UnitLine, ...]
    total: Figures


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the table: as text, as what it is sorted by, and the list behind it ("" for none)."""

    text: str
    value: float
    href: str
    tone: str = ""
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Worst:
    """Một đơn vị nhiều việc quá hạn: its number, the list behind it, the length of its bar in percent."""

    name: str
    text: str
    href: str
    width: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One row as it is shown."""

    code: str
    name: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """One column's head: the address that sorts by it, and how it is sorted now."""

    key: str
    label: str
    href: str
    sort: str
    note: str


@dataclass(frozen=True, slots=True)
class Class:
    """One class of the map: its place in the ramp and the values it holds, in words."""

    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """Một điều tìm thấy khi kiểm tệp ranh giới: what, where, and what to do about it."""

    finding: Finding
    sentence: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Ranh giới của một đơn vị: as it came (repaired), and simplified for the page; both GeoJSON geometries."""

    unit_id: int
    code: str
    name: str
    geometry: dict[str, Any]
    web: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """Kết quả kiểm tệp ranh giới; `is_kept`: this run has made it the map's layer."""

    digest: str
    features: int
    shapes: tuple[Shape, ...]
    found: tuple[Found, ...]
    is_kept: bool = False

    @property
    def is_usable(self) -> bool:
        """Whether it may be applied: nothing fatal, and something to draw."""
        return bool(self.shapes) and not any(one.finding.is_fatal for one in self.found)


@dataclass(frozen=True, slots=True)
class Layer:
    """Nguồn của bản đồ: "" as source where the cells are drawn from positions (sơ đồ)."""

    version: str
    source: str = ""
    licence: str = ""
    dated_on: date | None = None

    @property
    def is_schematic(self) -> bool:
        return not self.source


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the day's course: places are text, so that no language changes them."""

    x: str
    y: str
    height: str


@dataclass(frozen=True, slots=True)
class HourChart:
    """Diễn biến trong ngày: two bars an hour, and the table that says the same."""

    title: str
    received: tuple[Bar, ...]
    finished: tuple[Bar, ...]
    hours: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, int, int], ...]
    now: str
    width: str


@dataclass(frozen=True, slots=True)
class Peer:
    """Một đơn vị giữa các đơn vị cùng cỡ."""

    line: UnitLine
    size: int
    marks: tuple["Mark", ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One share of a unit beside its class's middle: percent, the middle, the tone of the bar."""

    label: str
    percent: float | None
    middle: float | None
    tone: str
    href: str


@dataclass(frozen=True, slots=True)
class SizeClass:
    """Nhóm đơn vị cùng cỡ: its number, bounds, and the units in it."""

    number: int
    least: int
    most: int
    peers: tuple[Peer, ...]

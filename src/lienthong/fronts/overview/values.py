"""Plain values that the overview's pages show."""

from dataclasses import dataclass

from lienthong.facilities.statistics.values import Figures, Span


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the period, and the unit (its code, "" the own one)."""

    span: Span
    unit_code: str = ""
    wall: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with what it counts, since when, and the list behind it."""

    label: str
    value: float | int | str
    note: str
    query: str = ""
    tone: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: a field, or the unit in all, with its figures; `query` leads each figure to its list."""

    name: str
    figures: Figures
    query: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A word at a place of the picture; places are text, so that no language changes them."""

    x: str
    y: str
    word: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Chart:
    """Hình vẽ một kỳ bên kỳ trước: two lines drawn on the server, and the table that says the same."""

    title: str
    line: str
    before: str
    dot: tuple[str, str]
    levels: tuple[Tick, ...]
    ticks: tuple[Tick, ...]
    rows: tuple[tuple[str, int | None, int | None], ...]

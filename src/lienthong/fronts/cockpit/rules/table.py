"""The city's table as it is shown: order, cells with the list behind each, heads."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from lienthong.core.shell.rules import vn_number
from lienthong.facilities.statistics.enums import Period
from lienthong.facilities.statistics.queries import FAIR, GOOD
from lienthong.facilities.statistics.values import Figures, Span
from lienthong.fronts.cockpit.enums import Measure
from lienthong.fronts.cockpit.rules.classes import value_of
from lienthong.fronts.cockpit.values import Asked, Cell, Head, Shown, UnitLine, Worst
from lienthong.lib.text import fold

PERIODS = tuple(Period)
TONES = {
    Measure.OVERDUE: "late",
    Measure.DUE_SOON: "soon",
    Measure.APOLOGIES: "soon",
    Measure.OPINIONS: "soon",
}
NOTHING = -1.0


def narrowed(lines: Iterable[UnitLine], name: str) -> list[UnitLine]:
    """The units whose name holds the text (accents do not count)."""
    wanted = fold(name)
    return [line for line in lines if wanted in fold(line.name)] if wanted else list(lines)


def ordered(lines: Sequence[UnitLine], order: str) -> list[UnitLine]:
    """By a column ("overdue" largest first, "-overdue" smallest first); by name where it is no column's word.

    A unit that has no such share comes last either way.
    """
    measure = measure_of(order.removeprefix("-"))
    if measure is None:
        return list(reversed(lines)) if order == "-name" else list(lines)
    sign = 1 if order.startswith("-") else -1

    def rank(line: UnitLine) -> tuple[bool, float]:
        value = value_of(line.figures, measure)
        return value is None, sign * (value or 0.0)

    return sorted(lines, key=rank)


def measure_of(word: str) -> Measure | None:
    """The measure of this word, if it is one."""
    return Measure(word) if word in Measure.values else None


def shown_of(line: UnitLine, address: str, page: str) -> Shown:
    """A unit's row; `address` leads to lists of the period, `page` to the unit's own figures."""
    mark = f"&unit={line.code}"
    return Shown(line.code, line.name, page + mark, cells_of(line.figures, address + mark))


def cells_of(figures: Figures, address: str) -> tuple[Cell, ...]:
    """A number a column, each leading to its list."""
    return tuple(cell_of(measure, figures, address) for measure in Measure)


def cell_of(measure: Measure, figures: Figures, address: str) -> Cell:
    """One number; "" as address: without a list."""
    value = value_of(figures, measure)
    if value is None:
        return Cell("–", NOTHING, "", label=str(measure.label))
    counted = getattr(figures, measure.value)
    text = f"{vn_number(value)}%" if measure.is_share else vn_number(value)
    href = f"{address}&figure={measure.value}" if counted and address else ""
    return Cell(text, value, href, _tone(measure, value), str(measure.label))


def _tone(measure: Measure, value: float) -> str:
    if measure is Measure.ON_TIME:
        return "" if value >= GOOD else "soon" if value >= FAIR else "late"
    return TONES.get(measure, "") if value else ""


def noted(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The cells of all units, each with what it counts."""
    return tuple(replace(cell, note=note_of(one)) for one, cell in zip(Measure, cells, strict=True))


def worst_of(lines: Sequence[UnitLine], address: str, most: int) -> tuple[Worst, ...]:
    """The units with most overdue cases, the most first; none where nothing is overdue."""
    late = [line for line in ordered(lines, Measure.OVERDUE.value)[:most] if line.figures.overdue]
    top = max((line.figures.overdue for line in late), default=1)
    return tuple(
        Worst(
            line.name,
            vn_number(line.figures.overdue),
            f"{address}&unit={line.code}&figure={Measure.OVERDUE.value}",
            max(2, line.figures.overdue * 100 // top),
        )
        for line in late
    )


def heads_of(asked: Asked) -> tuple[Head, ...]:
    """The columns; a second press turns the order round."""
    return tuple(
        Head(
            one.value,
            str(one.label),
            sort_query(asked, one.value),
            sort_of(asked.order, one.value),
            note_of(one),
        )
        for one in Measure
    )


def sort_of(order: str, key: str) -> str:
    """How a column is sorted now, in ARIA's words; "" where it is not."""
    if order.removeprefix("-") != key:
        return ""
    return "ascending" if order.startswith("-") else "descending"


def sort_query(asked: Asked, key: str) -> str:
    """The address that sorts by a column."""
    turned = f"-{key}" if asked.order == key else key
    values = {"order": turned, "q": asked.name, "measure": asked.measure.value}
    return f"?{period_query(asked.span)}&{urlencode({k: v for k, v in values.items() if v})}"


def note_of(measure: Measure) -> str:
    """What a column counts."""
    return {
        Measure.RECEIVED: _("trong kỳ"),
        Measure.IN_PROGRESS: _("lúc này"),
        Measure.DUE_SOON: _("trong 2 ngày làm việc tới"),
        Measure.OVERDUE: _("lúc này"),
        Measure.FINISHED: _("trong kỳ"),
        Measure.ON_TIME: _("trong số đã xong"),
        Measure.ONLINE: _("trong số tiếp nhận"),
        Measure.AT_ONCE: _("nhận và trả trong ngày"),
        Measure.APOLOGIES: _("văn bản trong kỳ"),
        Measure.OPINIONS: _("lúc này"),
    }[measure]


def period_query(span: Span, today: date | None = None) -> str:
    """The period in an address; the one that holds today (where it is told) needs no day."""
    if today and span.begin <= today < span.end:
        return f"period={span.word}"
    return f"period={span.word}&on={span.begin.isoformat()}"


def neighbours_of(span: Span, today: date) -> tuple[str, str]:
    """The addresses of the period before and of the next one ("" for one to come)."""
    later = "" if span.end > today else f"period={span.word}&on={span.end.isoformat()}"
    return f"period={span.word}&on={(span.begin - timedelta(days=1)).isoformat()}", later


WALL_ROWS, WALL_COLUMNS = 19, 3


def wall_pages(units: int) -> int:
    """How many pages of the wall hold so many units."""
    return max(1, -(-units // (WALL_ROWS * WALL_COLUMNS)))


def wall_columns(
    lines: Sequence[UnitLine], page: int, measures: Sequence[Measure]
) -> list[list[tuple[str, tuple[Cell, ...]]]]:
    """One page of the wall's table in columns: each unit's name and some of its numbers, without links."""
    first = (page - 1) * WALL_ROWS * WALL_COLUMNS
    rows = [
        (line.name, tuple(cell_of(one, line.figures, "") for one in measures))
        for line in lines[first : first + WALL_ROWS * WALL_COLUMNS]
    ]
    return [rows[start : start + WALL_ROWS] for start in range(0, len(rows), WALL_ROWS)]

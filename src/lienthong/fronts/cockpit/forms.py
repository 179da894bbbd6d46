"""The shape of what an address asks for; what it cannot mean is taken for today."""

from datetime import date

from django.http import QueryDict

from lienthong.core.registry.values import NotFound
from lienthong.facilities.statistics.enums import Figure
from lienthong.facilities.statistics.queries import day_asked, span_of, word_asked
from lienthong.facilities.statistics.values import Span, Wanted
from lienthong.fronts.cockpit.enums import Measure, WallView
from lienthong.fronts.cockpit.rules.table import PERIODS, measure_of
from lienthong.fronts.cockpit.values import Asked

PAGE, LONGEST_NAME = 50, 60


def span_asked(values: QueryDict, today: date) -> Span:
    """The period; a day to come is today."""
    word = values.get("period", "")
    return span_of(word if word in PERIODS else "day", day_asked(values.get("on", ""), today))


def asked_of(values: QueryDict, today: date) -> Asked:
    """Period, order, name and measure."""
    order = values.get("order", "")
    known = order if measure_of(order.removeprefix("-")) or order == "-name" else ""
    measure = measure_of(values.get("measure", "")) or Measure.OVERDUE
    return Asked(span_asked(values, today), known, values.get("q", "")[:LONGEST_NAME].strip(), measure)


def wanted_of(values: QueryDict, limit: int = PAGE) -> tuple[Wanted, str]:
    """The figure, what narrows its list, and the unit ("" all). Raises NotFound for what there is not."""
    figure, after = values.get("figure", ""), values.get("after", "")
    if figure not in Figure.values:
        raise NotFound
    mark = int(after) if after.isdecimal() and len(after) < 19 else 0
    return Wanted(str(figure), None, mark, limit), word_asked(values.get("unit", ""))[:5]


def wall_view(values: QueryDict) -> WallView:
    """Which picture the wall shows now; the map first."""
    word = values.get("view", "")
    return WallView(word) if word in WallView.values else WallView.MAP


def page_asked(values: QueryDict) -> int:
    """Which page of the wall's table; the first where it is no number."""
    word = values.get("page", "")
    return max(1, int(word)) if word.isdecimal() and len(word) < 4 else 1

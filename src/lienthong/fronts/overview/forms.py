"""The shape of what an address asks for; what it cannot mean is taken for today."""

from datetime import date

from django.http import QueryDict

from lienthong.core.registry.values import NotFound
from lienthong.facilities.statistics.enums import Figure
from lienthong.facilities.statistics.queries import span_of
from lienthong.facilities.statistics.values import Wanted
from lienthong.fronts.overview.values import Asked

PAGE = 50


def asked_of(values: QueryDict, today: date) -> Asked:
    """The period and unit; a day to come is today."""
    try:
        on = min(date.fromisoformat(values.get("on", "")), today)
    except ValueError:
        on = today
    return Asked(span_of(values.get("period", "day"), on), values.get("unit", "")[:5], "wall" in values)


def wanted_of(values: QueryDict, limit: int = PAGE) -> Wanted:
    """The figure and what narrows its list. Raises NotFound for a figure that there is not."""
    figure, after = values.get("figure", ""), values.get("after", "")
    if figure not in Figure.values:
        raise NotFound
    return Wanted(
        str(figure), values.get("field"), int(after) if after.isdecimal() and len(after) < 19 else 0, limit
    )

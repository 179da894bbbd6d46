"""The shape of what an address asks for; what it cannot mean is taken for today."""

from datetime import date

from django.http import QueryDict

from lienthong.core.registry.values import NotFound
from lienthong.facilities.statistics.enums import Figure
from lienthong.facilities.statistics.queries import day_asked, span_of, word_asked
from lienthong.facilities.statistics.values import Wanted
from lienthong.fronts.overview.values import Asked

PAGE = 50


def asked_of(values: QueryDict, today: date) -> Asked:
    """The period and unit; a day to come is today. Raises NotFound for what can be no unit."""
    on = day_asked(values.get("on", ""), today)
    unit = word_asked(values.get("unit", ""))[:5]
    return Asked(span_of(values.get("period", "day"), on), unit, "wall" in values)


def wanted_of(values: QueryDict, limit: int = PAGE) -> Wanted:
    """The figure and what narrows its list. Raises NotFound for a figure or field that there is not."""
    figure, after = values.get("figure", ""), values.get("after", "")
    if figure not in Figure.values:
        raise NotFound
    field = word_asked(str(values["field"])) if "field" in values else None
    return Wanted(str(figure), field, int(after) if after.isdecimal() and len(after) < 19 else 0, limit)

"""Figures of units: closed days from roll-ups, what is not rolled up yet live from the rows; and their lists."""

from lienthong.facilities.statistics.queries.days import day_hours, sizes, stock_at
from lienthong.facilities.statistics.queries.lists import figure_list
from lienthong.facilities.statistics.queries.overdue import longest_overdue, overdue_standing
from lienthong.facilities.statistics.queries.periods import course, unit_period, unit_today
from lienthong.facilities.statistics.queries.rows import live_from
from lienthong.facilities.statistics.queries.units import all_fields, all_units
from lienthong.facilities.statistics.rules import AT_ONCE, ON_TIME, buckets_of, span_before, span_of

__all__ = [
    "AT_ONCE",
    "ON_TIME",
    "all_fields",
    "all_units",
    "buckets_of",
    "course",
    "day_hours",
    "figure_list",
    "live_from",
    "longest_overdue",
    "overdue_standing",
    "sizes",
    "span_before",
    "span_of",
    "stock_at",
    "unit_period",
    "unit_today",
]

"""Figures of units: closed days from roll-ups, what is not rolled up yet live from the rows; and their lists."""

from lienthong.facilities.statistics.queries.days import day_hours, sizes, stock_at
from lienthong.facilities.statistics.queries.lists import figure_list, rows_behind
from lienthong.facilities.statistics.queries.overdue import longest_overdue, overdue_standing
from lienthong.facilities.statistics.queries.periods import course, unit_period
from lienthong.facilities.statistics.queries.rows import live_from
from lienthong.facilities.statistics.queries.units import all_fields, all_units
from lienthong.facilities.statistics.rules import (
    AT_ONCE,
    FAIR,
    GOOD,
    ON_TIME,
    buckets_of,
    day_asked,
    round_up,
    span_before,
    span_of,
    span_words,
    word_asked,
)

__all__ = [
    "AT_ONCE",
    "FAIR",
    "GOOD",
    "ON_TIME",
    "all_fields",
    "all_units",
    "buckets_of",
    "course",
    "day_asked",
    "day_hours",
    "figure_list",
    "live_from",
    "longest_overdue",
    "overdue_standing",
    "round_up",
    "rows_behind",
    "sizes",
    "span_before",
    "span_of",
    "span_words",
    "stock_at",
    "unit_period",
    "word_asked",
]

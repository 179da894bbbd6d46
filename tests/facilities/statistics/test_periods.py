"""Periods: first and last days, the parts that are drawn, the period before."""

from datetime import date
from itertools import pairwise

import pytest

from lienthong.facilities.statistics.rules import buckets_of, span_before, span_of


@pytest.mark.parametrize(
    ("word", "begin", "last"),
    [
        ("day", date(2026, 11, 20), date(2026, 11, 20)),
        ("week", date(2026, 11, 16), date(2026, 11, 22)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
        ("nonsense", date(2026, 11, 20), date(2026, 11, 20)),
    ],
)
def test_a_period_holds_its_day(word: str, begin: date, last: date) -> None:
    span = span_of(word, date(2026, 11, 20))
    assert (span.begin, span.last_day) == (begin, last)
    assert span_before(span).end == span.begin


@pytest.mark.parametrize("word", ["week", "month", "quarter", "year"])
def test_the_parts_of_a_period_cover_it_without_gap_or_overlap(word: str) -> None:
    span = span_of(word, date(2028, 2, 29))
    parts = buckets_of(span)
    assert parts[0][0] == span.begin and parts[-1][1] == span.end
    assert all(former[1] == later[0] for former, later in pairwise(parts))
    assert len(parts) == {"week": 7, "month": 29, "quarter": 14, "year": 12}[word]

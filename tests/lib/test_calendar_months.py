"""The same day so many months later."""

from datetime import date

import pytest

from lienthong.lib.calendar.months import months_after


@pytest.mark.parametrize(("day", "months", "later"), [
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2028, 1, 31), 1, date(2028, 2, 29)),
    (date(2026, 1, 31), 2, date(2026, 3, 31)),
    (date(2028, 2, 29), 12, date(2029, 2, 28)),
    (date(2026, 12, 1), 1, date(2027, 1, 1)),
    (date(2026, 11, 15), 14, date(2028, 1, 15)),
    (date(2026, 3, 31), -1, date(2026, 2, 28)),
    (date(2026, 1, 1), 0, date(2026, 1, 1)),
])  # fmt: skip
def test_a_month_without_the_day_gives_its_last(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later

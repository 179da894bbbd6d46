"""When a report on delegated acts is due: periods of whole months from the first day of the delegation."""

from collections.abc import Iterator
from datetime import date, timedelta

from lienthong.lib.calendar.months import months_after


def periods(first_on: date, until_on: date, months: int) -> Iterator[tuple[date, date]]:
    """(first, last) day of each period of a delegation's term; the last one ends with it.

    Counted from the term's first day, so that 31 January gives 28 February and then 31 March again.
    """
    begin, number = first_on, 0
    while begin < until_on:
        number += 1
        end = min(months_after(first_on, months * number), until_on)
        yield begin, end - timedelta(days=1)
        begin = end


def due_periods(
    first_on: date, until_on: date, months: int, reported_to: date | None, today: date
) -> list[tuple[date, date]]:
    """The periods that are over and not yet reported."""
    return [
        (first, last)
        for first, last in periods(first_on, until_on, months)
        if last < today and (reported_to is None or first > reported_to)
    ]

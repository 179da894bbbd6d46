"""What each figure counts: one SQL condition over a case, for the live figure, its list and the roll-up.

On time was decided by casework when the case ended (Case.on_time, QĐ 766/QĐ-TTg): not later than promised, the
time of supplements subtracted; an extension does not heal a missed promise; a second request for supplements
counts as late.
"""

from datetime import date, timedelta
from itertools import pairwise

from lienthong.facilities.statistics.enums import Figure, Period
from lienthong.facilities.statistics.values import Span

ON_TIME = "coalesce(c.on_time, false)"
# Taken in and handed over in one sitting: due the day it came, and finished on it.
AT_ONCE = """(c.limit_amount = 0 AND c.outcome = 'done'
 AND (c.closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = (c.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)"""

OPENED = "c.opened_at >= %(since)s AND c.opened_at < %(until)s"
CLOSED = "c.closed_at >= %(since)s AND c.closed_at < %(until)s"
OPEN = "c.closed_at IS NULL"
RECEIVER, RESPONSIBLE = "c.receiving_unit_id", "c.responsible_unit_id"

# Figure: whose it is (the unit's column), which cases, and what more must hold.
CONDITIONS: dict[str, tuple[str, str, str]] = {
    Figure.RECEIVED: (RECEIVER, OPENED, "true"),
    Figure.RECEIVED_FOR_OTHERS: (RECEIVER, OPENED, f"{RESPONSIBLE} <> {RECEIVER}"),
    Figure.FINISHED: (RESPONSIBLE, CLOSED, "c.outcome = 'done'"),
    Figure.ON_TIME: (RESPONSIBLE, CLOSED, f"c.outcome = 'done' AND {ON_TIME}"),
    Figure.LATE: (RESPONSIBLE, CLOSED, f"c.outcome = 'done' AND NOT {ON_TIME}"),
    Figure.AT_ONCE: (RESPONSIBLE, CLOSED, AT_ONCE),
    Figure.REFUSED: (RESPONSIBLE, CLOSED, "c.outcome = 'refused'"),
    Figure.HALTED: (RESPONSIBLE, CLOSED, "c.outcome = 'halted'"),
    Figure.WITHDRAWN: (RESPONSIBLE, CLOSED, "c.outcome = 'withdrawn'"),
    Figure.IN_PROGRESS: (RESPONSIBLE, OPEN, "true"),
    Figure.DUE_SOON: (RESPONSIBLE, OPEN, "c.due_at >= %(at)s AND c.due_at <= %(soon)s"),
    Figure.OVERDUE: (RESPONSIBLE, OPEN, "c.due_at < %(at)s"),
    Figure.PAUSED: (RESPONSIBLE, OPEN, "c.due_at IS NULL"),
}
STOCK = (Figure.IN_PROGRESS, Figure.DUE_SOON, Figure.OVERDUE, Figure.PAUSED)


def list_condition(figure: str) -> str:
    """The condition of a figure's list for one unit. Raises KeyError for an unknown word."""
    unit, cases, more = CONDITIONS[figure]
    return f"{unit} = %(unit)s AND {cases} AND {more}"


def counted(figure: str, cases: str) -> str:
    """The figure as an aggregate over the leg of `cases`; 0 where it belongs to another leg."""
    _unit, own, more = CONDITIONS[figure]
    return f"count(*) FILTER (WHERE {more})" if own == cases else "0"


def span_of(word: str, on: date) -> Span:
    """The period of this word that holds the day. An unknown word is the day itself."""
    match word:
        case Period.WEEK:
            begin = on - timedelta(days=on.weekday())
            return Span(word, begin, begin + timedelta(days=7))
        case Period.MONTH:
            return Span(word, on.replace(day=1), _months_on(on.replace(day=1), 1))
        case Period.QUARTER:
            begin = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
            return Span(word, begin, _months_on(begin, 3))
        case Period.YEAR:
            return Span(word, date(on.year, 1, 1), date(on.year + 1, 1, 1))
        case _:
            return Span(Period.DAY.value, on, on + timedelta(days=1))


def span_before(span: Span) -> Span:
    """The period of the same length before this one."""
    return span_of(span.word, span.begin - timedelta(days=1))


def buckets_of(span: Span) -> list[tuple[date, date]]:
    """How a period is drawn: days of a week or month, weeks of a quarter, months of a year."""
    edges, day = [span.begin], span.begin
    while day < span.end:
        if span.word == Period.YEAR:
            day = _months_on(day, 1)
        elif span.word == Period.QUARTER:
            day += timedelta(days=7 - day.weekday())
        else:
            day += timedelta(days=1)
        edges.append(min(day, span.end))
    return list(pairwise(edges))


def _months_on(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)

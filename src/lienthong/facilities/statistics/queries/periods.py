"""One unit's figures by field: the flow of a period, the stock of this moment; and its course."""

from datetime import date, datetime

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now as present
from lienthong.facilities.statistics.access import find_unit
from lienthong.facilities.statistics.queries.rows import asked, live_from, rolled_sums, rows_of
from lienthong.facilities.statistics.rules import (
    LEGS,
    OPEN,
    OPENED,
    RECEIVER,
    UNIT_OF,
    buckets_of,
    counted,
    source_of,
    span_before,
)
from lienthong.facilities.statistics.values import FIGURE_NAMES, Figures, Overview, Span

_COURSE = f"""
SELECT day, sum(received)::int FROM (
  SELECT r.day, sum(r.received) FROM statistics_unitday r WHERE r.kind = %(kind)s AND r.unit_id = %(unit)s
    AND r.day >= %(begin)s AND r.day < %(live)s AND r.day < %(end)s GROUP BY 1
  UNION ALL
  SELECT (c.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, count(*) FROM casework_case c
  WHERE c.kind = %(kind)s AND {RECEIVER} = %(unit)s AND {OPENED} GROUP BY 1
) d (day, received) GROUP BY 1
"""


def unit_period(
    actor: Actor, kind: str, span: Span, *, unit_id: int | None = None, at: datetime | None = None
) -> Overview:
    """A unit's figures by field: the flow of the period, the stock of this moment. Two statements.

    Raises NotFound where the actor may not see the unit.
    """
    at, unit = at or present(), find_unit(actor, unit_id)
    live = live_from(at)
    rows = list(rows_of(_by_field(), asked(kind, span, live, at) | {"unit": unit}))
    lines = tuple(sorted((str(key), Figures(*counts)) for key, *counts, _worst in rows if any(counts)))
    late = [row[-1] for row in rows if row[-1] is not None and row[-1] < at]
    total = sum((figures for _field, figures in lines), Figures())
    return Overview(unit, span, at, live, lines, total, min(late, default=None))


def course(
    actor: Actor, kind: str, span: Span, live: date, *, unit_id: int | None = None, at: datetime | None = None
) -> tuple[list[int], list[int]]:
    """What was received in each part of the period so far, and of the one before it. One statement.

    `live` is the first day that is counted from the rows (Overview.live_from).
    """
    at, unit, before = at or present(), find_unit(actor, unit_id), span_before(span)
    values = asked(kind, Span(span.word, before.begin, span.end), live, at)
    by_day: dict[date, int] = dict(rows_of(_COURSE, values | {"unit": unit}))
    parts = [part for part in buckets_of(span) if part[0] <= at.date()]
    return _sums(parts, by_day), _sums(buckets_of(before), by_day)


def _leg(leg: str) -> str:
    """One way in which a case counts for the unit: it came, it ended, it is open, its date was moved …"""
    figures = ", ".join(counted(name, leg) for name in FIGURE_NAMES)
    worst = "min(c.due_at)" if leg == OPEN else "NULL::timestamptz"
    where = f"c.kind = %(kind)s AND {leg} AND {UNIT_OF[leg]} = %(unit)s"
    return f"SELECT c.field, {figures}, {worst} FROM {source_of(leg)} WHERE {where} GROUP BY 1"


def _by_field() -> str:
    """Roll-ups and live legs of one unit, summed by field."""
    heads, sums = ", ".join(FIGURE_NAMES), ", ".join(f"sum({name})::int" for name in FIGURE_NAMES)
    return (
        f"SELECT key, {sums}, min(worst) FROM ("
        f"SELECT r.field, {rolled_sums()}, NULL::timestamptz FROM statistics_dayroll r WHERE r.kind = %(kind)s"
        " AND r.day >= %(begin)s AND r.day < %(live)s AND r.day < %(end)s AND r.unit_id = %(unit)s"
        f" GROUP BY 1 UNION ALL {' UNION ALL '.join(map(_leg, LEGS))}) f (key, {heads}, worst) GROUP BY 1"
    )


def _sums(parts: list[tuple[date, date]], by_day: dict[date, int]) -> list[int]:
    return [sum(count for day, count in by_day.items() if begin <= day < end) for begin, end in parts]

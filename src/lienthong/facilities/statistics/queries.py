"""Figures of units: closed days from roll-ups, what is not rolled up yet live from the rows; and their lists."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for
from lienthong.core.workdays.queries import now as present
from lienthong.facilities.casework.queries import sees_person
from lienthong.facilities.casework.values import WorkRow
from lienthong.facilities.statistics.access import find_unit, sees_all
from lienthong.facilities.statistics.rules import (
    CLOSED,
    OPEN,
    OPENED,
    RECEIVER,
    RESPONSIBLE,
    buckets_of,
    counted,
    list_condition,
    span_before,
    span_of,
)
from lienthong.facilities.statistics.values import FIGURE_NAMES, Figures, Overview, Span, Wanted
from lienthong.lib.calendar import add_working_days
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.records import names

__all__ = ["all_units", "buckets_of", "course", "figure_list", "span_of", "unit_period", "unit_today"]

SOON_DAYS = 2  # as far as a worklist's own word looks (casework.queries)
_ROLLED_NAMES = {"on_time": "finished_on_time"}
_FLOWS = (
    "received", "received_for_others", "finished", "on_time", "at_once", "refused", "halted", "withdrawn",
)  # fmt: skip
_OWN = "AND {unit} = %(unit)s"


def _leg(unit: str, cases: str, key: str, own: str) -> str:
    """One way in which a case counts for a unit: it was received, it ended, or it is open."""
    figures = ", ".join(counted(name, cases) for name in FIGURE_NAMES)
    worst = "min(c.due_at)" if cases == OPEN else "NULL::timestamptz"
    where = f"c.kind = %(kind)s AND {cases} {own.format(unit=unit)}"
    return f"SELECT {key.format(unit=unit)}, {figures}, {worst} FROM casework_case c WHERE {where} GROUP BY 1"


def _statement(key: str, rolled_key: str, own: str) -> str:
    """Roll-ups and live legs, summed by the key ("field" of one unit, or the units themselves)."""
    rolled = ", ".join(
        f"sum({_ROLLED_NAMES.get(name, name)})" if name in _FLOWS else "0" for name in FIGURE_NAMES
    )
    heads = ", ".join(FIGURE_NAMES)
    legs = [
        _leg(RECEIVER, OPENED, key, own),
        _leg(RESPONSIBLE, CLOSED, key, own),
        _leg(RESPONSIBLE, OPEN, key, own),
    ]
    sums = ", ".join(f"sum({name})::int" for name in FIGURE_NAMES)
    return (
        f"SELECT key, {sums}, min(worst) FROM ("
        f"SELECT {rolled_key}, {rolled}, NULL::timestamptz FROM statistics_dayroll r WHERE r.kind = %(kind)s"
        f" AND r.day >= %(begin)s AND r.day < %(live)s AND r.day < %(end)s {own.format(unit='r.unit_id')}"
        f" GROUP BY 1 UNION ALL {' UNION ALL '.join(legs)}) f (key, {heads}, worst) GROUP BY 1"
    )


_BY_FIELD = _statement("c.field", "r.field", _OWN)
_BY_UNIT = _statement("{unit}", "r.unit_id", "")
_COURSE = f"""
SELECT day, sum(received)::int FROM (
  SELECT r.day, sum(r.received) FROM statistics_dayroll r WHERE r.kind = %(kind)s AND r.unit_id = %(unit)s
    AND r.day >= %(begin)s AND r.day < %(live)s AND r.day < %(end)s GROUP BY 1
  UNION ALL
  SELECT (c.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, count(*) FROM casework_case c
  WHERE c.kind = %(kind)s AND {RECEIVER} = %(unit)s AND {OPENED} GROUP BY 1
) d (day, received) GROUP BY 1
"""


def unit_today(actor: Actor, kind: str, unit_id: int | None = None, at: datetime | None = None) -> Overview:
    """A unit's figures of today, live from the rows. Two statements."""
    at = at or present()
    return unit_period(actor, kind, span_of("day", at.date()), unit_id=unit_id, at=at)


def unit_period(
    actor: Actor, kind: str, span: Span, *, unit_id: int | None = None, at: datetime | None = None
) -> Overview:
    """A unit's figures by field: the flow of the period, the stock of this moment. Two statements.

    Raises NotFound where the actor may not see the unit.
    """
    at, unit = at or present(), find_unit(actor, unit_id)
    live = live_from(at)
    rows = _rows(_BY_FIELD, _asked(kind, span, live, at) | {"unit": unit})
    lines = tuple(sorted((str(key), Figures(*counts)) for key, *counts, _worst in rows if any(counts)))
    late = [row[-1] for row in rows if row[-1] is not None and row[-1] < at]
    total = sum((figures for _field, figures in lines), Figures())
    return Overview(unit, span, at, live, lines, total, min(late, default=None))


def all_units(actor: Actor, kind: str, span: Span, *, at: datetime | None = None) -> dict[int, Figures]:
    """The same for every unit that the actor may see, by unit. Two statements."""
    at = at or present()
    rows = _rows(_BY_UNIT, _asked(kind, span, live_from(at), at))
    seen = {int(key) for key, *_counts in rows} if sees_all(actor) else {find_unit(actor, None)}
    return {int(key): Figures(*counts) for key, *counts, _worst in rows if key in seen}


def course(
    actor: Actor, kind: str, span: Span, live: date, *, unit_id: int | None = None, at: datetime | None = None
) -> tuple[list[int], list[int]]:
    """What was received in each part of the period so far, and of the one before it. One statement.

    `live` is the first day that is counted from the rows (Overview.live_from).
    """
    at, unit, before = at or present(), find_unit(actor, unit_id), span_before(span)
    asked = _asked(kind, Span(span.word, before.begin, span.end), live, at)
    by_day: dict[date, int] = dict(_rows(_COURSE, asked | {"unit": unit}))
    parts = [part for part in buckets_of(span) if part[0] <= at.date()]
    return _sums(parts, by_day), _sums(buckets_of(before), by_day)


def figure_list(
    actor: Actor,
    kind: str,
    span: Span,
    wanted: Wanted,
    *,
    unit_id: int | None = None,
    at: datetime | None = None,
) -> list[WorkRow]:
    """The cases behind a figure, newest first: one row more than the limit says that there is a next page.

    The very condition of the figure. Raises NotFound (unit, figure). One statement.
    """
    at, unit = at or present(), find_unit(actor, unit_id)
    asked = _asked(kind, span, span.begin, at) | {
        "unit": unit,
        "field": wanted.field,
        "after": wanted.after or None,
        "limit": wanted.limit + 1,
    }
    columns = ", ".join(f"c.{name}" for name in names(WorkRow))
    rows = _rows(
        f"SELECT {columns} FROM casework_case c WHERE c.kind = %(kind)s AND {list_condition(wanted.figure)}"
        " AND (%(field)s::text IS NULL OR c.field = %(field)s)"
        " AND (%(after)s::bigint IS NULL OR c.id < %(after)s) ORDER BY c.id DESC LIMIT %(limit)s",
        asked,
    )
    found = [WorkRow(*row) for row in rows]
    return [
        row if sees_person(actor, row.responsible_unit_id) else replace(row, subject_name="") for row in found
    ]


def live_from(at: datetime) -> date:
    """The first day that no roll-up has closed yet; never after today. One statement."""
    (day,) = next(_rows_of("SELECT max(day) FROM statistics_dayroll WHERE unit_id = 0", {}))
    today = at.astimezone(VIETNAM).date()
    return min(day + timedelta(days=1), today) if day else date.min


def _asked(kind: str, span: Span, live: date, at: datetime) -> dict[str, Any]:
    """The parameters of a period: what is rolled up ends where the live part begins."""
    calendar = calendar_for()
    soon = calendar.closing(add_working_days(at.astimezone(VIETNAM).date(), SOON_DAYS, calendar))
    return {
        "kind": kind,
        "begin": span.begin,
        "end": span.end,
        "live": live,
        "since": _midnight(max(span.begin, live)),
        "until": _midnight(span.end),
        "at": at,
        "soon": soon,
    }


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def _sums(parts: list[tuple[date, date]], by_day: dict[date, int]) -> list[int]:
    return [sum(count for day, count in by_day.items() if begin <= day < end) for begin, end in parts]


def _rows(statement: str, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    return list(_rows_of(statement, asked))


def _rows_of(statement: str, asked: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        yield from cursor.fetchall()

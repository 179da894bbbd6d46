"""A day hour by hour, the stock at a day's end, and how large units are."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now as present
from lienthong.facilities.statistics.access import sees_all
from lienthong.facilities.statistics.queries.rows import live_from, midnight, rows_of
from lienthong.facilities.statistics.rules import CLOSED, OPENED, RECEIVER, RESPONSIBLE
from lienthong.facilities.statistics.values import Hour, Stock

SIZE_DAYS = 30
_HOUR = "extract(hour FROM {} AT TIME ZONE 'Asia/Ho_Chi_Minh')::int"
# Unit by unit, as all figures of all units are (see units).
_HOURS = f"""
SELECT hour, sum(received)::int, sum(finished)::int FROM unnest(%(units)s::bigint[]) u (id) CROSS JOIN LATERAL (
  SELECT {_HOUR.format("c.opened_at")}, 1, 0 FROM casework_case c
  WHERE {RECEIVER} = u.id AND c.kind = %(kind)s AND {OPENED}
  UNION ALL
  SELECT {_HOUR.format("c.closed_at")}, 0, 1 FROM casework_case c
  WHERE {RESPONSIBLE} = u.id AND c.kind = %(kind)s AND {CLOSED} AND c.outcome = 'done'
) h (hour, received, finished) GROUP BY 1 ORDER BY 1
"""
_STOCK = """
SELECT unit_id, sum(in_progress)::int, sum(overdue_open)::int FROM statistics_unitday
WHERE kind = %(kind)s AND day = %(day)s AND unit_id = ANY(%(units)s) GROUP BY 1
"""
_SIZES = """
SELECT unit_id, sum(received)::int FROM statistics_unitday
WHERE kind = %(kind)s AND day >= %(first)s AND day < %(live)s AND unit_id = ANY(%(units)s) GROUP BY 1
"""


def day_hours(actor: Actor, kind: str, day: date, unit_ids: Sequence[int]) -> list[Hour]:
    """What these units received and finished in each hour of a day that had any. Raises NotFound. One statement."""
    _demand_sight(actor, unit_ids)
    values = {
        "kind": kind,
        "units": list(unit_ids),
        "since": midnight(day),
        "until": midnight(day + timedelta(days=1)),
    }
    return [Hour(*row) for row in rows_of(_HOURS, values)]


def stock_at(actor: Actor, kind: str, day: date, unit_ids: Sequence[int]) -> dict[int, Stock]:
    """What was open at a closed day's end, by unit. Raises NotFound. One statement."""
    _demand_sight(actor, unit_ids)
    rows = rows_of(_STOCK, {"kind": kind, "day": day, "units": list(unit_ids)})
    return {int(unit): Stock(*counts) for unit, *counts in rows}


def sizes(
    actor: Actor, kind: str, unit_ids: Sequence[int], *, at: datetime | None = None
) -> tuple[dict[int, int], date, date]:
    """What each unit received in the last closed days, with the first and last of them. Two statements.

    Raises NotFound.
    """
    _demand_sight(actor, unit_ids)
    at = at or present()
    live = live_from(at)
    last = live - timedelta(days=1) if live > date.min else live
    first = max(date.min + timedelta(days=SIZE_DAYS), live) - timedelta(days=SIZE_DAYS)
    rows = rows_of(_SIZES, {"kind": kind, "first": first, "live": live, "units": list(unit_ids)})
    return {int(unit): received for unit, received in rows}, first, last


def _demand_sight(actor: Actor, unit_ids: Sequence[int]) -> None:
    if not sees_all(actor) and list(unit_ids) != [actor.unit_id]:
        raise NotFound

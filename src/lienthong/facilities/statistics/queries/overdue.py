"""What is overdue now: the longest first, and at which state the cases stand."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.queries import sees_person
from lienthong.facilities.casework.values import WorkRow
from lienthong.facilities.statistics.access import find_unit, sees_all
from lienthong.facilities.statistics.queries.rows import rows_of
from lienthong.facilities.statistics.rules import RESPONSIBLE
from lienthong.facilities.statistics.values import Standing
from lienthong.lib.records import names

_OVERDUE = "casework_case c WHERE c.kind = %(kind)s AND c.closed_at IS NULL AND c.due_at < %(at)s"
_OWED = "EXISTS (SELECT 1 FROM casework_consultation q WHERE q.case_id = c.id AND q.state = 'asked')"


def longest_overdue(
    actor: Actor, kind: str, at: datetime, *, unit_id: int | None = None, whole: bool = False, limit: int = 40
) -> list[WorkRow]:
    """The open cases whose date passed first, of one unit or of all. Raises NotFound. One statement."""
    columns = ", ".join(f"c.{name}" for name in names(WorkRow))
    where, values = _scope(actor, unit_id, whole)
    statement = f"SELECT {columns} FROM {_OVERDUE}{where} ORDER BY c.due_at, c.id LIMIT %(limit)s"
    rows = [WorkRow(*row) for row in rows_of(statement, values | {"kind": kind, "at": at, "limit": limit})]
    return [
        one if sees_person(actor, one.responsible_unit_id) else replace(one, subject_name="") for one in rows
    ]


def overdue_standing(
    actor: Actor, kind: str, at: datetime, *, unit_id: int | None = None, whole: bool = False
) -> list[Standing]:
    """How many overdue cases stand at each state, and what else holds them. Raises NotFound. One statement."""
    where, values = _scope(actor, unit_id, whole)
    statement = (
        f"SELECT c.state, count(*)::int, count(*) FILTER (WHERE {_OWED})::int,"
        f" count(*) FILTER (WHERE c.hops > 0)::int, count(*) FILTER (WHERE c.extensions > 0)::int"
        f" FROM {_OVERDUE}{where} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return [Standing(*row) for row in rows_of(statement, values | {"kind": kind, "at": at})]


def _scope(actor: Actor, unit_id: int | None, whole: bool) -> tuple[str, dict[str, Any]]:
    """Of all units for the city's officers, else of one that the actor may see. Raises NotFound."""
    if not whole:
        return f" AND {RESPONSIBLE} = %(unit)s", {"unit": find_unit(actor, unit_id)}
    if not sees_all(actor):
        raise NotFound
    return "", {}

"""The cases behind a figure: the very condition of the figure, by keyset."""

from dataclasses import replace
from datetime import datetime

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now as present
from lienthong.facilities.casework.queries import sees_person
from lienthong.facilities.casework.values import WorkRow
from lienthong.facilities.statistics.access import find_unit, sees_all
from lienthong.facilities.statistics.queries.rows import asked, rows_of
from lienthong.facilities.statistics.rules import CONDITIONS, UNIT_OF, more_of, source_of
from lienthong.facilities.statistics.values import Span, Wanted
from lienthong.lib.records import names


def figure_list(
    actor: Actor,
    kind: str,
    span: Span,
    wanted: Wanted,
    *,
    unit_id: int | None = None,
    whole: bool = False,
    at: datetime | None = None,
) -> list[WorkRow]:
    """The cases behind a figure, newest first: one row more than the limit says that there is a next page.

    `whole`: of every unit of the province, for the city's officers. Raises NotFound (unit, figure). One statement.
    """
    if whole and not sees_all(actor):
        raise NotFound
    at = at or present()
    values = asked(kind, span, span.begin, at) | {
        "unit": None if whole else find_unit(actor, unit_id),
        "field": wanted.field,
        "after": wanted.after or None,
        "limit": wanted.limit + 1,
    }
    found = [WorkRow(*row) for row in rows_of(_statement(wanted.figure, whole), values)]
    return [
        row if sees_person(actor, row.responsible_unit_id) else replace(row, subject_name="") for row in found
    ]


def _statement(figure: str, whole: bool) -> str:
    """The figure's rows. Raises NotFound for an unknown word."""
    if figure not in CONDITIONS:
        raise NotFound
    leg = CONDITIONS[figure][0]
    own = "" if whole else f" AND {UNIT_OF[leg]} = %(unit)s"
    columns = ", ".join(f"c.{name}" for name in names(WorkRow))
    return (
        f"SELECT {columns} FROM {source_of(leg)} WHERE c.kind = %(kind)s{own} AND {leg} AND {more_of(figure)}"
        " AND (%(field)s::text IS NULL OR c.field = %(field)s)"
        " AND (%(after)s::bigint IS NULL OR c.id < %(after)s) ORDER BY c.id DESC LIMIT %(limit)s"
    )

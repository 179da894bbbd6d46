"""The cases behind a figure: the very condition of the figure, by keyset."""

from dataclasses import replace
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from lienthong.core.registry.queries import kind_of
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.shell.rules import due_words
from lienthong.core.workdays.queries import now as present
from lienthong.facilities.casework.queries import sees_person
from lienthong.facilities.casework.values import WorkRow
from lienthong.facilities.statistics.access import find_unit, sees_all
from lienthong.facilities.statistics.queries.rows import asked, rows_of
from lienthong.facilities.statistics.rules import CONDITIONS, UNIT_OF, more_of, source_of
from lienthong.facilities.statistics.values import Listed, Span, Wanted
from lienthong.lib.records import names
from lienthong.people.organisation.queries import unit_names


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


def rows_behind(
    actor: Actor,
    kind: str,
    span: Span,
    wanted: Wanted,
    *,
    at: datetime,
    unit_id: int | None = None,
    whole: bool = False,
) -> tuple[list[Listed], str]:
    """The cases behind a figure in words, and the mark of the next page ("" where there is none).

    Raises NotFound as `figure_list`. Two statements.
    """
    found = figure_list(actor, kind, span, wanted, unit_id=unit_id, whole=whole, at=at)
    after = str(found[wanted.limit - 1].id) if len(found) > wanted.limit else ""
    shown = found[: wanted.limit]
    units = unit_names({row.responsible_unit_id for row in shown}, at.date())
    return [_listed(row, units.get(row.responsible_unit_id, ""), at) for row in shown], after


def _listed(row: WorkRow, unit: str, at: datetime) -> Listed:
    kind = kind_of(row.kind)
    return Listed(
        id=row.id,
        code=row.code,
        url=_page_of(kind.detail_url_name, row.id),
        title=row.title,
        applicant=row.subject_name,
        state=str(kind.lifecycle.state_label(row.state)),
        unit=unit,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        due_at=row.due_at,
        due=due_words(
            due_at=row.due_at,
            now=at,
            remaining_minutes=row.remaining,
            closed_at=row.closed_at,
            paused=row.remaining is not None,
        ),
    )


def _page_of(name: str, case_id: int) -> str:
    try:
        return reverse(name, args=[case_id])
    except NoReverseMatch:
        return ""


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

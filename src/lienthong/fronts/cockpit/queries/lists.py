"""The cases behind a number of the city's table, of one unit or of all. No party's name: the city sees matters."""

from datetime import datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from lienthong.core.registry.queries import kind_of
from lienthong.core.scope.values import Actor
from lienthong.core.shell.rules import due_words
from lienthong.facilities.casework.values import WorkRow
from lienthong.facilities.statistics.enums import Figure
from lienthong.facilities.statistics.queries import figure_list
from lienthong.facilities.statistics.values import Span, Wanted
from lienthong.fronts.cockpit.rules.table import span_words
from lienthong.fronts.cockpit.values import Row
from lienthong.people.organisation.queries import unit_by_code, unit_names
from lienthong.work.dossiers.queries import KIND


def rows_behind(
    actor: Actor, span: Span, wanted: Wanted, unit_code: str, at: datetime
) -> tuple[list[Row], str]:
    """The cases and the mark of the next page ("" where there is none). At most three statements."""
    unit_id = unit_by_code(unit_code, at.date()).id if unit_code else None
    found = figure_list(actor, KIND, span, wanted, unit_id=unit_id, whole=not unit_code, at=at)
    after = str(found[wanted.limit - 1].id) if len(found) > wanted.limit else ""
    shown = found[: wanted.limit]
    names = unit_names({row.responsible_unit_id for row in shown}, at.date())
    return [_row(row, names.get(row.responsible_unit_id, ""), at) for row in shown], after


def heading_of(span: Span, wanted: Wanted, unit_code: str, at: datetime) -> str:
    """What the list holds: figure, unit, period. At most one statement."""
    place = unit_by_code(unit_code, at.date()).name if unit_code else _("tất cả đơn vị")
    when = _("lúc này") if Figure(wanted.figure).is_stock else span_words(span)
    return f"{Figure(wanted.figure).label} · {place} · {when}"


def _row(row: WorkRow, unit: str, at: datetime) -> Row:
    kind = kind_of(row.kind)
    return Row(
        id=row.id,
        code=row.code,
        url=_page_of(kind.detail_url_name, row.id),
        title=row.title,
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

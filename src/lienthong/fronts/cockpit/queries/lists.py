"""The cases behind a number of the city's table, of one unit or of all. No party's name: the city sees matters."""

from datetime import datetime

from django.utils.translation import gettext as _

from lienthong.core.scope.values import Actor
from lienthong.facilities.statistics.enums import Figure
from lienthong.facilities.statistics.queries import rows_behind, span_words
from lienthong.facilities.statistics.values import Listed, Span, Wanted
from lienthong.people.organisation.queries import unit_by_code
from lienthong.work.dossiers.queries import KIND


def rows_of_figure(
    actor: Actor, span: Span, wanted: Wanted, unit_code: str, at: datetime
) -> tuple[list[Listed], str]:
    """The cases and the mark of the next page ("" where there is none). At most three statements."""
    unit_id = unit_by_code(unit_code, at.date()).id if unit_code else None
    return rows_behind(actor, KIND, span, wanted, unit_id=unit_id, whole=not unit_code, at=at)


def heading_of(span: Span, wanted: Wanted, unit_code: str, at: datetime) -> str:
    """What the list holds: figure, unit, period. At most one statement."""
    place = unit_by_code(unit_code, at.date()).name if unit_code else _("tất cả đơn vị")
    when = _("lúc này") if Figure(wanted.figure).is_stock else span_words(span)
    return f"{Figure(wanted.figure).label} · {place} · {when}"

"""What the overview's pages show: cards, the table by field, the picture, the list behind a figure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.core.scope.values import Actor
from lienthong.core.shell.rules import vn_datetime, vn_number
from lienthong.facilities.statistics.enums import Figure, Period
from lienthong.facilities.statistics.queries import (
    buckets_of,
    course,
    rows_behind,
    span_of,
    span_words,
    unit_period,
)
from lienthong.facilities.statistics.values import Figures, Listed, Overview, Span, Wanted
from lienthong.fronts.overview.rules import chart_of, tone_of
from lienthong.fronts.overview.values import Asked, Card, Chart, Line
from lienthong.people.organisation.queries import unit_by_code, unit_by_id
from lienthong.work.dossiers.queries import KIND

NO_FIELD = gettext_lazy("chưa ghi lĩnh vực")


@dataclass(frozen=True, slots=True)
class Page:
    """A unit's overview as it is shown."""

    unit_name: str
    asked: Asked
    at: datetime
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    total: Line
    chart: Chart | None
    earlier: str
    later: str
    is_closed: bool


def unit_page(actor: Actor, asked: Asked, at: datetime) -> Page:
    """A unit's figures, table and picture. At most four statements. Raises NotFound."""
    unit_id = unit_id_of(actor, asked, at.date())
    seen = unit_period(actor, KIND, asked.span, unit_id=unit_id, at=at)
    chart = _chart(actor, seen) if asked.span.word != Period.DAY else None
    before = sum(count or 0 for _word, _now, count in chart.rows) if chart else None
    lines = tuple(
        Line(name or str(NO_FIELD), figures, _query(asked, field=name), tone_of(figures.percent_on_time))
        for name, figures in seen.by_field
    )
    total = Line(_("Cả đơn vị"), seen.total, _query(asked), tone_of(seen.total.percent_on_time))
    return Page(
        unit_name=unit_by_id(seen.unit_id, at.date()).name,
        asked=asked,
        at=at,
        cards=_cards(seen, asked, before),
        lines=lines,
        total=total,
        chart=chart,
        earlier=_moved(asked, asked.span.begin - timedelta(days=1)),
        later=_moved(asked, asked.span.end) if asked.span.end <= at.date() else "",
        is_closed=asked.span.end <= seen.live_from,
    )


def rows_of_figure(actor: Actor, asked: Asked, wanted: Wanted, at: datetime) -> tuple[list[Listed], str]:
    """The cases behind a figure and the mark of the next page. At most three statements."""
    unit_id = unit_id_of(actor, asked, at.date())
    return rows_behind(actor, KIND, asked.span, wanted, unit_id=unit_id, at=at)


def unit_id_of(actor: Actor, asked: Asked, on: date) -> int | None:
    """The unit that the address names, else the actor's own. Raises NotFound for an unknown code."""
    return unit_by_code(asked.unit_code, on).id if asked.unit_code else actor.unit_id


def figure_words(wanted: Wanted, asked: Asked) -> str:
    """The heading of a figure's list."""
    parts = [str(Figure(wanted.figure).label)]
    if wanted.field is not None:
        parts.append(wanted.field or str(NO_FIELD))
    parts.append(_("lúc này") if Figure(wanted.figure).is_stock else span_words(asked.span))
    return " · ".join(parts)


def _cards(seen: Overview, asked: Asked, before: int | None) -> tuple[Card, ...]:
    total = seen.total
    former = "" if before is None else _("kỳ trước %(count)s") % {"count": vn_number(before)}
    paused = _("lúc này, %(paused)s đang tạm dừng") % {"paused": vn_number(total.paused)}
    late = _("không có hồ sơ nào trễ")
    if seen.worst_overdue:
        late = _("lâu nhất từ %(moment)s") % {"moment": vn_datetime(seen.worst_overdue)}

    def card(figure: str, label: str, note: str, tone: str = "") -> Card:
        value = int(getattr(total, figure))
        return Card(label, value, note, f"{_query(asked)}&figure={figure}", tone if value else "")

    return (
        card("received", _("Đã tiếp nhận"), former or _("trong ngày")),
        card("in_progress", _("Đang giải quyết"), paused),
        card("due_soon", _("Sắp đến hạn"), _("trong 2 ngày làm việc tới"), "soon"),
        card("overdue", _("Quá hạn"), late, "late"),
        _on_time_card(total, asked),
        card("at_once", _("Lấy ngay"), _("nhận và trả trong ngày")),
    )


def _on_time_card(total: Figures, asked: Asked) -> Card:
    done = {"on_time": vn_number(total.on_time), "finished": vn_number(total.finished)}
    note = _("%(on_time)s trong %(finished)s đã xong") % done
    if total.percent_on_time is None:
        return Card(_("Xong đúng hạn"), "–", note)
    query = f"{_query(asked)}&figure=on_time"
    return Card(_("Xong đúng hạn"), total.percent_on_time, note, query, unit="%")


def _chart(actor: Actor, seen: Overview) -> Chart:
    now, before = course(actor, KIND, seen.span, seen.live_from, unit_id=seen.unit_id, at=seen.at)
    return chart_of(seen.span, buckets_of(seen.span), now, before)


def _query(asked: Asked, field: str | None = None) -> str:
    values = {"period": asked.span.word, "on": asked.span.begin.isoformat()}
    if asked.unit_code:
        values["unit"] = asked.unit_code
    if field is not None:
        values["field"] = field
    return urlencode(values)


def _moved(asked: Asked, on: date) -> str:
    return _query(replace(asked, span=span_of(asked.span.word, on)))


__all__ = ["Page", "Span", "figure_words", "rows_of_figure", "unit_id_of", "unit_page"]

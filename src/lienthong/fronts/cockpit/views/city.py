"""The city's page: all units in one table, the map of a measure, the day's course; and its parts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.statistics.queries import span_words
from lienthong.facilities.statistics.values import Figures
from lienthong.fronts.cockpit.enums import Measure
from lienthong.fronts.cockpit.forms import asked_of, wanted_of
from lienthong.fronts.cockpit.queries.lists import heading_of, rows_of_figure
from lienthong.fronts.cockpit.queries.map import coloured, drawn_map, layer_of, map_etag
from lienthong.fronts.cockpit.queries.sheets import city_sheet, list_sheet
from lienthong.fronts.cockpit.queries.table import city_table, hours_of, lists_of, peers_of
from lienthong.fronts.cockpit.rules.table import (
    PERIODS,
    cells_of,
    heads_of,
    narrowed,
    neighbours_of,
    noted,
    ordered,
    period_query,
    shown_of,
    sort_of,
    sort_query,
    worst_of,
)
from lienthong.fronts.cockpit.values import Asked, CityTable, UnitLine, Worst
from lienthong.fronts.cockpit.views.acting import actor_of, keys, sheet
from lienthong.people.identity.middleware import needs

MOST_ROWS, WORST = 5_000, 8
WEEK_IN_SECONDS = 604_800


@needs("city")
@require_safe
@never_cache
def cockpit(request: HttpRequest) -> HttpResponse:
    """All units of the province on one page."""
    at = now()
    asked = asked_of(request.GET, at.date())
    table = city_table(actor_of(request), asked.span, at=at)
    context = frame_of(asked, table) | table_of(asked, table) | map_of(asked, table)
    context |= day_of(actor_of(request), table) | {"worst": most_overdue(table, WORST)}
    context["key_hints"] = keys(
        ("1–5", _("Kỳ")), ("f", _("Lọc tên")), ("e", _("Tải XLSX")), ("w", _("Màn hình lớn"))
    )
    return render(request, "cockpit/city.html", context)


@needs("city")
@require_safe
def cockpit_sheet(request: HttpRequest) -> HttpResponse:
    """Exactly what the table shows, in its order, as a spreadsheet."""
    at = now()
    asked = asked_of(request.GET, at.date())
    table = city_table(actor_of(request), asked.span, at=at)
    lines = _lines(asked, table)
    total = sum((line.figures for line in lines), Figures())
    return sheet(
        city_sheet(span_words(asked.span), lines, total), f"thanh-pho-{asked.span.word}-{asked.span.begin}"
    )


@needs("city")
@require_safe
@never_cache
def cockpit_rows(request: HttpRequest) -> HttpResponse:
    """The cases behind one number."""
    actor, at = actor_of(request), now()
    span, (wanted, unit) = asked_of(request.GET, at.date()).span, wanted_of(request.GET)
    rows, after = rows_of_figure(actor, span, wanted, unit, at)
    note_reading(actor, Subject("city", 0), "city_list")
    context = {
        "heading": heading_of(span, wanted, unit, at),
        "rows": rows,
        "after": after,
        "first": not wanted.after,
        "back": f"?{period_query(span)}",
        "key_hints": keys(("j k", _("Dòng")), ("Enter", _("Mở")), ("e", _("Tải XLSX"))),
    }
    return render(request, "cockpit/list.html", context)


@needs("city")
@require_safe
def cockpit_rows_sheet(request: HttpRequest) -> HttpResponse:
    """The whole list behind a number; of a very long one the newest rows, and it says so."""
    actor, at = actor_of(request), now()
    span, (wanted, unit) = asked_of(request.GET, at.date()).span, wanted_of(request.GET, MOST_ROWS)
    rows, after = rows_of_figure(actor, span, wanted, unit, at)
    note_reading(actor, Subject("city", 0), "city_list_sheet")
    cut = _("Chỉ gồm %(count)s dòng mới nhất") % {"count": MOST_ROWS} if after else ""
    return sheet(list_sheet(_("Danh sách"), rows, cut), f"danh-sach-{wanted.figure}-{span.begin}")


def _etag(request: HttpRequest) -> str:
    return map_etag(now())


@needs("city")
@require_safe
@gzip_page
@condition(etag_func=_etag)
def cockpit_shapes(request: HttpRequest) -> HttpResponse:
    """The units' shapes as GeoJSON. Its address carries its version, so that a browser asks once."""
    response = HttpResponse(drawn_map(now()), content_type="application/geo+json")
    response["Cache-Control"] = f"private, max-age={WEEK_IN_SECONDS}"
    return response


@needs("city")
@require_safe
@never_cache
def cockpit_peers(request: HttpRequest) -> HttpResponse:
    """Units of like size beside each other."""
    at = now()
    asked = asked_of(request.GET, at.date())
    table = city_table(actor_of(request), asked.span, at=at)
    classes, days = peers_of(actor_of(request), table)
    context = frame_of(asked, table) | {"classes": classes, "days": days, "key_hints": keys(("1–5", _("Kỳ")))}
    return render(request, "cockpit/peers.html", context)


def frame_of(asked: Asked, table: CityTable) -> dict[str, Any]:
    """What every page of the city shows: period, moment, the figures of all."""
    earlier, later = neighbours_of(asked.span, table.at.date())
    return {
        "asked": asked,
        "at": table.at,
        "words": span_words(asked.span),
        "periods": [(one.value, one.label) for one in PERIODS],
        "total": noted(cells_of(table.total, lists_of(table))),
        "earlier": earlier,
        "later": later,
        "units": sum(line.code != settings.PROVINCE for line in table.lines),
        "query": period_query(asked.span),
    }


def day_of(actor: Actor, table: CityTable) -> dict[str, Any]:
    """The course of the period's last day. One statement."""
    day, chart = hours_of(actor, table)
    return {"hours_day": day, "hours": chart}


def most_overdue(table: CityTable, most: int) -> tuple[Worst, ...]:
    """The units where most is overdue. No statement."""
    communes = [line for line in table.lines if line.code != settings.PROVINCE]
    return worst_of(communes, lists_of(table), most)


def table_of(asked: Asked, table: CityTable) -> dict[str, Any]:
    """The table in its order, and the sum of what it shows."""
    lines = _lines(asked, table)
    total = sum((line.figures for line in lines), Figures())
    address, page = lists_of(table), lists_of(table, reverse("unit_overview"))
    return {
        "lines": [shown_of(line, address, page) for line in lines],
        "heads": heads_of(asked),
        "name_head": (
            sort_query(asked, "-name" if asked.order != "-name" else ""),
            sort_of(asked.order, "name"),
        ),
        "sum": cells_of(total, "" if asked.name else address),
        "summed": len(lines),
    }


def map_of(asked: Asked, table: CityTable) -> dict[str, Any]:
    """The map of a measure: where its shapes are, each unit's tone, the legend."""
    units, legend = coloured(table, asked.measure)
    return {
        "layer": layer_of(table.at),
        "map_units": units,
        "legend": legend,
        "measures": [(one.value, one.label) for one in Measure],
    }


def _lines(asked: Asked, table: CityTable) -> list[UnitLine]:
    return ordered(narrowed(table.lines, asked.name), asked.order)

"""The wall: one page without a hand on it, and the panel that it asks for every half minute."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.core.workdays.queries import now
from lienthong.fronts.cockpit.enums import Measure, WallView
from lienthong.fronts.cockpit.forms import asked_of, page_asked, wall_view
from lienthong.fronts.cockpit.queries.table import city_table
from lienthong.fronts.cockpit.rules.table import period_query, wall_columns, wall_pages
from lienthong.fronts.cockpit.values import CityTable
from lienthong.fronts.cockpit.views.acting import actor_of
from lienthong.fronts.cockpit.views.city import day_of, frame_of, map_of, most_overdue
from lienthong.people.identity.middleware import needs

WORST = 20
ON_THE_WALL = (Measure.RECEIVED, Measure.IN_PROGRESS, Measure.OVERDUE, Measure.ON_TIME)


@needs("city")
@require_safe
@never_cache
def cockpit_wall(request: HttpRequest) -> HttpResponse:
    """The wall's page with its first panel."""
    return render(request, "cockpit/wall.html", _panel(request))


@needs("city")
@require_safe
@never_cache
def cockpit_wall_panel(request: HttpRequest) -> HttpResponse:
    """The next panel, with fresh figures."""
    return render(request, "cockpit/parts/panel.html", _panel(request))


def _panel(request: HttpRequest) -> dict[str, Any]:
    at = now()
    asked, view, page = asked_of(request.GET, at.date()), wall_view(request.GET), page_asked(request.GET)
    table = city_table(actor_of(request), asked.span, at=at)
    pages = wall_pages(len(table.lines))
    number = min(page, pages)
    context = frame_of(asked, table) | {"view": view.value, "views": WallView.choices}
    context |= {"page": number, "pages": pages}
    context["next"] = _next(table, view, number, pages, asked.measure)
    if view is WallView.MAP:
        context |= map_of(asked, table)
    if view is WallView.DAY:
        context |= day_of(actor_of(request), table)
    if view in (WallView.MAP, WallView.WORST):
        context["worst"] = most_overdue(table, WORST)
    if view is WallView.TABLE:
        context |= {"columns": wall_columns(table.lines, number, ON_THE_WALL), "heads": ON_THE_WALL}
    return context


def _next(table: CityTable, view: WallView, page: int, pages: int, measure: Measure) -> str:
    """The address of the panel that follows: map, most overdue, the table page by page, the day."""
    order = list(WallView)
    following, number = order[(order.index(view) + 1) % len(order)], 1
    if view is WallView.TABLE and page < pages:
        following, number = WallView.TABLE, page + 1
    query = f"{period_query(table.span)}&measure={measure.value}&view={following.value}&page={number}"
    return f"{reverse('cockpit_wall_panel')}?{query}"

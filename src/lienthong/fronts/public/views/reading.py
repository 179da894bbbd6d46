"""What anybody may read: the doors, the catalogue, the units."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import NotFound
from lienthong.core.workdays.queries import now, today
from lienthong.fronts.public import queries
from lienthong.fronts.public.forms import SearchForm, WhoForm
from lienthong.fronts.public.views.frame import open_page, page, province_name
from lienthong.people.organisation.values import UnitCard


@open_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the three doors."""
    return page(request, "public/home.html", {"province": province_name()})


@open_page
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Procedures in force: by words without accents, or by field."""
    typed = SearchForm(request.GET).typed()
    rows, after = queries.catalogue(typed["q"], typed["field"], typed["after"], today())
    context: dict[str, Any] = {"typed": typed, "rows": rows, "after": after, "unit": _unit(typed["unit"])}
    if not (typed["q"] or typed["after"]):
        context["fields"] = queries.fields(today())
    return page(request, "public/catalogue.html", context, current="catalogue")


@open_page
@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure; with `?unit=`, who solves it there."""
    unit = _unit(SearchForm(request.GET).typed()["unit"])
    try:
        sheet = queries.procedure_sheet(code, unit, today())
    except NotFound as missing:
        raise Http404 from missing
    return page(request, "public/procedure.html", {"sheet": sheet, "unit": unit}, current="catalogue")


@open_page
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Every unit of the province; a search also knows the old names."""
    typed = SearchForm(request.GET).typed()
    context: dict[str, Any] = {"typed": typed, "province": province_name()}
    if typed["q"]:
        context["found"] = queries.find_units(typed["q"], settings.PROVINCE, today())
    else:
        context["every"] = queries.every_unit(settings.PROVINCE, today())
    return page(request, "public/units.html", context, current="units")


@open_page
@require_safe
def unit_page(request: HttpRequest, code: str) -> HttpResponse:
    """One ward, commune or special zone."""
    unit = _unit(code)
    if unit is None:
        raise Http404
    return page(request, "public/unit.html", {"sheet": queries.unit_sheet(unit, now())}, current="units")


@open_page
@require_safe
def who_page(request: HttpRequest) -> HttpResponse:
    """Who is responsible: first the task, then the place and the day, then the answer with its reasons."""
    typed = WhoForm(request.GET).typed()
    day = typed["at"] or today()
    task, unit = queries.task(typed["task"], day), _unit(typed["unit"])
    context: dict[str, Any] = {"typed": typed, "task": task, "unit": unit, "day": day}
    if task:
        context["every"] = queries.every_unit(settings.PROVINCE, today())
        context["told"] = queries.who(task.code, unit, day) if unit else None
    elif typed["q"]:
        context["found"] = queries.tasks(typed["q"], day)
    return page(request, "public/who.html", context, current="who_page")


def _unit(code: str) -> UnitCard | None:
    """A unit of this province by its code; None where the code is empty or no such unit's."""
    try:
        return queries.commune(code, settings.PROVINCE, today()) if code else None
    except NotFound:
        return None

"""The unit's overview, the list behind a figure, and each as a spreadsheet."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.workdays.queries import now
from lienthong.facilities.statistics.enums import Period
from lienthong.facilities.statistics.queries import span_words
from lienthong.fronts.overview.forms import asked_of, wanted_of
from lienthong.fronts.overview.queries.pages import (
    figure_words,
    rows_of_figure,
    unit_id_of,
    unit_page,
)
from lienthong.fronts.overview.queries.sheets import list_sheet, overview_sheet
from lienthong.fronts.overview.values import Asked
from lienthong.people.identity.middleware import needs

MOST_ROWS = 5_000
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs("overview", "city")
@require_GET
@never_cache
def unit_overview(request: HttpRequest) -> HttpResponse:
    """The acting unit's figures; for the city's officers a unit's where named, else the page of all units."""
    actor, at = _actor(request), now()
    asked = asked_of(request.GET, at.date())
    if actor.may("city") and not asked.unit_code:
        return _of_all("cockpit", asked)
    frame = {
        "asked": asked,
        "at": at,
        "periods": Period.choices,
        "key_hints": _keys(("1–5", _("Kỳ")), ("e", _("Tải XLSX"))),
        "words": span_words(asked.span),
    }
    return render(request, "overview/unit.html", frame | {"page": unit_page(actor, asked, at)})


@needs("overview", "city")
@require_GET
def unit_sheet(request: HttpRequest) -> HttpResponse:
    """Exactly what `unit_overview` shows, as a spreadsheet."""
    actor, at = _actor(request), now()
    asked = asked_of(request.GET, at.date())
    if actor.may("city") and not asked.unit_code:
        return _of_all("cockpit_sheet", asked)
    return _sheet(overview_sheet(unit_page(actor, asked, at)), f"tinh-hinh-{asked.span.begin}")


@needs("overview", "city")
@require_GET
@never_cache
def figure_rows(request: HttpRequest) -> HttpResponse:
    """The cases behind one figure."""
    actor, at = _actor(request), now()
    asked, wanted = asked_of(request.GET, at.date()), wanted_of(request.GET)
    rows, after = rows_of_figure(actor, asked, wanted, at)
    note_reading(actor, Subject("unit", unit_id_of(actor, asked, at.date()) or 0), "figure_list")
    keys = _keys(("j k", _("Dòng")), ("Enter", _("Mở")), ("e", _("Tải XLSX")))
    context = {"rows": rows, "after": after, "first": not wanted.after, "at": at, "key_hints": keys}
    return render(
        request, "overview/list.html", context | {"heading": figure_words(wanted, asked), "asked": asked}
    )


@needs("overview", "city")
@require_GET
def figure_sheet(request: HttpRequest) -> HttpResponse:
    """The whole list behind a figure as a spreadsheet; of a very long one the newest rows, and it says so."""
    actor, at = _actor(request), now()
    asked, wanted = asked_of(request.GET, at.date()), wanted_of(request.GET, MOST_ROWS)
    rows, after = rows_of_figure(actor, asked, wanted, at)
    note_reading(actor, Subject("unit", unit_id_of(actor, asked, at.date()) or 0), "figure_sheet")
    cut = _("Chỉ gồm %(count)s dòng mới nhất") % {"count": MOST_ROWS} if after else ""
    return _sheet(list_sheet(rows, cut), f"danh-sach-{wanted.figure}-{asked.span.begin}")


def _of_all(page: str, asked: Asked) -> HttpResponse:
    """All units of a period are one page only, the city's."""
    return redirect(f"{reverse(page)}?period={asked.span.word}&on={asked.span.begin.isoformat()}")


def _sheet(content: BytesIO, name: str) -> HttpResponse:
    response = HttpResponse(content.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _keys(*hints: tuple[str, str]) -> list[KeyHint]:
    return [KeyHint(*hint) for hint in hints]

"""The staff of a unit, or of all of them, as a spreadsheet: out, and in by two steps (check, then load)."""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refusal
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.access import open_by_post, open_by_unit
from lienthong.fronts.administration.forms.staff_import import StaffFileForm, StaffLoadForm
from lienthong.fronts.administration.queries.settings_reports import report_link
from lienthong.fronts.administration.queries.staff_sheets import (
    administered_units,
    read_staff,
    staff_sheet,
    template_sheet,
)
from lienthong.fronts.administration.views.frame import DUTIES, actor_of
from lienthong.lib.spreadsheet import SheetError
from lienthong.lib.table_in import Outcome, Report
from lienthong.people.identity import actions
from lienthong.people.identity.access import find_administered_unit
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.values import UnitCard

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 1_000


@needs(*DUTIES)
@require_safe
def staff_sheet_view(request: HttpRequest) -> HttpResponse:
    """Every post with its officer, to be kept, filled in and read in again; for the city of all its units."""
    actor, at, code = actor_of(request), now(), request.GET.get("unit", "")[:5]
    everything = actor.may("city") and not code
    units = administered_units(actor, at.date()) if everything else []
    units = units or [find_administered_unit(actor, code, at.date())]
    note_reading(actor, Subject("unit", units[0].id), "staff_sheet")
    return _sheet(staff_sheet(units, at.date()), f"can-bo-{units[0].code}")


@needs(*DUTIES)
@require_safe
def staff_template(request: HttpRequest) -> HttpResponse:
    """The empty table, with examples that are marked as such."""
    unit = find_administered_unit(actor_of(request), request.GET.get("unit", "")[:5], now().date())
    return _sheet(template_sheet(unit.code, now().date()), f"mau-can-bo-{unit.code}")


@needs(*DUTIES)
@refusals_as_page
def staff_import(request: HttpRequest, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """GET asks for the file; POST of a file tells row by row what it would do; POST of the check loads it."""
    actor, at, code = actor_of(request), now(), request.GET.get("unit", "")[:5]
    unit = find_administered_unit(actor, code, at.date())
    if request.method != "POST" or refusals:
        return _page(request, unit, StaffFileForm(), refusals)
    form = StaffLoadForm(request.POST) if "content" in request.POST else StaffFileForm(None, request.FILES)
    if not form.is_valid():
        return _page(
            request, unit, form if isinstance(form, StaffFileForm) else StaffFileForm(None, MultiValueDict())
        )
    loads = isinstance(form, StaffLoadForm)
    content = form.cleaned_data["content"] if loads else form.cleaned_data["file"].read()
    try:
        report = (_loaded if loads else _checked)(request, unit, content, form)
    except SheetError as error:
        return _page(request, unit, StaffFileForm(), [Refusal(error.code, error.sentence)], 422)
    return _reported(request, unit, report, content)


def _checked(request: HttpRequest, unit: UnitCard, content: bytes, form: forms.Form) -> Report:
    table = read_staff(BytesIO(content))
    report = actions.check_roll(rows=table.rows, **_against(request, unit))
    return replace(report, unused=table.unused)


def _loaded(request: HttpRequest, unit: UnitCard, content: bytes, form: forms.Form) -> Report:
    return actions.load_roll(
        key=form.cleaned_data["key"],
        rows=read_staff(BytesIO(content)).rows,
        digest=hashlib.sha256(content).hexdigest(),
        **_against(request, unit),
    )


def _against(request: HttpRequest, unit: UnitCard) -> dict[str, Any]:
    """What the rows are compared with; the cases are read here, because identity does not know of them."""
    actor, at = actor_of(request), now()
    units = administered_units(actor, at.date())
    ids = [one.id for one in units]
    cases = {"open_cases": open_by_unit(ids), "burdened": set(open_by_post(ids))}
    return {"actor": actor, "units": units, "own_code": unit.code, "at": at, **cases}


def _reported(request: HttpRequest, unit: UnitCard, report: Report, content: bytes) -> HttpResponse:
    """The rows that ask for a look first; the rest of a very long table is in the spreadsheet."""
    lines = sorted(report.lines, key=lambda line: (line.outcome != Outcome.REJECTED, line.number))
    context = {
        "unit": unit,
        "report": report,
        "lines": lines[:MOST_SHOWN],
        "hidden": max(len(lines) - MOST_SHOWN, 0),
        "report_link": report_link(report),
        "content": "" if report.applied else b64encode(content).decode(),
    }
    return render(request, "administration/staff/report.html", context | _place(request, unit))


def _page(
    request: HttpRequest, unit: UnitCard, form: forms.Form, refusals: Sequence[Refusal] = (), status: int = 0
) -> HttpResponse:
    status = status or (422 if form.is_bound and form.errors else 200)
    context = {"form": form, "refusals": refusals, "unit": unit} | _place(request, unit)
    return render(request, "administration/staff/import.html", context, status=status)


def _place(request: HttpRequest, unit: UnitCard) -> dict[str, Any]:
    """What the addresses end with, and whose staff it is."""
    code = request.GET.get("unit", "")[:5]
    everything = actor_of(request).may("city") and not code
    place = _("mọi đơn vị của thành phố") if everything else unit.name
    return {"query": f"?unit={unit.code}" if code else "", "place": place, "province": settings.PROVINCE}


def _sheet(content: BytesIO, name: str) -> HttpResponse:
    response = HttpResponse(content.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response

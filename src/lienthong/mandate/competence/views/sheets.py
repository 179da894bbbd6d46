"""The register out as XLSX or CSV, and in again: what would become of each row first, then the act."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.lib.spreadsheet import SheetError
from lienthong.lib.table_in import Outcome, Report, read_table
from lienthong.mandate.competence.access import find_unit
from lienthong.mandate.competence.actions.importing import import_rows
from lienthong.mandate.competence.forms.sheets import SheetForm
from lienthong.mandate.competence.queries.sheets import PARTS, Part, as_csv, as_xlsx
from lienthong.mandate.competence.views.frame import LEADERS, READERS, Refusals, actor_of
from lienthong.people.identity.middleware import needs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 400


@needs(*READERS)
@require_safe
def competence_export(request: HttpRequest, part: str) -> HttpResponse:
    """One part of the register as XLSX, or CSV (`?as=csv`); a unit's inside only for it and the city."""
    if part not in PARTS:
        raise NotFound
    actor, sheet = actor_of(request), PARTS[part]
    unit = find_unit(actor, request.GET.get("unit", "")[:5] if sheet.of_a_unit else "", today())
    rows = [] if "template" in request.GET else sheet.rows(unit.id)
    name = f"so-tham-quyen-{part}-{unit.code}" if sheet.of_a_unit else f"so-tham-quyen-{part}"
    if request.GET.get("as") == "csv":
        return _file(as_csv(sheet, rows), "text/csv; charset=utf-8", f"{name}.csv")
    return _file(as_xlsx(sheet, rows), XLSX, f"{name}.xlsx")


@needs("city", *LEADERS)
@refusals_as_page
def competence_import(request: HttpRequest, part: str, refusals: Refusals = ()) -> HttpResponse:
    """GET: the empty form. POST: the report; nothing is written before the second step."""
    actor = actor_of(request)
    sheet = _open_to(actor, part)
    if request.method != "POST":
        return _shown(request, sheet, SheetForm())
    form = SheetForm(request.POST, request.FILES)
    if refusals or not form.is_valid():
        return _shown(request, sheet, form, refusals=refusals)
    try:
        table = read_table(BytesIO(form.cleaned_data["content"]), sheet.fields)
    except SheetError as error:
        form.add_error("file", error.sentence)
        return _shown(request, sheet, form)
    key, applied = form.cleaned_data["key"], "apply" in request.POST
    report = import_rows(actor=actor, key=key, part=part, table=table, applied=applied)
    return _shown(request, sheet, form, report)


def _open_to(actor: Actor, part: str) -> Part:
    """What the actor may take in: the city tasks and rules, a unit's leaders their own assignments."""
    sheet = PARTS.get(part)
    if sheet is None or not sheet.taken_in:
        raise NotFound
    if sheet.of_a_unit == actor.may("city"):
        raise NotFound
    return sheet


def _shown(
    request: HttpRequest,
    sheet: Part,
    form: SheetForm,
    report: Report | None = None,
    refusals: Refusals = (),
) -> HttpResponse:
    lines = (
        sorted(report.lines, key=lambda one: (one.outcome != Outcome.REJECTED, one.number)) if report else []
    )
    context = {
        "part": sheet,
        "form": form,
        "report": report,
        "lines": lines[:MOST_SHOWN],
        "left": max(0, len(lines) - MOST_SHOWN),
        "carried": form.carried() if report and not report.applied else "",
        "back": f"competence_{sheet.name}",
        "refusals": refusals,
        "key_value": request.POST.get("key", "") if not refusals else "",
        "key_hints": [KeyHint("Ctrl Enter", _("Kiểm tra, ghi"))],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "competence/sheet.html", context, status=status)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

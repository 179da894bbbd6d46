"""The page of every import: choose a file, read what would become of each row, then apply it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.fronts.administration.forms.settings_files import SheetForm
from lienthong.fronts.administration.queries.settings_reports import (
    SHEET,
    report_link,
    report_sheet,
    shown_lines,
    template_sheet,
)
from lienthong.lib.spreadsheet import SheetError
from lienthong.lib.table_in import Field, Report, Table, read_table

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SheetJob:
    """Một loại tệp nhập: its columns, what checking and applying do, and what stands around it.

    `check` and `apply` may raise Refused; `apply` also takes the command's key. `example` are rows of the empty
    template; `export` gives the present state in the same columns.
    """

    name: str
    heading: "StrOrPromise"
    note: "StrOrPromise"
    fields: Sequence[Field]
    check: Callable[[Actor, Table, Given], Report]
    apply: Callable[[Actor, UUID, Table, Given], Report]
    form: type[SheetForm] = SheetForm
    back: str = "administration_home"
    example: Sequence[Sequence[object]] = field(default=())
    export: Callable[[Actor], Sequence[Sequence[object]]] | None = None
    warning: Callable[[Actor, Table, Given], str] | None = None


def sheet_page(request: HttpRequest, job: SheetJob, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """GET: the empty form, or the template (`?template`) or present state (`?export`) as XLSX. POST: the report."""
    if request.method != "POST":
        return _given_out(request, job) or _shown(request, job, job.form())
    form = job.form(request.POST, request.FILES)
    if refusals or not form.is_valid():
        return _shown(request, job, form, refusals=refusals)
    try:
        table = read_table(BytesIO(form.cleaned_data["content"]), job.fields)
    except SheetError as error:
        form.add_error("file", error.sentence)
        return _shown(request, job, form)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    given = form.cleaned_data
    applied = "apply" in request.POST
    report = job.apply(actor, given["key"], table, given) if applied else job.check(actor, table, given)
    if request.POST.get("as") == "xlsx":
        return as_sheet(report_sheet(report), f"bao-cao-{job.name}")
    warning = job.warning(actor, table, given) if job.warning and not report.applied else ""
    return _shown(request, job, form, report=report, warning=warning)


def as_sheet(content: bytes, name: str) -> HttpResponse:
    """A spreadsheet to be saved."""
    response = HttpResponse(content, content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _given_out(request: HttpRequest, job: SheetJob) -> HttpResponse | None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if "template" in request.GET:
        return as_sheet(template_sheet(job.heading, job.fields, job.example), f"mau-{job.name}")
    if "export" in request.GET and job.export:
        return as_sheet(template_sheet(job.heading, job.fields, job.export(actor)), job.name)
    return None


def _shown(
    request: HttpRequest,
    job: SheetJob,
    form: SheetForm,
    report: Report | None = None,
    refusals: Sequence[Refusal] = (),
    warning: str = "",
) -> HttpResponse:
    carried = form.carried() if report and not report.applied else ""
    context = {
        "job": job,
        "form": form,
        "report": report,
        "lines": shown_lines(report) if report else None,
        "carried": carried,
        "report_link": report_link(report) if report and report.applied else "",
        "warning": warning,
        "refusals": refusals,
        "key_value": request.POST.get("key", "") if not refusals else "",
        "key_hints": [KeyHint("Ctrl Enter", "Kiểm tra, ghi")],
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "administration/settings/sheet.html", context, status=status)

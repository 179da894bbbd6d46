"""How the office is set: the page of what is set now, one notice of a day, and the sheets by which all is set."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import forget, hours_of, notices_in, today
from lienthong.facilities.casework.actions.notice_days import count_moved, notice_days
from lienthong.facilities.casework.values import DayWord
from lienthong.fronts.administration.forms.settings import DayForm
from lienthong.fronts.administration.queries.settings_deeds import (
    Deed,
    Planned,
    code_deeds,
    day_deeds,
    hour_deeds,
    term_deeds,
)
from lienthong.fronts.administration.queries.settings_sheets import (
    CODES,
    DAYS,
    HOURS,
    codes_now,
    days_now,
    hours_now,
    own_place,
    place_of,
    term_fields,
    terms_now,
)
from lienthong.fronts.administration.views.settings_files import Given, SheetJob, sheet_page
from lienthong.lib.table_in import Outcome, Report, ReportLine, Table
from lienthong.mandate.procedures.enums import TermName
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import agency_code_of, forget_units

SETTERS = ("administration", "city")


class _Undone(Exception):
    """Takes a check back: what it did to be exact is undone."""


@needs(*SETTERS)
@require_safe
def office_settings(request: HttpRequest) -> HttpResponse:
    """What is set now, each with the way to change it."""
    actor = _actor(request)
    place, on = place_of(actor), today()
    years = (on.year, on.year + 1)
    context = {
        "place": place,
        "agency_code": agency_code_of(actor.unit_id or 0),
        "hours": hours_of(place, on),
        "common_hours": hours_of("", on) if place else None,
        "notices": [one for year in years for one in notices_in(year) if one.kind],
        "own_notices": [one for year in years for one in notices_in(year, place) if one.kind]
        if place
        else [],
        "jobs": [job for job in JOBS.values() if not job.name.startswith("term-")],
        "term_jobs": [job for job in JOBS.values() if job.name.startswith("term-")],
    }
    return render(request, "administration/settings/office.html", context)


@needs(*SETTERS)
@refusals_as_page
def settings_sheet(request: HttpRequest, sheet: str, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """One sheet: its template, its present state, the check and the application of a file."""
    if sheet not in JOBS:
        raise NotFound
    return sheet_page(request, JOBS[sheet], refusals)


@needs(*SETTERS)
@refusals_as_page
def settings_day(request: HttpRequest, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """One day off or worked: first how many due dates would move, then the notice."""
    actor = _actor(request)
    form = DayForm(request.POST) if request.method == "POST" else DayForm()
    moved = None
    if request.method == "POST" and not refusals and form.is_valid():
        word, key = _word(actor, form), form.cleaned_data["key"]
        if "apply" in request.POST:
            told = notice_days(actor=actor, key=key, days=[word], own_place=own_place(actor))
            messages.success(request, _("Đã ghi. Chuyển hạn trả của %(count)s vụ việc.") % {"count": told})
            return redirect("office_settings")
        moved = count_moved(actor=actor, key=key, days=[word], own_place=own_place(actor))
    context = {
        "form": form,
        "moved": moved,
        "is_city": actor.may("city"),
        "refusals": refusals,
        "key_value": request.POST.get("key", "") if not refusals else "",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "administration/settings/day.html", context, status=status)


def carried_out(actor: Actor, key: UUID, planned: Planned, table: Table, *, applied: bool) -> Report:
    """Every deed, each by itself; a check does them too and takes all of it back, so that it tells the truth."""
    deeds, lines = planned
    told: list[ReportLine] = list(lines)
    try:
        with transaction.atomic():
            for deed in deeds:
                told += _lines(deed, _done(actor, uuid5(key, str(deed.rows[0])), deed))
            if not applied:
                raise _Undone
    except _Undone:
        forget()
        forget_units()
    return Report(tuple(sorted(told, key=lambda line: line.number)), applied, table.unused)


def _done(actor: Actor, key: UUID, deed: Deed) -> str | Refusal:
    if deed.act is None:
        return ""
    try:
        with transaction.atomic():
            return deed.act(actor, key)
    except Refused as refused:
        return refused.refusal


def _lines(deed: Deed, result: str | Refusal) -> list[ReportLine]:
    if isinstance(result, Refusal):
        sentences, codes, outcome = (result.sentence,), (result.code,), Outcome.REJECTED
        return [ReportLine(row, deed.told, outcome, sentences, codes) for row in deed.rows]
    return [ReportLine(row, deed.told, deed.outcome, (result,) if result else ()) for row in deed.rows]


def _check(plan: Callable[[Actor, Table], Planned], actor: Actor, table: Table, given: Given) -> Report:
    return carried_out(actor, given["key"], plan(actor, table), table, applied=False)


def _apply(
    plan: Callable[[Actor, Table], Planned], actor: Actor, key: UUID, table: Table, given: Given
) -> Report:
    return carried_out(actor, key, plan(actor, table), table, applied=True)


def _term_plan(term: TermName, actor: Actor, table: Table) -> Planned:
    return term_deeds(actor, table, term)


def _term_export(term: TermName, actor: Actor) -> Sequence[Sequence[object]]:
    return terms_now(actor, term)


def _word(actor: Actor, form: DayForm) -> DayWord:
    given = form.cleaned_data
    day: date = given["day"]
    return DayWord(day, form.kind(), given["name"], given["source"], given["confidence"], place_of(actor))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _job(
    name: str, heading: object, note: object, fields: Sequence[object], plan: object, export: object
) -> SheetJob:
    return SheetJob(
        name=name,
        heading=heading,  # type: ignore[arg-type]
        note=note,  # type: ignore[arg-type]
        fields=fields,  # type: ignore[arg-type]
        check=partial(_check, plan),  # type: ignore[arg-type]
        apply=partial(_apply, plan),  # type: ignore[arg-type]
        back="office_settings",
        export=export,  # type: ignore[arg-type]
    )


_SAME = gettext_lazy("Mỗi dòng hoặc được ghi, hoặc được báo lý do; dòng giống hiện trạng thì không ghi lại.")
JOBS: dict[str, SheetJob] = {
    job.name: job
    for job in (
        _job("days", gettext_lazy("Ngày nghỉ, ngày làm bù"), _SAME, DAYS, day_deeds, days_now),
        _job("hours", gettext_lazy("Giờ làm việc, giờ chốt nhận"), _SAME, HOURS, hour_deeds, hours_now),
        _job("agency-codes", gettext_lazy("Mã định danh cơ quan"), _SAME, CODES, code_deeds, codes_now),
        *(
            _job(
                f"term-{term.value}",
                gettext_lazy("Thủ tục: %s") % term.label,
                _SAME,
                term_fields(term),
                partial(_term_plan, term),
                partial(_term_export, term),
            )
            for term in TermName
        ),
    )
}

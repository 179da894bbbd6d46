"""Whose work is what in a unit; its draft regulations and its reports on delegated acts."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lienthong.core.registry.values import Refusal
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.facilities.documents.queries import render as drawn
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.values import UnitCard
from lienthong.work.stewardship.access import find_regulation, find_report, find_unit
from lienthong.work.stewardship.actions.regulation import draw_regulation
from lienthong.work.stewardship.forms import DayForm
from lienthong.work.stewardship.queries import unit_work
from lienthong.work.stewardship.queries.papers import regulation_paper, report_paper
from lienthong.work.stewardship.rules.rights import why_not_draw_regulation
from lienthong.work.stewardship.views.frame import actor_of, keys, paper, word_of

READERS = ("city", "administration", "approval", "dispatch", "overview")


@needs(*READERS)
@require_safe
@never_cache
def work_of_unit(request: HttpRequest) -> HttpResponse:
    """Field by field: who answers, who leads, what is lacking; on any day."""
    return _page(request, word_of(request, "unit"), _day(word_of(request, "on")))


@needs("administration", "approval", "dispatch")
@require_POST
@refusals_as_page
def draw_working_regulation(request: HttpRequest, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """Draft the unit's working regulation of the day that the page shows."""
    form = DayForm(request.POST)
    if refusals or not form.is_valid():
        return _page(request, "", today(), form=form, refusals=refusals, status=422)
    actor, given = actor_of(request), form.cleaned_data
    on: date = given["on"] or today()
    number = draw_regulation(actor=actor, key=given["key"], unit_code="", on=on)
    messages.success(
        request, _("Đã lập dự thảo quy chế làm việc số %(n)s.") % {"n": _number(request, number)}
    )
    return redirect(f"{reverse('work_of_unit')}?on={on.isoformat()}#regulations")


@needs(*READERS)
@require_safe
def working_regulation(request: HttpRequest, regulation_id: int) -> HttpResponse:
    """A draft regulation as PDF."""
    found = find_regulation(actor_of(request), regulation_id)
    return paper(drawn(regulation_paper(found)), f"du-thao-quy-che-{found.number.replace('/', '-')}")


@needs(*READERS)
@require_safe
def delegation_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """A report on delegated acts as PDF."""
    found = find_report(actor_of(request), report_id)
    return paper(drawn(report_paper(found)), f"bao-cao-uy-quyen-{found.first_on.isoformat()}")


def _page(
    request: HttpRequest,
    code: str,
    on: date,
    *,
    form: DayForm | None = None,
    refusals: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    unit = find_unit(actor, code, today())
    context = {
        **_work(unit, on),
        "reports": unit_work.reports_of(actor, unit.id),
        "regulations": unit_work.regulations_of(actor, unit.id),
        "may_draw": why_not_draw_regulation(actor, unit.id) is None,
        "form": form,
        "refusals": refusals,
    }
    return render(request, "stewardship/unit.html", context, status=status)


def _work(unit: UnitCard, on: date) -> dict[str, Any]:
    """The unit's fields and delegations of a day."""
    work = unit_work.work_of(unit, on) if unit.level == "commune" else []
    return {
        "unit": unit,
        "on": on,
        "fields": [(field, list(rows)) for field, rows in groupby(work, key=lambda one: one.field)],
        "lacking": sum(len(one.tasks) for one in work if one.finding),
        "tasks": sum(len(one.tasks) for one in work),
        "delegations": unit_work.delegations_of(unit.id, on),
        "key_hints": keys(("j k", _("Dòng")), ("Enter", _("Mở"))),
    }


def _number(request: HttpRequest, regulation_id: int) -> str:
    return find_regulation(actor_of(request), regulation_id).number


def _day(word: str) -> date:
    """The day that the address names; today where it names none or one that no register can hold."""
    form = DayForm({"on": word, "key": ""})
    form.is_valid()
    found: date | None = form.cleaned_data.get("on")
    return found if found and 2000 <= found.year <= 2100 else today()

"""The register's first page, and the answer to the one question with its reasons."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lienthong.core.workdays.queries import today
from lienthong.lib.calendar.days import VIETNAM
from lienthong.mandate.competence.forms.entering import WhoForm
from lienthong.mandate.competence.queries.answering import answer_card
from lienthong.mandate.competence.queries.lists import counts_of, task_card, tasks_named
from lienthong.mandate.competence.views.frame import READERS, actor_of, own_code, unit_choices
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import units_of_province
from lienthong.people.organisation.values import UnitCard


@needs(*READERS)
@require_safe
def competence_home(request: HttpRequest) -> HttpResponse:
    """The question first; then what the register holds, each number a way to its rows."""
    actor, on = actor_of(request), today()
    context = {
        "form": WhoForm(units=unit_choices(on), initial=_first(request)),
        "counts": counts_of(None if actor.may("city") else actor.unit_id, on),
        "is_city": actor.may("city"),
        "keeps_drafts": actor.may("city") or actor.may("administration"),
        "on": on,
    }
    return render(request, "competence/home.html", context)


@needs(*READERS)
@require_safe
def competence_who(request: HttpRequest) -> HttpResponse:
    """Who is responsible: unit, body, post, person, leader, who may sign, and the chain down to it."""
    on = today()
    given = {**_first(request), **request.GET.dict()} if request.GET.get("task") else None
    units = {unit.code: unit for unit in units_of_province(settings.PROVINCE, on)}
    form = WhoForm(given, units=[(code, unit.name) for code, unit in units.items()], initial=_first(request))
    context: dict[str, Any] = {"form": form, "on": on}
    if form.is_bound and form.is_valid():
        context |= _found(form, on, units)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "competence/who.html", context, status=status)


def _found(form: WhoForm, on: date, units: dict[str, UnitCard]) -> dict[str, Any]:
    """The answer where the text names one task, else the tasks that it may mean."""
    given, day = form.cleaned_data, form.asked_on(on)
    card = task_card(given["task"].strip())
    if card is None:
        return {"asked_on": day, "near": tasks_named(day, given["task"])}
    unit = units[given["unit"]]
    answer = answer_card(card.code, unit, day, _end_of(given["known"]))
    return {"asked_on": day, "task": card, "unit": unit, "answer": answer}


def _end_of(day: date | None) -> datetime | None:
    """The end of a day in Vietnam; None where no day is named."""
    return datetime.combine(day + timedelta(days=1), time(0), VIETNAM) if day else None


def _first(request: HttpRequest) -> dict[str, Any]:
    return {"unit": request.GET.get("unit") or own_code(request), "on": request.GET.get("on", "")}

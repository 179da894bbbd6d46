"""The tasks of the register, one of them with what it rests on, and a new standing duty."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import NotFound
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.forms.entering import TaskForm
from lienthong.mandate.competence.queries.entries import bases_about, leading_rule, rules_about
from lienthong.mandate.competence.queries.lists import task_card, task_list
from lienthong.mandate.competence.views.frame import (
    READERS,
    Refusals,
    actor_of,
    own_code,
    paper_choices,
    posted,
    told,
)
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import units_of_province


@needs(*READERS)
@require_safe
def competence_tasks(request: HttpRequest) -> HttpResponse:
    """Every task; by field, kind, and what the register lacks for it."""
    asked = {name: request.GET.get(name, "") for name in ("field", "kind", "gap")}
    text = request.GET.get("q", "")
    context = {
        "list": task_list(today(), text=text, after=request.GET.get("after", ""), **asked),
        "is_first": "after" not in request.GET,
        "text": text,
        **asked,
        "is_city": actor_of(request).may("city"),
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở")), KeyHint("n", _("Trang tiếp"))],
    }
    return render(request, "competence/tasks.html", context)


@needs(*READERS)
@require_safe
def competence_task(request: HttpRequest, task_code: str) -> HttpResponse:
    """One task: its bases, its rules in their order with the one that leads in a unit, and what was said before."""
    actor, on = actor_of(request), today()
    task = task_card(task_code)
    if task is None:
        raise NotFound
    units = {unit.code: unit for unit in units_of_province(settings.PROVINCE, on)}
    unit = units.get(request.GET.get("unit") or own_code(request))
    rules, bases = rules_about(task.subjects, on), bases_about(task.subjects)
    context = {
        "task": task,
        "unit": unit,
        "units": [(code, one.name) for code, one in units.items()],
        "rules": [(rule, *rule.state(on)) for rule in rules if rule.superseded_at is None],
        "former": [(rule, *rule.state(on)) for rule in rules if rule.superseded_at is not None],
        "leading": leading_rule(task_code, unit.id, on) if unit else None,
        "bases": [(basis, *basis.state(on)) for basis in bases],
        "is_city": actor.may("city"),
        "on": on,
    }
    return render(request, "competence/task.html", context)


@needs("city")
@refusals_as_page
def competence_task_register(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET asks for a standing duty; POST registers it, and its page opens."""
    form = TaskForm(posted(request), papers=paper_choices())
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        instrument_id = int(given["instrument"]) if given["instrument"] else None
        taken = {name: given[name] for name in ("key", "code", "name", "field")}
        actions.register_task(actor=actor_of(request), **taken, instrument_id=instrument_id)
        messages.success(request, _("Đã đăng ký nhiệm vụ %(code)s.") % {"code": given["code"]})
        return redirect("competence_task", given["code"])
    context = {
        "heading": _("Đăng ký nhiệm vụ thường xuyên"),
        "back": "competence_tasks",
        "submit": _("Đăng ký"),
    }
    return told(request, "competence/entry_form.html", context, form, refusals)

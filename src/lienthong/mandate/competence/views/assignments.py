"""Who is assigned what inside a unit: the present, the history, and a new decision over many at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import NotFound
from lienthong.core.shell.rules import vn_date
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.access import find_assignment, find_unit
from lienthong.mandate.competence.enums import AssignedDuty
from lienthong.mandate.competence.forms.arranging import ReassignForm
from lienthong.mandate.competence.forms.entering import EndForm
from lienthong.mandate.competence.queries.lists import field_names
from lienthong.mandate.competence.queries.unit_lists import (
    AssignmentLine,
    assignment_line,
    assignments_of,
    by_post,
)
from lienthong.mandate.competence.rules import why_not_act_in
from lienthong.mandate.competence.values import Reassignment
from lienthong.mandate.competence.views.frame import (
    LEADERS,
    READERS,
    Refusals,
    actor_of,
    post_choices,
    posted,
    told,
    unit_choices,
    unit_query,
)
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.enums import PostKind
from lienthong.people.organisation.values import UnitCard

# To whom a duty may be given: the others of a unit do not lead and do not sign by order.
KINDS: dict[str, list[str] | None] = {
    AssignedDuty.APPROVAL: [PostKind.CHAIR, PostKind.VICE_CHAIR],
    AssignedDuty.PROCESSING: None,
    AssignedDuty.BY_ORDER: [PostKind.DEPARTMENT_HEAD, PostKind.CENTRE_DIRECTOR, PostKind.CENTRE_DEPUTY],
}
DUTIES = [(word, AssignedDuty(word).label) for word in KINDS]
# Who has a duty that was given to nobody.
NOBODY: dict[str, Any] = {
    AssignedDuty.APPROVAL: gettext_lazy("chưa phân công, Chủ tịch UBND trực tiếp"),
    AssignedDuty.PROCESSING: gettext_lazy("chưa phân công, người đứng đầu bộ phận"),
    AssignedDuty.BY_ORDER: gettext_lazy("không ai"),
}


@needs(*READERS)
@require_safe
def competence_assignments(request: HttpRequest) -> HttpResponse:
    """A unit's assignments by duty and post; `?history` every version ever recorded."""
    actor, on = actor_of(request), today()
    unit = find_unit(actor, request.GET.get("unit", "")[:5], on)
    history = "history" in request.GET
    lines = assignments_of(unit.id, on, history=history)
    assigned = {line.subject for line in lines if line.duty == AssignedDuty.APPROVAL and not line.is_task}
    context = {
        "unit": unit,
        "units": unit_choices(on) if actor.may("city") else (),
        "is_picked": unit.id != actor.unit_id or not actor.may("city"),
        "history": [(line, *line.state(on)) for line in lines] if history else None,
        "duties": _by_duty(lines) if not history else (),
        "left": [name for name in field_names(on) if name not in assigned] if not history else (),
        "may_assign": why_not_act_in(actor, unit.id) is None,
        "unit_query": unit_query(actor, unit),
        "on": on,
        "key_hints": [KeyHint("j k", _("Dòng"))],
    }
    return render(request, "competence/assignments.html", context)


@needs(*LEADERS)
@refusals_as_page
def competence_reassign(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET shows every field with who has it; POST records what one decision changes."""
    actor, on = actor_of(request), today()
    unit, duty = find_unit(actor, "", on), request.GET.get("duty", AssignedDuty.APPROVAL)
    if duty not in KINDS:
        raise NotFound
    form = _form(request, unit, duty)
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        actions.reassign(
            actor=actor,
            key=given["key"],
            unit_id=unit.id,
            decision=given["decision"],
            decision_on=given["decision_on"],
            changes=_changes(form, AssignedDuty(duty)),
        )
        count = len(form.changed_rows())
        messages.success(
            request,
            _("Đã ghi %(count)s phân công theo %(number)s.") % {"count": count, "number": given["decision"]},
        )
        return redirect("competence_assignments")
    context = {"unit": unit, "duty": duty, "duties": DUTIES}
    return told(request, "competence/reassign.html", context, form, refusals)


@needs(*LEADERS)
@refusals_as_page
def competence_assignment_end(
    request: HttpRequest, assignment_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """GET asks from which day; POST ends the assignment, the former record stays."""
    actor = actor_of(request)
    find_assignment(actor, assignment_id)
    line, form = assignment_line(assignment_id, today()), EndForm(posted(request))
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        actions.end_assignment(
            actor=actor, key=given["key"], assignment_id=assignment_id, valid_to=given["valid_to"]
        )
        day = vn_date(given["valid_to"])
        messages.success(request, _("Phân công hết hiệu lực từ %(day)s.") % {"day": day})
        return redirect(reverse("competence_assignments"))
    note = f"{line.subject}: {line.post} ({line.days})" if line else ""
    context = {"heading": _("Chấm dứt phân công"), "note": note, "back": "competence_assignments"}
    return told(request, "competence/entry_form.html", {**context, "submit": _("Chấm dứt")}, form, refusals)


def _by_duty(
    lines: list[AssignmentLine],
) -> list[tuple[str, str, list[tuple[AssignmentLine, list[AssignmentLine]]]]]:
    """(duty, its label, the lines by post) of every duty, those that nobody has too."""
    return [
        (word, str(label), by_post([line for line in lines if line.duty == word])) for word, label in DUTIES
    ]


def _form(request: HttpRequest, unit: UnitCard, duty: str) -> ReassignForm:
    """Every field, and every task that differs from its field, with the post that has the duty now."""
    on = today()
    present = {line.subject_key: line for line in assignments_of(unit.id, on) if line.duty == duty}
    subjects = [f"field:{name}" for name in field_names(on)]
    subjects += [key for key in present if key not in subjects]
    rows = [_row(key, present.get(key)) for key in subjects]
    return ReassignForm(
        posted(request), rows=rows, posts=post_choices(unit, on, KINDS[duty]), nobody=NOBODY[duty]
    )


def _row(key: str, line: AssignmentLine | None) -> tuple[str, str, str, str]:
    kind, _colon, name = key.partition(":")
    label = _("Nhiệm vụ %(code)s") % {"code": name} if kind == "task" else name
    return key, label, f"{line.decision}, {line.days}" if line else "", str(line.post_id) if line else ""


def _changes(form: ReassignForm, duty: AssignedDuty) -> list[Reassignment]:
    start = form.cleaned_data["valid_from"]
    return [Reassignment(key, duty, post_id, start) for key, post_id in form.changed_rows()]

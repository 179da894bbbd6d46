"""Who signs by whose delegation inside a unit: the list, one paper, granting and revoking."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import NotFound
from lienthong.core.shell.rules import vn_date
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.access import find_delegation, find_unit
from lienthong.mandate.competence.forms.arranging import GrantForm, RevokeForm
from lienthong.mandate.competence.queries.lists import field_names, tasks_of_field
from lienthong.mandate.competence.queries.unit_lists import (
    DelegationLine,
    delegation_line,
    delegations_of,
    tasks_delegated,
)
from lienthong.mandate.competence.rules import why_not_delegate_in
from lienthong.mandate.competence.views.frame import (
    READERS,
    SIGNATORIES,
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
from lienthong.people.organisation.queries import posts_of_unit

STAGES = {
    "": ("running", "stopped", "to_come"),
    "ended": ("ended",),
    "revoked": ("revoked",),
    "all": ("running", "stopped", "to_come", "ended", "revoked"),
}
USUAL_FIELD = "Chứng thực"


@needs(*READERS)
@require_safe
def competence_delegations(request: HttpRequest) -> HttpResponse:
    """A unit's delegations: those that count or will, ended ones, revoked ones; when the next report is due."""
    actor, on = actor_of(request), today()
    unit, show = find_unit(actor, request.GET.get("unit", "")[:5], on), request.GET.get("show", "")
    lines = delegations_of(unit.id, on)
    stages = STAGES.get(show, STAGES[""])
    labels = (_("đang dùng, sắp dùng"), _("đã hết hạn"), _("đã thu hồi"), _("tất cả"))
    counts = [sum(line.stage(on) in stages for line in lines) for stages in STAGES.values()]
    context = {
        "unit": unit,
        "units": unit_choices(on) if actor.may("city") else (),
        "is_picked": unit.id != actor.unit_id or not actor.may("city"),
        "lines": [(line, *line.state(on), line.report_due(on)) for line in lines if line.stage(on) in stages],
        "shows": list(zip(STAGES, labels, counts, strict=True)),
        "show": show,
        "may_grant": why_not_delegate_in(actor, unit.id) is None,
        "unit_query": unit_query(actor, unit),
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở"))],
    }
    return render(request, "competence/delegations.html", context)


@needs(*READERS)
@require_safe
def competence_delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """One delegation: parties, term, tasks and acts, conditions with their evidence, reports."""
    actor, on = actor_of(request), today()
    line = _line(request, delegation_id)
    may_revoke = why_not_delegate_in(actor, line.unit_id) is None and line.stage(on) in STAGES[""]
    context = {
        "line": line,
        "state": line.state(on),
        "report_due": line.report_due(on),
        "tasks": tasks_delegated(delegation_id),
        "may_revoke": may_revoke and line.revoked_on is None,
    }
    return render(request, "competence/delegation.html", context)


@needs(*SIGNATORIES)
@refusals_as_page
def competence_delegation_grant(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET asks who, what, for how long; POST grants. Single tasks are ticked by field (`?field=`)."""
    actor, on = actor_of(request), today()
    unit, fields = find_unit(actor, "", on), field_names(on)
    field = request.GET.get("field") or (USUAL_FIELD if USUAL_FIELD in fields else next(iter(fields), ""))
    tasks = [(task.code, f"{task.code} {task.name}") for task in tasks_of_field(on, field)]
    posts = post_choices(unit, on)
    chair = next((post.id for post in posts_of_unit(unit.id, on, [PostKind.CHAIR])), None)
    first = {"grantor_post": chair, "more_tasks": request.GET.get("task", "")}
    form = GrantForm(posted(request), initial=first, posts=posts, tasks=tasks)
    if form.is_bound and not refusals and form.is_valid():
        delegation_id = actions.delegate(actor=actor, unit_id=unit.id, **form.granted())
        messages.success(
            request, _("Đã ghi ủy quyền số %(number)s.") % {"number": form.cleaned_data["number"]}
        )
        return redirect("competence_delegation", delegation_id)
    context = {"unit": unit, "fields": fields, "field": field}
    return told(request, "competence/grant.html", context, form, refusals)


@needs(*SIGNATORIES)
@refusals_as_page
def competence_delegation_revoke(
    request: HttpRequest, delegation_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """GET asks from which day and why; POST revokes."""
    line, form = _line(request, delegation_id), RevokeForm(posted(request))
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        actions.revoke_delegation(actor=actor_of(request), delegation_id=delegation_id, **given)
        told_day = {"number": line.number, "day": vn_date(given["from_day"])}
        messages.success(request, _("Đã thu hồi ủy quyền số %(number)s từ %(day)s.") % told_day)
        return redirect("competence_delegation", delegation_id)
    note = f"{line.number}: {line.grantor_post} – {line.grantee_post}, {line.grantee} ({line.days})"
    context = {"heading": _("Thu hồi ủy quyền"), "note": note, "back": "competence_delegations"}
    return told(request, "competence/entry_form.html", {**context, "submit": _("Thu hồi")}, form, refusals)


def _line(request: HttpRequest, delegation_id: int) -> DelegationLine:
    find_delegation(actor_of(request), delegation_id)
    found = delegation_line(delegation_id, today())
    if found is None:
        raise NotFound
    return found

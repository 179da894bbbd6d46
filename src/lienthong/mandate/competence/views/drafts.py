"""Drafts of what might change: the list, one of them with its changes, opening and closing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.access import find_draft
from lienthong.mandate.competence.enums import ChangeKind
from lienthong.mandate.competence.forms.entering import KeyForm
from lienthong.mandate.competence.forms.planning import DraftForm
from lienthong.mandate.competence.queries.planned import by_kind, change_lines, draft_line, draft_lines
from lienthong.mandate.competence.rules import why_not_draft
from lienthong.mandate.competence.views.frame import PLANNERS, Refusals, actor_of, posted, told
from lienthong.people.identity.middleware import needs


@needs(*PLANNERS)
@require_safe
def competence_drafts(request: HttpRequest) -> HttpResponse:
    """The drafts of the city and of one's own unit."""
    actor = actor_of(request)
    context = {"drafts": draft_lines(None if actor.may("city") else actor.unit_id)}
    return render(request, "competence/drafts.html", context)


@needs(*PLANNERS)
@require_safe
def competence_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """One draft: its changes by kind, with how sure each is; the way to what it would bring."""
    actor = actor_of(request)
    draft = find_draft(actor, draft_id)
    changes = change_lines(draft_id, today())
    present = [change for change in changes if change.withdrawn_at is None]
    context = {
        "draft": draft_line(draft_id),
        "groups": by_kind(present),
        "count": len(present),
        "assumed": sum(change.is_assumed for change in present),
        "withdrawn": [change for change in changes if change.withdrawn_at],
        "kinds": ChangeKind.choices,
        "may_change": why_not_draft(actor, draft.unit_id) is None,
        "check_url": f"/stewardship/drafts/{draft_id}/",
    }
    return render(request, "competence/draft.html", context)


@needs(*PLANNERS)
@refusals_as_page
def competence_draft_open(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET asks for a name; POST opens the draft, and its page opens."""
    form = DraftForm(posted(request))
    if form.is_bound and not refusals and form.is_valid():
        draft_id = actions.open_draft(actor=actor_of(request), **form.cleaned_data)
        return redirect("competence_draft", draft_id)
    context = {
        "heading": _("Mở phương án giả định"),
        "back": "competence_drafts",
        "submit": _("Mở phương án"),
    }
    return told(request, "competence/entry_form.html", context, form, refusals)


@needs(*PLANNERS)
@require_POST
def competence_draft_close(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Close the draft: it stays readable, nothing is added any more."""
    actor, form = actor_of(request), KeyForm(request.POST)
    find_draft(actor, draft_id)
    if form.is_valid():
        actions.close_draft(actor=actor, key=form.cleaned_data["key"], draft_id=draft_id)
        messages.success(request, _("Đã đóng phương án."))
    return redirect("competence_draft", draft_id)

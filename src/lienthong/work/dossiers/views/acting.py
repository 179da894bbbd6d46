"""The one way of a verb's page: find through access, shape, action, redirect; a refusal comes back to the form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from lienthong.core.journal.actions import note_reading_apart
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.queries import sees_person
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.step import paper_of
from lienthong.work.dossiers.actions.step import refusals as why_not
from lienthong.work.dossiers.forms.acting import ActForm
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.rules import LIFECYCLE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Refusals = Sequence[Refusal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Trang của một việc: the verb, its words, its form, and the action that does it.

    `prints`: the action returns the id of the form that it issued, which opens ready to print. `by_others`:
    also the counter or another unit may do it, so that only the action itself can say why not.
    """

    verb: str
    title: "StrOrPromise"
    button: "StrOrPromise"
    done: "StrOrPromise"
    action: Callable[..., Any]
    form: type[ActForm] = ActForm
    template: str = "dossiers/act.html"
    hint: "StrOrPromise" = ""
    danger: bool = False
    prints: bool = False
    by_others: bool = False


def found(request: HttpRequest, dossier_id: int) -> Dossier:
    """The dossier. Missing and forbidden look alike, and the try is written down.

    For the city, which settles disputes and watches dates, it comes without the words that tell whose it is.
    """
    actor = actor_of(request)
    try:
        dossier = find_dossier(actor, dossier_id)
    except NotFound:
        note_reading_apart(actor, Subject("dossier", dossier_id), "dossier_page", allowed=False)
        raise
    return dossier if named(actor, dossier) else _without_person(dossier)


def named(actor: Actor, dossier: Dossier) -> bool:
    """Whether the page may tell the actor whose dossier it is."""
    case = dossier.case
    units = (case.responsible_unit_id, case.receiving_unit_id, dossier.returning_unit_id)
    return sees_person(actor, *units)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _without_person(dossier: Dossier) -> Dossier:
    """Blank what speaks of the person. For a page only: an action finds and locks its own rows."""
    dossier.case.subject_name, dossier.particulars = "", {}
    dossier.returned_to = dossier.result_number = dossier.result_summary = dossier.note = ""
    dossier.papers = [{**row, "note": ""} for row in dossier.papers]
    return dossier


def act_page(
    request: HttpRequest, dossier_id: int, page: Page, refusals: Refusals = (), **choices: Any
) -> HttpResponse:
    """GET shows the verb's form, POST acts and leads back to the dossier. `choices` go to the form."""
    dossier, actor = found(request, dossier_id), actor_of(request)
    posted = request.POST if request.method == "POST" else None
    form = page.form(posted, request.FILES or None, dossier=dossier, actor=actor, **choices)
    if posted is not None and not refusals and "more" not in posted and form.is_valid():
        carried = {"actor": actor, "dossier_id": dossier_id, **command(request, form)}
        result = page.action(**carried, **form.given())
        messages.success(request, str(page.done))
        return to_page(dossier_id, done=page.verb, prints=result if page.prints else None)
    return shown(request, page, dossier, form, refusals)


def command(request: HttpRequest, form: ActForm) -> dict[str, Any]:
    """Key and version; a one-press act has its version in the address."""
    version = form.cleaned_data["version"]
    asked = request.GET.get("version", "")
    if version is None and asked.isdecimal():
        version = int(asked)
    return {"key": form.cleaned_data["key"], "version": version}


def shown(
    request: HttpRequest, page: Page, dossier: Dossier, form: ActForm, refusals: Refusals = (), **more: Any
) -> HttpResponse:
    """The form: empty, or bound with what was typed and why it was not done."""
    asked_for_more = "more" in request.POST
    stopped = [] if form.is_bound or page.by_others else stops(actor_of(request), page.verb, dossier)
    context = {
        "page": page,
        "dossier": dossier,
        "case": dossier.case,
        "form": form,
        "fields": form.visible_fields(),
        "refusals": refusals,
        "stopped": stopped[:1],
        "carried": form.carried(refusals),
        "back_url": reverse("dossier_page", args=[dossier.pk]),
        **more,
    }
    status = 422 if form.is_bound and form.errors and not asked_for_more else 409 if stopped else 200
    return render(request, page.template, context, status=status)


def stops(actor: Actor, verb: str, dossier: Dossier) -> list[Refusal]:
    """Why the verb is not possible already now, before anybody types."""
    known = any(step.verb == verb for step in LIFECYCLE.transitions)
    return why_not(actor, verb, dossier, lifecycle=known, paper=paper_of(actor, verb, dossier, now()))


def to_page(dossier_id: int, *, done: str = "", prints: int | None = None) -> HttpResponse:
    """Back to the dossier; the draft of what was done is dropped, an issued form opens ready to print."""
    query = {name: str(value) for name, value in (("done", done), ("print", prints)) if value}
    url = reverse("dossier_page", args=[dossier_id])
    return redirect(f"{url}?{urlencode(query)}" if query else url)

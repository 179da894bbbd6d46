"""The one way of a verb's page: find through access, shape, action, redirect; a refusal comes back to the form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lienthong.core.journal.actions import note_reading_apart
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.queries import sees_person
from lienthong.work.certification.access import find_certification
from lienthong.work.certification.actions.step import refusals as why_not
from lienthong.work.certification.forms.acts import KeyForm
from lienthong.work.certification.models import Certification
from lienthong.work.certification.rules import LIFECYCLE

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Refusals = Sequence[Refusal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Trang của một việc: the verb, its words, its form, and the action that does it."""

    verb: str
    title: "StrOrPromise"
    button: "StrOrPromise"
    done: "StrOrPromise"
    action: Callable[..., Any]
    form: type[KeyForm] = KeyForm
    hint: "StrOrPromise" = ""
    initial: Callable[[Certification], dict[str, Any]] = field(default=lambda row: {})


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def found(request: HttpRequest, certification_id: int) -> Certification:
    """The certification. Missing and forbidden look alike, and the try is written down."""
    actor = actor_of(request)
    try:
        row = find_certification(actor, certification_id)
    except NotFound:
        subject = Subject("certification", certification_id)
        note_reading_apart(actor, subject, "certification_page", allowed=False)
        raise
    return row if named(actor, row) else _without_person(row)


def found_with_person(request: HttpRequest, certification_id: int) -> Certification:
    """The same for a paper, which names the person: not for the city."""
    row = found(request, certification_id)
    if not named(actor_of(request), row):
        raise NotFound
    return row


def named(actor: Actor, row: Certification) -> bool:
    """Whether the page may tell the actor who asked for it."""
    return sees_person(actor, row.case.responsible_unit_id, row.case.receiving_unit_id)


def _without_person(row: Certification) -> Certification:
    """Blank what speaks of the person. For a page only: an action finds and locks its own rows."""
    row.case.subject_name = row.address = row.returned_to = row.note = ""
    return row


def act_page(
    request: HttpRequest, certification_id: int, page: Page, refusals: Refusals = (), **words: Any
) -> HttpResponse:
    """GET shows the verb's form, POST acts and leads back to the case. `words` go to the action."""
    row = found(request, certification_id)
    posted = request.POST if request.method == "POST" else None
    form = page.form(posted, initial=page.initial(row))
    if posted is not None and not refusals and form.is_valid():
        known = {"actor": actor_of(request), "certification_id": certification_id}
        page.action(**known, **words, **form.given())
        messages.success(request, str(page.done))
        return redirect(reverse("certification_page", args=[certification_id]))
    stopped = None if form.is_bound else stop_of(actor_of(request), page.verb, row)
    context = {
        "page": page,
        "stopped": stopped,
        "row": row,
        "case": row.case,
        "form": form,
        "fields": form.visible_fields(),
        "refusals": refusals,
        "key": form.carried(),
    }
    status = 422 if form.is_bound and form.errors else 409 if stopped else 200
    return render(request, "certification/act.html", context, status=status)


def stop_of(actor: Actor, verb: str, row: Certification) -> Refusal | None:
    """Why the verb is not possible already now, before anybody types."""
    known = any(step.verb == verb for step in LIFECYCLE.transitions)
    return next(filter(None, why_not(actor, verb, row, lifecycle=known)), None)


def number_of(text: str, most: int = 18) -> int | None:
    """A number of an address, None for anything else."""
    return int(text) if text.isdecimal() and len(text) <= most else None

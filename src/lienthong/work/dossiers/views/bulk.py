"""Many dossiers at once: each is done or refused by itself, and each outcome is told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.facilities.casework.actions.handing import offer_case
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.access import dossiers_open_to
from lienthong.work.dossiers.actions.process import assign_dossier
from lienthong.work.dossiers.forms.others import unit_choices
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.queries import assignable_posts
from lienthong.work.dossiers.views.acting import actor_of

MOST = 200
Choices = list[tuple[int, str]]
Do = Callable[[Dossier, UUID, int], Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Kết quả của một hồ sơ trong loạt: done, or the sentence why not."""

    dossier: Dossier
    refusal: str = ""


@needs()
@require_POST
def bulk_assign(request: HttpRequest) -> HttpResponse:
    """Assign the chosen dossiers: first to whom, then the outcome of each."""
    actor = actor_of(request)
    posts = [
        (card.id, f"{card.person_name or _('(đang trống)')} – {card.title}")
        for card in assignable_posts(actor.unit_id or 0, today())
    ]

    def do(dossier: Dossier, key: UUID, to: int) -> Any:
        return assign_dossier(actor=actor, dossier_id=dossier.pk, key=key, to_post_id=to)

    words = {"title": _("Phân công nhiều hồ sơ"), "label": _("Giao cho"), "button": _("Phân công")}
    return _page(request, actor, posts, do, words)


@needs()
@require_POST
def bulk_offer(request: HttpRequest) -> HttpResponse:
    """Offer the chosen dossiers to one unit, with one reason; the outcome of each."""
    actor, reason = actor_of(request), request.POST.get("reason", "")

    def do(dossier: Dossier, key: UUID, to: int) -> Any:
        return offer_case(actor=actor, case_id=dossier.pk, key=key, to_unit_id=to, reason=reason)

    words = {"title": _("Chuyển nhiều hồ sơ"), "label": _("Đơn vị nhận"), "button": _("Đề nghị chuyển")}
    return _page(request, actor, unit_choices(actor.unit_id or 0), do, {**words, "reasons": True})


def _page(
    request: HttpRequest, actor: Actor, choices: Choices, do: Do, words: dict[str, Any]
) -> HttpResponse:
    chosen, to = _chosen(request, actor), request.POST.get("to", "")
    missing = _missing(request, choices, words) if "to" in request.POST else ""
    goes = "to" in request.POST and not missing
    outcomes = [_outcome(one, _key(request), int(to), do) for one in chosen] if goes else []
    context = {
        **words,
        "dossiers": chosen,
        "choices": [(str(value), label) for value, label in choices],
        "to": to,
        "reason": request.POST.get("reason", ""),
        "missing": missing,
        "outcomes": outcomes,
        "done": len([one for one in outcomes if not one.refusal]),
        "key": _key(request),
        "address": request.path,
    }
    return _told(request, context)


def _told(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "dossiers/bulk.html", context, status=422 if context["missing"] else 200)


def _chosen(request: HttpRequest, actor: Actor) -> list[Dossier]:
    """The chosen dossiers that the actor may see, in their order. One statement."""
    asked = [int(text) for text in request.POST.getlist("case") if text.isdecimal() and len(text) < 19][:MOST]
    return list(dossiers_open_to(actor).filter(pk__in=asked).order_by("case__due_at", "pk"))


def _missing(request: HttpRequest, choices: list[tuple[int, str]], words: dict[str, Any]) -> str:
    """What the shape lacks."""
    if request.POST.get("to", "") not in {str(value) for value, _label in choices}:
        return str(_("Hãy chọn: %(label)s.") % {"label": words["label"]})
    if words.get("reasons") and not request.POST.get("reason", "").strip():
        return _("Hãy ghi lý do chuyển.")
    return ""


def _outcome(dossier: Dossier, key: UUID, to: int, do: Callable[[Dossier, UUID, int], Any]) -> Outcome:
    """One dossier of the series; its key follows from the series' key, so that a repeat is harmless."""
    try:
        with transaction.atomic():
            do(dossier, uuid5(key, str(dossier.pk)), to)
    except Refused as refused:
        return Outcome(dossier, refused.refusal.sentence)
    return Outcome(dossier)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()

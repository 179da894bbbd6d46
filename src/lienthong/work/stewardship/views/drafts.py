"""What a draft would bring before it takes effect: findings, tasks and units that lose their basis, cases that move."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lienthong.core.instruments.enums import Confidence
from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence.access import find_draft
from lienthong.mandate.competence.enums import DraftState
from lienthong.people.identity.middleware import needs
from lienthong.work.stewardship.actions.drafting import prove_draft
from lienthong.work.stewardship.enums import Kind
from lienthong.work.stewardship.forms import KeyForm
from lienthong.work.stewardship.models import DraftProof
from lienthong.work.stewardship.queries import drafts, listing
from lienthong.work.stewardship.queries.cases import cases_of_pairs
from lienthong.work.stewardship.rules.rights import why_not_prove_draft
from lienthong.work.stewardship.views.findings import PAGE, paged
from lienthong.work.stewardship.views.frame import actor_of, keys, number_of

PLANNERS = ("city", "administration", "approval", "dispatch")
MOST = 200


@needs(*PLANNERS)
@require_safe
@never_cache
def draft_proof(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft's last check."""
    return _page(request, draft_id)


@needs(*PLANNERS)
@require_POST
@refusals_as_page
def draft_prove(request: HttpRequest, draft_id: int, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """Check the draft now."""
    form = KeyForm(request.POST)
    if refusals or not form.is_valid():
        return _page(request, draft_id, form=form, refusals=refusals, status=422)
    prove_draft(actor=actor_of(request), key=form.cleaned_data["key"], draft_id=draft_id)
    messages.success(request, _("Đã kiểm tra phương án."))
    return redirect("draft_proof", draft_id)


@needs(*PLANNERS)
@require_safe
@never_cache
def draft_cases(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The open cases that would go to somebody else."""
    actor = actor_of(request)
    draft, proof = find_draft(actor, draft_id), drafts.proof_of(actor, draft_id)
    if proof is None:
        raise NotFound
    after = number_of(request.GET.get("after", ""))
    pairs = [(code, unit) for code, unit, _number in proof.content["moved"]]
    note_reading(actor, Subject("draft", draft_id), "draft_cases")
    context = {
        "heading": _("Hồ sơ đổi người giải quyết: %(name)s") % {"name": draft.name},
        "back": reverse("draft_proof", args=[draft_id]),
        "key_hints": keys(("j k", _("Dòng")), ("Enter", _("Mở"))),
        **paged(cases_of_pairs(actor, pairs, after=after, limit=PAGE), after),
    }
    return render(request, "stewardship/cases.html", context)


def _page(
    request: HttpRequest,
    draft_id: int,
    *,
    form: KeyForm | None = None,
    refusals: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    context, proof = _draft_context(actor, draft_id)
    context |= {"form": form, "refusals": refusals}
    if proof is not None:
        context |= _result(proof, listing.units_seen(actor, today()))
    return render(request, "stewardship/draft.html", context, status=status)


def _result(proof: DraftProof, units: Mapping[int, tuple[str, str]]) -> dict[str, Any]:
    """What the last check found, in words. At most four statements."""
    content = proof.content
    return {
        "content": content,
        "day": drafts.day_of(content["day"]),
        "fields": drafts.fields_told(proof.draft_id, content),
        "appeared": drafts.told(content["appeared"][:MOST], units),
        "vanished": drafts.told(content["vanished"][:MOST], units),
        "cut": max(len(content["appeared"]), len(content["vanished"])) > MOST,
        "by_kind": [_weights(content, kind) for kind in Kind if kind != Kind.MEANWHILE],
        "is_masked": drafts.is_masked(content),
        "units_losing": [units[unit] for unit in content["units_losing"] if unit in units],
    }


def _weights(content: Mapping[str, Any], kind: Kind) -> tuple[Any, ...]:
    return kind.value, kind.label, *(drafts.weight(content[way], kind) for way in ("appeared", "vanished"))


def _draft_context(actor: Actor, draft_id: int) -> tuple[dict[str, Any], DraftProof | None]:
    """The draft, what it supposes and how sure that is, whether its check is of now. Four statements."""
    draft, proof = find_draft(actor, draft_id), drafts.proof_of(actor, draft_id)
    changes = [change_id for change_id, _kind, _data in drafts.changes_of(draft_id)]
    sure = drafts.confidence_of(draft_id)
    return {
        "draft": draft,
        "changes": len(changes),
        "assumed": sure.get(Confidence.ASSUMPTION, 0) + sure.get(Confidence.ILLUSTRATIVE, 0),
        "proof": proof,
        "is_old": proof is not None and list(proof.changes) != changes,
        "may_prove": (may := why_not_prove_draft(actor, draft.unit_id) is None),
        "may_change": may and draft.state == DraftState.OPEN,
        "key_hints": keys(("j k", _("Dòng"))),
    }, proof

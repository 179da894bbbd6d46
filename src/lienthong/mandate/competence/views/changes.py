"""The changes of a draft: adding one of a kind, with what it names found first, and withdrawing one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.core.registry.values import NotFound
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.access import find_draft, find_unit
from lienthong.mandate.competence.enums import ChangeKind
from lienthong.mandate.competence.forms.entering import KeyForm
from lienthong.mandate.competence.forms.planning import change_form
from lienthong.mandate.competence.queries.entries import rule_page
from lienthong.mandate.competence.queries.lists import PAGE, field_names
from lienthong.mandate.competence.queries.planned import change_lines, draft_of_change
from lienthong.mandate.competence.queries.unit_lists import assignments_of, delegations_of
from lienthong.mandate.competence.views.frame import (
    PLANNERS,
    Refusals,
    actor_of,
    paper_choices,
    post_choices,
    posted,
    told,
    unit_choices,
)
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import units_of_province
from lienthong.people.organisation.values import UnitCard

Choice = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a kind of change may name; `of_unit`: of one unit, which the city picks first; `cut`: not all is listed."""

    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    of_unit: bool = False
    unit: UnitCard | None = None
    cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to choose."""
        return any(not listed for listed in self.choices.values())


@needs(*PLANNERS)
@refusals_as_page
def competence_change_add(request: HttpRequest, draft_id: int, refusals: Refusals = ()) -> HttpResponse:
    """GET asks for one change of a kind (`?kind=`, `?unit=`, `?q=`); POST adds it. It changes nothing else."""
    actor, kind = actor_of(request), request.GET.get("kind", ChangeKind.INSTRUMENT_ENDS)
    draft = find_draft(actor, draft_id)
    if kind not in ChangeKind.values:
        raise NotFound
    offer = _offer(request, kind)
    form = change_form(kind, offer.choices, posted(request), **_ruled(kind))
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        sure = {name: given[name] for name in ("key", "confidence", "note")}
        actions.add_change(actor=actor, draft_id=draft_id, kind=kind, data=form.stored(), **sure)
        messages.success(request, _("Đã thêm thay đổi vào phương án."))
        return redirect("competence_draft", draft_id)
    context = {
        "heading": _("Thêm thay đổi: %(kind)s") % {"kind": ChangeKind(kind).label},
        "note": draft.name,
        "back_url": reverse("competence_draft", args=[draft_id]),
        "submit": _("Thêm thay đổi"),
        "is_ready": form.is_bound or not offer.is_empty,
        **_finder(request, kind, offer),
    }
    return told(request, "competence/change_form.html", context, form, refusals)


@needs(*PLANNERS)
@refusals_as_page
def competence_change_withdraw(request: HttpRequest, change_id: int, refusals: Refusals = ()) -> HttpResponse:
    """GET asks whether; POST takes the change out of its draft, the record stays."""
    actor, draft_id = actor_of(request), draft_of_change(change_id)
    if draft_id is None:
        raise NotFound
    draft, form = find_draft(actor, draft_id), KeyForm(posted(request))
    if form.is_bound and not refusals and form.is_valid():
        actions.withdraw_change(actor=actor, key=form.cleaned_data["key"], change_id=change_id)
        messages.success(request, _("Đã rút thay đổi."))
        return redirect("competence_draft", draft_id)
    change = next(line for line in change_lines(draft_id, today()) if line.id == change_id)
    context = {
        "heading": _("Rút thay đổi khỏi phương án"),
        "note": f"{draft.name}: {change.told}",
        "back_url": reverse("competence_draft", args=[draft_id]),
        "submit": _("Rút thay đổi"),
    }
    return told(request, "competence/entry_form.html", context, form, refusals)


def _finder(request: HttpRequest, kind: str, offer: Offer) -> dict[str, Any]:
    """What the page asks before the form: of which unit, with which words."""
    return {
        "kind": kind,
        "offer": offer,
        "units": unit_choices(today()) if offer.of_unit and actor_of(request).may("city") else (),
        "seeks_rules": kind == ChangeKind.RULE_ENDED,
        "text": request.GET.get("q", ""),
    }


def _ruled(kind: str) -> dict[str, Any]:
    """What the form of a supposed rule chooses from."""
    if kind != ChangeKind.RULE_ADDED:
        return {}
    on = today()
    chosen = {"fields": field_names(on), "papers": paper_choices(), "units": unit_choices(on)}
    return {**chosen, "province": settings.PROVINCE}


def _offer(request: HttpRequest, kind: str) -> Offer:
    """What this kind of change may name."""
    on = today()
    if kind in (ChangeKind.INSTRUMENT_ENDS, ChangeKind.INSTRUMENT_EXTENDS):
        return Offer({"instrument": paper_choices()})
    if kind == ChangeKind.BASIS_ADDED:
        fields = [(f"field:{name}", name) for name in field_names(on)]
        return Offer({"subject_key": fields, "instrument": paper_choices()})
    if kind == ChangeKind.UNITS_MERGED:
        units = [(one.id, one.name) for one in units_of_province(settings.PROVINCE, on)]
        return Offer({"units": units, "into": units})
    if kind == ChangeKind.RULE_ENDED:
        lines = rule_page(on, text=request.GET.get("q", ""))
        listed = [
            (line.id, f"{line.subject}: {line.who}, {line.reach} ({line.paper.number})") for line in lines
        ]
        return Offer({"rule": listed[:PAGE]}, cut=len(lines) > PAGE)
    return Offer() if kind == ChangeKind.RULE_ADDED else _of_unit(request, kind)


def _of_unit(request: HttpRequest, kind: str) -> Offer:
    """The posts, assignments or delegations of one unit; nothing while the city has picked none."""
    actor, on, code = actor_of(request), today(), request.GET.get("unit", "")[:5]
    name = _NAMES[ChangeKind(kind)]
    if actor.may("city") and not code:
        return Offer({name: ()}, of_unit=True)
    unit = find_unit(actor, code, on)
    listed: Sequence[Choice]
    if kind == ChangeKind.POST_VACANT:
        listed = post_choices(unit, on)
    elif kind == ChangeKind.ASSIGNMENT_ENDED:
        lines = assignments_of(unit.id, on)
        listed = [(line.id, f"{line.subject}: {line.post}, {line.duty_label}") for line in lines]
    else:
        papers = [line for line in delegations_of(unit.id, on) if line.stage(on) not in ("ended", "revoked")]
        listed = [(line.id, f"{line.number}: {line.grantee_post}, {line.grantee}") for line in papers]
    return Offer({name: listed}, of_unit=True, unit=unit)


_NAMES = {
    ChangeKind.POST_VACANT: "post",
    ChangeKind.ASSIGNMENT_ENDED: "assignment",
    ChangeKind.DELEGATION_ENDED: "delegation",
}

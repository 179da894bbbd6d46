"""The board of all units, a unit's checklist, one item of it, and the city's word that the unit goes live."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import today
from lienthong.fronts.administration.forms.readiness import GoLiveForm, TickForm
from lienthong.fronts.administration.queries.readiness import SHOWS, Board, board, board_sheet
from lienthong.fronts.administration.views.settings_files import as_sheet
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.values import UnitCard
from lienthong.work.readiness.access import board_closed_to, find_unit
from lienthong.work.readiness.actions import go_live, tick_item
from lienthong.work.readiness.enums import COMPUTED, Item
from lienthong.work.readiness.queries import standing_of, ticks_of

READERS = ("administration", "approval", "overview", "city")


@needs(*READERS)
@require_safe
@never_cache
def readiness_board(request: HttpRequest) -> HttpResponse:
    """Green and red over all units for the city; every other post is led to its own unit, where it has one."""
    actor = _actor(request)
    if refusal := board_closed_to(actor, today()):
        raise Refused.because(refusal, status=403)
    if not actor.may("city"):
        return redirect("readiness_unit", request.acting.unit_code)  # type: ignore[attr-defined]
    found = _asked(request)
    if "xlsx" in request.GET:
        return as_sheet(board_sheet(found), f"san-sang-{today().isoformat()}")
    context = {
        "board": found,
        "on": today(),
        "items": Item.choices,
        "show": request.GET.get("show", "all"),
        "item": request.GET.get("item", ""),
        "order": request.GET.get("order", ""),
        "shows": list(zip(SHOWS, (_("tất cả"), _("còn thiếu"), _("đã đủ"), _("đã vận hành")), strict=True)),
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở")), KeyHint("e", _("Tải XLSX"))],
    }
    return render(request, "administration/readiness/board.html", context)


@needs(*READERS)
@require_safe
@never_cache
def readiness_unit(request: HttpRequest, unit_code: str) -> HttpResponse:
    """A unit's checklist: every item, what is missing, and who saw what."""
    unit = find_unit(_actor(request), unit_code, today())
    standing = standing_of(unit, today())
    context = {
        "unit": unit,
        "standing": standing,
        "items": [(cell, Item(cell.item), cell.item in COMPUTED) for cell in standing.cells],
        "history": [(line, Item(line.item).label) for line in ticks_of(unit.id)],
        "may_decide": _actor(request).may("city") and standing.live_on is None,
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở"))],
    }
    return render(request, "administration/readiness/unit.html", context)


@needs(*READERS)
@never_cache
@refusals_as_page
def readiness_item(
    request: HttpRequest, unit_code: str, item: str, refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    """One item: what is missing, its history, and the form by which an officer says what was seen."""
    if item not in Item.values:
        raise NotFound
    unit = find_unit(_actor(request), unit_code, today())
    form = TickForm(request.POST) if request.method == "POST" else TickForm()
    if request.method == "POST" and not refusals and form.is_valid():
        _tick(request, unit, Item(item), form)
        return redirect("readiness_unit", unit_code)
    return _item_page(request, unit, Item(item), form, refusals)


@needs("city")
@never_cache
@refusals_as_page
def readiness_go_live(request: HttpRequest, unit_code: str, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """Put the unit into service; while items are missing, only with the reason."""
    unit = find_unit(_actor(request), unit_code, today())
    form = GoLiveForm(request.POST) if request.method == "POST" else GoLiveForm()
    if request.method == "POST" and not refusals and form.is_valid():
        given = form.cleaned_data
        day: date = given["live_on"] or today()
        go_live(actor=_actor(request), key=given["key"], unit_id=unit.id, live_on=day, reason=given["reason"])
        messages.success(request, _("%(unit)s vận hành chính thức.") % {"unit": unit.name})
        return redirect("readiness_unit", unit_code)
    context: dict[str, Any] = {"unit": unit, "standing": standing_of(unit, today()), "form": form}
    return _told(request, "administration/readiness/go_live.html", context, form, refusals)


def _tick(request: HttpRequest, unit: UnitCard, item: Item, form: TickForm) -> None:
    tick_item(
        actor=_actor(request),
        key=form.cleaned_data["key"],
        unit_id=unit.id,
        item=item,
        **form.told(today()),
    )
    messages.success(request, _("Đã ghi mục “%(item)s”.") % {"item": item.label})


def _item_page(
    request: HttpRequest, unit: UnitCard, item: Item, form: TickForm, refusals: Sequence[Refusal]
) -> HttpResponse:
    actor = _actor(request)
    may_tick = actor.may("city") or actor.may("administration")
    context = {
        "unit": unit,
        "item": item,
        "cell": standing_of(unit, today()).cell(item),
        "is_computed": item in COMPUTED,
        "may_tick": item not in COMPUTED and may_tick,
        "form": form,
        "history": ticks_of(unit.id, item),
    }
    return _told(request, "administration/readiness/item.html", context, form, refusals)


def _told(
    request: HttpRequest, template: str, context: dict[str, Any], form: Any, refusals: Sequence[Refusal]
) -> HttpResponse:
    kept = request.POST.get("key", "") if not refusals else ""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, context | {"refusals": refusals, "key_value": kept}, status=status)


def _asked(request: HttpRequest) -> Board:
    item = request.GET.get("item", "")
    return board(
        today(),
        show=request.GET.get("show", "all"),
        item=item if item in Item.values else "",
        order=request.GET.get("order", ""),
    )


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor

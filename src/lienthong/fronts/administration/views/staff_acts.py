"""The acts on a post, its holder and the holder's account: each a page with its form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.access import open_by_post
from lienthong.fronts.administration.forms import staff as forms
from lienthong.fronts.administration.queries.staff import answers_instead, officers_among
from lienthong.fronts.administration.views.frame import DUTIES, actor_of, list_query
from lienthong.people.identity import actions
from lienthong.people.identity.access import find_administered_post, find_administered_unit
from lienthong.people.identity.middleware import needs
from lienthong.people.identity.queries import places_of_person, seats_of, slips_of, why_not_seat
from lienthong.people.identity.values import Seat, Slip
from lienthong.people.organisation.queries import bodies_of, unit_by_id
from lienthong.people.organisation.values import UnitCard

Refusals = Sequence[Refusal]
Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ActPage:
    """One act on a post: its verb, label, form, what it does, and what is said when it is done ("" = a slip)."""

    verb: str
    label: Any
    form: type[forms.SeatForm]
    act: Callable[[Actor, Seat, Words], object]
    done: Any = ""


def _burdened(actor: Actor, seat: Seat, given: Words) -> object:
    posts = set(open_by_post([seat.unit_id]))
    return actions.end_holding(actor=actor, post_id=seat.post_id, burdened=posts, **given)


def _close(actor: Actor, seat: Seat, given: Words) -> object:
    held = open_by_post([seat.unit_id]).get(seat.post_id, 0)
    return actions.close_post(actor=actor, post_id=seat.post_id, open_cases=held, **given)


def _slip(actor: Actor, seat: Seat, given: Words) -> object:
    return actions.issue_slips(actor=actor, unit_id=seat.unit_id, account_ids=[seat.account_id or 0], **given)


ACTS: dict[str, ActPage] = {
    "staff_appoint": ActPage(
        "appoint",
        gettext_lazy("Bố trí người"),
        forms.AppointForm,
        lambda actor, seat, given: actions.appoint_officer(actor=actor, post_id=seat.post_id, **given),
        gettext_lazy("Đã bố trí người vào vị trí %(title)s."),
    ),
    "staff_substitute": ActPage(
        "substitute",
        gettext_lazy("Ghi vắng mặt, người thay"),
        forms.SubstituteForm,
        lambda actor, seat, given: actions.name_substitute(actor=actor, post_id=seat.post_id, **given),
        gettext_lazy("Đã ghi vắng mặt ở vị trí %(title)s."),
    ),
    "staff_end_absence": ActPage(
        "end_absence",
        gettext_lazy("Trở lại trước hạn"),
        forms.EndAbsenceForm,
        lambda actor, seat, given: actions.end_absence(actor=actor, post_id=seat.post_id, **given),
        gettext_lazy("Đã ghi ngày trở lại ở vị trí %(title)s."),
    ),
    "staff_invite": ActPage(
        "invite",
        gettext_lazy("Lập tài khoản, in phiếu mời"),
        forms.InviteForm,
        lambda actor, seat, given: actions.invite_officer(
            actor=actor, person_id=seat.person_id or 0, **given
        ),
    ),
    "staff_slip": ActPage("slip", gettext_lazy("Cấp phiếu mời mới"), forms.SeatForm, _slip),
    "staff_reset": ActPage(
        "reset",
        gettext_lazy("Đặt lại mật khẩu, in phiếu"),
        forms.ResetForm,
        lambda actor, seat, given: actions.reset_account(
            actor=actor, account_id=seat.account_id or 0, **given
        ),
    ),
    "staff_lock": ActPage(
        "lock",
        gettext_lazy("Khóa tài khoản"),
        forms.LockForm,
        lambda actor, seat, given: actions.lock_account(
            actor=actor, account_id=seat.account_id or 0, **given
        ),
        gettext_lazy("Đã khóa tài khoản của %(person)s."),
    ),
    "staff_unlock": ActPage(
        "unlock",
        gettext_lazy("Mở khóa tài khoản"),
        forms.UnlockForm,
        lambda actor, seat, given: actions.unlock_account(
            actor=actor, account_id=seat.account_id or 0, **given
        ),
        gettext_lazy("Đã mở khóa tài khoản của %(person)s."),
    ),
    "staff_end_holding": ActPage(
        "end_holding",
        gettext_lazy("Cho thôi giữ"),
        forms.EndHoldingForm,
        _burdened,
        gettext_lazy("Đã ghi %(person)s thôi giữ vị trí %(title)s."),
    ),
    "staff_close_post": ActPage(
        "close_post",
        gettext_lazy("Đóng vị trí"),
        forms.ClosePostForm,
        _close,
        gettext_lazy("Đã ghi đóng vị trí %(title)s."),
    ),
}


@needs(*DUTIES)
@refusals_as_page
def staff_act(request: HttpRequest, post_id: int, name: str, refusals: Refusals = ()) -> HttpResponse:
    """GET shows what the act needs; POST does it, and goes back to the post or shows the slip to print."""
    actor, at, page = actor_of(request), now(), ACTS[name]
    seat = find_administered_post(actor, post_id, at.date())
    seats = seats_of([seat.unit_id], at.date())
    form = page.form(
        request.POST if request.method == "POST" else None,
        on=at.date(),
        officers=officers_among(seats, None if page.verb == "appoint" else seat.person_id),
    )
    if form.is_bound and not refusals and form.is_valid():
        page.act(actor, seat, form.given())
        if not page.done:
            return _slip_page(request, seat, form.cleaned_data["key"], at)
        messages.success(request, page.done % {"title": seat.title, "person": seat.person})
        return redirect("staff_post", post_id)
    return _act_page(request, page, form, seat, seats, refusals)


@needs(*DUTIES)
@refusals_as_page
def staff_add_post(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET shows the form; POST sets the post up and opens it, to put somebody in."""
    actor, at = actor_of(request), now()
    unit = find_administered_unit(actor, request.GET.get("unit", "")[:5], at.date())
    bodies = [(body.id, body.name) for body in bodies_of(unit.id, at.date())]
    form = forms.OpenPostForm(request.POST if request.method == "POST" else None, on=at.date(), bodies=bodies)
    if form.is_bound and not refusals and form.is_valid():
        post_id = actions.open_post(actor=actor, unit_id=unit.id, **form.given())
        messages.success(request, _("Đã lập vị trí. Việc tiếp theo: bố trí người."))
        return redirect("staff_post", post_id)
    context = {"form": form, "unit": unit, "refusals": refusals, "list_query": list_query(actor, unit)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "administration/staff/add_post.html", _keyed(request, context), status=status)


@needs(*DUTIES)
@refusals_as_page
def staff_slips(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET tells for whom slips will be issued; POST issues them all, to be printed and cut."""
    actor, at = actor_of(request), now()
    unit = find_administered_unit(actor, request.GET.get("unit", "")[:5], at.date())
    seats = seats_of([unit.id], at.date())
    waiting = {s.account_id: s for s in seats if s.account_id and s.is_active and not s.has_password}
    form = forms.SeatForm(request.POST if request.method == "POST" else None, on=at.date())
    if form.is_bound and not refusals and form.is_valid():
        key = form.cleaned_data["key"]
        done = actions.issue_slips(actor=actor, key=key, unit_id=unit.id, account_ids=_chosen(request))
        slips = slips_of(key, done, {unit.id: unit.name}, at.date())
        return _slips(request, slips, unit)
    context = {"form": form, "unit": unit, "waiting": list(waiting.values()), "refusals": refusals}
    status = 422 if form.is_bound and form.errors else 200
    more = {"list_query": list_query(actor, unit)}
    return render(request, "administration/staff/issue.html", _keyed(request, context | more), status=status)


def _chosen(request: HttpRequest) -> list[int]:
    return [int(text) for text in request.POST.getlist("account") if text.isdecimal() and len(text) < 19]


def _slip_page(request: HttpRequest, seat: Seat, key: Any, at: datetime) -> HttpResponse:
    fresh = find_administered_post(actor_of(request), seat.post_id, at.date())
    unit = unit_by_id(seat.unit_id, at.date())
    slips = slips_of(key, [fresh.account_id or 0], {unit.id: unit.name}, at.date())
    return _slips(request, slips, unit, seat)


def _slips(
    request: HttpRequest, slips: Sequence[Slip], unit: UnitCard, back: Seat | None = None
) -> HttpResponse:
    address = f"{settings.PUBLIC_URL}{reverse('take_invitation')}"
    context = {"slips": slips, "back": back, "unit": unit, "address": address}
    return render(request, "administration/staff/slips.html", context)


def _act_page(
    request: HttpRequest,
    page: ActPage,
    form: forms.SeatForm,
    seat: Seat,
    seats: Sequence[Seat],
    refusals: Refusals,
) -> HttpResponse:
    cases = open_by_post([seat.unit_id]).get(seat.post_id, 0)
    places = places_of_person(seat.person_id or 0, now().date())
    stopped = why_not_seat(page.verb, actor_of(request), seat, cases, places)
    context = {
        "page": page,
        "form": form,
        "seat": seat,
        "cases": cases,
        "instead": answers_instead(seats, seat),
        "stopped": stopped,
        "refusals": refusals,
    }
    status = 422 if form.is_bound and form.errors else 409 if stopped and not refusals else 200
    return render(request, "administration/staff/act.html", _keyed(request, context), status=status)


def _keyed(request: HttpRequest, context: Words) -> Words:
    """A refused command was undone with its key; the same key may be sent again."""
    return context | {"key_value": request.POST.get("key", "")}

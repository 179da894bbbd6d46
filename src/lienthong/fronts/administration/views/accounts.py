"""Accounts of officers who hold no post any more: they are locked here, because no post leads to them."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lienthong.core.registry.values import Refusal
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now
from lienthong.fronts.administration.forms.staff import LockForm, SeatForm, UnlockForm
from lienthong.fronts.administration.views.frame import DUTIES, actor_of, list_query
from lienthong.people.identity import actions
from lienthong.people.identity.access import find_administered_unit, find_former_officer
from lienthong.people.identity.middleware import needs
from lienthong.people.identity.queries import former_officers, why_not_former
from lienthong.people.organisation.queries import unit_by_id

FORMS: dict[str, type[SeatForm]] = {"lock": LockForm, "unlock": UnlockForm}
DONE = {
    "lock": gettext_lazy("Đã khóa tài khoản của %(person)s."),
    "unlock": gettext_lazy("Đã mở khóa tài khoản của %(person)s."),
}


@needs(*DUTIES)
@require_safe
def former_accounts(request: HttpRequest) -> HttpResponse:
    """Who left the unit and still has an account, those that are open first."""
    actor, at = actor_of(request), now()
    unit = find_administered_unit(actor, request.GET.get("unit", "")[:5], at.date())
    context = {"unit": unit, "officers": former_officers(unit.id, at.date())}
    return render(
        request, "administration/staff/former.html", context | {"list_query": list_query(actor, unit)}
    )


@needs(*DUTIES)
@refusals_as_page
def former_act(
    request: HttpRequest, account_id: int, verb: str, refusals: Sequence[Refusal] = ()
) -> HttpResponse:
    """GET asks for the reason; POST locks the account, or opens it again."""
    actor, at = actor_of(request), now()
    officer = find_former_officer(actor, account_id, at.date())
    unit = unit_by_id(officer.unit_id, at.date())
    form = FORMS[verb](request.POST if request.method == "POST" else None, on=at.date())
    if form.is_bound and not refusals and form.is_valid():
        act = actions.lock_account if verb == "lock" else actions.unlock_account
        act(actor=actor, account_id=account_id, **form.given())
        messages.success(request, DONE[verb] % {"person": officer.person})
        return redirect(f"{reverse('former_accounts')}{list_query(actor, unit)}")
    stopped = why_not_former(verb, officer)
    context = {
        "form": form,
        "officer": officer,
        "verb": verb,
        "refusals": refusals,
        "stopped": stopped,
        "key_value": request.POST.get("key", ""),
        "list_query": list_query(actor, unit),
    }
    status = 422 if form.is_bound and form.errors else 409 if stopped and not refusals else 200
    return render(request, "administration/staff/former_act.html", context, status=status)

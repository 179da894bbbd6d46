"""How the applicant of a case wants to be told: changed when they say so, or when an address proved wrong."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.shell.views import refusals_as_page
from lienthong.facilities.casework.queries import find_case
from lienthong.facilities.notifications.forms import ChannelForm
from lienthong.facilities.notifications.queries import messages_of
from lienthong.facilities.notifications.views.messages import actor_of, case_url, lines_of
from lienthong.people.identity.middleware import needs
from lienthong.people.parties.access import find_party
from lienthong.people.parties.actions import set_channel


@needs("reception", "processing", "dispatch")
@refusals_as_page
def message_channel(request: HttpRequest, case_id: int, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """GET shows the chosen channel, to be changed, and what the applicant was told; POST sets it."""
    actor = actor_of(request)
    case = find_case(actor, case_id)
    if case.party_id is None:
        raise NotFound
    party = find_party(actor, case.party_id, "channel")
    first = {"channel": party.channel, "phone": party.phone, "email": party.email}
    form = ChannelForm(request.POST or None, initial=first)
    if form.is_bound and not refusals and form.is_valid():
        given = {name: form.cleaned_data[name] for name in first}
        set_channel(actor=actor, party_id=party.id, **given)
        messages.success(request, _("Đã ghi kênh nhận tin. Tin tiếp theo được gửi theo lựa chọn này."))
        return redirect("message_channel", case_id)
    context = {
        "form": form,
        "case": case,
        "case_url": case_url(case.kind, case.pk),
        "lines": lines_of(messages_of(actor, case_id)),
        "refusals": refusals,
        "key_value": request.POST.get("key", ""),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "notifications/channel.html", context, status=status)

"""Sending again, and trying again what a listener stumbled over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lienthong.core.journal.actions.retrying import retry_stumble as retry
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.workdays.queries import now
from lienthong.facilities.exchange import actions
from lienthong.facilities.exchange.access import find_client, find_delivery
from lienthong.facilities.exchange.forms import KeyForm
from lienthong.facilities.exchange.rules import why_not_manage
from lienthong.facilities.exchange.views.clients import actor_of
from lienthong.people.identity.middleware import needs


@needs("city")
@require_POST
def resend_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Send one again at the sender's next round."""
    find_delivery(actor_of(request), delivery_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return without_key(request, form)
    client_id = actions.resend_delivery(
        actor=actor_of(request), key=form.cleaned_data["key"], delivery_id=delivery_id
    )
    messages.success(request, _("Thông báo sẽ được gửi lại ngay."))
    return redirect("client_page", client_id)


@needs("city")
@require_POST
def resend_all(request: HttpRequest, client_id: int) -> HttpResponse:
    """Send all of a client that has not arrived."""
    find_client(actor_of(request), client_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return without_key(request, form)
    count = actions.resend_all(actor=actor_of(request), key=form.cleaned_data["key"], client_id=client_id)
    told = ngettext(
        "%(count)s thông báo sẽ được gửi lại ngay.", "%(count)s thông báo sẽ được gửi lại ngay.", count
    )
    messages.success(request, told % {"count": count})
    return redirect("client_page", client_id)


@needs("city")
@require_POST
def retry_stumble(request: HttpRequest, listener: str, entry_id: int) -> HttpResponse:
    """Let a listener try an entry again at its next round."""
    if refusal := why_not_manage(actor_of(request)):
        raise Refused.because(refusal, status=403)
    if entry_id >= 2**63:
        raise NotFound
    retry(listener=listener, entry_id=entry_id, actor=actor_of(request), at=now())
    messages.success(request, _("Dòng nhật ký sẽ được xử lý lại ngay."))
    return redirect("exchange_page")


def without_key(request: HttpRequest, form: KeyForm) -> HttpResponse:
    """The page of a POST that came without the key of its page."""
    return render(request, "exchange/asked.html", {"form": form}, status=422)

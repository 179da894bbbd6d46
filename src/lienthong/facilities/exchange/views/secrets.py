"""Tokens and addresses: what is shown once, and taking it away again."""

from collections.abc import Sequence
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lienthong.core.registry.values import Refusal
from lienthong.core.shell.views import refusals_as_page
from lienthong.facilities.exchange import actions, queries
from lienthong.facilities.exchange.access import find_client, find_subscription
from lienthong.facilities.exchange.forms import KeyForm, PauseForm, SubscribeForm, TokenForm
from lienthong.facilities.exchange.models import Client
from lienthong.facilities.exchange.views.clients import actor_of
from lienthong.facilities.exchange.views.deliveries import without_key
from lienthong.lib.calendar.days import VIETNAM
from lienthong.people.identity.middleware import needs

Refusals = Sequence[Refusal]


@needs("city")
@refusals_as_page
@never_cache
def issue_token(request: HttpRequest, client_id: int, refusals: Refusals = ()) -> HttpResponse:
    """GET asks what the token opens and until when; POST issues it, and its text is shown this once."""
    client = find_client(actor_of(request), client_id)
    form = TokenForm(request.POST if request.method == "POST" else None, allowed=client.scopes)
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        who = given["username"]
        account_id, post_id = queries.officer_of(who, given["post"]) if who else (None, None)
        issued = actions.issue_token(
            actor=actor_of(request),
            key=given["key"],
            client_id=client_id,
            scopes=given["scopes"],
            expires_at=datetime.combine(given["expires_on"], time(23, 59, 59), VIETNAM),
            account_id=account_id,
            post_id=post_id,
        )
        return _once(request, client, _("Mã truy cập"), issued.raw, "token")
    return _form_page(request, client, form, refusals, "token")


@needs("city")
@refusals_as_page
@never_cache
def subscribe(request: HttpRequest, client_id: int, refusals: Refusals = ()) -> HttpResponse:
    """GET asks for the address; POST adds it, and its signing secret is shown this once."""
    client = find_client(actor_of(request), client_id)
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        _id, secret = actions.subscribe(
            actor=actor_of(request), key=given["key"], client_id=client_id, url=given["url"]
        )
        return _once(request, client, _("Khóa ký của nơi nhận"), secret, "secret")
    return _form_page(request, client, form, refusals, "subscribe")


@needs("city")
@require_POST
@never_cache
def rotate_secret(request: HttpRequest, subscription_id: int) -> HttpResponse:
    """Draw a new signing secret, shown this once; the former one signs too for seven days."""
    found = find_subscription(actor_of(request), subscription_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return without_key(request, form)
    secret = actions.rotate_secret(
        actor=actor_of(request), key=form.cleaned_data["key"], subscription_id=subscription_id
    )
    return _once(request, found.client, _("Khóa ký mới của nơi nhận"), secret, "rotated")


@needs("city")
@require_POST
def pause_subscription(request: HttpRequest, subscription_id: int) -> HttpResponse:
    """Send nothing there for now."""
    find_subscription(actor_of(request), subscription_id)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return without_key(request, form)
    client_id = actions.pause_subscription(
        actor=actor_of(request), subscription_id=subscription_id, reason=form.cleaned_data["reason"]
    )
    messages.success(request, _("Đã tạm dừng gửi; thông báo mới được giữ lại."))
    return redirect("client_page", client_id)


@needs("city")
@require_POST
def resume_subscription(request: HttpRequest, subscription_id: int) -> HttpResponse:
    """Send there again."""
    client_id = actions.resume_subscription(actor=actor_of(request), subscription_id=subscription_id)
    messages.success(request, _("Đang gửi lại, bắt đầu từ những gì còn chờ."))
    return redirect("client_page", client_id)


@needs("city")
@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Take a token away, for good."""
    client_id = actions.revoke_token(actor=actor_of(request), token_id=token_id)
    messages.success(request, _("Đã thu hồi mã truy cập; trong vài giây không còn dùng được ở đâu."))
    return redirect("client_page", client_id)


def _form_page(
    request: HttpRequest,
    client: Client,
    form: TokenForm | SubscribeForm,
    refusals: Refusals,
    what: str,
) -> HttpResponse:
    # A refused command was undone with its key; the same key may be sent again.
    context = {"client": client, "form": form, "refusals": refusals, "what": what}
    more = {"key_value": request.POST.get("key", "")}
    return render(request, "exchange/secret_form.html", context | more, status=422 if form.errors else 200)


def _once(request: HttpRequest, client: Client, label: str, secret: str, what: str) -> HttpResponse:
    """The page that shows a secret; nothing of it is kept, so a second look shows that it is gone."""
    context = {"client": client, "label": label, "secret": secret, "what": what}
    return render(request, "exchange/shown_once.html", context)

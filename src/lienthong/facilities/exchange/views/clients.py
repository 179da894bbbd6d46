"""The exchange page, a client's page, and registering, stopping and resuming a client."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lienthong.core.journal.queries import stumbles
from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now, today
from lienthong.facilities.exchange import actions, queries
from lienthong.facilities.exchange.access import find_client
from lienthong.facilities.exchange.enums import ApiScope, DeliveryState
from lienthong.facilities.exchange.forms import PauseForm, RegisterForm
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import unit_by_code, unit_names

Refusals = Sequence[Refusal]
MOST_STUMBLES = 50


@needs("city")
@require_safe
@never_cache
def exchange_page(request: HttpRequest) -> HttpResponse:
    """Every client with what waits and what is stuck; and what the product's own listeners stumbled over."""
    lines = queries.client_lines(actor_of(request))
    context = {
        "lines": [(line, queries.trouble_words(line.trouble)) for line in lines],
        "most": queries.MOST_COUNTED,
        "stumbles": stumbles(limit=MOST_STUMBLES),
        "at": now(),
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở"))],
    }
    return render(request, "exchange/exchange_page.html", context)


@needs("city")
@refusals_as_page
@never_cache
def register_client(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET asks who; POST makes the client known, and its page opens."""
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not refusals and form.is_valid():
        given = form.cleaned_data
        client_id = actions.register_client(
            actor=actor_of(request),
            key=given["key"],
            name=given["name"],
            kind=given["kind"],
            scopes=given["scopes"],
            unit_ids=[unit_by_code(code, today()).id for code in given["units"]],
            rate_per_minute=given["rate"],
            sandbox=given["sandbox"],
        )
        messages.success(request, _("Đã thêm bên kết nối. Tiếp theo: cấp mã truy cập và thêm nơi nhận."))
        return redirect("client_page", client_id)
    context = {"form": form, "refusals": refusals, "key_value": request.POST.get("key", "")}
    return render(request, "exchange/register.html", context, status=422 if form.errors else 200)


@needs("city")
@require_safe
@never_cache
def client_page(request: HttpRequest, client_id: int) -> HttpResponse:
    """A client: its addresses, its tokens, and what was sent or is to be sent, page by page."""
    actor, state = actor_of(request), request.GET.get("state", "")
    client = find_client(actor, client_id)
    state = state if state in DeliveryState.values else DeliveryState.STUCK.value
    after = request.GET.get("after", "")
    mark = int(after) if after.isdecimal() and len(after) < 19 else 0
    lines, next_mark = queries.delivery_lines(actor, client_id, state, mark)
    context = {
        "client": client,
        "units": sorted(unit_names(client.unit_ids, today()).values()),
        "subscriptions": queries.subscriptions_of(actor, client_id),
        "tokens": [(one, _labels(one.scopes)) for one in queries.tokens_of(actor, client_id)],
        "lines": lines,
        "after": next_mark,
        "first": not mark,
        "state": state,
        "states": reversed(DeliveryState.choices),
        "pause_form": PauseForm(),
        "at": now(),
        "key_hints": [KeyHint("j k", _("Dòng"))],
    }
    return render(request, "exchange/client_page.html", context)


@needs("city")
@require_POST
def stop_client(request: HttpRequest, client_id: int) -> HttpResponse:
    """Stop a client: its tokens open nothing, nothing is sent to it."""
    actions.stop_client(actor=actor_of(request), client_id=client_id)
    messages.success(request, _("Đã ngừng bên kết nối; thông báo của nó được giữ lại."))
    return redirect("client_page", client_id)


@needs("city")
@require_POST
def resume_client(request: HttpRequest, client_id: int) -> HttpResponse:
    """Let a client go on."""
    actions.resume_client(actor=actor_of(request), client_id=client_id)
    messages.success(request, _("Bên kết nối hoạt động lại."))
    return redirect("client_page", client_id)


def _labels(scopes: Sequence[str]) -> str:
    return "; ".join(str(ApiScope(word).label) for word in scopes if word in ApiScope.values)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor

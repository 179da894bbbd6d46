"""Messages to citizens: what waits, what failed and why, what was sent; sending again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lienthong.core.registry.queries import kind_of
from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now, today
from lienthong.facilities.notifications import actions
from lienthong.facilities.notifications.enums import MessageState, TemplateName
from lienthong.facilities.notifications.forms import KeyForm
from lienthong.facilities.notifications.queries import channels, message_page, open_counts, present_rule
from lienthong.facilities.notifications.rules import is_quiet
from lienthong.facilities.notifications.values import MessageLine
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import unit_names
from lienthong.people.parties.enums import ContactChannel

SEES = ("reception", "overview", "administration", "city")
PAGE = 50
TONES = {
    MessageState.WAITING: "waiting",
    MessageState.SENDING: "working",
    MessageState.SENT: "done",
    MessageState.FAILED: "stopped",
    MessageState.UNCERTAIN: "stopped",
    MessageState.NOT_WANTED: "ended",
}
RESENDABLE = (MessageState.FAILED, MessageState.UNCERTAIN)


@needs(*SEES)
@require_safe
@never_cache
def message_list(request: HttpRequest) -> HttpResponse:
    """The messages of the unit (the city: of every unit), by state."""
    return _page(request)


@needs(*SEES)
@require_POST
@refusals_as_page
def message_resend(request: HttpRequest, message_id: int, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """Put a failed or uncertain message back among those that wait."""
    form = KeyForm(request.POST)
    if refusals or not form.is_valid():
        return _page(request, refusals=refusals, form=form, status=422)
    actions.resend_message(actor=actor_of(request), key=form.cleaned_data["key"], message_id=message_id)
    messages.success(request, _("Tin sẽ được gửi lại trong ít phút tới."))
    return redirect(f"{reverse('message_list')}?state={MessageState.WAITING}")


def actor_of(request: HttpRequest) -> Actor:
    """Who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def case_url(kind: str, case_id: int | None) -> str:
    """The page of a case; "" where its kind has none any more."""
    try:
        return reverse(kind_of(kind).detail_url_name, args=[case_id]) if case_id else ""
    except (LookupError, NoReverseMatch):
        return ""


def lines_of(rows: Sequence[MessageLine]) -> list[dict[str, Any]]:
    """Messages as rows, where their unit is plain."""
    at = now()
    return [_line(row, "", at) for row in rows]


def _page(
    request: HttpRequest, refusals: Sequence[Refusal] = (), form: KeyForm | None = None, status: int = 200
) -> HttpResponse:
    actor, state, after = actor_of(request), request.GET.get("state", ""), request.GET.get("after", "")
    last = int(after) if after.isdecimal() and len(after) < 19 else 0
    unit = request.GET.get("unit", "")
    unit_id = int(unit) if actor.reach == "province" and unit.isdecimal() and len(unit) < 10 else None
    rows = message_page(actor, state=state, unit_id=unit_id, after=last, limit=PAGE)
    names = unit_names({row.unit_id for row in rows}, today()) if actor.reach == "province" else {}
    counts, rule, at = open_counts(actor), present_rule(), now()
    context = {
        "lines": [_line(row, names.get(row.unit_id, ""), at) for row in rows[:PAGE]],
        "after": rows[PAGE - 1].id if len(rows) > PAGE else "",
        "first": not last,
        "tabs": [(word, label, counts.get(word), word == state) for word, label in MessageState.choices],
        "state": state,
        "of_unit": names.get(unit_id or 0, ""),
        "channels": [(ContactChannel(one.channel).label, one) for one in channels()],
        "rule": rule,
        "is_quiet": is_quiet(at, rule, ContactChannel.SMS),
        "form": form,
        "refusals": refusals,
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở hồ sơ"))],
    }
    return render(request, "notifications/message_list.html", context, status=status)


def _line(row: MessageLine, unit: str, at: datetime) -> dict[str, Any]:
    """A message as its row shows it."""
    state = MessageState(row.state)
    return {
        "row": row,
        "unit": unit,
        "url": case_url(row.case_kind, row.case_id),
        "what": TemplateName(row.template).label if row.template else "",
        "channel": ContactChannel(row.channel).label,
        "word": state.label,
        "tone": TONES[state],
        "may_resend": state in RESENDABLE,
        "waits_until": row.next_try_at if state == MessageState.WAITING and row.next_try_at > at else None,
    }

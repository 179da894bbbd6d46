"""The officer's own news: a bell that is asked every minute, the list behind it, the morning's digest."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.core.registry.values import Refusal
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.facilities.notifications import actions
from lienthong.facilities.notifications.enums import AlertKind, MessageState
from lienthong.facilities.notifications.forms import MailForm, ReadForm
from lienthong.facilities.notifications.queries import alerts, digest_mail_of, unread
from lienthong.facilities.notifications.values import AlertLine, DigestPlace
from lienthong.facilities.notifications.views.messages import TONES as TONES_OF_STATES
from lienthong.facilities.notifications.views.messages import actor_of, case_url
from lienthong.people.identity.middleware import needs, public

PAGE = 30
PANEL = 8
TONES = {
    AlertKind.ASSIGNED: "new",
    AlertKind.OFFERED: "waiting",
    AlertKind.TO_APPROVE: "approval",
    AlertKind.SENT_BACK: "stopped",
    AlertKind.SUPPLEMENTED: "working",
    AlertKind.DIGEST: "waiting",
    AlertKind.REGISTER: "waiting",
}
# News of no single case, and the page that it leads to.
PAGES = {AlertKind.DIGEST: "desk_home", AlertKind.REGISTER: "finding_list"}


@public
@require_safe
def alert_bell(request: HttpRequest) -> HttpResponse:
    """How many alerts are new: one statement; 304 where nothing has changed since it was last asked.

    Open, and empty for whoever has no post: a page that asks by itself must not be sent to the sign-in page
    when the session ends, with what its reader is typing.
    """
    if actor_of(request).post_id is None:
        return HttpResponse(status=204)
    count, last = unread(actor_of(request))
    mark = f'"{actor_of(request).post_id}-{count}-{last}"'
    if request.headers.get("If-None-Match") == mark:
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = render(request, "notifications/parts/bell.html", {"count": count})
    # The browser keeps it for itself and asks again each time.
    answer["ETag"], answer["Cache-Control"], answer["Vary"] = mark, "private, no-cache", "Cookie"
    return answer


@needs()
@require_safe
def alert_list(request: HttpRequest) -> HttpResponse:
    """The acting post's news; within a page only the newest of them."""
    if request.headers.get("HX-Request"):
        rows = alerts(actor_of(request), limit=PANEL)
        panel = {"lines": [_line(row) for row in rows[:PANEL]], "more": len(rows) > PANEL, **_newest(rows)}
        return render(request, "notifications/parts/panel.html", panel)
    return _page(request)


@needs()
@require_POST
@refusals_as_page
def alerts_read(request: HttpRequest, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """Mark everything up to what the page showed as read."""
    form = ReadForm(request.POST)
    if refusals or not form.is_valid():
        return _page(request, form=form, refusals=refusals, status=422)
    given = form.cleaned_data
    actions.mark_read(actor=actor_of(request), key=given["key"], last_id=given["last"])
    return redirect("alert_list")


@needs()
@require_POST
@refusals_as_page
def digest_mail(request: HttpRequest, refusals: Sequence[Refusal] = ()) -> HttpResponse:
    """Set where the morning's digest is mailed to."""
    form = MailForm(request.POST)
    if refusals or not form.is_valid():
        return _page(request, form=form, refusals=refusals, mail=form, status=422)
    given = form.cleaned_data
    actions.set_digest_mail(actor=actor_of(request), key=given["key"], email=given["email"])
    told = (
        _("Bản tin sẽ đến thư này từ sáng mai.")
        if given["email"].strip()
        else _("Đã thôi gửi bản tin qua thư.")
    )
    messages.success(request, told)
    return redirect("alert_list")


def _page(
    request: HttpRequest,
    *,
    form: Any = None,
    mail: MailForm | None = None,
    refusals: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    actor, after = actor_of(request), request.GET.get("after", "")
    place = digest_mail_of(actor)
    last = int(after) if after.isdecimal() and len(after) < 19 else 0
    rows = alerts(actor, after=last, limit=PAGE)
    context = {
        "lines": [_line(row) for row in rows[:PAGE]],
        "after": rows[PAGE - 1].id if len(rows) > PAGE else "",
        "first": not last,
        "form": form,
        "mail": mail or MailForm(initial={"email": place.email}),
        "letter": _letter(place),
        "refusals": refusals,
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở"))],
        **_newest(rows),
    }
    return render(request, "notifications/alert_list.html", context, status=status)


def _letter(place: DigestPlace) -> dict[str, Any] | None:
    """What became of the digest's last letter; None where none was written to the present address."""
    if not place.state:
        return None
    state = MessageState(place.state)
    return {
        "of": place,
        "word": state.label,
        "tone": TONES_OF_STATES[state],
        "is_lost": state == MessageState.FAILED,
    }


def _newest(rows: Sequence[AlertLine]) -> dict[str, Any]:
    """What "read" would mark: up to the newest that is shown."""
    return {"last": rows[0].id if rows else 0, "has_unread": any(not row.is_read for row in rows)}


def _line(row: AlertLine) -> dict[str, Any]:
    """An alert as its row shows it; what is of no case leads to its page."""
    kind = AlertKind(row.kind)
    url = reverse(PAGES[kind]) if kind in PAGES else case_url(row.case_kind, row.case_id)
    return {"row": row, "word": kind.label, "tone": TONES[kind], "url": url}

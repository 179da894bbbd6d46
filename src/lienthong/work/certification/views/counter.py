"""The counter of certification: one screen, a row for each original; the delegate's Enter does all of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.queries import dues_of, heading_at
from lienthong.lib.dates import format_date
from lienthong.lib.identity_card import CardError, read_card
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import unit_by_id, units_of_province
from lienthong.people.parties.enums import PaperKind
from lienthong.work.certification import actions
from lienthong.work.certification.access import find_certification
from lienthong.work.certification.enums import ActKind, CertificationState
from lienthong.work.certification.forms.counter import ROWS, BaseItems, ItemSet, RequestForm, request_of
from lienthong.work.certification.queries import act_rules, bans, numbers_of
from lienthong.work.certification.queries.desk import task_names
from lienthong.work.certification.values import ItemDraft
from lienthong.work.certification.views.acting import Refusals, actor_of, number_of
from lienthong.work.certification.views.quote import quote_of

# What is brought most; typing goes on with any other name.
USUAL = (
    gettext_lazy("Thẻ căn cước"),
    gettext_lazy("Giấy khai sinh"),
    gettext_lazy("Giấy chứng nhận kết hôn"),
    gettext_lazy("Bằng tốt nghiệp"),
    gettext_lazy("Học bạ"),
    gettext_lazy("Giấy phép lái xe"),
    gettext_lazy("Giấy chứng nhận quyền sử dụng đất"),
    gettext_lazy("Giấy đăng ký xe"),
    gettext_lazy("Giấy ủy quyền"),
    gettext_lazy("Sơ yếu lý lịch"),
)


@dataclass(frozen=True, slots=True)
class Done:
    """Việc vừa xong ở quầy, as the notice tells it."""

    id: int
    code: str
    applicant: str
    label: str
    state: str
    due_at: datetime | None
    numbers: str
    amount: int


@needs("reception")
@refusals_as_page
@never_cache
def certification_new(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """GET: the screen. POST: received, or attested at once; what stops it comes back with everything typed."""
    actor = actor_of(request)
    if request.method != "POST":
        return _page(request, *_empty(actor))
    typed = request.POST.copy()
    scanned = _read_scan(typed)
    form, items = _bound(actor, typed)
    told = (*scanned, *refusals)
    if told or "more" in typed.getlist("act") or not (form.is_valid() & items.is_valid()):
        return _page(request, form, items, refusals=told, wide=typed.get("act") == "more", status=422)
    return _stored(actor, form, items, typed)


@needs("reception")
@require_POST
@never_cache
def certification_fee(request: HttpRequest) -> HttpResponse:
    """The quote as it stands, a part of the page; and the acts that it allows."""
    actor = actor_of(request)
    form, items = _bound(actor, request.POST.copy())
    quote = quote_of(actor, _task(request.POST), _typed_items(items), now())
    return render(request, "certification/parts/answer.html", {"quote": quote, "oob": True, "form": form})


def _stored(actor: Actor, form: RequestForm, items: BaseItems, typed: QueryDict) -> HttpResponse:
    asked, key = request_of(form, items), _key(typed)
    if typed.get("act") != "at_once":
        received = actions.receive_certification(actor=actor, key=key, request=asked)
        return redirect(f"{reverse('certification_new')}?{urlencode({'done': received.certification_id})}")
    title = task_names(now()).get(asked.task_code, "")
    done = actions.attest_at_once(
        actor=actor,
        key=key,
        request=asked,
        method=form.cleaned_data["method"] or PaymentMethod.CASH.value,
        heading=heading_at(actor, now(), payer_name=asked.applicant.name, code="", procedure=title),
    )
    query = urlencode({"done": done.certification_id, "print": 1})
    return redirect(f"{reverse('certification_new')}?{query}")


def _empty(actor: Actor) -> tuple[RequestForm, BaseItems]:
    choices = _choices(actor)
    return RequestForm(**choices), _set(None)


def _bound(actor: Actor, typed: QueryDict) -> tuple[RequestForm, BaseItems]:
    return RequestForm(typed, **_choices(actor)), _set(typed)


def _set(typed: QueryDict | None) -> BaseItems:
    listed = {"bans": list(bans(now().date()).values())}
    return cast("BaseItems", ItemSet(typed, prefix="items", form_kwargs=listed))


def _choices(actor: Actor) -> dict[str, Any]:
    """The acts of today, and the communes of the province for land and houses."""
    at = now()
    here = unit_by_id(actor.unit_id or 0, at.date())
    places = [(unit.code, unit.name) for unit in units_of_province(here.province_code, at.date())]
    return {"tasks": list(task_names(at).items()), "places": places}


def _task(typed: QueryDict) -> str:
    """The act that is chosen, else the first."""
    names = task_names(now())
    asked = typed.get("task", "")
    return asked if asked in names else next(iter(names), "")


def _typed_items(items: BaseItems) -> tuple[ItemDraft, ...]:
    """The rows that can be counted already; the others are still being typed."""
    rows = [form for form in items.forms if form.is_bound and form.has_changed() and form.is_valid()]
    return tuple(form.draft() for form in rows)


def _read_scan(typed: QueryDict) -> tuple[Refusal, ...]:
    """Without script: a scan that came with the form is read here. A card overwrites what was typed."""
    scan = typed.get("scan", "").strip()
    if not scan:
        return ()
    try:
        card = read_card(scan, today=now().date())
    except CardError as error:
        return (Refusal(error.code, error.sentence),)
    typed["paper_kind"], typed["number"], typed["name"] = (
        PaperKind.CITIZEN_CARD.value,
        card.number,
        card.name,
    )
    typed["born"], typed["sex"], typed["address"] = (
        format_date(card.born_on) if card.born_on else "",
        card.sex.value,
        card.address,
    )
    typed["scan"] = ""
    return ()


def _page(
    request: HttpRequest,
    form: RequestForm,
    items: BaseItems,
    *,
    refusals: Refusals = (),
    wide: bool = False,
    status: int = 200,
) -> HttpResponse:
    filled = len([one for one in items.forms if one.is_bound and one.has_changed()])
    context = {
        "form": form,
        "items": items,
        "typed": request.POST,
        "key": _shown_key(request.POST, refusals),
        "refusals": refusals,
        "shown": ROWS if wide else filled + 1,
        **_beside(request, items),
    }
    return render(request, "certification/new.html", context, status=status)


def _beside(request: HttpRequest, items: BaseItems) -> dict[str, Any]:
    """What does not depend on how the form was answered: the quote, the acts, and what was just done."""
    task = _task(request.POST)
    acts = {rule.task_code: rule.act for rule in act_rules(now().date())}
    return {
        "quote": quote_of(actor_of(request), task, _typed_items(items), now()),
        "usual": USUAL,
        "acts": json.dumps(acts),
        "act": acts.get(task, ""),
        "done": _done(request),
        "print": "print" in request.GET,
        "now_empty": "next" in request.GET,
        "key_hints": counter_keys(),
    }


def counter_keys() -> list[KeyHint]:
    """The keys of this counter, for the strip at the bottom."""
    return [
        KeyHint("F2", _("Người")),
        KeyHint("F3", _("Việc")),
        KeyHint("F4", _("Giấy tờ")),
        KeyHint("F9", _("Chứng thực, tiếp nhận")),
        KeyHint("F8", _("Người tiếp theo")),
    ]


def _done(request: HttpRequest) -> Done | None:
    """What was just stored, where the address names one that the clerk sees."""
    asked = number_of(request.GET.get("done", ""))
    if asked is None:
        return None
    try:
        row = find_certification(actor_of(request), asked)
    except NotFound:
        return None
    note_reading(actor_of(request), Subject("certification", row.pk), "certification_new")
    case = row.case
    return Done(
        row.pk,
        case.code,
        case.subject_name,
        str(ActKind(row.act).label),
        str(CertificationState(case.state).label),
        case.due_at if case.closed_at is None else None,
        ", ".join(f"{one.number:02d}" for one in numbers_of(row.pk)),
        dues_of(row.pk).due,
    )


def _key(typed: QueryDict) -> UUID:
    """The form's idempotency key; a form without one is a new command."""
    try:
        return UUID(typed.get("key", ""))
    except ValueError:
        return uuid4()


def _shown_key(typed: QueryDict, refusals: Refusals) -> str:
    """Once more the same key, unless it belongs to another act already."""
    used = any(refusal.code == "key.reused" for refusal in refusals)
    return str(uuid4()) if used else typed.get("key", "")

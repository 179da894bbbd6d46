"""The counter: one screen, one row of three; the next person is one key away."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.shell.values import KeyHint
from lienthong.core.workdays.queries import today
from lienthong.facilities.documents.actions import reuse_attachment
from lienthong.fronts.desk.forms import AnswerForm, IntakeForm
from lienthong.fronts.desk.queries.counter import chosen_for, done_of, draft_of, person_of, units_named
from lienthong.fronts.desk.rules import FIELD_OF, lacks_of
from lienthong.fronts.desk.values import Chosen, Done, PaperRow, Person
from lienthong.mandate.procedures.queries import search_catalogue
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import unit_by_id
from lienthong.people.parties.queries import doubts_about
from lienthong.work.dossiers.actions.ending import refuse_dossier
from lienthong.work.dossiers.actions.receive import receive_dossier
from lienthong.work.dossiers.actions.waiting import request_supplement
from lienthong.work.dossiers.queries import find_dossier
from lienthong.work.dossiers.values import GivenPaper, Intake, Lack, Received

OPTIONS = 8


@needs("reception")
@never_cache
def counter(request: HttpRequest) -> HttpResponse:
    """The screen, empty or as it was typed; without script its smaller buttons come here too."""
    if request.method != "POST":
        return _page(request, IntakeForm(), done=_done(request))
    typed = request.POST.copy()
    if "pick" in typed:
        typed["procedure"] = typed.get("pick", "")
    if "pick_place" in typed:
        typed["place"] = typed.get("pick_place", "")
    if typed.get("act") == "look" or "pick" in typed or "pick_place" in typed:
        return _looked(request, typed)
    return _received(request, typed)


@needs("reception")
@require_POST
@never_cache
def counter_person(request: HttpRequest) -> HttpResponse:
    """Who stands there: a part of the page, with values for its fields."""
    look, typed = request.GET.get("look") != "no", request.POST.copy()
    if not look:  # a field below the scan changed: what the scan said of itself is said already
        typed.pop("scan", None)
    person = person_of(_actor(request), typed, look=look)
    context = {"person": person, "typed": typed, "looked": look}
    return render(request, "desk/parts/person.html", context)


@needs("reception")
@require_POST
@never_cache
def counter_procedures(request: HttpRequest) -> HttpResponse:
    """Procedures by a few letters without tones, as the options of a list."""
    text = request.POST.get("procedure_search", "")
    place = unit_by_id(_actor(request).unit_id or 0, today()).code
    rows = [row.terms for row in search_catalogue(text, today(), place, OPTIONS)] if text.strip() else []
    return render(request, "desk/parts/procedures.html", {"found": rows, "searched": text.strip()})


@needs("reception")
@require_POST
@never_cache
def counter_places(request: HttpRequest) -> HttpResponse:
    """Communes of the province by a few letters, old names too."""
    text = request.POST.get("place_search", "")
    found = {"places": units_named(_actor(request), text), "searched_place": text.strip()}
    return render(request, "desk/parts/places.html", found)


@needs("reception")
@require_POST
@never_cache
def counter_terms(request: HttpRequest) -> HttpResponse:
    """What the chosen procedure asks; both the second and the third column."""
    fresh = request.POST.get("terms_for") != request.POST.get("procedure")
    chosen = _chosen(request, request.POST, fresh=fresh)
    return render(request, "desk/parts/terms.html", {"chosen": chosen, "typed": request.POST})


def counter_keys() -> list[KeyHint]:
    """The keys of the counter, for the strip at the bottom."""
    return [
        KeyHint("F2", _("Người nộp")),
        KeyHint("F3", _("Thủ tục")),
        KeyHint("F4", _("Giấy tờ")),
        KeyHint("F6", _("Đủ giấy tờ")),
        KeyHint("F9", _("Tiếp nhận")),
        KeyHint("F8", _("Người tiếp theo")),
    ]


def _received(request: HttpRequest, typed: QueryDict) -> HttpResponse:
    """Store what was typed, or show it again with every reason why not."""
    actor = _actor(request)
    refusals = _settle(request, actor, typed)
    form = IntakeForm(typed)
    chosen = _chosen(request, typed)
    if typed.get("procedure") and chosen is None:
        form.add_error("procedure_search", _("Thủ tục không có hiệu lực hôm nay. Hãy chọn thủ tục khác."))
    if chosen is None and not form.errors.get("procedure_search"):
        form.add_error(
            "procedure_search", _("Chưa chọn thủ tục. Gõ vài chữ không dấu rồi chọn trong danh sách.")
        )
    if not form.is_valid() or refusals or chosen is None:
        return _page(request, form, chosen=chosen, refusals=refusals, status=422)
    try:
        with transaction.atomic():
            received = _take_in(actor, key_of(typed), _intake(form, typed, chosen), form, chosen, typed)
    except Refused as refused:
        return _refused(request, form, chosen, refused)
    for doubt in doubts_about(draft_of(typed)):
        messages.warning(request, doubt.sentence)
    return redirect(f"{reverse('counter')}?done={received.dossier_id}")


def _settle(request: HttpRequest, actor: Actor, typed: QueryDict) -> list[Refusal]:
    """Put in order what came without script: an unread scan, a text instead of a choice."""
    refusals = []
    if typed.get("scan", "").strip():
        person = person_of(actor, typed, look=False)
        if person.error:
            refusals = [Refusal(person.error_code, person.error)]
        _fill(typed, person)
    text = typed.get("procedure_search", "").strip()
    if text and not typed.get("procedure"):
        place = unit_by_id(actor.unit_id or 0, today()).code
        rows = search_catalogue(text, today(), place, 2)
        exact = [row for row in rows if len(rows) == 1 or row.terms.procedure_code == text]
        typed["procedure"] = exact[0].terms.procedure_code if exact else ""
    place_text = typed.get("place_search", "").strip()
    if place_text and not typed.get("place"):
        found = [unit for unit in units_named(actor, place_text) if unit.in_force]
        typed["place"] = found[0].code if len(found) == 1 else ""
        if len(found) != 1:
            sentence = _("Chưa chọn nơi giải quyết. Chỉ chọn xã, phường trong tỉnh, thành phố của đơn vị.")
            refusals.append(Refusal("counter.place_not_chosen", sentence))
    return refusals


def _take_in(
    actor: Actor, key: UUID, intake: Intake, form: IntakeForm, chosen: Chosen, typed: QueryDict
) -> Received:
    """Receive, reuse what the person has given before, and ask for what lacks or refuse: all or nothing."""
    received = receive_dossier(actor=actor, key=key, intake=intake)
    held = {paper.held.attachment_id: paper for paper in chosen.papers if paper.held and paper.reuse}
    if held:
        party_id = find_dossier(actor, received.dossier_id).applicant_id
    for attachment_id, paper in held.items():
        reuse_attachment(
            actor=actor,
            key=uuid5(key, f"reuse {attachment_id}"),
            attachment_id=attachment_id,
            case_id=received.dossier_id,
            party_id=party_id,
            paper=paper.name,
        )
    basis = form.cleaned_data["basis"]
    lacks = [Lack(what, basis) for what in lacks_of(chosen.papers, form.cleaned_data["lacks"])]
    then, target, second = form.cleaned_data["then"], received.dossier_id, uuid5(key, "then")
    if then == "supplement":
        request_supplement(actor=actor, dossier_id=target, key=second, lacks=lacks)
    elif then == "refuse":
        refuse_dossier(actor=actor, dossier_id=target, key=second, reasons=lacks)
    return received


def _intake(form: IntakeForm, typed: QueryDict, chosen: Chosen) -> Intake:
    values = form.cleaned_data
    taken = [limit.index for limit in chosen.limits if limit.taken]
    return Intake(
        procedure_code=chosen.terms.procedure_code,
        applicant=draft_of(typed),
        papers=tuple(_given(paper) for paper in chosen.papers),
        channel=values["channel"],
        place=values["place"],
        quantity=values["quantity"],
        limit_index=taken[0] if taken else 0,
        fee_choices=tuple(fee.index for fee in chosen.fees if fee.taken),
        note=values["note"],
        return_mode=values["return_mode"],
        queue_ticket=values["queue_ticket"],
        at_once=chosen.at_once and not values["then"],
    )


def _given(paper: PaperRow) -> GivenPaper:
    """A paper that was not ticked was not handed in, whatever its numbers say."""
    given = (paper.given_originals, paper.given_copies) if paper.ticked else (0, 0)
    return GivenPaper(paper.name, paper.originals, paper.copies, *given)


def _refused(request: HttpRequest, form: IntakeForm, chosen: Chosen, refused: Refused) -> HttpResponse:
    """The same screen with the refusal beside its field; a used key is replaced, so that Enter works again."""
    refusal = refused.refusal
    name = "procedure_search" if refusal.code.startswith("procedure.") else FIELD_OF.get(refusal.code)
    if isinstance(refused, NotFound):
        name, refusal = "place_search", Refusal("counter.place", _("Không có xã, phường này. Hãy chọn lại."))
    if name:
        form.add_error(name, refusal.sentence)
    key = str(uuid4()) if refusal.code == "key.reused" else ""
    refusals = [] if name else [refusal]
    status = refused.status if refused.status != 404 else 422
    return _page(request, form, chosen=chosen, refusals=refusals, key=key, status=status)


def _looked(request: HttpRequest, typed: QueryDict) -> HttpResponse:
    """Without script: read the card, look for a procedure or a place, show the screen again."""
    actor = _actor(request)
    person = person_of(actor, typed, look=True)
    _fill(typed, person)
    text, place = typed.get("procedure_search", ""), unit_by_id(actor.unit_id or 0, today()).code
    chosen = _chosen(request, typed, fresh=typed.get("terms_for") != typed.get("procedure"))
    rows = search_catalogue(text, today(), place, OPTIONS) if text.strip() and not chosen else []
    places = units_named(actor, typed.get("place_search", ""))
    more: dict[str, Any] = {
        "person": person,
        "found": [row.terms for row in rows],
        "places": places,
        "searched": text.strip(),
        "searched_place": typed.get("place_search", "").strip(),
    }
    return _page(request, IntakeForm(initial=typed.dict()), chosen=chosen, typed=typed, **more)


def _fill(typed: QueryDict, person: Person) -> None:
    """A scan overwrites, a number that was typed fills only what is empty."""
    for name, value in person.values.items():
        if value and (person.scanned or not typed.get(name)):
            typed[name] = value
    if person.known:
        typed["known"] = str(person.known.id)
    if not person.error:
        typed["scan"] = ""


def _page(
    request: HttpRequest,
    form: IntakeForm,
    *,
    chosen: Chosen | None = None,
    done: Done | None = None,
    refusals: list[Refusal] | None = None,
    key: str = "",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    typed = more.pop("typed", request.POST)
    context = {
        "form": form,
        "chosen": chosen,
        "done": done,
        "answer": _answer_form(done),
        "refusals": refusals or [],
        "typed": typed,
        "key": key or typed.get("key", ""),
        "key_hints": counter_keys(),
        "now_empty": "next" in request.GET,
    }
    return render(request, "desk/counter.html", context | more, status=status)


def _answer_form(done: Done | None) -> AnswerForm | None:
    if done is None or not done.at_once:
        return None
    values = {"signer": done.signer_post_id, "returned_to": done.applicant, "result_summary": done.procedure}
    return AnswerForm(initial={**values, "paid": done.open_dong or None}, auto_id="answer_%s")


def _done(request: HttpRequest) -> Done | None:
    text = request.GET.get("done", "")
    try:
        return done_of(_actor(request), int(text)) if text.isdecimal() else None
    except NotFound:
        return None


def _chosen(request: HttpRequest, typed: QueryDict, *, fresh: bool = False) -> Chosen | None:
    """None where nothing is chosen, or where the place named is none."""
    try:
        return chosen_for(_actor(request), typed, fresh=fresh) if typed.get("procedure") else None
    except NotFound:
        without = typed.copy()
        without["place"] = ""
        return chosen_for(_actor(request), without, fresh=fresh)


def key_of(typed: QueryDict) -> UUID:
    """The form's idempotency key; a form without one is a new command."""
    try:
        return UUID(typed.get("key", ""))
    except ValueError:
        return uuid4()


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]

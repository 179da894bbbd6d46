"""An at-once matter, answered in the same sitting: the fee, the signature, the hand-over."""

from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.fees.actions import take_payment
from lienthong.facilities.fees.queries import heading_at
from lienthong.fronts.desk.forms import AnswerForm, IntakeForm
from lienthong.fronts.desk.queries.counter import done_of
from lienthong.fronts.desk.values import Done
from lienthong.fronts.desk.views.counter import counter_keys, key_of
from lienthong.people.identity.middleware import needs
from lienthong.work.dossiers.actions.ending import answer_at_once


@needs("reception")
@require_POST
@never_cache
def counter_answer(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Take the fee, decide, complete and hand over in one act; then the next person."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = AnswerForm(request.POST, auto_id="answer_%s")
    done = done_of(actor, dossier_id)
    if not form.is_valid():
        return _again(request, done, form, [])
    try:
        with transaction.atomic():
            _answer(actor, key_of(request.POST), done, form)
    except Refused as refused:
        return _again(request, done, form, [refused.refusal], refused.status)
    messages.success(request, _("Đã giải quyết và trả kết quả hồ sơ %(code)s.") % {"code": done.code})
    return redirect(f"{reverse('counter')}?done={dossier_id}")


def _answer(actor: Actor, key: UUID, done: Done, form: AnswerForm) -> None:
    values = form.cleaned_data
    if values["paid"]:
        take_payment(
            actor=actor,
            key=uuid5(key, "pay"),
            case_id=done.id,
            amount=values["paid"],
            method=values["method"],
            heading=heading_at(
                actor, now(), payer_name=done.applicant, code=done.code, procedure=done.procedure
            ),
        )
    answer_at_once(
        actor=actor,
        dossier_id=done.id,
        key=key,
        signer_post_id=values["signer"],
        result_number=values["result_number"],
        result_summary=values["result_summary"],
        returned_to=values["returned_to"],
    )


def _again(
    request: HttpRequest, done: Done, form: AnswerForm, refusals: list[Refusal], status: int = 422
) -> HttpResponse:
    context = {
        "form": IntakeForm(),
        "done": done,
        "answer": form,
        "answer_refusals": refusals,
        "answer_key": request.POST.get("key", ""),
        "typed": {},
        "key_hints": counter_keys(),
    }
    return render(request, "desk/counter.html", context, status=status)

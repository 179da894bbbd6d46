"""The queue of a leader or a delegate: what was proposed, on which law; approve or return, and the next one opens."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.shell.values import KeyHint
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.values import WorkRow
from lienthong.facilities.documents.queries import attachments_of
from lienthong.mandate.competence.enums import Capacity, DelegableAct
from lienthong.mandate.competence.queries import responsible_for, warrant_of
from lienthong.mandate.competence.values import Warrant
from lienthong.people.identity.enums import Duty
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import holders_of
from lienthong.work.dossiers.actions.process import approve_dossier, send_back_dossier
from lienthong.work.dossiers.forms.acting import ActForm
from lienthong.work.dossiers.forms.process import SendBackForm
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.queries import history_of, keyset_mark, queue_to_approve
from lienthong.work.dossiers.views.acting import Refusals, actor_of, command, found
from lienthong.work.dossiers.views.words import due_of

PAGE = 20


@needs(Duty.APPROVAL, Duty.DISPATCH, Duty.PROCESSING, Duty.RECEPTION)
@refusals_as_page
def approval_queue(request: HttpRequest, refusals: Refusals = ()) -> HttpResponse:
    """The list, and the one that is open beside it."""
    if request.method == "POST" and not refusals:
        return _decided(request)
    after = request.GET.get("after", "")
    rows = queue_to_approve(actor_of(request), now(), after, PAGE)
    opened = _opened(request, rows)
    context: dict[str, Any] = {
        "rows": [(row, due_of(row, now()), row.id == (opened.pk if opened else 0)) for row in rows[:PAGE]],
        "after": keyset_mark(rows[PAGE - 1]) if len(rows) > PAGE else "",
        "first": not after,
        "refusals": refusals,
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("r", _("Trả lại")), KeyHint("d", _("Phê duyệt"))],
    }
    if opened:
        context |= _one(request, opened, refusals)
    return render(request, "dossiers/approval_queue.html", context)


def _decided(request: HttpRequest) -> HttpResponse:
    """Approve or send back the one that is open, then open the next."""
    actor, dossier = actor_of(request), found(request, _asked(request))
    sends_back = request.POST.get("act") == "send_back"
    form = (SendBackForm if sends_back else ActForm)(request.POST, dossier=dossier, actor=actor)
    if not form.is_valid():
        raise Refused.because(_first_error(form), status=422)
    known = {"actor": actor, "dossier_id": dossier.pk, **command(request, form)}
    if sends_back:
        send_back_dossier(**known, **form.given())
        messages.success(request, _("Đã trả lại %(code)s.") % {"code": dossier.case.code})
    else:
        approve_dossier(**known)
        messages.success(request, _("Đã phê duyệt %(code)s.") % {"code": dossier.case.code})
    return redirect(reverse("approval_queue"))


def _first_error(form: ActForm) -> Refusal:
    """What the shape lacks, as a refusal beside those of the action."""
    field, errors = next(iter(form.errors.items()))
    label = form.fields[field].label
    return Refusal(f"form.{field}", f"{label}: {errors[0]}" if label else str(errors[0]))


def _asked(request: HttpRequest) -> int:
    asked = request.POST.get("dossier", "") or request.GET.get("one", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else 0


def _opened(request: HttpRequest, rows: list[WorkRow]) -> Dossier | None:
    """The dossier that was asked for, else the first of the list."""
    asked = _asked(request) or (rows[0].id if rows else 0)
    return found(request, asked) if asked else None


def _one(request: HttpRequest, dossier: Dossier, refusals: Refusals) -> dict[str, Any]:
    """The open one: the proposal, its law, who has had it, and by what right the leader signs."""
    actor, at = actor_of(request), now()
    note_reading(actor, Subject("dossier", dossier.pk), "approval_queue")
    history = history_of(dossier.pk)
    proposal = history.proposals[-1] if history.proposals else None
    posts = {row.post_id for row in history.proposals} | {row.post_id for row in history.decisions}
    people = holders_of(posts, at)
    form = ActForm(request.POST if request.method == "POST" else None, dossier=dossier, actor=actor)
    asked = (dossier.terms["procedure_code"], dossier.case.responsible_unit_id)
    paper = warrant_of(actor.acting_post, actor.acting_person, *asked, DelegableAct.APPROVE, at)
    warrant = paper if isinstance(paper, Warrant) else None
    return {
        "one": dossier,
        "one_due": due_of(dossier.case, at),
        "proposal": proposal,
        "proposer": people.get(proposal.post_id) if proposal else None,
        "decisions": [(row, people.get(row.post_id)) for row in history.decisions],
        "chain": warrant.chain if warrant else responsible_for(*asked, at).chain,
        "capacity": Capacity(warrant.capacity).label if warrant else "",
        "stopped": paper if warrant is None else None,
        "attachments": attachments_of(dossier.pk),
        "carried": form.carried(refusals),
        "reason": request.POST.get("reason", ""),
    }

"""Papers of a dossier: files attached, held papers used again, and the control slip (mẫu 06)."""

from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.queries import timeline
from lienthong.core.journal.values import Line, Subject
from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.actions import attach_file, reuse_attachment
from lienthong.facilities.documents.queries import letterhead, reusable_for
from lienthong.facilities.documents.queries import render as draw
from lienthong.facilities.documents.values import ControlSlip, ControlStep, Reusable
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import holders_of, unit_by_id
from lienthong.work.dossiers.forms.papers import AttachForm, ReuseForm
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.views.acting import Page, Refusals, act_page, actor_of, found, shown, to_page

ATTACH = Page(
    verb="attach",
    by_others=True,
    title=gettext_lazy("Thêm giấy tờ vào hồ sơ"),
    button=gettext_lazy("Lưu tệp"),
    done=gettext_lazy("Đã lưu giấy tờ."),
    action=attach_file,
    form=AttachForm,
    hint=gettext_lazy(
        "Trình duyệt không giữ lại tệp đã chọn khi trang hiện lại: tệp nào chưa lưu phải chọn lại."
    ),
)


@needs()
def attach(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Each file is kept or refused by itself; a refused one is named, the others are there."""
    dossier, actor = found(request, dossier_id), actor_of(request)
    posted = request.POST if request.method == "POST" else None
    form = AttachForm(posted, request.FILES or None, dossier=dossier, actor=actor)
    if posted is None or not form.is_valid():
        return shown(request, ATTACH, dossier, form)
    files = form.cleaned_data["uploads"]
    outcomes = [_kept(actor, dossier, form, number, file) for number, file in enumerate(files)]
    refused = [refusal for refusal in outcomes if refusal]
    if len(refused) < len(files):
        messages.success(request, _("Đã lưu %(kept)s tệp.") % {"kept": len(files) - len(refused)})
    if not refused:
        return to_page(dossier_id, done=ATTACH.verb)
    response = shown(request, ATTACH, dossier, form, refused)
    response.status_code = 422
    return response


def _kept(actor: Actor, dossier: Dossier, form: AttachForm, number: int, file: object) -> Refusal | None:
    """None where the file is kept; else why not, with the file's name before the sentence."""
    name = str(getattr(file, "name", ""))
    try:
        with transaction.atomic():
            attach_file(
                actor=actor,
                key=uuid5(form.cleaned_data["key"], f"{number}"),
                case_id=dossier.pk,
                party_id=dossier.applicant_id,
                paper=form.paper_name(),
                upload=file,  # type: ignore[arg-type]
                name=name,
            )
    except Refused as refused:
        said = refused.refusal
        return Refusal(said.code, f"{name}: {said.sentence}", said.article)
    return None


def use_again(
    *,
    actor: Actor,
    dossier_id: int,
    key: UUID,
    attachment_ids: list[int],
    held: dict[int, Reusable],
    party_id: int,
    version: int | None = None,
) -> None:
    """Put each chosen paper into the dossier, with its origin."""
    for attachment_id in attachment_ids:
        reuse_attachment(
            actor=actor,
            key=uuid5(key, str(attachment_id)),
            attachment_id=attachment_id,
            case_id=dossier_id,
            party_id=party_id,
            paper=held[attachment_id].paper,
        )


REUSE = Page(
    verb="reuse",
    by_others=True,
    title=gettext_lazy("Dùng lại giấy tờ đã có"),
    button=gettext_lazy("Dùng lại"),
    done=gettext_lazy("Đã dùng lại giấy tờ của chính người nộp."),
    action=use_again,
    form=ReuseForm,
    template="dossiers/reuse.html",
)


@needs()
@refusals_as_page
def reuse(request: HttpRequest, dossier_id: int, refusals: Refusals = ()) -> HttpResponse:
    """Papers that the same person has already given (M28)."""
    dossier = found(request, dossier_id)
    names = [row["name"] for row in dossier.papers]
    held = reusable_for(actor_of(request), dossier.applicant_id, names, except_case=dossier.pk)
    return act_page(request, dossier_id, REUSE, refusals, held=held)


@needs()
@require_safe
def control_slip(request: HttpRequest, dossier_id: int) -> HttpResponse:
    """Mẫu 06, drawn from the journal as it stands now."""
    actor, dossier = actor_of(request), found(request, dossier_id)
    note_reading(actor, Subject("dossier", dossier_id), "control_slip")
    at, case = now(), dossier.case
    unit = unit_by_id(case.responsible_unit_id, at.date())
    slip = ControlSlip(
        letterhead=letterhead(unit, at),
        code=case.code,
        procedure=case.title,
        steps=tuple(_steps(timeline(dossier.pk), dossier)),
        applicant_name=case.subject_name,
        responsible_name=unit.name,
        received_at=case.opened_at,
        promised_at=case.promised_at,
    )
    response = HttpResponse(draw(slip), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="kiem-soat-{dossier_id}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _steps(lines: list[Line], dossier: Dossier) -> list[ControlStep]:
    """Who handed to whom: every act by which the matter came to another post."""
    moved = [line for line in lines if line.verb.startswith("dossier.")]
    holders = holders_of(
        {line.post_id for line in moved if line.post_id} | {dossier.case.holder_id or 0}, now()
    )
    names = [_name(holders.get(line.post_id or 0)) for line in moved]
    last = _name(holders.get(dossier.case.holder_id or 0))
    return [
        ControlStep(giver=name, taker=taker, handed_at=line.at, result=line.sentence)
        for line, name, taker in zip(moved, names, [*names[1:], last], strict=True)
    ]


def _name(holder: object) -> str:
    return str(getattr(holder, "name", None) or _("hệ thống"))

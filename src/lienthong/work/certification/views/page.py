"""The list, the page of a certification, and its acts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.queries import full_timeline
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.shell.rules import vn_date
from lienthong.core.shell.values import Act, KeyHint, TimelineEntry
from lienthong.core.shell.views import refusals_as_page
from lienthong.core.workdays.queries import now
from lienthong.facilities.fees.access import find_standing
from lienthong.facilities.fees.queries import heading_at
from lienthong.facilities.fees.values import Standing
from lienthong.mandate.competence.enums import Capacity, DelegableAct
from lienthong.mandate.competence.queries import warrant_of
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import holders_of
from lienthong.work.certification import actions
from lienthong.work.certification.access import find_certification
from lienthong.work.certification.enums import CertificationState, PropertyKind
from lienthong.work.certification.forms.acts import ExtendForm, RefuseForm, ReturnForm, VoidForm, WithdrawForm
from lienthong.work.certification.models import Certification
from lienthong.work.certification.queries import attestation_of, items_of
from lienthong.work.certification.queries.desk import counts_of, listed, signers_now
from lienthong.work.certification.rules import why_not_here, why_not_keep_books
from lienthong.work.certification.views.acting import (
    Page,
    Refusals,
    act_page,
    actor_of,
    found,
    named,
    stop_of,
)
from lienthong.work.certification.views.words import ENTRY_TONES, NEXT, due_of, state_of

LISTS = {"open": gettext_lazy("Đang mở"), "today": gettext_lazy("Hôm nay"), "signed": gettext_lazy("Chờ trả")}


@needs()
@require_safe
def certification_list(request: HttpRequest) -> HttpResponse:
    """The unit's certifications: open ones, today's, those to be handed over; and how many were answered at once."""
    actor, at = actor_of(request), now()
    which = request.GET.get("which", "open")
    which = which if which in LISTS else "open"
    after = request.GET.get("after", "")
    found, next_mark = listed(actor, which, at, after)
    rows = [(row, due_of(row.case, at), *state_of(row.case)) for row in found]
    context = {
        "which": which,
        "lists": LISTS,
        "rows": rows,
        "after": next_mark,
        "first": not after,
        "counts": counts_of(actor, at),
        "may_receive": actor.may("reception"),
        "key_hints": [KeyHint("j k", _("Dòng")), KeyHint("Enter", _("Mở"))],
    }
    return render(request, "certification/list.html", context)


@needs()
def certification_page(request: HttpRequest, certification_id: int) -> HttpResponse:
    """What it is, who holds it, until when, what next; then the documents, who signed, the money, the story."""
    actor, row, at = actor_of(request), found(request, certification_id), now()
    note_reading(actor, Subject("certification", certification_id), "certification_page")
    acts, knows = acts_for(actor, row, at), named(actor, row)
    primary = next((act for act in acts if act.enabled), None)
    context = {
        **head(row, at),
        "items": items_of(row.pk),
        "named": knows,
        "acts": [act for act in acts if act is not primary],
        "primary": primary,
        "attestation": signed_by(row),
        "signers": signers_now(actor, row.task_code, at) if _waits(actor, row) else (),
        "standing": _standing(actor, row.pk, at),
        "entries": _story(row, at, knows=knows),
        "may_void": why_not_here(actor, row.case.responsible_unit_id) is None
        and why_not_keep_books(actor) is None,
        "property": PropertyKind(row.property_kind).label if row.property_kind else "",
        "key_hints": [KeyHint(act.key, act.label) for act in acts if act.key and act.enabled][:4],
    }
    return render(request, "certification/page.html", context)


def head(row: Certification, at: datetime) -> dict[str, Any]:
    """What it is, and the answer line."""
    case = row.case
    tone, word = state_of(case)
    step, by = NEXT.get(case.state, (_("Không còn việc gì"), ""))
    holder = holders_of([case.holder_id], at).get(case.holder_id) if case.holder_id else None
    return {
        "row": row,
        "case": case,
        "tone": tone,
        "state_word": word,
        "holder": holder.name if holder else _("Đã kết thúc"),
        "holder_note": holder.post_title if holder else "",
        "due": due_of(case, at),
        "due_note": "",
        "next": step,
        "next_note": by,
    }


def acts_for(actor: Actor, row: Certification, at: datetime) -> list[Act]:
    """The acts on it: each asked of the same rules as its POST."""
    return [
        Act(
            name=verb,
            label=str(label),
            url=reverse(f"certification_{verb}", args=[row.pk]),
            reason=refusal.sentence if refusal else "",
            article=refusal.article if refusal else "",
            key=key,
            post=verb == "sign",
            danger=verb in ("refuse", "withdraw"),
        )
        for verb, label, key in _ACTS
        for refusal in [_hindered(actor, verb, row, at)]
    ]


_ACTS = (
    ("sign", gettext_lazy("Ký chứng thực"), "d"),
    ("return", gettext_lazy("Trả giấy tờ, thu phí"), "h"),
    ("extend", gettext_lazy("Kéo dài thời hạn"), "g"),
    ("refuse", gettext_lazy("Từ chối chứng thực"), ""),
    ("withdraw", gettext_lazy("Người yêu cầu rút"), ""),
)


def _hindered(actor: Actor, verb: str, row: Certification, at: datetime) -> Refusal | None:
    told = stop_of(actor, verb, row)
    if told is None and verb == "extend" and row.case.closed_at is not None:
        told = Refusal("case.closed", _("Việc đã kết thúc; không kéo dài thời hạn được nữa."))
    if told is None and verb == "sign":
        unit, sign = row.case.responsible_unit_id, DelegableAct.SIGN.value
        asked = warrant_of(actor.post_id, actor.person_id, row.task_code, unit, sign, at)
        told = asked if isinstance(asked, Refusal) else None
    return told


def _waits(actor: Actor, row: Certification) -> bool:
    return row.case.state == CertificationState.RECEIVED and actor.unit_id == row.case.responsible_unit_id


def signed_by(row: Certification) -> dict[str, Any] | None:
    """Who signed, by what right, and the chain that was frozen."""
    signed = attestation_of(row.pk)
    if signed is None:
        return None
    return {
        "name": signed.signed_as.name,
        "title": " – ".join(part for part in (signed.signed_as.on_behalf, signed.signed_as.title) if part),
        "capacity": Capacity(signed.capacity).label,
        "at": signed.signed_at,
        "has_signature": signed.has_signature,
        "chain": [_link(one) for one in signed.warrant.get("chain", ())],
    }


def _link(one: dict[str, Any]) -> str:
    """A link of the chain in words: the paper, its article, and its days."""
    named = ", ".join(
        part for part in (one.get("text") or _("phân công trong đơn vị"), one.get("article")) if part
    )
    since, until = (vn_date(_day(one.get(end, ""))) for end in ("valid_from", "valid_to"))
    if since and until:
        return _("%(paper)s (từ %(since)s đến %(until)s)") % {"paper": named, "since": since, "until": until}
    return _("%(paper)s (từ %(since)s)") % {"paper": named, "since": since} if since else named


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _standing(actor: Actor, certification_id: int, at: datetime) -> Standing | None:
    """None for the city, which sees the matter but not its money."""
    try:
        return find_standing(actor, certification_id, at.date())
    except NotFound:
        return None


def _story(row: Certification, at: datetime, *, knows: bool) -> list[TimelineEntry]:
    told = full_timeline(row.pk)
    people = holders_of({line.post_id for line, _personal in told if line.post_id}, at)
    return [
        TimelineEntry(
            line.at,
            f"{people[line.post_id].name if line.post_id in people else _('hệ thống')}: {line.sentence}",
            detail=str(personal.get("reason", "") or personal.get("returned_to", "")) if knows else "",
            tone=ENTRY_TONES.get(line.verb, ""),
        )
        for line, personal in reversed(told)
    ]


# ---- the acts -------------------------------------------------------------------------------------------------


def _returned(*, actor: Actor, certification_id: int, key: UUID, **words: Any) -> None:
    """Hand over, and collect what is owed with the case's words on the receipt."""
    case = find_certification(actor, certification_id).case
    heading = heading_at(actor, now(), payer_name=case.subject_name, code=case.code, procedure=case.title)
    actions.return_certification(
        actor=actor, certification_id=certification_id, key=key, heading=heading, **words
    )


SIGN = Page(
    verb="sign",
    title=gettext_lazy("Ký chứng thực"),
    button=gettext_lazy("Ký chứng thực"),
    done=gettext_lazy("Đã ký chứng thực; số đã vào sổ."),
    hint=gettext_lazy("Sổ thẩm quyền được hỏi ngay lúc ký; câu trả lời lưu cùng chữ ký."),
    action=actions.sign_certification,
)
RETURN = Page(
    verb="return",
    title=gettext_lazy("Trả giấy tờ, thu phí"),
    button=gettext_lazy("Đã trả và thu phí"),
    done=gettext_lazy("Đã trả giấy tờ đã chứng thực."),
    action=_returned,
    form=ReturnForm,
    initial=lambda row: {"returned_to": row.case.subject_name},
)
EXTEND = Page(
    verb="extend",
    title=gettext_lazy("Kéo dài thời hạn chứng thực"),
    button=gettext_lazy("Kéo dài và ghi phiếu hẹn"),
    done=gettext_lazy("Đã kéo dài thời hạn; người yêu cầu nhận phiếu hẹn mới."),
    action=actions.extend_certification,
    form=ExtendForm,
)
REFUSE = Page(
    verb="refuse",
    title=gettext_lazy("Từ chối chứng thực"),
    button=gettext_lazy("Từ chối và lập phiếu"),
    done=gettext_lazy("Đã từ chối; in phiếu từ chối cho người yêu cầu."),
    action=actions.refuse_certification,
    form=RefuseForm,
)
WITHDRAW = Page(
    verb="withdraw",
    title=gettext_lazy("Người yêu cầu rút"),
    button=gettext_lazy("Ghi nhận việc rút"),
    done=gettext_lazy("Đã ghi nhận người yêu cầu rút."),
    action=actions.withdraw_certification,
    form=WithdrawForm,
)
VOID = Page(
    verb="void_number",
    title=gettext_lazy("Bỏ số chứng thực"),
    button=gettext_lazy("Bỏ số này, cấp số mới"),
    done=gettext_lazy("Đã bỏ số; giấy tờ mang số mới."),
    action=actions.void_number,
    form=VoidForm,
)


@needs()
@refusals_as_page
def certification_sign(request: HttpRequest, certification_id: int, refusals: Refusals = ()) -> HttpResponse:
    """One press, or its page."""
    return act_page(request, certification_id, SIGN, refusals)


@needs()
@refusals_as_page
def certification_return(
    request: HttpRequest, certification_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """Who took the papers, and the money."""
    return act_page(request, certification_id, RETURN, refusals)


@needs()
@refusals_as_page
def certification_extend(
    request: HttpRequest, certification_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """At most two working days, with a paper (Đ.21)."""
    return act_page(request, certification_id, EXTEND, refusals)


@needs()
@refusals_as_page
def certification_refuse(
    request: HttpRequest, certification_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """With the reason and the article."""
    return act_page(request, certification_id, REFUSE, refusals)


@needs()
@refusals_as_page
def certification_withdraw(
    request: HttpRequest, certification_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """The applicant takes it back before it is signed."""
    return act_page(request, certification_id, WITHDRAW, refusals)


@needs()
@refusals_as_page
def certification_void_number(
    request: HttpRequest, certification_id: int, item_id: int, refusals: Refusals = ()
) -> HttpResponse:
    """A number that is not used stays in the book with its reason; the document takes the next."""
    return act_page(request, certification_id, VOID, refusals, item_id=item_id)

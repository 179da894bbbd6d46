"""What the forms say of a dossier: contents for facilities/documents, frozen when a form is issued."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings

from lienthong.core.scope.values import Actor
from lienthong.facilities.documents.queries import letterhead
from lienthong.facilities.documents.values import (
    ApologyLetter,
    HaltNotice,
    Illustrative,
    IntakeReceipt,
    Lack,
    Paper,
    Refusal,
    Signature,
    SupplementRequest,
    Words,
)
from lienthong.lib.money import format_dong
from lienthong.mandate.competence.enums import Capacity
from lienthong.mandate.competence.values import Warrant
from lienthong.people.organisation.queries import posts_of_unit
from lienthong.people.organisation.values import UnitCard
from lienthong.work.dossiers.actions.tokens import lookup_token

if TYPE_CHECKING:
    from lienthong.work.dossiers.actions.intake import Draft
    from lienthong.work.dossiers.models import Dossier


def shared(dossier: "Dossier", unit: UnitCard, at: datetime, number: str | None = None) -> dict[str, Any]:
    """What every paper that a citizen gets has in common."""
    contact = dossier.particulars.get("contact", {})
    return {
        "letterhead": letterhead(unit, at, number),
        "code": dossier.case.code,
        "applicant_name": dossier.case.subject_name,
        "procedure": dossier.terms["name"],
        "address": contact.get("address") or None,
        "phone": contact.get("phone") or None,
        "email": contact.get("email") or None,
        "lookup_url": f"{settings.PUBLIC_URL}/tra-cuu/{lookup_token(dossier.case.code)}/",
    }


def receipt_content(
    dossier: "Dossier", unit: UnitCard, actor: Actor, due_dong: int, quantity: int
) -> IntakeReceipt:
    """Mẫu 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả."""
    case, terms = dossier.case, dossier.terms
    return IntakeReceipt(
        **shared(dossier, unit, case.opened_at),
        received_at=case.opened_at,
        promised_at=case.promised_at,
        papers=tuple(
            Paper(name=row["name"], originals=row["given_originals"], copies=row["given_copies"])
            for row in dossier.papers
        ),
        quantity=quantity,
        time_limit_text=_marked(limit_words(dossier), "time_limit", terms),
        returning_place=f"Trung tâm Phục vụ hành chính công {unit.name}",
        fee_text=format_dong(due_dong) if due_dong else "0 đ",
        clerk_name=actor.name,
        clerk_title=actor.title,
        note=dossier.note or None,
    )


def first_receipt(draft: "Draft", actor: Actor) -> IntakeReceipt:
    """Mẫu 01 of a dossier that has no number yet: the statement that issues it writes code and address in."""
    intake, frame, contact = draft.intake, draft.frame, draft.contact
    kept = {"illustrative": frame.terms.illustrative}
    return IntakeReceipt(
        letterhead=letterhead(frame.here, draft.at),
        code="",
        applicant_name=draft.subject_name,
        procedure=frame.terms.name,
        address=contact["address"] or None,
        phone=contact["phone"] or None,
        email=contact["email"] or None,
        lookup_url=None,
        received_at=draft.at,
        promised_at=draft.due_at,
        papers=tuple(
            Paper(name=paper.name, originals=paper.given_originals, copies=paper.given_copies)
            for paper in intake.papers
        ),
        quantity=intake.quantity,
        time_limit_text=_marked(
            _limit_in_words(draft.limit.amount, draft.limit.unit.value, draft.cutoff), "time_limit", kept
        ),
        returning_place=f"Trung tâm Phục vụ hành chính công {frame.here.name}",
        fee_text=format_dong(draft.due_dong) if draft.due_dong else "0 đ",
        clerk_name=actor.name,
        clerk_title=actor.title,
        note=intake.note or None,
    )


def supplement_content(
    dossier: "Dossier",
    unit: UnitCard,
    actor: Actor,
    lacks: Sequence[dict[str, str]],
    sequence: int,
    at: datetime,
) -> SupplementRequest:
    """Mẫu 02: one sheet lists every lack with its legal basis."""
    return SupplementRequest(
        **shared(dossier, unit, at),
        lacks=tuple(Lack(what=lack["what"], legal_basis=lack["basis"]) for lack in lacks),
        round=sequence,
        paused_at=at,
        clerk_name=actor.name,
        clerk_title=actor.title,
    )


def refusal_content(
    dossier: "Dossier",
    unit: UnitCard,
    actor: Actor,
    reasons: Sequence[dict[str, str]],
    guidance: str,
    at: datetime,
) -> Refusal:
    """Mẫu 03: phiếu từ chối tiếp nhận, with where to go instead."""
    return Refusal(
        **shared(dossier, unit, at),
        reasons=tuple(Lack(what=row["what"], legal_basis=row["basis"]) for row in reasons),
        presented_at=dossier.case.opened_at,
        guidance=guidance or None,
        clerk_name=actor.name,
        clerk_title=actor.title,
    )


def apology_content(
    dossier: "Dossier",
    unit: UnitCard,
    actor: Actor,
    *,
    number: str,
    cause: str,
    old_due: datetime,
    new_due: datetime,
    at: datetime,
    on_behalf: str | None = None,
) -> ApologyLetter:
    """Mẫu 04: the apology with the new date; who signs it is the acting leader (`on_behalf` as `for_whom` says)."""
    return ApologyLetter(
        **shared(dossier, unit, at, number),
        received_at=dossier.case.opened_at,
        promised_at=old_due,
        new_promised_at=new_due,
        cause=cause,
        signature=Signature(title=actor.title, on_behalf=on_behalf, name=actor.name),
    )


def halt_content(
    dossier: "Dossier",
    unit: UnitCard,
    actor: Actor,
    *,
    reason: str,
    basis: str,
    at: datetime,
    on_behalf: str | None = None,
) -> HaltNotice:
    """Mẫu 05: thông báo dừng giải quyết; `on_behalf` as `for_whom` says."""
    return HaltNotice(
        **shared(dossier, unit, at),
        reason=reason,
        received_at=dossier.case.opened_at,
        halted_at=at,
        legal_basis=basis or None,
        signature=Signature(title=actor.title, on_behalf=on_behalf, name=actor.name),
    )


def for_whom(warrant: Warrant, unit_id: int, at: datetime) -> str | None:
    """ "KT. Chủ tịch …" above the title (NĐ 30/2020/NĐ-CP Đ.13); None in one's own right. At most one statement."""
    mark = _MARKS.get(warrant.capacity)
    if not mark:
        return None
    titles = {post.id: post.title for post in posts_of_unit(unit_id, at.date())}
    return f"{mark} {titles.get(warrant.for_post_id or 0, '')}".strip()


_MARKS = {
    Capacity.DEPUTY.value: "KT.",
    Capacity.BY_ORDER.value: "TL.",
    Capacity.DELEGATED.value: "TUQ.",
}


LIMIT_WORDS = {
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "working_hour": "giờ làm việc",
    "calendar_hour": "giờ",
    "month": "tháng",
}


def limit_words(dossier: "Dossier") -> str:
    """The time limit in words: "3 ngày làm việc", or the same-day rule with its cut-off hour."""
    case = dossier.case
    return _limit_in_words(case.limit_amount, case.limit_unit, case.cutoff)


def _limit_in_words(amount: int, unit: str, cutoff: str) -> str:
    if amount == 0:
        after = f"; tiếp nhận sau {cutoff} thì trong ngày làm việc tiếp theo" if cutoff else ""
        return f"Trong ngày{after}"
    return f"{amount} {LIMIT_WORDS[unit]}"


def _marked(text: str, term: str, terms: dict[str, Any]) -> Words:
    return Illustrative(text) if term in terms["illustrative"] else text

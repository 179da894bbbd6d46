"""Who may do an act, where, and on which state of the page."""

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence.values import Warrant
from lienthong.people.identity.enums import Duty
from lienthong.work.dossiers.rules.lifecycle import (
    COUNTER_VERBS,
    HOLDER_VERBS,
    SHARED_DUTIES,
    WARRANTED_VERBS,
)


def why_not_duty(verb: str, actor: Actor) -> Refusal | None:
    """Why a post may not do an act of several duties, or None."""
    duties = SHARED_DUTIES.get(verb, ())
    if not duties or actor.reach == "system" or any(actor.may(duty) for duty in duties):
        return None
    names = " hoặc ".join(f"“{Duty(duty).label}”" for duty in duties)
    return Refusal("lifecycle.duty", f"Việc này thuộc vị trí có nhiệm vụ {names}.")


def why_not_here(
    verb: str, *, acting_unit: int | None, responsible: int, receiving: int, returning: int
) -> Refusal | None:
    """Why the acting unit may not do this verb, or None: only the responsible unit works on the matter."""
    if acting_unit == responsible:
        return None
    if verb in COUNTER_VERBS and acting_unit in (receiving, returning):
        return None
    return Refusal(
        "dossier.other_unit",
        "Hồ sơ thuộc trách nhiệm giải quyết của đơn vị khác; bạn xem được nhưng không thao tác được.",
    )


def why_not_holder(
    verb: str, *, post_id: int | None, body_id: int | None, holder_id: int | None, case_body_id: int | None
) -> Refusal | None:
    """Why a colleague may not act on somebody else's matter, or None."""
    if verb not in HOLDER_VERBS or post_id == holder_id:
        return None
    if verb == "take_up" and body_id is not None and body_id == case_body_id:
        return None
    return Refusal(
        "dossier.other_holder",
        "Hồ sơ đang do người khác giữ. Nhờ lãnh đạo phòng phân công lại nếu bạn cần xử lý.",
    )


def why_not_stale(page_version: int | None, version: int, told: str) -> Refusal | None:
    """Two officers at once: the second is told who was first and when."""
    if page_version is None or page_version == version:
        return None
    return Refusal(
        "dossier.changed",
        f"Hồ sơ vừa thay đổi: {told}. Nội dung bạn nhập chưa được lưu; hãy xem lại rồi thao tác tiếp.",
    )


def why_not_assign(*, known: bool) -> Refusal | None:
    """A matter is assigned to an officer of the responsible unit who processes."""
    if known:
        return None
    return Refusal(
        "assign.not_assignable",
        "Vị trí được chọn không thuộc đơn vị đang giải quyết, hoặc không xử lý hồ sơ.",
    )


def by_paper(duty: Refusal | None, verb: str, paper: Warrant | Refusal | None) -> Refusal | None:
    """What remains of a refusal for want of a duty where a paper gives, or gave, the right: None, or which paper ended."""
    if duty is None or duty.code != "lifecycle.duty" or verb not in WARRANTED_VERBS:
        return duty
    if isinstance(paper, Warrant):
        return None
    return paper or duty


def why_not_reason(text: str, what: str) -> Refusal | None:
    """An act that needs a written reason and did not get one."""
    if text.strip():
        return None
    return Refusal("reason.missing", f"Hãy ghi rõ {what}.")


def why_not_linked() -> Refusal:
    """A sender's own code names one dossier."""
    return Refusal(
        "exchange.external_code_taken",
        "Mã hồ sơ của bên gửi đã được dùng cho một hồ sơ khác. Hồ sơ trước vẫn còn nguyên.",
    )

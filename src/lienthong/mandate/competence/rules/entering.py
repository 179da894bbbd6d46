"""What a rule, a basis or an assignment must be before it is stored."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence.enums import AssignedDuty
from lienthong.mandate.competence.rules.keys import is_subject, reach_of
from lienthong.people.organisation.enums import BodyKind, PostKind


def why_not_keep(actor: Actor) -> Refusal | None:
    """Who may enter what divides authority: the system (seeds, decrees) and the city."""
    if actor.reach == "system" or actor.may("city"):
        return None
    return Refusal(
        "competence.rule_not_allowed",
        _("Chỉ cơ quan của thành phố được sửa sổ thẩm quyền. Hãy gửi kiến nghị kèm căn cứ."),
    )


def why_not_rule(actor: Actor, subject_key: str, reach_key: str) -> Refusal | None:
    """Rules divide authority over units: only the system (seeds, decrees) and the city enter them."""
    if refusal := why_not_keep(actor):
        return refusal
    if reach_of(reach_key) is None:
        return Refusal(
            "competence.reach_malformed",
            _("Phạm vi áp dụng không đúng. Hãy chọn cả nước, tỉnh, loại đơn vị hoặc một đơn vị."),
        )
    return why_not_subject(subject_key)


def why_not_stated(body_kind: str, post_kind: str, confidence: str) -> Refusal | None:
    """The words of a rule are those of the lists; anything else would answer for nobody."""
    if body_kind not in BodyKind.values or (post_kind and post_kind not in PostKind.values):
        return Refusal(
            "competence.body_unknown",
            _("Cơ quan hoặc vị trí được giao không có trong danh mục. Hãy chọn trong danh mục."),
        )
    return why_not_sure(confidence)


def why_not_sure(confidence: str) -> Refusal | None:
    """How sure the office is must be said, in a word of the list."""
    if confidence in Confidence.values:
        return None
    return Refusal(
        "competence.confidence_unknown",
        _("Chưa nêu mức tin cậy của căn cứ. Hãy chọn: đã đối chiếu, theo báo chí, chưa đối chiếu, giả định."),
    )


def why_not_basis(actor: Actor, subject_key: str, confidence: str) -> Refusal | None:
    """A basis is entered by whoever keeps the register, for a task or a field."""
    return why_not_keep(actor) or why_not_subject(subject_key) or why_not_sure(confidence)


def why_not_act_in(actor: Actor, unit_id: int) -> Refusal | None:
    """Work is assigned and delegated inside one's own unit, by who administers or leads it."""
    leads = actor.may("administration") or actor.may("dispatch") or actor.may("approval")
    if actor.reach == "system" or (leads and actor.unit_id == unit_id):
        return None
    return Refusal(
        "competence.assign_not_allowed",
        _("Bạn không được phân công việc ở đơn vị này. Hãy báo lãnh đạo hoặc người quản trị đơn vị."),
    )


def why_not_delegate_in(actor: Actor, unit_id: int) -> Refusal | None:
    """A paper of delegation is entered by the unit's leaders or its administrator: whoever only dispatches does not."""
    leads = actor.may("administration") or actor.may("approval")
    if actor.reach == "system" or (leads and actor.unit_id == unit_id):
        return None
    return Refusal(
        "competence.delegate_not_allowed",
        _(
            "Bạn không được ghi hoặc chấm dứt ủy quyền ở đơn vị này. Hãy báo lãnh đạo hoặc người quản trị đơn vị."
        ),
    )


def why_not_assign(actor: Actor, unit_id: int, post_unit_id: int | None, subject_key: str) -> Refusal | None:
    """Work is assigned inside one's own unit, to a post of that unit, by who administers or leads it."""
    if refusal := why_not_act_in(actor, unit_id):
        return refusal
    if post_unit_id != unit_id:
        return Refusal(
            "competence.post_elsewhere",
            _("Vị trí việc làm này không thuộc đơn vị. Hãy chọn một vị trí đang hoạt động của đơn vị."),
        )
    return why_not_subject(subject_key)


def why_not_duty(duty: str) -> Refusal | None:
    """A duty is one of the list: another word would be stored and never asked for."""
    if duty in AssignedDuty.values:
        return None
    return Refusal(
        "competence.duty_unknown",
        _("Loại phân công không có trong danh mục. Hãy chọn thụ lý, lãnh đạo phụ trách hoặc ký thừa lệnh."),
    )


def why_not_decision(decision: str, changes: Sequence[object]) -> Refusal | None:
    """Work is divided anew by a paper that changes something."""
    if decision.strip() and changes:
        return None
    return Refusal(
        "competence.decision_missing",
        _("Chưa nêu số quyết định phân công, hoặc chưa có thay đổi nào. Hãy nhập đủ rồi ghi lại."),
    )


def why_not_range(valid_from: date, valid_to: date | None) -> Refusal | None:
    """The first day without it comes after the first day with it."""
    if valid_to is None or valid_to > valid_from:
        return None
    return Refusal(
        "competence.dates_reversed",
        _("Ngày hết hiệu lực phải sau ngày bắt đầu. Hãy kiểm tra lại hai ngày đã nhập."),
    )


def why_not_shorten(is_present: bool, is_empty: bool, ends_on: date | None, valid_to: date) -> Refusal | None:
    """An end comes earlier, never later, and only to what the register still says."""
    if not is_present:
        return Refusal(
            "competence.row_replaced",
            _("Dòng này đã được thay bằng dòng khác. Hãy mở dòng hiện hành rồi làm lại."),
        )
    if is_empty or (ends_on is not None and ends_on <= valid_to):
        return Refusal(
            "competence.already_ended",
            _("Dòng này đã chấm dứt không muộn hơn ngày bạn chọn. Không cần làm lại."),
        )
    return None


def is_backdated(valid_from: date, today: date) -> bool:
    """Whether it speaks of days that have passed: allowed, and said so in the journal."""
    return valid_from < today


def code_taken(code: str) -> Refusal:
    """A code names one task for good."""
    return Refusal(
        "competence.code_taken",
        _("Mã nhiệm vụ {code} đã có. Hãy dùng mã khác hoặc mở nhiệm vụ đã đăng ký.").format(code=code),
    )


def overlapping_lead(subject_key: str) -> Refusal:
    """Two leads of equal reach: the database refuses, this sentence says so."""
    return Refusal(
        "competence.second_lead",
        _(
            "Đã có cơ quan chủ trì cho “{subject}” trong cùng phạm vi và thời gian. "
            "Hãy chấm dứt quy định cũ trước, hoặc chọn thời gian khác."
        ).format(subject=subject_key.partition(":")[2]),
    )


def overlapping_assignment(subject_key: str) -> Refusal:
    """One post a duty: the database refuses a second one."""
    return Refusal(
        "competence.second_assignment",
        _(
            "“{subject}” đã được phân công cho một vị trí khác trong thời gian này. "
            "Hãy chấm dứt phân công cũ trước."
        ).format(subject=subject_key.partition(":")[2]),
    )


def why_not_subject(subject_key: str) -> Refusal | None:
    """A rule, basis or assignment is about a task or a field."""
    if is_subject(subject_key):
        return None
    return Refusal(
        "competence.subject_malformed",
        _("Chưa nêu nhiệm vụ hoặc lĩnh vực. Hãy chọn một nhiệm vụ hoặc một lĩnh vực trong danh mục."),
    )


def instrument_unknown() -> Refusal:
    """What a rule rests on is a registered instrument."""
    return Refusal(
        "competence.instrument_unknown",
        _("Không tìm thấy văn bản căn cứ. Hãy chọn một văn bản đã ghi nhận."),
    )

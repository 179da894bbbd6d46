"""What a rule or an assignment must be before it is stored."""

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.mandate.competence.enums import Reach

TASK, FIELD = "task:", "field:"
PARTS_OF_REACH = {
    Reach.COUNTRY: 0,
    Reach.TYPE: 1,
    Reach.PROVINCE: 1,
    Reach.TYPE_IN_PROVINCE: 2,
    Reach.UNIT: 1,
}


def subject_of_task(code: str) -> str:
    """The subject key of one task."""
    return f"{TASK}{code}"


def subject_of_field(name: str) -> str:
    """The subject key of a field of work."""
    return f"{FIELD}{name}"


def reach_of(reach_key: str) -> Reach | None:
    """The reach that a canonical key states ("country", "province:79", "unit:26740" …); None if malformed."""
    word, *parts = reach_key.split(":")
    found = next((reach for reach in Reach if reach.value == word), None)
    if found is None or len(parts) != PARTS_OF_REACH[found] or not all(parts):
        return None
    return found


def why_not_rule(actor: Actor, subject_key: str, reach_key: str) -> Refusal | None:
    """Rules divide authority over units: only the system (seeds, decrees) and the city enter them."""
    if actor.reach != "system" and not actor.may("city"):
        return Refusal(
            "competence.rule_not_allowed",
            _("Chỉ cơ quan của thành phố được sửa sổ thẩm quyền. Hãy gửi kiến nghị kèm căn cứ."),
        )
    if reach_of(reach_key) is None:
        return Refusal(
            "competence.reach_malformed",
            _("Phạm vi áp dụng không đúng. Hãy chọn cả nước, tỉnh, loại đơn vị hoặc một đơn vị."),
        )
    return _why_not_subject(subject_key)


def why_not_assign(actor: Actor, unit_id: int, post_unit_id: int | None, subject_key: str) -> Refusal | None:
    """Work is assigned inside one's own unit, to a post of that unit, by who administers or leads it."""
    leads = actor.may("administration") or actor.may("dispatch") or actor.may("approval")
    if actor.reach != "system" and not (leads and actor.unit_id == unit_id):
        return Refusal(
            "competence.assign_not_allowed",
            _("Bạn không được phân công việc ở đơn vị này. Hãy báo lãnh đạo hoặc người quản trị đơn vị."),
        )
    if post_unit_id != unit_id:
        return Refusal(
            "competence.post_elsewhere",
            _("Vị trí việc làm này không thuộc đơn vị. Hãy chọn một vị trí đang hoạt động của đơn vị."),
        )
    return _why_not_subject(subject_key)


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


def _why_not_subject(subject_key: str) -> Refusal | None:
    if any(subject_key.startswith(kind) and len(subject_key) > len(kind) for kind in (TASK, FIELD)):
        return None
    return Refusal(
        "competence.subject_malformed",
        _("Chưa nêu nhiệm vụ hoặc lĩnh vực. Hãy chọn một nhiệm vụ hoặc một lĩnh vực trong danh mục."),
    )

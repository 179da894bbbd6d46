"""Why a delegation cannot be given, and what is left of it when it is revoked. Pure: the action fetches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.lib.text import fold
from lienthong.mandate.competence.enums import ConditionKind, DelegableAct, NormKind
from lienthong.mandate.competence.rules.keys import subject_of_field, subject_of_task

# FACTS B1: what the article says is told by the press, its number is from memory.
DELEGATING = "Luật 72/2025/QH15 Đ.14 (số điều chưa đối chiếu)"
IN_WRITING = "NĐ 30/2020/NĐ-CP Đ.13"
Condition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """Một bên: the post, its kind, and who holds it on the first day (None: vacant)."""

    post_id: int
    unit_id: int
    kind: str
    person_id: int | None
    degree: str = ""


@dataclass(frozen=True, slots=True)
class Delegable:
    """Nhiệm vụ được ủy quyền, and the post that holds its competence in the unit on the first day."""

    id: int
    code: str
    field: str
    holder_post_id: int | None

    @property
    def subjects(self) -> tuple[str, ...]:
        """What a norm may name it by; "" is everything."""
        return ("", subject_of_task(self.code), subject_of_field(self.field))


@dataclass(frozen=True, slots=True)
class Norm:
    """Một quy định về ủy quyền in force on the first day."""

    id: int
    kind: str
    subject_key: str
    grantor_kind: str
    grantee_kind: str
    article: str


def why_not_term(
    valid_from: date, valid_to: date | None, signed_on: date, today: date, number: str
) -> Refusal | None:
    """A delegation is in writing and limited in time."""
    if valid_to is None:
        return Refusal(
            "competence.delegation_without_end",
            _("Ủy quyền phải có thời hạn. Hãy nhập ngày hết hiệu lực."),
            IN_WRITING,
        )
    if valid_to <= valid_from:
        return Refusal(
            "competence.dates_reversed",
            _("Ngày hết hiệu lực phải sau ngày bắt đầu. Hãy kiểm tra lại hai ngày đã nhập."),
        )
    if not number.strip() or signed_on > today:
        return Refusal(
            "competence.delegation_unsigned",
            _("Ủy quyền phải bằng văn bản đã ký. Hãy nhập số văn bản và ngày ký, không muộn hơn hôm nay."),
            IN_WRITING,
        )
    if valid_from < signed_on:
        return Refusal(
            "competence.delegation_before_signature",
            _("Ủy quyền không thể bắt đầu trước ngày văn bản được ký. Hãy kiểm tra lại hai ngày đã nhập."),
        )
    return None


def why_not_what(
    task_codes: Sequence[str], known: Sequence[str], acts: Sequence[str], report_months: int | None
) -> Refusal | None:
    """Tasks of the register, acts of the list, a reporting period that can be kept."""
    unknown = [code for code in task_codes if code not in known]
    if not task_codes or unknown:
        return Refusal(
            "competence.delegation_task_unknown",
            _("Chưa chọn nhiệm vụ, hoặc mã không có trong sổ: {codes}. Hãy chọn trong danh mục.").format(
                codes=", ".join(unknown) or "–"
            ),
        )
    if not acts or any(act not in DelegableAct.values for act in acts):
        return Refusal(
            "competence.delegation_act_unknown",
            _("Chưa chọn việc được ủy quyền. Hãy chọn phê duyệt, ký, hoặc cả hai."),
        )
    if report_months is not None and not 1 <= report_months <= 12:
        return Refusal(
            "competence.delegation_report_period",
            _("Kỳ báo cáo phải từ 1 đến 12 tháng, hoặc để trống khi văn bản không nêu."),
        )
    return None


def why_not_sides(grantor: Side | None, grantee: Side | None, unit_id: int) -> Refusal | None:
    """Two posts of one unit, held by two persons: who signs must be somebody, and somebody else."""
    if grantor is None or grantor.unit_id != unit_id or grantor.person_id is None:
        return Refusal(
            "competence.grantor_vacant",
            _(
                "Vị trí ủy quyền không thuộc đơn vị hoặc không có cùng một người giữ từ ngày ký đến ngày bắt đầu. "
                "Hãy bổ nhiệm trước, hoặc chọn ngày khác."
            ),
            DELEGATING,
        )
    if grantee is None or grantee.unit_id != unit_id or grantee.person_id is None:
        return Refusal(
            "competence.grantee_vacant",
            _(
                "Vị trí được ủy quyền không thuộc đơn vị hoặc chưa có người giữ vào ngày bắt đầu. "
                "Hãy chọn công chức đang giữ một vị trí của đơn vị."
            ),
            DELEGATING,
        )
    if grantor.post_id == grantee.post_id or grantor.person_id == grantee.person_id:
        return Refusal(
            "competence.delegation_to_oneself",
            _("Người được ủy quyền phải là người khác, ở vị trí khác. Hãy chọn lại."),
            DELEGATING,
        )
    return None


def why_not_holder(grantor: Side, tasks: Sequence[Delegable]) -> Refusal | None:
    """Only who holds the competence delegates it; a field assigned to a Vice Chair is not passed on."""
    foreign = [task.code for task in tasks if task.holder_post_id != grantor.post_id]
    if not foreign:
        return None
    return Refusal(
        "competence.grantor_without_competence",
        _(
            "Vị trí này không có thẩm quyền của chính mình đối với: {codes}. Việc được phân công không được "
            "ủy quyền tiếp; hãy để người có thẩm quyền ký ủy quyền."
        ).format(codes=", ".join(foreign)),
        DELEGATING,
    )


def why_not_permitted(
    grantor: Side, grantee: Side, tasks: Sequence[Delegable], norms: Sequence[Norm]
) -> Refusal | None:
    """Whatever no norm permits is refused; whatever one forbids is refused before that."""
    for task in tasks:
        if norm := _found(NormKind.FORBIDS, grantor, grantee, task, norms):
            return Refusal(
                "competence.delegation_forbidden",
                _("Nhiệm vụ {code} không được ủy quyền. Hãy bỏ nhiệm vụ này khỏi văn bản.").format(
                    code=task.code
                ),
                norm.article,
            )
        if _found(NormKind.PERMITS, grantor, grantee, task, norms) is None:
            return Refusal(
                "competence.delegation_not_permitted",
                _(
                    "Chưa có quy định cho phép vị trí này ủy quyền cho vị trí kia ({code}). Giao việc cho Phó "
                    "Chủ tịch là phân công, không phải ủy quyền; hãy chọn công chức thuộc Ủy ban."
                ).format(code=task.code),
                DELEGATING,
            )
    return None


def permitting(grantor: Side, grantee: Side, task: Delegable, norms: Sequence[Norm]) -> Norm | None:
    """The norm by which a delegation of a task is permitted; the one that names it beats the general one."""
    return _found(NormKind.PERMITS, grantor, grantee, task, norms)


def settled(conditions: Sequence[Mapping[str, Any]], degree: str) -> list[Condition]:
    """Conditions in their stored shape; a degree that the officer's record shows is its own evidence."""
    return [_settled(condition, degree) for condition in conditions]


def why_not_conditions(conditions: Sequence[Condition]) -> Refusal | None:
    """Each is of a known kind, says what it asks, and has its evidence."""
    for condition in conditions:
        if condition["kind"] not in ConditionKind.values or not condition["text"]:
            return Refusal(
                "competence.condition_malformed",
                _("Điều kiện chưa rõ. Hãy chọn loại điều kiện và ghi nội dung."),
            )
        if not condition["evidence"]:
            return Refusal(
                "competence.condition_unmet",
                _(
                    "Điều kiện “{text}” chưa có minh chứng. Hãy ghi minh chứng (văn bằng, quyết định, chứng chỉ) "
                    "hoặc chọn người đủ điều kiện."
                ).format(text=condition["text"]),
            )
    return None


def passed_on() -> Refusal:
    """What was delegated is never passed on: the database refuses, this sentence says so."""
    return Refusal(
        "competence.delegation_passed_on",
        _(
            "Không ủy quyền lại: một bên đang là bên kia của một ủy quyền cùng nhiệm vụ trong thời gian này. "
            "Hãy chấm dứt ủy quyền kia trước, hoặc chọn thời gian khác."
        ),
        IN_WRITING,
    )


def why_not_revoke(ends_on: date, revoked_on: date | None, from_day: date, reason: str) -> Refusal | None:
    """A revocation ends it earlier than it would end, and says why."""
    over = min(ends_on, revoked_on or ends_on)
    if from_day >= over:
        return Refusal(
            "competence.delegation_over",
            _("Ủy quyền này đã hết từ ngày {day}. Không cần chấm dứt nữa.").format(day=f"{over:%d/%m/%Y}"),
        )
    if not reason.strip():
        return Refusal(
            "competence.revocation_without_reason",
            _("Chưa nêu lý do chấm dứt ủy quyền. Hãy ghi lý do và số văn bản nếu có."),
        )
    return None


def _found(
    kind: NormKind, grantor: Side, grantee: Side, task: Delegable, norms: Sequence[Norm]
) -> Norm | None:
    fitting = [
        norm
        for norm in norms
        if norm.kind == kind
        and norm.grantor_kind == grantor.kind
        and norm.grantee_kind in {"", grantee.kind}
        and norm.subject_key in task.subjects
    ]
    return max(
        fitting,
        key=lambda norm: (task.subjects.index(norm.subject_key) == 1, bool(norm.subject_key)),
        default=None,
    )


def _settled(condition: Mapping[str, Any], degree: str) -> Condition:
    kind, text = str(condition.get("kind", "")), str(condition.get("text", "")).strip()
    amount, evidence = condition.get("amount"), str(condition.get("evidence") or "").strip()
    if kind == ConditionKind.DEGREE and not evidence and _shows(degree, text):
        evidence = _("Hồ sơ cán bộ: {degree}").format(degree=degree)
    return {"kind": kind, "text": text, "amount": int(amount) if amount else None, "evidence": evidence}


def _shows(degree: str, text: str) -> bool:
    """Whether the degree on record is the one that is asked for; tones and capitals do not count."""
    own, asked = fold(degree), fold(text)
    return bool(own and asked) and (asked in own or own in asked)

"""What a norm of delegating must be before it is stored."""

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.mandate.competence.enums import NormKind
from lienthong.mandate.competence.rules.entering import why_not_subject, why_not_sure
from lienthong.people.organisation.enums import PostKind


def why_not_norm(
    kind: str, subject_key: str, grantor_kind: str, grantee_kind: str, confidence: str
) -> Refusal | None:
    """Its words are those of the lists; what permits names to whom."""
    is_known = kind in NormKind.values and grantor_kind in PostKind.values
    if not is_known or (grantee_kind and grantee_kind not in PostKind.values):
        return Refusal(
            "competence.norm_unknown",
            _("Loại quy định hoặc loại vị trí không có trong danh mục. Hãy chọn trong danh mục."),
        )
    if kind == NormKind.PERMITS and not grantee_kind:
        return Refusal(
            "competence.norm_without_grantee",
            _("Quy định cho phép ủy quyền phải nêu ủy quyền cho vị trí nào. Hãy chọn loại vị trí."),
        )
    return why_not_sure(confidence) or (why_not_subject(subject_key) if subject_key else None)


def standing_norm() -> Refusal:
    """One norm a pair and matter at a time."""
    return Refusal(
        "competence.norm_stands",
        _(
            "Đã có quy định như vậy trong thời gian này. Hãy chấm dứt quy định cũ trước, hoặc chọn thời gian khác."
        ),
    )

"""When a number may be voided."""

from django.utils.translation import gettext as _

from lienthong.core.numbering.values import Issued
from lienthong.core.registry.values import Refusal


def why_not_void(issued: Issued, number: int, reason: str) -> Refusal | None:
    """None where the number may be voided."""
    if not 1 <= number <= issued.last:
        sentence = _("Số %(number)d chưa được cấp nên không có gì để bỏ. Hãy kiểm tra lại số.")
        return Refusal("numbering.not_issued", sentence % {"number": number})
    if number in issued.voids:
        sentence = _("Số %(number)d đã được bỏ trước đó, lý do: %(reason)s")
        return Refusal("numbering.voided", sentence % {"number": number, "reason": issued.voids[number]})
    if not reason.strip():
        return Refusal("numbering.no_reason", _("Hãy ghi lý do bỏ số: mỗi số phải có lời giải thích."))
    return None

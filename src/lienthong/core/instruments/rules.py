"""Why the end of an instrument cannot be set."""

from datetime import date

from django.utils.translation import gettext as _

from lienthong.core.instruments.enums import Confidence, LinkKind
from lienthong.core.registry.values import Refusal


def why_not_link(
    is_allowed: bool, kind: str, confidence: str, is_other: bool, is_linked: bool
) -> Refusal | None:
    """The city says which instrument amends, replaces or extends which other one, once."""
    if not is_allowed:
        return Refusal(
            "instruments.link_not_allowed",
            _("Chỉ cơ quan của thành phố được ghi quan hệ giữa các văn bản. Hãy gửi kiến nghị kèm văn bản."),
        )
    if kind not in LinkKind.values or confidence not in Confidence.values or not is_other:
        return Refusal(
            "instruments.link_malformed",
            _(
                "Quan hệ giữa hai văn bản chưa rõ. Hãy chọn hai văn bản khác nhau, loại quan hệ và mức tin cậy."
            ),
        )
    if is_linked:
        return Refusal("instruments.link_stands", _("Quan hệ này đã được ghi nhận. Không cần ghi lại."))
    return None


def why_not_end(
    is_allowed: bool, starts_on: date | None, ends_on: date | None, by_number: str
) -> Refusal | None:
    """The city says when an instrument ends, by a paper with a number, on a day after it began."""
    if not is_allowed:
        return Refusal(
            "instruments.end_not_allowed",
            _("Chỉ cơ quan của thành phố được ghi hiệu lực văn bản. Hãy gửi kiến nghị kèm văn bản."),
        )
    if not by_number.strip():
        return Refusal(
            "instruments.end_without_paper",
            _("Chưa nêu văn bản làm hết hiệu lực hoặc kéo dài. Hãy nhập số, ký hiệu văn bản."),
        )
    if starts_on is not None and ends_on is not None and ends_on <= starts_on:
        return Refusal(
            "instruments.dates_reversed",
            _("Ngày hết hiệu lực phải sau ngày bắt đầu có hiệu lực. Hãy kiểm tra lại ngày đã nhập."),
        )
    return None

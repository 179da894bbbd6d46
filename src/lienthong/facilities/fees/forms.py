"""Shape only: a day, a reason, an amount as a person writes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.forms import LinkedDay

_KEY_MISSING = {"required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")}


class Dong(forms.IntegerField):
    """An amount, with or without dots between the thousands."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        """1.250.000 and 1 250 000 are the same number."""
        return super().to_python("".join(str(value or "").split()).replace(".", "").removesuffix("đ"))


class DayForm(forms.Form):
    """Chọn ngày của sổ thu."""

    day = LinkedDay(
        label=_("Ngày"),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "placeholder": "05/03/2026"}),
    )


class CloseForm(forms.Form):
    """Chốt sổ thu: the cash as counted, and what the page showed."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=_KEY_MISSING)
    seen_count = forms.IntegerField(widget=forms.HiddenInput)
    seen_total = forms.IntegerField(widget=forms.HiddenInput)
    counted_cash = Dong(
        label=_("Tiền mặt kiểm đếm được (đồng)"),
        help_text=_("Đếm xong hãy ghi đúng số đếm được; chênh lệch được in trên bảng chốt."),
        min_value=0,
        max_value=10_000_000_000,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={
            "required": _("Hãy đếm tiền mặt rồi ghi số tiền; không có thì ghi 0."),
            "invalid": _("Hãy nhập số tiền bằng chữ số, ví dụ 1.250.000."),
            "min_value": _("Số tiền không nhỏ hơn 0."),
        },
    )


class VoidForm(forms.Form):
    """Hủy biên lai: the reason."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=_KEY_MISSING)
    reason = forms.CharField(
        label=_("Lý do hủy"),
        help_text=_("Số biên lai được giữ, kèm lý do này; số tiền trở lại thành khoản phải thu."),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Hãy ghi lý do hủy, không quá 300 ký tự.")},
    )

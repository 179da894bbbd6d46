"""Shape only: what was seen of an item, and the day on which a unit goes live."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.forms import Day

KEY = {"required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")}
DAY = {"autocomplete": "off", "inputmode": "numeric"}


class TickForm(forms.Form):
    """Ghi nhận một mục."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=KEY)
    state = forms.ChoiceField(
        label=_("Kết quả kiểm tra"),
        choices=[("done", _("Đạt")), ("lacking", _("Chưa đạt"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn đạt hoặc chưa đạt.")},
    )
    seen_on = Day(
        label=_("Ngày kiểm tra"),
        help_text=_("Để trống: hôm nay."),
        required=False,
        widget=forms.TextInput(DAY),
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        help_text=_("Đã kiểm tra những gì; chưa đạt thì còn thiếu gì."),
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
    )

    def told(self, today: Any) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        return {
            "is_done": given["state"] == "done",
            "seen_on": given["seen_on"] or today,
            "note": given["note"],
        }


class GoLiveForm(forms.Form):
    """Đưa đơn vị vào vận hành."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=KEY)
    live_on = Day(
        label=_("Vận hành chính thức từ ngày"),
        help_text=_("Để trống: hôm nay."),
        required=False,
        widget=forms.TextInput(DAY),
    )
    reason = forms.CharField(
        label=_("Lý do, nếu còn mục chưa đạt"),
        help_text=_("Ghi vào nhật ký cùng các mục chưa đạt."),
        required=False,
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
    )

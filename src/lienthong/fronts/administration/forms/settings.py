"""Shape only: one day off or worked, with the notice it rests on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.instruments.enums import Confidence
from lienthong.core.shell.forms import Day
from lienthong.core.workdays.enums import DayKind

SURE = [(word, label) for word, label in Confidence.choices if word != Confidence.ILLUSTRATIVE]
OFF = {"autocomplete": "off"}


class DayForm(forms.Form):
    """Thông báo một ngày nghỉ hoặc làm bù."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")
        },
    )
    day = Day(
        label=_("Ngày"),
        help_text=_("Ví dụ 11/02/2027."),
        widget=forms.TextInput({**OFF, "inputmode": "numeric"}),
        error_messages={"required": _("Chưa có ngày. Hãy nhập ngày/tháng/năm.")},
    )
    state = forms.ChoiceField(
        label=_("Ngày này"),
        choices=[
            (DayKind.OFF.value, _("nghỉ")),
            (DayKind.WORK.value, _("làm việc (làm bù)")),
            ("withdrawn", _("trở lại lịch thường (rút thông báo trước)")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn nghỉ, làm việc hoặc trở lại lịch thường.")},
    )
    name = forms.CharField(
        label=_("Tên ngày"),
        help_text=_("In trong lời giải thích cách tính hạn."),
        max_length=200,
        widget=forms.TextInput(OFF),
        error_messages={"required": _("Chưa có tên ngày.")},
    )
    source = forms.CharField(
        label=_("Số, ký hiệu văn bản thông báo"),
        max_length=300,
        widget=forms.TextInput(OFF),
        error_messages={"required": _("Chưa có số văn bản thông báo. Hạn trả kết quả dựa vào đó.")},
    )
    confidence = forms.ChoiceField(label=_("Độ chắc chắn"), choices=SURE, initial=Confidence.VERIFIED.value)

    def kind(self) -> DayKind | None:
        """The day's word; None takes an earlier notice back."""
        word = self.cleaned_data["state"]
        return None if word == "withdrawn" else DayKind(word)

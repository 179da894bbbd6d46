"""Shape only: posts, who sits in them, accounts. What may be done is the actions' question."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.forms import Day
from lienthong.lib.dates import format_date
from lienthong.people.organisation.enums import PostKind

_OFF = {"autocomplete": "off"}
_FIGURES = {**_OFF, "inputmode": "numeric"}
_CHOOSE = ("", _("– chọn –"))


def day(label: Any, hint: Any = "", **more: Any) -> Day:
    """A day as an office types it, which must be given."""
    told = {"required": _("Hãy ghi ngày, ví dụ 05/03/2026.")}
    widget = forms.TextInput({**_FIGURES, "placeholder": "05/03/2026"})
    return Day(label=label, help_text=hint, widget=widget, error_messages=told, **more)


class KeyedForm(forms.Form):
    """A form that sends a command: with its key, and the days already filled in."""

    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")
        },
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            if name in self.fields:
                self.fields[name].initial = format_date(on)

    def given(self) -> dict[str, Any]:
        """The words of the act, by the names of the action's arguments."""
        return dict(self.cleaned_data)


class SeatForm(KeyedForm):
    """An act on a post: it knows who may be chosen."""

    def __init__(self, *args: Any, officers: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person_id", "substitute_id"):
            if name in self.fields:
                self.fields[name].choices = [_CHOOSE, *officers]  # type: ignore[attr-defined]


class OpenPostForm(KeyedForm):
    """Lập vị trí."""

    body_id = forms.TypedChoiceField(
        label=_("Cơ quan, phòng"), coerce=int, error_messages={"required": _("Hãy chọn cơ quan, phòng.")}
    )
    kind = forms.ChoiceField(
        label=_("Loại vị trí"),
        help_text=_("Loại vị trí quyết định người giữ làm được việc gì trong hệ thống."),
        choices=[_CHOOSE, *PostKind.choices],
        error_messages={"required": _("Hãy chọn loại vị trí.")},
    )
    title = forms.CharField(
        label=_("Chức danh"),
        help_text=_("Như ghi trong quyết định, ví dụ: Chuyên viên Phòng Kinh tế."),
        max_length=200,
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Hãy ghi chức danh.")},
    )
    rank = forms.IntegerField(
        label=_("Thứ tự"),
        help_text=_("Trong các vị trí cùng loại; 0 đứng đầu."),
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.TextInput(_FIGURES),
    )
    starts_on = day(_("Có từ ngày"))

    def __init__(self, *args: Any, bodies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body_id"].choices = [_CHOOSE, *bodies]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """No figure means the first place."""
        return {**self.cleaned_data, "rank": self.cleaned_data["rank"] or 0}


class ClosePostForm(SeatForm):
    """Đóng vị trí."""

    ends_on = day(_("Đóng từ ngày"), _("Từ ngày này vị trí không còn; lịch sử vẫn giữ nguyên."))


class AppointForm(SeatForm):
    """Bố trí người vào vị trí."""

    person_id = forms.TypedChoiceField(
        label=_("Cán bộ của đơn vị"), coerce=int, empty_value=None, required=False
    )
    new_name = forms.CharField(
        label=_("Hoặc họ tên người mới"),
        help_text=_("Người chưa giữ vị trí nào ở đơn vị. Có dấu, như trong quyết định."),
        required=False,
        max_length=120,
        widget=forms.TextInput(_OFF),
    )
    starts_on = day(_("Từ ngày"))
    instrument_text = forms.CharField(
        label=_("Số quyết định"),
        required=False,
        max_length=200,
        widget=forms.TextInput({**_OFF, "placeholder": "123/QĐ-UBND"}),
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two: an officer of the unit, or a new name."""
        given = super().clean() or {}
        if bool(given.get("person_id")) == bool(given.get("new_name", "").strip()):
            self.add_error("person_id", _("Hãy chọn một cán bộ của đơn vị, hoặc ghi họ tên người mới."))
        return given


class EndHoldingForm(SeatForm):
    """Thôi giữ vị trí."""

    ends_on = day(_("Thôi giữ từ ngày"), _("Ngày đầu tiên người này không còn giữ vị trí."))


class SubstituteForm(SeatForm):
    """Vắng mặt và người thay."""

    substitute_id = forms.TypedChoiceField(
        label=_("Người thay"),
        help_text=_("Để trống: trong thời gian vắng, trưởng phòng hoặc Chủ tịch trả lời."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    starts_on = day(_("Vắng từ ngày"))
    last_day = day(_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"),
        help_text=_("Chỉ quản trị đơn vị thấy."),
        required=False,
        max_length=200,
        widget=forms.TextInput(_OFF),
    )


class EndAbsenceForm(SeatForm):
    """Trở lại trước hạn."""

    ends_on = day(_("Trở lại từ ngày"))


class InviteForm(SeatForm):
    """Lập tài khoản."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        help_text=_("3 đến 60 ký tự: chữ thường không dấu, số, dấu chấm, gạch nối. Không đổi được về sau."),
        max_length=60,
        widget=forms.TextInput({**_OFF, "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Hãy ghi tên đăng nhập.")},
    )


class ResetForm(SeatForm):
    """Đặt lại mật khẩu."""

    drop_second_factor = forms.BooleanField(
        label=_("Tắt cả xác thực hai bước"),
        help_text=_("Chỉ khi người này mất cả điện thoại lẫn mã dự phòng."),
        required=False,
    )


class LockForm(SeatForm):
    """Khóa tài khoản."""

    reason = forms.CharField(
        label=_("Lý do khóa"),
        max_length=200,
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Hãy ghi lý do khóa.")},
    )


class UnlockForm(SeatForm):
    """Mở khóa tài khoản."""

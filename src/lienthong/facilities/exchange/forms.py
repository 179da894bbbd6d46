"""Shape only: a client, a token, an address as an officer enters them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lienthong.core.shell.forms import Day
from lienthong.facilities.exchange.enums import ApiScope, ClientKind

_KEY_MISSING = {"required": _("Trang thiếu mã thao tác. Hãy tải lại trang rồi làm lại; chưa có gì bị mất.")}


class KeyForm(forms.Form):
    """Việc chỉ cần bấm nút."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=_KEY_MISSING)


class RegisterForm(KeyForm):
    """Thêm bên kết nối."""

    name = forms.CharField(
        label=_("Tên bên kết nối"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi tên bên kết nối.")},
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=ClientKind.choices)
    scopes = forms.MultipleChoiceField(
        label=_("Được phép"),
        choices=ApiScope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một phạm vi.")},
    )
    units = forms.CharField(
        label=_("Mã các đơn vị được kết nối"),
        help_text=_("Cách nhau bằng dấu phẩy; để trống là toàn thành phố."),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": "27475, 27286"}),
    )
    rate = forms.IntegerField(
        label=_("Số lượt gọi nhiều nhất mỗi phút"),
        initial=600,
        min_value=1,
        max_value=60_000,
        error_messages={
            "min_value": _("Số lượt gọi mỗi phút phải từ 1 đến 60.000."),
            "max_value": _("Số lượt gọi mỗi phút phải từ 1 đến 60.000."),
            "invalid": _("Hãy nhập một số."),
            "required": _("Hãy nhập một số."),
        },
    )
    sandbox = forms.BooleanField(
        label=_("Chỉ để thử nghiệm"),
        help_text=_("Chỉ gọi được vào hệ thống trình diễn; ở hệ thống thật mọi lượt gọi đều bị từ chối."),
        required=False,
    )

    def clean_units(self) -> list[str]:
        """The codes, each once."""
        codes = [one.strip() for one in self.cleaned_data["units"].split(",") if one.strip()]
        if strange := [one for one in codes if not (one.isdecimal() and len(one) == 5)]:
            raise forms.ValidationError(
                _("Mã đơn vị gồm 5 chữ số: %(codes)s không đúng."), params={"codes": ", ".join(strange)}
            )
        return sorted(set(codes))


class TokenForm(KeyForm):
    """Cấp mã truy cập."""

    scopes = forms.MultipleChoiceField(
        label=_("Mã này mở"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một phạm vi.")},
    )
    expires_on = Day(
        label=_("Dùng đến hết ngày"),
        help_text=_("Không quá 400 ngày."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "placeholder": "31/12/2026"}),
        error_messages={"required": _("Hãy ghi ngày hết hạn.")},
    )
    username = forms.CharField(
        label=_("Tên đăng nhập của cán bộ"),
        help_text=_("Chỉ khi mã này thao tác thay một vị trí."),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    post = forms.CharField(
        label=_("Số của vị trí"),
        help_text=_("Chỉ khi cán bộ ấy giữ nhiều vị trí."),
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, allowed: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (word, label) for word, label in ApiScope.choices if word in allowed
        ]


class SubscribeForm(KeyForm):
    """Thêm nơi nhận thông báo."""

    url = forms.CharField(
        label=_("Địa chỉ nhận"),
        help_text=_("Máy của bên kết nối, dạng https://…; không vào mạng riêng."),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}),
        error_messages={"required": _("Hãy ghi địa chỉ nhận.")},
    )


class PauseForm(KeyForm):
    """Tạm dừng gửi: the reason."""

    reason = forms.CharField(
        label=_("Lý do tạm dừng"),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi lý do tạm dừng gửi.")},
    )

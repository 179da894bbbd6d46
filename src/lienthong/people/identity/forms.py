"""allauth's forms with our labels, and the choice of a post."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Tên đăng nhập"),
    "password": _("Mật khẩu"),
    "oldpassword": _("Mật khẩu đang dùng"),
    "password1": _("Mật khẩu mới"),
    "password2": _("Nhập lại mật khẩu mới"),
    "code": _("Mã 6 số trong ứng dụng xác thực"),
}


class OurWords(forms.Form):
    """Mixin: labels in our words and no placeholder (a label says it better)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"


class LoginForm(OurWords, account.LoginForm):  # type: ignore[misc]
    """Đăng nhập."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """Đổi mật khẩu."""


class ReauthenticateForm(OurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """Xác nhận lại mật khẩu."""


class AuthenticateForm(OurWords, mfa.AuthenticateForm):  # type: ignore[misc]
    """Nhập mã xác thực khi đăng nhập."""


class ReauthenticateCodeForm(OurWords, mfa.ReauthenticateForm):  # type: ignore[misc]
    """Xác nhận lại bằng mã xác thực."""


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """Bật xác thực hai bước."""


class ChoosePostForm(forms.Form):
    """Chọn vị trí đang làm việc: shape only; whether the post is the account's is asked by the action."""

    post = forms.IntegerField(min_value=1)


class TakeInvitationForm(forms.Form):
    """Nhận tài khoản bằng phiếu: the code, and a password that nobody else knows."""

    code = forms.CharField(
        label=_("Mã trên phiếu"),
        help_text=_("16 ký tự; chữ hoa hay thường, có gạch nối hay không đều được."),
        max_length=60,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Hãy gõ mã in trên phiếu.")},
    )
    password1 = forms.CharField(
        label=_("Mật khẩu mới"),
        help_text=_("Ít nhất 10 ký tự, không toàn số, không phải mật khẩu nhiều người dùng."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": _("Hãy đặt mật khẩu.")},
    )
    password2 = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
        error_messages={"required": _("Hãy nhập lại mật khẩu.")},
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same."""
        given = super().clean() or {}
        if given.get("password1") and given.get("password2") and given["password1"] != given["password2"]:
            self.add_error("password2", _("Hai lần nhập không giống nhau. Hãy nhập lại."))
        return given

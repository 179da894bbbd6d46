"""allauth: accounts are made by the unit's administrator; nobody signs up. Its words in Vietnamese."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

WRONG_CODE = _("Mã không đúng hoặc đã hết hiệu lực. Hãy xem mã mới trong ứng dụng rồi nhập lại.")
TOO_MANY = _("Đã thử quá nhiều lần. Hãy đợi 5 phút rồi thử lại, hoặc nhờ quản trị đơn vị đặt lại mật khẩu.")


class OfficerAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed for sign-up; failed attempts are counted for a user name at an address.

    So neither a whole office behind one address is locked out by one forgetful colleague, nor an officer by a
    stranger who types their name elsewhere.
    """

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản đang bị khóa. Hãy liên hệ quản trị đơn vị."),
        "enter_current_password": _("Hãy nhập mật khẩu đang dùng."),
        "incorrect_password": _("Mật khẩu không đúng. Hãy nhập lại."),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu đang dùng."),
        "username_password_mismatch": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Hãy xem lại Caps Lock, bộ gõ tiếng Việt rồi nhập lại."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{self.get_client_ip(request)}:{str(credentials.get('username', '')).lower()}"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor's words in Vietnamese."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "rate_limited": TOO_MANY,
    }

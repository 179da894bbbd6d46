"""Signing in, the second factor, and the limit on guessing."""

import re
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from lienthong.people.identity.actions import lock_account
from tests.cast import PASSWORD, TAN_HUNG, Cast
from tests.people.identity.conftest import SignIn

pytestmark = pytest.mark.django_db
CLERK, SECOND = f"motcua1.{TAN_HUNG}", f"motcua2.{TAN_HUNG}"
LOGIN = "/account/login/"


def _try(client: Client, username: str, password: str, address: str = "10.0.0.1") -> str:
    answer = client.post(LOGIN, {"login": username, "password": password}, REMOTE_ADDR=address)
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_the_page_speaks_vietnamese(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    assert "Tên đăng nhập" in page
    assert "Mật khẩu" in page
    assert "Sign" not in page


def test_an_officer_signs_in_and_goes_on(client: Client) -> None:
    assert _try(client, CLERK, PASSWORD) == "/desk/start/"
    assert client.get("/any/").status_code == 200


def test_signing_in_leads_to_where_the_officer_was_going(client: Client) -> None:
    page = client.get(f"{LOGIN}?next=/any/").content.decode()
    assert 'value="/any/"' in page
    answer = client.post(LOGIN, {"login": CLERK, "password": PASSWORD, "next": "/any/"})
    assert answer["Location"] == "/any/"


def test_a_wrong_password_is_told_in_vietnamese_and_names_no_account(client: Client) -> None:
    known, unknown = _try(client, CLERK, "sai"), _try(client, "khongco.27475", "sai")
    for page in (known, unknown):
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in page


def test_guessing_stops_after_five_tries(client: Client) -> None:
    for _ in range(5):
        _try(client, CLERK, "sai")
    assert "Đã thử quá nhiều lần" in _try(client, CLERK, PASSWORD)


def test_one_forgetful_colleague_does_not_lock_the_office_out(client: Client) -> None:
    for _ in range(7):
        _try(client, CLERK, "sai")
    assert _try(client, SECOND, PASSWORD) == "/desk/start/"


def test_a_stranger_elsewhere_does_not_lock_an_officer_out(client: Client) -> None:
    for _ in range(7):
        _try(client, CLERK, "sai", address="203.0.113.9")
    assert _try(client, CLERK, PASSWORD) == "/desk/start/"


def test_a_whole_office_signs_in_within_a_minute(client: Client) -> None:
    answers = {_try(Client(), name, PASSWORD) for name in [CLERK, SECOND] * 40}
    assert answers == {"/desk/start/"}


def test_a_locked_officer_is_told_so_and_does_not_come_in(client: Client, cast: Cast) -> None:
    account = cast.clerk.account_id or 0
    client.post(LOGIN, {"login": CLERK, "password": PASSWORD})
    lock_account(actor=cast.administrator, key=uuid4(), account_id=account, reason="mất điện thoại")
    assert client.get("/any/").status_code == 302
    assert _try(Client(), CLERK, PASSWORD) == "/account/inactive/"
    assert "Tài khoản đang bị khóa" in client.get("/account/inactive/").content.decode()


def test_the_second_factor_is_turned_on_and_asked_for(client: Client) -> None:
    _try(client, CLERK, PASSWORD)
    assert "Chưa bật" in client.get("/account/2fa/").content.decode()
    asked = client.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    assert "Xác nhận là bạn" in client.get(asked["Location"]).content.decode()
    sure = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    page = sure.content.decode()
    found = re.search(r'class="code">([A-Z2-7]+)<', page)
    assert found is not None
    secret = found[1]
    wrong = client.post("/account/2fa/totp/activate/", {"code": "000000"}).content.decode()
    assert "Mã không đúng" in wrong
    assert client.post("/account/2fa/totp/activate/", {"code": _code(secret)}).status_code == 302
    assert "Đang bật" in client.get("/account/2fa/").content.decode()
    assert "Mã dự phòng" in client.get("/account/2fa/codes/").content.decode()
    elsewhere = Client()
    assert _try(elsewhere, CLERK, PASSWORD) == "/account/2fa/authenticate/"
    assert elsewhere.get("/any/").status_code == 302
    assert "ứng dụng xác thực" in elsewhere.get("/account/2fa/authenticate/").content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "/account/password/change/",
        "/account/logout/",
        "/account/2fa/",
        "/account/reauthenticate/",
        "/account/post/",
    ],
)
def test_the_other_pages_open_in_our_look(sign_in: SignIn, url: str) -> None:
    answer = sign_in(CLERK).get(url)
    if answer.status_code == 200:
        assert "shell/shell.css" in answer.content.decode()
    else:
        assert answer["Location"].startswith("/account/reauthenticate/")


@pytest.mark.parametrize("url", ["/account/signup/", "/account/email/", "/account/password/reset/"])
def test_nobody_signs_up_or_resets_by_mail(client: Client, url: str) -> None:
    assert client.get(url).status_code == 404

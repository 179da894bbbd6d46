"""Slips: how an officer comes to a password that nobody else knows; once, and not for ever."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import ANONYMOUS, SYSTEM
from lienthong.core.workdays.queries import now, today
from lienthong.people.identity import actions
from lienthong.people.identity.models import Account, Invitation
from lienthong.people.identity.queries import slips_of
from tests.cast import NHA_BE, PASSWORD, TAN_HUNG, Cast
from tests.people.identity.conftest import SignIn

pytestmark = pytest.mark.django_db
GOOD = "mot-cau-dai-kho-doan"
TAKE = "/account/invitation/"


def reset(cast: Cast, **more: bool) -> str:
    """The code of a slip for the clerk's new password."""
    key, account = uuid4(), cast.clerk.account_id or 0
    actions.reset_account(actor=cast.administrator, key=key, account_id=account, **more)
    (slip,) = slips_of(key, [account], {cast.unit_id(TAN_HUNG): "Phường Tân Hưng"}, today())
    assert slip.is_reset and slip.username == f"motcua1.{TAN_HUNG}"
    return slip.code


def take(code: str, password: str = GOOD) -> str:
    return actions.take_invitation(actor=ANONYMOUS, code=code, password=password)


def refused(code: str, password: str = GOOD) -> str:
    with pytest.raises(Refused) as told:
        take(code, password)
    return told.value.refusal.code


def clerk(cast: Cast) -> Account:
    return Account.objects.get(pk=cast.clerk.account_id)


def test_a_reset_ends_the_old_password_and_every_session(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(f"motcua1.{TAN_HUNG}")
    assert browser.get("/any/").status_code == 200
    reset(cast)
    assert not clerk(cast).check_password(PASSWORD)
    assert browser.get("/any/").status_code == 302


def test_the_code_works_once_however_it_is_typed(cast: Cast) -> None:
    code = reset(cast)
    typed = f" {code[:4].lower()}-{code[4:8]} {code[8:]} ".replace("0", "o").replace("1", "l")
    assert take(typed) == f"motcua1.{TAN_HUNG}"
    assert clerk(cast).check_password(GOOD)
    assert refused(code) == "invitation.unknown"


def test_a_code_is_not_kept_and_a_newer_slip_ends_it(cast: Cast) -> None:
    former = reset(cast)
    assert not Invitation.objects.filter(digest__contains=former).exists()
    newer = reset(cast)
    assert refused(former) == "invitation.unknown"
    take(newer)


def test_a_code_expires_and_a_locked_account_takes_none(cast: Cast) -> None:
    code = reset(cast)
    with pytest.raises(Refused) as told:
        actions.take_invitation(actor=ANONYMOUS, code=code, password=GOOD, at=now() + timedelta(days=15))
    assert told.value.refusal.code == "invitation.unknown"
    actions.lock_account(
        actor=cast.administrator, key=uuid4(), account_id=cast.clerk.account_id or 0, reason="thử"
    )
    assert refused(code) == "invitation.unknown"


def test_a_weak_password_leaves_the_code_usable(cast: Cast) -> None:
    code = reset(cast)
    assert refused(code, "1234567890") == "password.weak"
    take(code)


def test_the_same_act_prints_the_same_slip(cast: Cast) -> None:
    key, account = uuid4(), cast.clerk.account_id or 0
    units = {cast.unit_id(TAN_HUNG): "Phường Tân Hưng"}
    for _time in range(2):
        actions.reset_account(actor=cast.administrator, key=key, account_id=account)
    (slip,) = slips_of(key, [account], units, today())
    assert slips_of(uuid4(), [account], units, today()) == []
    take(slip.code)
    assert slips_of(key, [account], units, today()) == []


@pytest.mark.parametrize("dropped", [True, False])
def test_the_second_factor_goes_only_where_it_is_asked(cast: Cast, dropped: bool) -> None:
    Authenticator.objects.create(user=clerk(cast), type="totp", data={"secret": "x"})
    reset(cast, drop_second_factor=dropped)
    assert Authenticator.objects.filter(user=clerk(cast)).exists() is not dropped


def test_slips_are_issued_for_who_waits_and_by_who_may(cast: Cast) -> None:
    unit, account = cast.unit_id(TAN_HUNG), cast.clerk.account_id or 0
    words = {"unit_id": unit, "account_ids": [account, cast.stranger.account_id or 0]}
    with pytest.raises(Refused) as told:
        actions.issue_slips(actor=cast.administrator, key=uuid4(), **words)  # type: ignore[arg-type]
    assert told.value.refusal.code == "invitation.nothing"
    reset(cast)
    for actor in (cast.clerk, cast.of(f"quantri.{NHA_BE}")):
        with pytest.raises(NotFound):
            actions.issue_slips(actor=actor, key=uuid4(), **words)  # type: ignore[arg-type]
    key = uuid4()
    assert actions.issue_slips(actor=cast.city, key=key, **words) == [account]  # type: ignore[arg-type]
    assert actions.issue_slips(actor=cast.city, key=key, **words) == [account]  # type: ignore[arg-type]


def test_the_journal_says_so_and_holds_no_code(cast: Cast) -> None:
    code = reset(cast)
    take(code)
    with entered(SYSTEM):
        told = Entry.objects.filter(subject_kind="account", subject_id=cast.clerk.account_id)
        kept = list(told.order_by("pk").values_list("verb", "account_id", "data"))
    assert [(verb, who) for verb, who, _data in kept] == [
        ("identity.account_reset", cast.administrator.account_id),
        ("identity.invitation_taken", None),
    ]
    assert code not in str(kept)


def test_the_page_sets_the_password_and_leads_to_signing_in(cast: Cast) -> None:
    client, code = Client(), reset(cast)
    assert "Mã trên phiếu" in client.get(TAKE).content.decode()
    typed = {"code": code, "password1": GOOD, "password2": GOOD}
    differs = client.post(TAKE, {**typed, "password2": "khac-hoan-toan-nhau"})
    assert differs.status_code == 422 and "không giống nhau" in differs.content.decode()
    wrong = client.post(TAKE, {**typed, "code": "0" * 16})
    assert wrong.status_code == 409 and "invitation.unknown" in wrong.content.decode()
    assert not re.search(GOOD, wrong.content.decode())
    done = client.post(TAKE, typed)
    assert (done.status_code, done["Location"]) == (302, "/account/login/")
    signed = client.post("/account/login/", {"login": f"motcua1.{TAN_HUNG}", "password": GOOD})
    assert signed.status_code == 302


def test_wrong_codes_from_one_address_are_counted(cast: Cast) -> None:
    """Only wrong ones: a whole office takes its slips behind one address."""
    client, code = Client(), reset(cast)
    typed = {"code": "0" * 16, "password1": GOOD, "password2": GOOD}
    (most, *_rest) = settings.ACCOUNT_RATE_LIMITS["invitation_failed"].split("/")
    for _time in range(int(most)):
        assert client.post(TAKE, typed).status_code == 409
    stopped = client.post(TAKE, {**typed, "code": code})
    assert stopped.status_code == 429 and "invitation.too_many" in stopped.content.decode()
    elsewhere = client.post(TAKE, {**typed, "code": code}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302

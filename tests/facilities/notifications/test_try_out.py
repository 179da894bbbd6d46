"""The city sends one message to itself, to see that a channel works; the address is kept nowhere."""

from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.journal.models import Command, Entry
from lienthong.facilities.notifications.actions.mail import MailCarrier
from lienthong.facilities.notifications.actions.web import WebCarrier
from lienthong.facilities.notifications.enums import Verdict
from lienthong.facilities.notifications.models import Message
from lienthong.facilities.notifications.values import Answer, Parcel
from tests.facilities.notifications.conftest import Letters, Post, free_port

pytestmark = pytest.mark.django_db
MINE = "can-bo-thanh-pho@thu.example"


def given(**changes: str) -> dict[str, str]:
    return {"key": str(uuid4()), "channel": "email", "template": "ready", "address": MINE, **changes}


def test_the_letter_comes_and_the_address_is_kept_nowhere(post: Post, letters: Letters) -> None:
    browser = post.browser(post.cast.city)
    asked = given()
    page = browser.post("/messages/test/", asked, follow=True)
    assert "đã nhận tin thử" in page.content.decode() and letters.taken[0].rcpt_tos == [MINE]
    browser.post("/messages/test/", asked)
    assert len(letters.taken) == 1 and not Message.objects.exists()
    entry = Entry.objects.get(verb="notification.tried")
    assert MINE not in str(entry.data)
    assert all(MINE not in f"{row.result}{row.digest}" for row in Command.objects.all())


def test_what_the_server_says_is_told(post: Post, letters: Letters) -> None:
    letters.at_rcpt = "550 5.7.1 Rejected"
    page = post.browser(post.cast.city).post("/messages/test/", given(), follow=True)
    assert "550 5.7.1" in page.content.decode()


def test_a_dead_server_is_told(post: Post, settings: Any) -> None:
    dead = {"url": f"smtp://127.0.0.1:{free_port()}", "sender": "a@b.example"}
    settings.MESSAGE_CARRIERS = {**settings.MESSAGE_CARRIERS, "email": dead}
    page = post.browser(post.cast.city).post("/messages/test/", given(), follow=True)
    assert "không trả lời" in page.content.decode()


def test_a_server_that_says_nothing_is_not_waited_for_as_long_as_by_the_sender(
    post: Post, letters: Letters, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's transaction is open meanwhile, and all that follow the journal stand behind it."""
    waits: list[float] = []

    def send(self: MailCarrier | WebCarrier, parcel: Parcel) -> Answer:
        waits.append(self.timeout)
        return Answer(Verdict.ACCEPTED)

    monkeypatch.setattr(MailCarrier, "send", send)
    monkeypatch.setattr(WebCarrier, "send", send)
    settings.MESSAGE_CARRIERS = {**settings.MESSAGE_CARRIERS, "sms": {"url": "http://127.0.0.1:1/send"}}
    browser = post.browser(post.cast.city)
    browser.post("/messages/test/", given())
    browser.post("/messages/test/", given(channel="sms", address="0900000123"))
    assert waits == [5, 5]


def test_a_channel_that_is_not_connected_and_a_wrong_address_are_refused(
    post: Post, letters: Letters
) -> None:
    browser = post.browser(post.cast.city)
    assert browser.post("/messages/test/", given(channel="zalo", address="0900000123")).status_code == 409
    wrong = browser.post("/messages/test/", given(address="khong phai thu"))
    assert wrong.status_code == 422 and "không đúng dạng" in wrong.content.decode()
    assert letters.taken == []


def test_only_the_city_may(post: Post, letters: Letters) -> None:
    assert post.browser(post.cast.administrator).post("/messages/test/", given()).status_code == 404
    assert letters.taken == []

"""SMS and Zalo through a provider of HTTP: what it is asked, and what each of its answers means."""

from typing import Any

import pytest

from lienthong.facilities.notifications.actions.carriers import carrier_of
from lienthong.facilities.notifications.actions.web import WebCarrier, web_carrier
from lienthong.facilities.notifications.enums import MessageState as S
from tests.facilities.notifications.conftest import NOON, PHONE, Post, Provider, free_port

pytestmark = pytest.mark.django_db
ZNS = '{"phone": "{address84}", "template_id": "{template}", "template_data": {"ma": "{code}"}, "tracking_id": "{reference}"}'


def carrier(provider: Provider, **changes: Any) -> WebCarrier:
    return WebCarrier(url=provider.url, token="bi-mat", accepted={"error": 0}, **changes)


def test_an_sms_is_asked_for_as_the_settings_say(post: Post, provider: Provider) -> None:
    case_id = post.told("sms")
    assert post.send("sms", carrier=carrier(provider)) == 1
    message = post.message(case_id)
    assert message.state == S.SENT
    assert provider.asked == [{"to": PHONE, "text": message.text, "reference": str(message.reference)}]
    assert provider.headers[0]["Authorization"] == "Bearer bi-mat"


def test_zalo_gets_its_template_and_fills_it_itself(post: Post, provider: Provider, settings: Any) -> None:
    said = {"url": provider.url, "token": "bi-mat", "header": "access_token", "body": ZNS, "accepted": ""}
    settings.MESSAGE_CARRIERS = {**settings.MESSAGE_CARRIERS, "zalo": {**said, "repeatable": "1"}}
    case_id = post.told("zalo")
    assert post.send("zalo") == 1
    message = post.message(case_id)
    (asked,) = provider.asked
    assert asked["phone"] == f"84{PHONE[1:]}" and asked["template_data"] == {"ma": message.code}
    assert asked["tracking_id"] == str(message.reference) and provider.headers[0]["access_token"] == "bi-mat"
    made = carrier_of("zalo")
    assert made is not None and made.repeatable


@pytest.mark.parametrize(
    ("status", "says", "state"),
    [
        (200, b'{"error": 0}', S.SENT),
        (200, b'{"error": -119, "message": "0900000123 not found"}', S.FAILED),
        (200, b"<html>", S.UNCERTAIN),
        (200, b'{"ok": true}', S.UNCERTAIN),
        (400, b"", S.FAILED),
        (401, b"", S.WAITING),
        (429, b"", S.WAITING),
        (500, b"", S.UNCERTAIN),
        (503, b"", S.WAITING),
        (302, b"", S.WAITING),
    ],
)
def test_each_answer_has_its_meaning(
    post: Post, provider: Provider, status: int, says: bytes, state: S
) -> None:
    case_id = post.told("sms")
    provider.status, provider.says = status, says
    assert post.send("sms", carrier=carrier(provider)) == 1
    message = post.message(case_id)
    assert message.state == state and PHONE not in message.reason
    assert (message.reason != "") == (state != S.SENT)


def test_a_provider_that_hangs_leaves_it_uncertain_unless_it_knows_its_references(
    post: Post, provider: Provider
) -> None:
    provider.hangs = True
    first, second = post.told("sms"), post.told("zalo")
    post.send("sms", carrier=carrier(provider, timeout=0.3))
    post.send("zalo", carrier=carrier(provider, timeout=0.3, repeatable=True))
    assert post.message(first).state == S.UNCERTAIN
    message = post.message(second)
    assert message.state == S.WAITING and message.tries == 1 and message.next_try_at > NOON
    provider.hangs = False
    post.send("zalo", at=message.next_try_at, carrier=carrier(provider, repeatable=True))
    assert post.message(second).state == S.SENT
    assert len({asked["reference"] for asked in provider.asked[1:]}) == 1


def test_a_provider_that_is_gone_costs_no_message(post: Post) -> None:
    case_id = post.told("sms")
    gone = WebCarrier(url=f"http://127.0.0.1:{free_port()}/send", timeout=1)
    assert post.send("sms", carrier=gone) == 1
    assert (post.message(case_id).state, post.message(case_id).tries) == (S.WAITING, 0)
    assert post.health("sms").down_since is not None


def test_a_channel_without_a_carrier_waits(post: Post) -> None:
    case_id = post.told("zalo")
    assert post.send("zalo") == 0 and post.message(case_id).state == S.WAITING


@pytest.mark.parametrize("body", ["[1]", "{", '{"to": "{telephone}"}'])
def test_settings_that_cannot_be_read_leave_the_channel_unconnected(settings: Any, body: str) -> None:
    said = {"url": "https://nha-cung-cap.example/send", "body": body}
    settings.MESSAGE_CARRIERS = {**settings.MESSAGE_CARRIERS, "sms": said}
    assert carrier_of("sms") is None
    with pytest.raises(ValueError):
        web_carrier(said)


def test_a_carrier_with_a_fault_of_its_own_leaves_the_message_uncertain(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        repeatable = False

        def send(self, parcel: Any) -> Any:
            raise RuntimeError(parcel.address)

    case_id = post.told("sms")
    assert post.send("sms", carrier=Broken()) == 1
    assert post.message(case_id).state == S.UNCERTAIN
    assert "RuntimeError" in caplog.text and PHONE not in caplog.text

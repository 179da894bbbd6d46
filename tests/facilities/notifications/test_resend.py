"""A failed message is sent again when a person says so: to the present address, once a command, by who may."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.models import Sight
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.notifications.actions import resend_message
from lienthong.facilities.notifications.enums import MessageState as S
from lienthong.facilities.notifications.models import Message
from lienthong.people.parties.actions import set_channel
from tests.facilities.notifications.conftest import EMAIL, NOON, Letters, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(post: Post, letters: Letters) -> Message:
    case_id = post.told()
    letters.at_rcpt = "550 5.1.1 User unknown"
    post.send()
    letters.at_rcpt = ""
    return post.message(case_id)


def resend(actor: Actor, message: Message, key: UUID | None = None) -> int:
    with acting_at(NOON), entered(actor):
        return resend_message(actor=actor, key=key or uuid4(), message_id=message.pk)


def refused(actor: Actor, message: Message) -> str:
    with pytest.raises(Refused) as told:
        resend(actor, message)
    return told.value.refusal.code


def test_the_unit_sends_it_again_to_the_corrected_address(
    post: Post, failed: Message, letters: Letters
) -> None:
    clerk, corrected = post.cast.clerk, "moi-0123@thu.example"
    with entered(clerk):
        assert failed.party_id
        set_channel(actor=clerk, party_id=failed.party_id, channel="email", email=corrected)
    resend(clerk, failed)
    assert post.send() == 1 and letters.taken[0].rcpt_tos == [corrected]
    assert failed.case_id and post.message(failed.case_id).state == S.SENT
    with entered(SYSTEM):
        sentences = [line.sentence for line in timeline(failed.case_id)]
    assert "Yêu cầu gửi lại tin: đã tiếp nhận" in sentences


def test_a_repeated_command_does_it_once(post: Post, failed: Message, letters: Letters) -> None:
    key = uuid4()
    assert resend(post.cast.clerk, failed, key) == resend(post.cast.clerk, failed, key)
    assert post.send() == 1 and post.send() == 0


def test_the_city_may_and_still_sees_no_address(post: Post, failed: Message, letters: Letters) -> None:
    resend(post.cast.city, failed)
    assert post.send() == 1 and letters.taken[0].rcpt_tos == [EMAIL]


def test_a_message_that_waits_or_was_sent_is_not_sent_again(post: Post, letters: Letters) -> None:
    message = post.message(post.told())
    assert refused(post.cast.clerk, message) == "message.state"
    post.send()
    assert refused(post.cast.clerk, message) == "message.state" and len(letters.taken) == 1


def test_whoever_no_longer_wants_to_be_told_is_not(post: Post, failed: Message) -> None:
    with entered(post.cast.clerk):
        assert failed.party_id
        set_channel(actor=post.cast.clerk, party_id=failed.party_id, channel="none")
    assert refused(post.cast.clerk, failed) == "message.not_wanted"


@pytest.mark.parametrize("presses", ["city", "stranger"])
def test_nor_when_somebody_presses_who_does_not_see_the_person(
    post: Post, failed: Message, letters: Letters, presses: str
) -> None:
    """The city, or another unit with sight of the case, cannot know: it is asked when the message would go."""
    actor: Actor = getattr(post.cast, presses)
    with entered(SYSTEM):
        Sight.objects.get_or_create(case_id=failed.case_id, unit_id=post.cast.stranger.unit_id)
    with entered(post.cast.clerk):
        assert failed.party_id and failed.case_id
        set_channel(actor=post.cast.clerk, party_id=failed.party_id, channel="none")
    resend(actor, failed)
    waiting = post.told()
    assert post.send() == 1 and post.message(waiting).state == S.SENT
    assert len(letters.taken) == 1 and post.message(failed.case_id).state == S.NOT_WANTED


def test_another_unit_does_not_find_it(post: Post, failed: Message) -> None:
    with pytest.raises(NotFound):
        resend(post.cast.stranger, failed)


def test_the_page_shows_it_with_a_masked_address_and_sends_it_again(
    post: Post, failed: Message, letters: Letters
) -> None:
    browser = post.browser(post.cast.clerk)
    page = browser.get("/messages/?state=failed").content.decode()
    assert failed.code in page.replace("<span>", "").replace("</span>", "") and "550 5.1.1" in page
    assert "c•••@thu.example" in page and EMAIL not in page
    asked: dict[str, Any] = {"key": str(uuid4())}
    assert browser.post(f"/messages/{failed.pk}/resend/", asked).status_code == 302
    assert browser.post(f"/messages/{failed.pk}/resend/", {"key": str(uuid4())}).status_code == 409
    assert browser.post(f"/messages/{failed.pk}/resend/").status_code == 422


def test_the_city_sees_every_unit_s_messages_without_a_mask(post: Post, failed: Message) -> None:
    page = post.browser(post.cast.city).get("/messages/?state=failed").content.decode()
    assert "550 5.1.1" in page and "•••" not in page and "Tân Hưng" in page
    browser, other = post.browser(post.cast.city), post.cast.stranger.unit_id
    assert "550 5.1.1" in browser.get(f"/messages/?unit={failed.unit_id}").content.decode()
    assert "550 5.1.1" not in browser.get(f"/messages/?unit={other}").content.decode()
    assert "550 5.1.1" not in post.browser(post.cast.stranger).get("/messages/").content.decode()

"""Sending mail through a real server: taken, refused, delayed, dropped, silent, gone; never twice."""

import threading
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.notifications.actions.mail import MailCarrier
from lienthong.facilities.notifications.actions.send import LEASE
from lienthong.facilities.notifications.enums import MessageState as S
from lienthong.facilities.notifications.enums import Verdict
from lienthong.facilities.notifications.rules import MOST_TRIES
from lienthong.facilities.notifications.values import Answer, Parcel
from tests.facilities.notifications.conftest import EMAIL, NIGHT, NOON, Letters, Post, Server, free_port

pytestmark = pytest.mark.django_db


def letter(letters: Letters, number: int = 0) -> EmailMessage:
    raw = letters.taken[number].original_content
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def told(case_id: int) -> list[str]:
    with entered(SYSTEM):
        return [line.sentence for line in timeline(case_id)]


def test_the_applicant_gets_the_letter_and_the_case_says_so(post: Post, letters: Letters) -> None:
    case_id = post.told()
    assert post.send() == 1
    message, got = post.message(case_id), letter(letters)
    assert (message.state, message.sent_at, message.reason) == (S.SENT, NOON, "")
    assert letters.taken[0].rcpt_tos == [EMAIL]
    assert message.code in got["Subject"] and message.reference.hex in got["Message-ID"]
    assert got.get_content().strip() == message.text
    assert f"Đã báo người nộp qua thư điện tử: {message.get_template_display()}" in told(case_id)


def test_what_was_sent_is_not_sent_again(post: Post, letters: Letters) -> None:
    case_id = post.told()
    post.hear(case_id)
    assert [post.send() for _ in range(3)] == [1, 0, 0]
    assert len(letters.taken) == 1


def test_an_address_that_is_refused_fails_at_once_and_is_not_named(post: Post, letters: Letters) -> None:
    case_id = post.told()
    letters.at_rcpt = f"550 5.1.1 <{EMAIL}> User unknown"
    assert post.send() == 1
    message = post.message(case_id)
    assert message.state == S.FAILED and "550 5.1.1" in message.reason and EMAIL not in message.reason
    assert any("Không báo được người nộp" in line for line in told(case_id))
    assert post.send(at=NOON + timedelta(days=1)) == 0 and letters.taken == []


def test_a_greylisting_server_is_asked_again_later_and_at_last_no_more(post: Post, letters: Letters) -> None:
    case_id, at = post.told(), NOON
    letters.at_rcpt = "451 4.7.1 Greylisted"
    assert post.send(at=at) == 1 and post.send(at=at) == 0
    message = post.message(case_id)
    assert (message.state, message.tries) == (S.WAITING, 1) and message.next_try_at > at
    while post.message(case_id).state == S.WAITING and message.tries < 20:
        at = max(at + timedelta(hours=1), post.message(case_id).next_try_at)
        post.send(at=at)
    message = post.message(case_id)
    assert (message.state, message.tries) == (S.FAILED, MOST_TRIES)


def test_a_server_that_drops_the_line_after_the_letter_leaves_it_uncertain(
    post: Post, letters: Letters
) -> None:
    """It may have taken it: nobody knows, so nobody sends it again but a person."""
    case_id = post.told()
    letters.drops_at_data = True
    assert post.send() == 1
    assert post.message(case_id).state == S.UNCERTAIN
    letters.drops_at_data = False
    assert post.send(at=NOON + timedelta(days=1)) == 0 and len(letters.taken) == 1


def test_a_server_that_never_confirms_leaves_it_uncertain(
    post: Post, letters: Letters, settings: Any
) -> None:
    case_id, letters.hangs_at_data = post.told(), threading.Event()
    said = settings.MESSAGE_CARRIERS["email"]
    slow = MailCarrier(url=said["url"], sender=said["sender"], timeout=0.5)
    assert post.send(carrier=slow) == 1
    letters.hangs_at_data.set()
    message = post.message(case_id)
    assert message.state == S.UNCERTAIN and "không xác nhận" in message.reason


def test_while_the_server_is_down_everything_waits_and_nothing_is_lost(post: Post, settings: Any) -> None:
    dead = {"url": f"smtp://127.0.0.1:{free_port()}", "sender": "a@b.example"}
    settings.MESSAGE_CARRIERS = {**settings.MESSAGE_CARRIERS, "email": dead}
    cases = [post.told() for _ in range(3)]
    assert post.send() == 1  # one attempt tells enough
    assert post.send() == 0  # and the server is left alone
    assert {(post.message(case).state, post.message(case).tries) for case in cases} == {(S.WAITING, 0)}
    health = post.health()
    assert health.down_since == NOON and "không trả lời" in health.reason
    assert post.send(at=NOON + timedelta(minutes=2)) == 1
    assert post.health().failures == 2 and post.health().down_since == NOON


def test_when_the_server_is_back_all_go(post: Post, letters: Letters, settings: Any) -> None:
    alive = settings.MESSAGE_CARRIERS["email"]
    dead = MailCarrier(url=f"smtp://127.0.0.1:{free_port()}", sender=alive["sender"])
    cases = [post.told() for _ in range(3)]
    post.send(carrier=dead)
    assert post.send(at=NOON + timedelta(minutes=20)) == 3 and len(letters.taken) == 3
    assert {post.message(case).state for case in cases} == {S.SENT}
    assert post.health().down_since is None and post.health().last_sent_at is not None


def test_one_recipient_for_whom_the_server_closes_the_line_holds_up_nobody(
    post: Post, letters: Letters
) -> None:
    letters.shuns = "dong-cua@thu.example"
    shunned, other = post.told(), post.told()
    post.readdress(shunned, letters.shuns)
    assert post.send() == 1 and post.message(other).state == S.WAITING  # it may be the server itself
    after = NOON + timedelta(minutes=2)
    assert post.send(at=after) == 2
    assert post.message(other).state == S.SENT and post.health().down_since is None
    # The server takes others: from now on it is this message's own trouble, and no rest for the channel.
    message = post.message(shunned)
    assert (message.state, message.tries) == (S.WAITING, 1) and "421" in message.reason
    later = post.told(at=after)
    assert post.send(at=after) == 1 and post.message(later).state == S.SENT


def test_a_recipient_whose_server_stays_down_is_given_up_while_others_are_served(
    post: Post, letters: Letters
) -> None:
    letters.shuns, shunned, at = "dong-cua@thu.example", post.told(), NOON
    post.readdress(shunned, letters.shuns)
    post.send()
    others = []
    while post.message(shunned).state == S.WAITING and len(others) < 20:
        at = max(at + timedelta(minutes=2), post.message(shunned).next_try_at)
        others.append(post.told(at=at - timedelta(minutes=2)))
        post.send(at=at)
    assert (post.message(shunned).state, post.message(shunned).tries) == (S.FAILED, MOST_TRIES)
    assert len(others) == MOST_TRIES and {post.message(case).state for case in others} == {S.SENT}


def test_an_address_that_mail_cannot_carry_fails_alone(letters: Letters, settings: Any) -> None:
    said = settings.MESSAGE_CARRIERS["email"]
    carrier = MailCarrier(url=said["url"], sender=said["sender"])
    answer = carrier.send(Parcel(uuid4(), "công-dân@thu.example", "Hồ sơ", "Đã tiếp nhận"))
    assert answer.verdict == Verdict.REFUSED and letters.taken == []
    wrong = MailCarrier(url="smtp://127.0.0.1:khong", sender="a@b.example")
    assert wrong.send(Parcel(uuid4(), EMAIL, "Hồ sơ", "Đã tiếp nhận")).verdict == Verdict.DOWN


def test_a_refusal_of_our_own_name_is_no_fault_of_the_message(post: Post, settings: Any) -> None:
    class Strict(Letters):
        async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, o: Any) -> str:
            return "553 5.7.1 Sender rejected"

    case_id, server = post.told(), Server(Strict(), hostname="127.0.0.1", port=free_port())
    server.start()
    carrier = MailCarrier(url=f"smtp://127.0.0.1:{server.port}", sender="a@b.example")
    assert post.send(carrier=carrier) == 1
    server.stop()
    assert post.message(case_id).state == S.WAITING and "553" in post.health().reason


def test_nothing_goes_out_in_quiet_hours(post: Post, letters: Letters) -> None:
    case_id = post.told(at=NIGHT)
    assert post.message(case_id).next_try_at.astimezone(NIGHT.tzinfo).strftime("%d %H:%M") == "26 07:00"
    assert post.send(at=NIGHT) == 0 and letters.taken == []
    assert post.send(at=NIGHT + timedelta(hours=9)) == 1
    waiting = post.told(at=NIGHT - timedelta(hours=2))
    assert post.send(at=NIGHT) == 0 and post.message(waiting).state == S.WAITING


class Dies:
    """A carrier that hands over, and then the process is no more."""

    def __init__(self, *, repeatable: bool = False) -> None:
        self.repeatable, self.taken, self.lives = repeatable, list[Parcel](), False

    def send(self, parcel: Parcel) -> Answer:
        self.taken.append(parcel)
        if self.lives:
            return Answer(Verdict.ACCEPTED)
        raise SystemExit


def test_a_crash_after_the_carrier_took_it_never_sends_it_twice(post: Post) -> None:
    case_id, carrier = post.told(), Dies()
    with pytest.raises(SystemExit):
        post.send(carrier=carrier)
    assert post.message(case_id).state == S.SENDING
    carrier.lives = True
    assert post.send(carrier=carrier) == 0  # its lease runs
    assert post.send(carrier=carrier, at=NOON + LEASE + timedelta(seconds=1)) == 0
    message = post.message(case_id)
    assert message.state == S.UNCERTAIN and "gián đoạn" in message.reason and len(carrier.taken) == 1


def test_a_carrier_that_knows_its_references_is_asked_again_after_a_crash(post: Post) -> None:
    case_id, carrier = post.told("sms"), Dies(repeatable=True)
    with pytest.raises(SystemExit):
        post.send("sms", carrier=carrier)
    carrier.lives = True
    assert post.send("sms", carrier=carrier, at=NOON + LEASE + timedelta(seconds=1)) == 1
    assert post.message(case_id).state == S.SENT
    assert len({parcel.reference for parcel in carrier.taken}) == 1 and len(carrier.taken) == 2

"""Status changes leave as signed CloudEvents: in order of the dossier, until the receiver has them."""

import json
import socket
import ssl
from base64 import b64decode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from lienthong.core.journal.models import Entry
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.exchange import actions
from lienthong.facilities.exchange.actions import dialling
from lienthong.facilities.exchange.actions.dialling import Message, Ways, send_messages
from lienthong.facilities.exchange.enums import Trouble
from lienthong.facilities.exchange.models import Delivery, Subscription
from lienthong.facilities.exchange.queries import trouble_words
from lienthong.facilities.exchange.rules import (
    LONGEST_WAIT,
    MOST_TRIES,
    PATIENCE,
    peace_after,
    signatures,
    wait_after,
)
from lienthong.work.dossiers.actions.amending import correct_dossier
from lienthong.work.dossiers.actions.ending import withdraw_dossier
from lienthong.work.dossiers.actions.process import assign_dossier
from tests.facilities.exchange.conftest import Portal
from tests.facilities.exchange.receiver import is_signed, listening
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A total time of a third of a second, so that a hanging receiver costs a test no more."""
    monkeypatch.setattr(dialling.Ways.__init__, "__defaults__", ((), False, 0.3))


def subscription() -> Subscription:
    with entered(SYSTEM):
        return Subscription.objects.get()


def withdraw(portal: Portal, case_id: int) -> None:
    clerk = portal.cast.clerk
    with entered(clerk):
        withdraw_dossier(actor=clerk, dossier_id=case_id, key=uuid4(), reason="Nộp nhầm")


def test_a_received_dossier_is_told_as_a_signed_cloud_event(portal: Portal) -> None:
    with listening() as receiver:
        _id, secret = portal.subscribe(receiver.url)
        portal.dossier(code="CQG-0001")
        portal.tell()
        assert actions.send_due() == 1
    (event,) = receiver.events
    (headers,) = receiver.headers
    assert event["specversion"] == "1.0" and event["type"] == "vn.lienthong.dossier.received"
    assert event["source"] == "urn:lienthong:79" and event["subject"] == event["data"]["code"]
    assert event["data"]["external_code"] == "CQG-0001"
    assert event["data"]["status"] == {"code": "2", "label": "Được tiếp nhận"}
    assert event["data"]["unit_code"] == "27475" and event["data"]["due_at"].endswith("+07:00")
    assert headers["content-type"].startswith("application/cloudevents+json")
    assert headers["webhook-id"] == event["id"]
    assert is_signed(secret, headers, receiver.bodies[0])
    assert not is_signed(secret, headers, receiver.bodies[0] + b" ")
    assert "Công dân" not in json.dumps(event, ensure_ascii=False)
    assert portal.deliveries()[0].state == "delivered"
    assert subscription().delivered_at is not None


def test_the_signature_is_that_of_the_standard_webhooks_example() -> None:
    """The worked example of the convention: any library of it checks our messages."""
    body = b'{"test": 2432232314}'
    secret = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    mark = signatures([secret], message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp=1614265330, body=body)
    assert mark == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_dossier_that_nobody_knows_is_told_to_nobody(portal: Portal) -> None:
    portal.subscribe("https://cong.example.vn/")
    received(portal.cast.clerk, number="079190000777")
    assert portal.tell() == 0


def test_the_same_entry_twice_makes_one_message(portal: Portal) -> None:
    portal.subscribe("https://cong.example.vn/")
    portal.dossier()
    assert portal.tell() == portal.tell() == 1


def test_inner_steps_are_not_told(portal: Portal) -> None:
    portal.subscribe("https://cong.example.vn/")
    case_id, cast = portal.dossier(), portal.cast
    with entered(cast.clerk):
        correct_dossier(
            actor=cast.clerk,
            dossier_id=case_id,
            key=uuid4(),
            name="phone",
            value="0900000124",
            reason="Nhầm số",
        )
    assert portal.tell() == 1


def test_a_later_event_of_a_dossier_waits_for_the_earlier_and_others_go_on(portal: Portal) -> None:
    with listening(lambda e: 500 if e["data"]["external_code"] == "A" else 204) as receiver:
        portal.subscribe(receiver.url)
        held, free = portal.dossier(code="A"), portal.dossier("079190000124", code="B")
        withdraw(portal, held)
        withdraw(portal, free)
        assert portal.tell() == 4
        for _round in range(3):
            actions.send_due()
            portal.due()
        told = [(e["data"]["external_code"], e["data"]["status"]["code"]) for e in receiver.events]
        assert [one for one in told if one[0] == "B"] == [("B", "2"), ("B", "7")]
        assert {one for one in told if one[0] == "A"} == {("A", "2")}
        receiver.manner = lambda _event: 204
        for _round in range(2):
            actions.send_due()
            portal.due()
    told = [(e["data"]["external_code"], e["data"]["status"]["code"]) for e in receiver.events]
    assert told[-2:] == [("A", "2"), ("A", "7")]
    sequences = [e["sequence"] for e in receiver.events if e["data"]["external_code"] == "B"]
    assert sequences == sorted(sequences) and len(set(sequences)) == 2


@pytest.mark.parametrize(
    ("manner", "trouble", "status"),
    [
        (500, Trouble.SERVER, 500),
        (503, Trouble.BUSY, 503),
        (429, Trouble.BUSY, 429),
        (400, Trouble.REFUSED, 400),
        (302, Trouble.REDIRECT, 302),
        ("drop", Trouble.CONNECT, None),
        ("hang", Trouble.TIMEOUT, None),
    ],
)
def test_whatever_a_receiver_does_is_told_and_tried_again(
    portal: Portal, impatient: None, manner: int | str, trouble: Trouble, status: int | None
) -> None:
    with listening(lambda _event: manner) as receiver:
        portal.subscribe(receiver.url)
        portal.dossier()
        portal.tell()
        actions.send_due()
        (delivery,) = portal.deliveries()
        assert (delivery.state, delivery.trouble, delivery.status) == ("waiting", trouble, status)
        assert delivery.next_try_at > timezone.now() and delivery.claimed_until_at is None
        assert trouble_words(delivery.trouble, delivery.error).startswith(str(trouble.label))
        assert actions.send_due() == 0
        receiver.manner = lambda _event: 200
        portal.due()
        actions.send_due()
    assert portal.deliveries()[0].state == "delivered"
    assert len({event["id"] for event in receiver.events}) == 1
    assert len(set(receiver.bodies)) == 1


def test_rubbish_with_200_counts_as_taken_and_is_not_read_to_its_end(portal: Portal) -> None:
    with listening(lambda _event: "rubbish") as receiver:
        portal.subscribe(receiver.url)
        portal.dossier()
        portal.tell()
        actions.send_due()
    assert portal.deliveries()[0].state == "delivered"


def test_gone_pauses_the_address_and_loses_nothing(portal: Portal) -> None:
    with listening(lambda _event: 410) as receiver:
        portal.subscribe(receiver.url)
        portal.dossier()
        portal.dossier("079190000124")
        portal.tell()
        actions.send_due()
        portal.due()
        assert actions.send_due() == 0
    found = subscription()
    assert not found.is_active and found.pause_reason == str(Trouble.GONE.label)
    assert [one.state for one in portal.deliveries()] == ["waiting", "waiting"]
    assert Entry.objects.get(verb="exchange.subscription_paused").data["reason"] == "410"


def test_a_name_that_is_not_there_and_an_address_that_is_private(portal: Portal) -> None:
    portal.subscribe("https://khong-co.invalid/")
    portal.subscribe("https://169.254.169.254/latest/meta-data/")
    portal.subscribe("http://10.0.0.1/")
    portal.dossier()
    portal.tell()
    assert actions.send_due() == 3
    assert [one.trouble for one in portal.deliveries()] == [Trouble.DNS, Trouble.ADDRESS, Trouble.ADDRESS]


def test_a_closed_port_is_told_as_no_connection(portal: Portal) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        portal.subscribe(f"http://127.0.0.1:{bound.getsockname()[1]}/")
        portal.dossier()
        portal.tell()
        actions.send_due()
    assert portal.deliveries()[0].trouble == Trouble.CONNECT


def test_a_receiver_without_a_valid_certificate_gets_nothing() -> None:
    """A plain server where TLS is expected: the handshake fails, no byte of the event leaves."""
    with listening() as receiver:
        (answer,) = _sent(receiver.url.replace("http://", "https://"), Ways(loopback=True))
        assert answer.trouble == Trouble.TLS and receiver.events == []


def test_plain_http_goes_to_no_public_address() -> None:
    (answer,) = _sent("http://8.8.8.8/", Ways(loopback=True))
    assert (answer.trouble, answer.detail) == (Trouble.ADDRESS, "http")


def test_loopback_is_dialled_in_a_demonstration_only() -> None:
    with listening() as receiver:
        (answer,) = _sent(receiver.url, Ways())
        assert answer.trouble == Trouble.ADDRESS and receiver.events == []


def test_after_so_many_tries_it_is_stuck_but_kept(portal: Portal) -> None:
    with listening(lambda _event: 400) as receiver:
        portal.subscribe(receiver.url)
        case_id = portal.dossier()
        withdraw(portal, case_id)
        portal.tell()
        for _try in range(MOST_TRIES + 2):
            portal.due()
            actions.send_due()
        assert len(receiver.events) == MOST_TRIES
        assert [one.state for one in portal.deliveries()] == ["stuck", "waiting"]


def test_a_dead_receiver_is_left_in_peace_and_asked_with_one_event_only(portal: Portal) -> None:
    with listening(lambda _event: 500) as receiver:
        portal.subscribe(receiver.url)
        for number in range(4):
            portal.dossier(f"07919000020{number}")
        portal.tell()
        for _round in range(PATIENCE):
            portal.due()
            assert actions.send_due() == 4
        assert subscription().held_until_at is not None
        portal.due()
        assert actions.send_due() == 0
        with entered(SYSTEM):
            Subscription.objects.update(held_until_at=None)
        assert actions.send_due() == 1
        assert len(receiver.events) == 4 * PATIENCE + 1


def test_when_a_dead_receiver_answers_what_only_it_had_stopped_goes_on(portal: Portal) -> None:
    with listening(lambda _event: 500) as receiver:
        portal.subscribe(receiver.url)
        portal.dossier()
        portal.dossier("079190000124")
        portal.tell()
        for _round in range(PATIENCE):
            portal.due()
            actions.send_due()
        with entered(SYSTEM):
            Delivery.objects.filter(pk=portal.deliveries()[0].pk).update(state="stuck")
            Subscription.objects.update(held_until_at=None)
        receiver.manner = lambda _event: 204
        portal.due()
        actions.send_due()
        actions.send_due()
    assert [one.state for one in portal.deliveries()] == ["delivered", "delivered"]
    assert subscription().failures == 0


def test_a_worker_that_dies_leaves_a_claim_that_runs_out(portal: Portal, monkeypatch: Any) -> None:
    """It died after the receiver had the event: the same id comes again, and the receiver can tell."""

    def sent_and_died(messages: Any, ways: Any) -> Any:
        send_messages(messages, ways)
        raise SystemExit

    with listening() as receiver:
        portal.subscribe(receiver.url)
        portal.dossier()
        portal.tell()
        monkeypatch.setattr("lienthong.facilities.exchange.actions.sending.send_messages", sent_and_died)
        with pytest.raises(SystemExit):
            actions.send_due()
        monkeypatch.undo()
        assert actions.send_due() == 0
        with entered(SYSTEM):
            Delivery.objects.update(claimed_until_at=timezone.now() - timedelta(seconds=1))
        assert actions.send_due() == 1
    assert len(receiver.events) == 2 and receiver.events[0] == receiver.events[1]
    assert portal.deliveries()[0].state == "delivered"


def test_a_case_assigned_to_an_officer_is_in_progress(portal: Portal) -> None:
    with listening() as receiver:
        portal.subscribe(receiver.url)
        case_id, head, to = portal.dossier(), portal.cast.head, portal.cast.specialist.acting_post
        with entered(head):
            assign_dossier(actor=head, dossier_id=case_id, key=uuid4(), to_post_id=to)
        portal.tell()
        for _round in range(2):
            actions.send_due()
    assert [e["data"]["status"]["code"] for e in receiver.events] == ["2", "4"]


def test_waits_double_with_jitter_and_are_bounded() -> None:
    waits = [wait_after(tries, chance=1.0) for tries in range(1, 15)]
    assert waits[:4] == [timedelta(seconds=s) for s in (1, 2, 4, 8)] and waits[-1] == LONGEST_WAIT
    assert wait_after(3, chance=0.0) * 2 == wait_after(3, chance=1.0)
    assert peace_after(PATIENCE - 1) is None and peace_after(60) == timedelta(minutes=10)


def _sent(url: str, ways: Ways) -> list[dialling.Answer]:
    return send_messages([Message(1, 1, url, (b"secret",), {"id": "1"})], ways)


def test_the_authorities_are_those_of_the_machine() -> None:
    assert dialling._trust().verify_mode == ssl.CERT_REQUIRED and dialling._trust().check_hostname

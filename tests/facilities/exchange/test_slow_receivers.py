"""A receiver that asks for time, and one that keeps others waiting."""

import socket
import threading
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from django.utils import timezone

from lienthong.facilities.exchange import actions
from lienthong.facilities.exchange.actions.dialling import Message, Ways, send_messages
from lienthong.facilities.exchange.enums import Trouble
from lienthong.facilities.exchange.rules import LONGEST_WAIT, asked_wait
from tests.facilities.exchange.conftest import Portal
from tests.facilities.exchange.receiver import listening
from tests.facilities.exchange.test_send_due import subscription

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [429, 503])
def test_who_asks_to_be_left_alone_is_left_alone_so_long(portal: Portal, status: int) -> None:
    with listening(lambda _event: status) as receiver:
        receiver.says["Retry-After"] = "600"
        portal.subscribe(receiver.url)
        portal.dossier()
        portal.tell()
        asked_at = timezone.now()
        actions.send_due()
        held = subscription().held_until_at
        assert held and timedelta(seconds=600) <= held - asked_at < timedelta(seconds=620)
        assert portal.deliveries()[0].next_try_at == held
        portal.dossier("079190000124")
        portal.tell()
        portal.due()
        assert actions.send_due() == 0, "a later event does not disturb it either"


def test_another_refusal_asks_for_no_peace(portal: Portal) -> None:
    with listening(lambda _event: 500) as receiver:
        receiver.says["Retry-After"] = "600"
        portal.subscribe(receiver.url)
        portal.dossier()
        portal.tell()
        actions.send_due()
    assert subscription().held_until_at is None
    assert portal.deliveries()[0].next_try_at < timezone.now() + timedelta(seconds=5)


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("Sun, 22 Nov 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Sun, 22 Nov 2026 11:00:00 GMT", None),
        ("Sun, 22 Nov 2026 19:00:00 GMT", LONGEST_WAIT),
        ("9" * 400, LONGEST_WAIT),
        ("0", None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("mai", None),
        ("Sun, 99 Nov 2026 12:10:00 GMT", None),
    ],
)
def test_what_retry_after_says(words: str, wait: timedelta | None) -> None:
    assert asked_wait(words, NOON) == wait


def test_a_name_that_hangs_is_asked_for_once_and_delays_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty events for a host whose name hangs, one for another receiver: the other one has its own at once."""
    asked, real, released = [], socket.getaddrinfo, threading.Event()

    def slow(host: Any, *more: Any, **words: Any) -> Any:
        asked.append(host)
        if host == "treo.example":
            released.wait(5)
            raise socket.gaierror
        return real(host, *more, **words)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with listening() as receiver:
        messages = [Message(n, 1, "https://treo.example/", (b"s",), {"id": str(n)}) for n in range(40)]
        messages.append(Message(99, 2, receiver.url, (b"s",), {"id": "99"}))
        began = monotonic()
        answers = send_messages(messages, Ways(loopback=True, total_seconds=0.7))
        took = monotonic() - began
    released.set()
    assert [one.trouble for one in answers] == [Trouble.TIMEOUT] * 40 + [""]
    assert asked.count("treo.example") == 1 and took < 3

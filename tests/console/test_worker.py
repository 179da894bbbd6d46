"""The worker: its hourly tasks repeat harmlessly, its listeners stop when told."""

import threading
from typing import Any

import pytest
from django.db import InterfaceError

from lienthong.console import listeners, tasks
from lienthong.console.listeners import follow_all, registered, send_all, senders
from lienthong.core.journal.values import Happened
from lienthong.facilities.statistics.queries import live_from
from tests.facilities.statistics.month import NOW, work

pytestmark = pytest.mark.django_db


def test_the_hourly_task_closes_the_days_that_are_over() -> None:
    work()
    first = tasks.roll_up(timestamp=0)
    assert first >= 0 and tasks.roll_up(timestamp=0) == 0
    assert live_from(NOW) <= NOW.date()


def test_nothing_is_scanned_where_no_scanner_is_set_up(settings: Any) -> None:
    settings.CLAMAV_SOCKET = ""
    assert tasks.rescan(timestamp=0) == 0


def test_listeners_are_followed_until_told_to_stop() -> None:
    """They hear what is settled (the ground's entries), not what this test has yet to commit."""
    heard: list[Happened] = []
    work()
    stopping = threading.Event()
    threading.Timer(0.2, stopping.set).start()
    follow_all({"test-listener": heard.append}, stopping)
    assert stopping.is_set() and heard
    assert {one.verb for one in heard if one.verb.startswith("dossier.")} == set()


def test_every_room_that_listens_says_so_once() -> None:
    assert all(callable(handler) for handler in registered().values())


def test_every_room_that_sends_says_so_once() -> None:
    assert "exchange" in senders() and all(callable(sender) for sender in senders().values())


def test_a_sender_that_breaks_is_logged_and_goes_on(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping, rounds = threading.Event(), []

    def send() -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError("broken line")
        stopping.set()
        return 0

    monkeypatch.setattr(listeners, "PAUSE", 0.01)
    send_all("test-sender", send, stopping)
    assert len(rounds) == 2 and "test-sender" in caplog.text


def test_a_listener_outlives_every_fault_of_its_round(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """InterfaceError, a connection closed under it, is no DatabaseError."""
    stopping, faults = (
        threading.Event(),
        [InterfaceError("the connection is closed"), KeyError("no such case")],
    )

    def follow(name: str, handler: object) -> int:
        if faults:
            raise faults.pop(0)
        stopping.set()
        return 0

    monkeypatch.setattr(listeners, "PAUSE", 0.01)
    monkeypatch.setattr(listeners, "follow", follow)
    monkeypatch.setattr(listeners, "close_old_connections", lambda: None)
    follow_all({"test-listener": lambda happened: None}, stopping)
    assert stopping.is_set() and caplog.text.count("listener test-listener") == 2

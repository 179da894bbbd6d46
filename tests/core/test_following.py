"""Following the journal: nothing skipped, a case in its order, an error held up where it belongs."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from lienthong.core.journal.actions import follow, record
from lienthong.core.journal.events import Event, register_events
from lienthong.core.journal.queries import stumbles
from lienthong.core.journal.values import Happened, Subject
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from tests.core.apart import as_app, elsewhere, swept

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CLERK = Actor(account_id=7, post_id=70, unit_id=27475)
CASE = -4001
OTHER_CASE = -4002
SWEEP = (
    "DELETE FROM journal_stumble WHERE listener LIKE 'test.%'",
    "DELETE FROM journal_cursor WHERE listener LIKE 'test.%'",
    "DELETE FROM journal_entry WHERE verb LIKE 'test.%'",
)

register_events(Event("test.heard", "Đã nghe"))


class Ear:
    """A handler that keeps what it was told, and fails where it is told to."""

    def __init__(self, listener: str) -> None:
        self.listener = listener
        self.heard: list[int] = []
        self.deaf_to: set[int] = set()

    def __call__(self, entry: Happened) -> None:
        if not entry.verb.startswith("test."):
            return
        if entry.id in self.deaf_to:
            raise ValueError("máy chủ tin nhắn không trả lời")
        self.heard.append(entry.id)

    def listen(self, now: datetime | None = None) -> int:
        return elsewhere(lambda: follow(self.listener, self, batch=50, now=now))

    def until(self, done: Callable[[], bool], now: datetime | None = None) -> None:
        """Listen until it is done. Other databases' transactions hold the horizon of the server back."""
        end = time.monotonic() + 45
        while not done() and time.monotonic() < end:
            if not self.listen(now):
                time.sleep(0.05)
        assert done()


@pytest.fixture
def ear(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ear]:
    """A listener that starts at the present end of the journal; real commits, swept away after the test."""
    ear = Ear(f"test.{uuid4().hex[:12]}")
    with django_db_blocker.unblock(), swept(*SWEEP):
        with as_app() as app:
            app.execute(
                "INSERT INTO journal_cursor (listener, xid, entry_id)"
                " SELECT %s, coalesce(max(xid), 0), coalesce(max(id), 0) FROM journal_entry",
                [ear.listener],
            )
        yield ear
        connection.close()


def committed(case: int | None = CASE) -> int:
    def act() -> int:
        with entered(CLERK):
            return record("test.heard", subject=Subject("test", 1, case), actor=CLERK, at=NOW)

    return elsewhere(act)


def open_stumbles(ear: Ear) -> list[tuple[int, int]]:
    return elsewhere(lambda: [(row.entry_id, row.tries) for row in stumbles(ear.listener)])


def test_a_listener_hears_each_entry_once_and_in_order(ear: Ear) -> None:
    wanted = [committed() for _ in range(3)]
    ear.until(lambda: len(ear.heard) == 3)
    ear.listen()
    assert ear.heard == wanted


def test_what_commits_late_is_not_skipped(ear: Ear) -> None:
    late = as_app()
    late.execute(
        "INSERT INTO journal_entry (verb, subject_kind, subject_id, case_id, acted_at, data,"
        " particulars_digest) VALUES ('test.heard', 'test', 1, %s, now(), '{}', '')",
        [OTHER_CASE],
    )
    row = late.execute("SELECT currval(pg_get_serial_sequence('journal_entry', 'id'))").fetchone()
    assert row is not None
    early_id = row[0]
    quick_id = committed()
    assert quick_id > early_id
    ear.listen()
    assert ear.heard == []
    late.commit()
    late.close()
    ear.until(lambda: len(ear.heard) == 2)
    assert sorted(ear.heard) == [early_id, quick_id]


def test_a_stumble_holds_up_its_case_and_no_other(ear: Ear) -> None:
    bad, behind, free = committed(), committed(), committed(OTHER_CASE)
    ear.deaf_to = {bad}
    ear.until(lambda: ear.heard == [free], NOW)
    assert open_stumbles(ear) == [(bad, 1), (behind, 0)]
    ear.listen(NOW + timedelta(seconds=30))
    assert open_stumbles(ear) == [(bad, 1), (behind, 0)]
    ear.listen(NOW + timedelta(minutes=2))
    assert open_stumbles(ear) == [(bad, 2), (behind, 0)]
    ear.deaf_to = set()
    ear.listen(NOW + timedelta(minutes=5))
    assert ear.heard == [free, bad, behind]
    assert open_stumbles(ear) == []


def test_entries_without_a_case_do_not_wait_for_each_other(ear: Ear) -> None:
    bad, good = committed(None), committed(None)
    ear.deaf_to = {bad}
    ear.until(lambda: ear.heard == [good], NOW)
    assert open_stumbles(ear) == [(bad, 1)]


def test_a_stumble_is_told_without_the_row_that_the_database_quotes(ear: Ear) -> None:
    committed()

    def handler(entry: Happened) -> None:
        if entry.verb.startswith("test."):
            connection.cursor().execute("SELECT 1 / 0")

    def told() -> list[str]:
        follow(ear.listener, handler)
        return [row.error for row in stumbles(ear.listener)]

    end = time.monotonic() + 45
    while not (errors := elsewhere(told)) and time.monotonic() < end:
        time.sleep(0.05)
    assert len(errors) == 1
    assert errors[0].startswith("DataError: division by zero (")


def test_two_workers_of_one_listener_exclude_each_other(ear: Ear) -> None:
    committed()
    inside, go_on = threading.Event(), threading.Event()

    def slow(entry: Happened) -> None:
        inside.set()
        go_on.wait(30)

    def first() -> None:
        end = time.monotonic() + 45
        while not inside.is_set() and time.monotonic() < end:
            follow(ear.listener, slow)
        connection.close()

    worker = threading.Thread(target=first)
    worker.start()
    assert inside.wait(45)
    assert ear.listen() == 0
    go_on.set()
    worker.join(30)
    assert ear.heard == []

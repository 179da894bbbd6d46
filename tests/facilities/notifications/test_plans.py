"""The page of messages and the digest's guard ask indexes, however many messages were ever written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.notifications.actions import write_digests
from lienthong.facilities.notifications.queries import channels, message_page, open_counts
from tests.facilities.notifications.conftest import NOON, Post

pytestmark = pytest.mark.django_db
SENT, MANY = (
    20_000,
    """
INSERT INTO notifications_message (reference, case_id, case_kind, entry_id, unit_id, template, channel, code, subject,
  text, filling, provider_template, state, reason, tries, next_try_at, sent_at, created_at)
SELECT gen_random_uuid(), -n, '', n, %(unit)s + n %% 150, 'ready', 'email', '', '', '', '{}', '', 'sent', '', 1,
  %(at)s, %(at)s, %(at)s FROM generate_series(1, %(sent)s) n
""",
)


def plans(act: Callable[[], Any], table: str) -> list[str]:
    """The plans of the statements on a table, where reading it whole is the last resort."""
    with CaptureQueriesContext(connection) as seen:
        act()
    asked = [query["sql"] for query in seen.captured_queries if f'FROM "{table}"' in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = []
        for sql in asked:
            cursor.execute(f"EXPLAIN {sql}")
            found.append("\n".join(line for (line,) in cursor.fetchall()))
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found


@pytest.fixture
def written(post: Post) -> Post:
    """A long history of messages that went, of many units."""
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(MANY, {"unit": post.cast.clerk.unit_id, "at": NOON, "sent": SENT})
    return post


def page(actor: Actor) -> list[str]:
    with entered(actor):
        return plans(
            lambda: (message_page(actor, state="failed"), open_counts(actor), channels()),
            "notifications_message",
        )


def test_what_is_open_is_found_by_an_index_for_the_city(written: Post) -> None:
    failed, counts, waiting = page(written.cast.city)
    assert "message_open" in failed and "Sort" not in failed
    assert "message_open" in counts and "message_waiting" in waiting


def test_a_unit_reads_its_own_messages_by_an_index(written: Post) -> None:
    failed, counts, waiting = page(written.cast.clerk)
    assert "message_of_unit" in failed and "Sort" not in failed
    assert "message_of_unit" in counts and "message_waiting" in waiting


def test_the_digest_s_guard_has_an_index(post: Post) -> None:
    def run() -> int:
        with acting_at(NOON):
            return write_digests(actor=SYSTEM)

    with entered(SYSTEM):
        (guard,) = plans(run, "notifications_alert")
    assert "alert_digest" in guard

"""Sending what is due: claim, send outside any transaction, settle.

A transaction that stayed open while a receiver thinks would hold back every listener of the journal (they read
only what is older than the oldest running transaction). So a message is claimed for a while; a worker that dies
between sending and settling leaves a claim that runs out, and the same event id goes out again.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.utils import timezone

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import is_demonstration
from lienthong.facilities.exchange.actions.dialling import Answer, Message, Ways, send_messages
from lienthong.facilities.exchange.enums import OF_THE_RECEIVER, Trouble
from lienthong.facilities.exchange.models import Subscription
from lienthong.facilities.exchange.rules import MOST_TRIES, PATIENCE, peace_after, secret_of, wait_after

AT_ONCE = 48
CLAIM = timedelta(seconds=60)

# The first open event of each dossier and receiver, at most `limit` of each receiver; of one that does not
# answer, a single one. `e.id < d.id`: a later event waits for the earlier, whatever keeps it.
_CLAIM = """
WITH ready AS (
  SELECT s.id, s.url, s.salt, CASE WHEN s.former_until_at > %(now)s THEN s.former_salt ELSE '' END AS former,
         CASE WHEN s.failures >= %(patience)s THEN 1 ELSE %(limit)s END AS share
  FROM exchange_subscription s JOIN exchange_client c ON c.id = s.client_id
  WHERE s.is_active AND c.is_active AND (s.held_until_at IS NULL OR s.held_until_at <= %(now)s)
), picked AS (
  SELECT d.id, ready.url, ready.salt, ready.former FROM ready CROSS JOIN LATERAL (
    SELECT d.id FROM exchange_delivery d
    WHERE d.subscription_id = ready.id AND d.state = 'waiting' AND d.next_try_at <= %(now)s
      AND (d.claimed_until_at IS NULL OR d.claimed_until_at <= %(now)s)
      AND NOT EXISTS (
        SELECT 1 FROM exchange_delivery e WHERE e.subscription_id = d.subscription_id
        AND e.case_id = d.case_id AND e.state <> 'delivered' AND e.id < d.id)
    ORDER BY d.next_try_at, d.id LIMIT ready.share FOR UPDATE SKIP LOCKED) d
)
UPDATE exchange_delivery d SET claimed_until_at = %(until)s, tries = d.tries + 1 FROM picked
WHERE d.id = picked.id RETURNING d.id, d.subscription_id, picked.url, picked.salt, picked.former, d.payload::text, d.tries
"""
_SETTLE = """
UPDATE exchange_delivery d SET claimed_until_at = NULL, status = a.status, trouble = a.trouble, error = a.error,
  delivered_at = CASE WHEN a.trouble = '' THEN %(now)s ELSE d.delivered_at END, next_try_at = %(now)s + a.wait,
  state = CASE WHEN a.trouble = '' THEN 'delivered' WHEN d.tries >= %(most)s THEN 'stuck' ELSE 'waiting' END
FROM unnest(%(ids)s::bigint[], %(statuses)s::int[], %(troubles)s::text[], %(errors)s::text[], %(waits)s::interval[])
  AS a (id, status, trouble, error, wait)
WHERE d.id = a.id
"""
_REVIVE = """
UPDATE exchange_delivery SET state = 'waiting', next_try_at = %s, tries = 0
WHERE subscription_id = %s AND state = 'stuck' AND trouble = ANY(%s)
"""


def send_due() -> int:
    """One round: send what is due, at most a few dozen a receiver; returns how many were tried.

    Any number of workers may do so at once: what one has claimed the others pass over.
    """
    with entered(SYSTEM):
        claimed = _claim(timezone.now())
    if not claimed:
        return 0
    ways = Ways(networks=tuple(settings.WEBHOOK_NETWORKS), loopback=is_demonstration())
    answers = send_messages([message for message, _tries in claimed], ways)
    with entered(SYSTEM):
        settle(answers, {message.delivery_id: tries for message, tries in claimed}, timezone.now())
    return len(answers)


def settle(answers: Sequence[Answer], tries: dict[int, int], now: datetime) -> None:
    """Keep what came of each message, and what that says of its receiver. Two statements and one a receiver."""
    values: dict[str, Any] = {
        "now": now,
        "most": MOST_TRIES,
        "ids": [one.delivery_id for one in answers],
        "statuses": [one.status for one in answers],
        "troubles": [one.trouble for one in answers],
        "errors": [one.detail for one in answers],
        "waits": [max(wait_after(tries[one.delivery_id]), one.wait or timedelta()) for one in answers],
    }
    by_receiver: dict[int, list[Answer]] = defaultdict(list)
    for one in answers:
        by_receiver[one.subscription_id].append(one)
    # The receivers' rows first, in one order: a resending officer and another worker do the same, none deadlocks.
    receivers = list(Subscription.objects.select_for_update().filter(pk__in=by_receiver).order_by("pk"))
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, values)
    for receiver in receivers:
        _judge(receiver, by_receiver[receiver.pk], now)


def _claim(now: datetime) -> list[tuple[Message, int]]:
    """Take what is due for this worker; committed before anything is sent. One statement."""
    values: dict[str, Any] = {"now": now, "until": now + CLAIM, "patience": PATIENCE, "limit": AT_ONCE}
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        rows = cursor.fetchall()
    return [(_message(*row), tries) for *row, tries in rows]


def _message(
    delivery_id: int, subscription_id: int, url: str, salt: str, former: str, payload: str
) -> Message:
    keys = tuple(secret_of(one, settings.SECRET_KEY) for one in (salt, former) if one)
    return Message(delivery_id, subscription_id, url, keys, json.loads(payload))


def _judge(receiver: Subscription, answers: Sequence[Answer], now: datetime) -> None:
    """What a round says of a receiver: alive, left in peace for a while, or gone."""
    if any(not one.trouble for one in answers):
        _alive(receiver, now)
    elif all(one.trouble in OF_THE_RECEIVER for one in answers):
        receiver.failures += 1
        peace = peace_after(receiver.failures)
        receiver.held_until_at = now + peace if peace else None
    if waits := [one.wait for one in answers if one.wait]:  # it asked for that itself (Retry-After)
        receiver.held_until_at = max(receiver.held_until_at or now, now + max(waits))
    if any(one.trouble == Trouble.GONE for one in answers) and receiver.is_active:
        _pause(receiver, now)
    receiver.save(update_fields=["failures", "held_until_at", "delivered_at", "is_active", "pause_reason"])


def _alive(receiver: Subscription, now: datetime) -> None:
    """It takes events (again): what only its own failing had stopped goes on."""
    if receiver.failures >= PATIENCE:
        with connection.cursor() as cursor:
            cursor.execute(_REVIVE, [now, receiver.pk, sorted(OF_THE_RECEIVER)])
    receiver.failures, receiver.held_until_at, receiver.delivered_at = 0, None, now


def _pause(receiver: Subscription, now: datetime) -> None:
    receiver.is_active, receiver.pause_reason = False, str(Trouble.GONE.label)
    record(
        "exchange.subscription_paused",
        subject=Subject("subscription", receiver.pk),
        actor=SYSTEM,
        at=now,
        data={"host": urlsplit(receiver.url).hostname or "", "client": receiver.client_id, "reason": "410"},
    )

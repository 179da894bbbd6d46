"""What the exchange pages show: clients, what waits for them and why, their tokens and addresses."""

from dataclasses import replace
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.facilities.exchange.access import find_client
from lienthong.facilities.exchange.enums import DeliveryState, Trouble
from lienthong.facilities.exchange.models import ClientToken, Subscription
from lienthong.facilities.exchange.rules import why_not_manage
from lienthong.facilities.exchange.values import ClientLine, DeliveryLine
from lienthong.people.identity.queries import posts_of

MOST_COUNTED = 1_000
PAGE = 50

# Bounded looks into the open deliveries (partial indexes); nothing that has been delivered is counted.
_CLIENTS = """
SELECT c.id, c.name, c.kind, c.is_active, c.sandbox,
  coalesce(o.waiting, 0), coalesce(o.stuck, 0), o.oldest,
  coalesce(o.trouble, ''), coalesce(s.reason, ''), s.delivered, s.addresses, coalesce(t.tokens, 0)
FROM exchange_client c
LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE d.state = 'waiting')::int AS waiting,
         count(*) FILTER (WHERE d.state = 'stuck')::int AS stuck, min(d.created_at) AS oldest,
         (array_agg(d.trouble ORDER BY d.state, d.id) FILTER (WHERE d.trouble <> ''))[1] AS trouble
  FROM (SELECT d.* FROM exchange_delivery d JOIN exchange_subscription s ON s.id = d.subscription_id
        WHERE s.client_id = c.id AND d.state <> 'delivered' ORDER BY d.subscription_id, d.case_id, d.id
        LIMIT %(most)s) d) o ON true
LEFT JOIN LATERAL (
  SELECT count(*)::int AS addresses, max(s.delivered_at) AS delivered,
    max(s.pause_reason) FILTER (WHERE NOT s.is_active) AS reason
  FROM exchange_subscription s WHERE s.client_id = c.id) s ON true
LEFT JOIN LATERAL (
  SELECT count(*)::int AS tokens FROM exchange_clienttoken t
  WHERE t.client_id = c.id AND t.revoked_at IS NULL AND t.expires_at > now()) t ON true
ORDER BY c.is_active DESC, c.name
"""
_DELIVERIES = """
SELECT d.id, c.code, coalesce(l.external_code, ''), coalesce(d.payload #>> '{data,status,label}', d.verb), d.state,
  d.tries, d.created_at, d.next_try_at, d.delivered_at, d.trouble, d.error, d.status,
  d.state <> 'delivered' AND EXISTS (
    SELECT 1 FROM exchange_delivery e WHERE e.subscription_id = d.subscription_id AND e.case_id = d.case_id
    AND e.state <> 'delivered' AND e.id < d.id)
FROM exchange_delivery d JOIN exchange_subscription s ON s.id = d.subscription_id
JOIN casework_case c ON c.id = d.case_id LEFT JOIN exchange_link l ON l.case_id = d.case_id
WHERE s.client_id = %(client)s AND d.state = %(state)s AND (%(after)s::bigint IS NULL OR d.id < %(after)s)
ORDER BY d.id DESC LIMIT %(limit)s
"""


def client_lines(actor: Actor) -> list[ClientLine]:
    """Every client with what waits for it; none for who may not manage them. One statement."""
    if why_not_manage(actor):
        return []
    return [ClientLine(*row) for row in _rows(_CLIENTS, most=MOST_COUNTED + 1)]


def delivery_lines(
    actor: Actor, client_id: int, state: str, after: int = 0
) -> tuple[list[DeliveryLine], int]:
    """A page of a client's deliveries in a state, newest first, and the mark of the next page (0: none).

    Raises NotFound. Two statements.
    """
    find_client(actor, client_id)
    rows = _rows(_DELIVERIES, client=client_id, state=state, after=after or None, limit=PAGE + 1)
    lines = [_delivery_line(*row) for row in rows[:PAGE]]
    return lines, lines[-1].id if len(rows) > PAGE else 0


def tokens_of(actor: Actor, client_id: int) -> list[ClientToken]:
    """A client's tokens that are not revoked, newest first. Two statements. Raises NotFound."""
    find_client(actor, client_id)
    return list(ClientToken.objects.filter(client_id=client_id, revoked_at=None).order_by("-pk")[:PAGE])


def subscriptions_of(actor: Actor, client_id: int) -> list[Subscription]:
    """A client's addresses. Two statements. Raises NotFound."""
    find_client(actor, client_id)
    return list(Subscription.objects.filter(client_id=client_id).order_by("pk")[:PAGE])


def officer_of(username: str, post: str = "") -> tuple[int, int]:
    """The account of a user name, and the one post of it for which a token shall act. Raises Refused. Two statements.

    `post`: its number, "" where the account holds one post today; among several none is taken by itself.
    """
    rows = _rows("SELECT id FROM identity_account WHERE username = %(name)s", name=username.strip().lower())
    posts = posts_of(rows[0][0], today()) if rows else []
    if not posts:
        raise Refused(
            code="exchange.no_officer",
            sentence="Không có tài khoản nào mang tên này đang giữ vị trí. Kiểm tra lại tên đăng nhập.",
        )
    wanted = [one for one in posts if not post or str(one.post_id) == post]
    if len(wanted) != 1:
        held = "; ".join(f"{one.post_id}: {one.title}, {one.unit_name}" for one in posts)
        raise Refused(
            code="exchange.which_post",
            sentence=_("Hãy ghi số của vị trí mà mã này thao tác thay. Tài khoản đang giữ: %(held)s.")
            % {"held": held},
        )
    return int(rows[0][0]), wanted[0].post_id


def trouble_words(trouble: str, error: str = "") -> str:
    """Why a receiver did not take an event, in a sentence, with its own words behind it."""
    if trouble not in Trouble.values:
        return error
    sentence = str(Trouble(trouble).label)
    return f"{sentence} ({error})" if error.startswith("HTTP") else sentence


def _delivery_line(*row: Any) -> DeliveryLine:
    line = DeliveryLine(*row)
    if line.behind and line.state == DeliveryState.WAITING:
        return replace(line, trouble=_("Chờ thông báo trước của cùng hồ sơ."))
    return replace(line, trouble=trouble_words(line.trouble, line.error))


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

"""Who calls, and which cases a client may know: fetching is the check."""

from collections.abc import Collection
from dataclasses import replace
from time import monotonic

from django.conf import settings
from django.db import connection
from django.utils import timezone

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import today
from lienthong.facilities.exchange.models import Client, Delivery, Link, Subscription
from lienthong.facilities.exchange.rules import TOKEN_PREFIX, digest_of, why_not_manage
from lienthong.facilities.exchange.values import ClientPass, LinkedCase
from lienthong.people.identity.queries import posts_of

KEPT_SECONDS = 5.0
MOST_KEPT = 1_000
_kept: dict[str, tuple[float, ClientPass]] = {}

_PASS = """
SELECT c.id, t.id, c.name, c.kind, t.scopes, c.scopes, c.unit_ids, c.rate_per_minute, c.sandbox, t.expires_at,
       t.account_id, t.post_id
FROM exchange_clienttoken t JOIN exchange_client c ON c.id = t.client_id
WHERE t.digest = %s AND t.revoked_at IS NULL AND c.is_active
"""
_LINKED = """
SELECT l.case_id, c.code, l.external_code, c.responsible_unit_id, c.receiving_unit_id
FROM exchange_link l JOIN casework_case c ON c.id = l.case_id WHERE l.client_id = %s AND
"""


def client_by_token(raw: str) -> ClientPass | None:
    """The client that this token names, while the token is valid; None for any other.

    Kept by the process for five seconds: then no statement; else one (two where the token names a post). A
    revocation elsewhere is therefore known after five seconds; the expiry counts at once.
    """
    if not raw.startswith(TOKEN_PREFIX) or len(raw) > 100:
        return None
    digest = digest_of(raw)
    until, found = _kept.get(digest, (0.0, None))
    if found is None or until < monotonic():
        found = _read(digest)
        if len(_kept) > MOST_KEPT:
            forget_tokens()
        if found is not None:
            _kept[digest] = (monotonic() + KEPT_SECONDS, found)
    return found if found is not None and found.expires_at > timezone.now() else None


def forget_tokens() -> None:
    """Drop what the process remembers of tokens (one was issued or revoked here)."""
    _kept.clear()


def find_linked(client_id: int, *, code: str = "", external_code: str = "") -> LinkedCase:
    """A case that the client may know, by our code or its own. Raises NotFound. A savepoint, one statement.

    Read in the system's scope, because the client does not say in which unit the case is by now; what it may
    then do there it does as `ClientPass.actor(unit)`.
    """
    condition, value = ("l.external_code = %s", external_code) if external_code else ("c.code = %s", code)
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_LINKED + condition, [client_id, value])
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return LinkedCase(*row)


def linked_among(client_id: int, case_ids: Collection[int]) -> dict[int, LinkedCase]:
    """Which of these cases the client may know, by the case's id. A savepoint, one statement (see `find_linked`)."""
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_LINKED + "l.case_id = ANY(%s)", [client_id, list(case_ids)])
        return {row[0]: LinkedCase(*row) for row in cursor.fetchall()}


def find_client(actor: Actor, client_id: int) -> Client:
    """A client, for who may manage clients. Raises NotFound. One statement."""
    found = None if why_not_manage(actor) else Client.objects.filter(pk=client_id).first()
    if found is None:
        raise NotFound
    return found


def find_subscription(actor: Actor, subscription_id: int) -> Subscription:
    """A subscription with its client, for who may manage clients. Raises NotFound. One statement."""
    rows = Subscription.objects.select_related("client").filter(pk=subscription_id)
    found = None if why_not_manage(actor) else rows.first()
    if found is None:
        raise NotFound
    return found


def find_delivery(actor: Actor, delivery_id: int) -> Delivery:
    """What was to be sent, for who may manage clients. Raises NotFound. One statement."""
    rows = Delivery.objects.select_related("subscription__client").filter(pk=delivery_id)
    found = None if why_not_manage(actor) else rows.first()
    if found is None:
        raise NotFound
    return found


def linked_cases(client_id: int, external_codes: list[str]) -> dict[str, int]:
    """Which of the client's codes are linked already, and to which case. One statement and a savepoint."""
    if not external_codes:
        return {}
    with entered(SYSTEM):
        rows = Link.objects.filter(client_id=client_id, external_code__in=external_codes)
        return dict(rows.values_list("external_code", "case_id"))


def _read(digest: str) -> ClientPass | None:
    with connection.cursor() as cursor:
        cursor.execute(_PASS, [digest])
        row = cursor.fetchone()
    if row is None:
        return None
    client_id, token_id, name, kind, scopes, of_client, units, rate, sandbox, expires_at, account, post = row
    known = ClientPass(
        client_id=client_id,
        token_id=token_id,
        name=name,
        kind=kind,
        scopes=frozenset(scopes) & frozenset(of_client),
        unit_ids=frozenset(units) or None,
        province=settings.PROVINCE,
        rate_per_minute=rate,
        sandbox=sandbox,
        expires_at=expires_at,
    )
    return known if account is None else _with_officer(known, account, post)


def _with_officer(known: ClientPass, account_id: int, post_id: int) -> ClientPass | None:
    """The pass of an office's own software; None where the officer holds the post no longer, or is locked."""
    for post in posts_of(account_id, today()):
        if post.post_id == post_id and known.reaches(post.unit_id):
            via = f"{known.client_id}.{known.token_id}"
            return replace(known, officer=replace(post.actor(account_id), via=via))
    return None

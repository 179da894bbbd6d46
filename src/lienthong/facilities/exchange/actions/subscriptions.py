"""Where a client is told: adding an address, its secret, pausing and going on."""

import secrets
from collections.abc import Collection
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import is_demonstration, now
from lienthong.facilities.exchange.access import find_client, find_subscription
from lienthong.facilities.exchange.actions.clients import stop
from lienthong.facilities.exchange.models import Subscription
from lienthong.facilities.exchange.rules import FORMER_SECRET, secret_of, told_secret, why_not_address


@transaction.atomic
def subscribe(
    *,
    actor: Actor,
    key: UUID,
    client_id: int,
    url: str,
    verbs: Collection[str] = (),
    at: datetime | None = None,
) -> tuple[int, str]:
    """Tell a client at this address from now on; returns the subscription and its signing secret.

    `verbs` empty: every event that is told at all. Raises Refused, NotFound.
    """
    client = find_client(actor, client_id)
    former = begin_command(key, "exchange.subscribe", {"client": client_id, "url": url}, actor)
    if former is not None:
        return int(former), ""
    plain = is_demonstration() or bool(settings.WEBHOOK_NETWORKS)
    stop(why_not_address(url, plain_allowed=plain))
    made = Subscription(client=client, url=url, verbs=sorted(verbs), salt=secrets.token_hex(32))
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Refused(code="exchange.url_taken", sentence="Bên kết nối đã có nơi nhận này.") from error
    _note("exchange.subscribed", made, actor, at or now(), {"client": client_id}, closes=(key, made.pk))
    return made.pk, _told(made)


@transaction.atomic
def rotate_secret(*, actor: Actor, key: UUID, subscription_id: int, at: datetime | None = None) -> str:
    """Draw a new signing secret; the former one signs too for seven days. Returns the new one ("" on a repeat).

    Raises Refused, NotFound.
    """
    found = find_subscription(actor, subscription_id)
    former = begin_command(key, "exchange.rotate_secret", {"subscription": subscription_id}, actor)
    if former is not None:
        return ""
    found.former_salt, found.salt = found.salt, secrets.token_hex(32)
    found.former_until_at = timezone.now() + FORMER_SECRET
    found.save(update_fields=["salt", "former_salt", "former_until_at"])
    _note("exchange.secret_rotated", found, actor, at or now(), {}, closes=(key, found.pk))
    return _told(found)


@transaction.atomic
def pause_subscription(*, actor: Actor, subscription_id: int, reason: str, at: datetime | None = None) -> int:
    """Send nothing there for now; what happens meanwhile is kept for it. Returns its client. Raises Refused."""
    found = find_subscription(actor, subscription_id)
    if not reason.strip():
        stop(Refusal("exchange.pause_reason", "Hãy ghi lý do tạm dừng gửi."))
    if found.is_active:
        found.is_active, found.pause_reason = False, reason.strip()[:300]
        found.save(update_fields=["is_active", "pause_reason"])
        _note("exchange.subscription_paused", found, actor, at or now(), {"reason": found.pause_reason})
    return found.client_id


@transaction.atomic
def resume_subscription(*, actor: Actor, subscription_id: int, at: datetime | None = None) -> int:
    """Send there again, beginning with what waits. Returns its client. Raises NotFound."""
    found = find_subscription(actor, subscription_id)
    if not found.is_active:
        found.is_active, found.pause_reason = True, ""
        found.failures, found.held_until_at = 0, None
        found.save(update_fields=["is_active", "pause_reason", "failures", "held_until_at"])
        _note("exchange.subscription_resumed", found, actor, at or now(), {})
    return found.client_id


def _told(subscription: Subscription) -> str:
    return told_secret(secret_of(subscription.salt, settings.SECRET_KEY))


def _note(
    event: str,
    subscription: Subscription,
    actor: Actor,
    at: datetime,
    data: dict[str, object],
    closes: tuple[UUID, int] | None = None,
) -> None:
    host = urlsplit(subscription.url).hostname or ""
    record(
        event,
        subject=Subject("subscription", subscription.pk),
        actor=actor,
        at=at,
        data={"host": host, "client": subscription.client_id, **data},
        closes=closes,
    )

"""Issuing and revoking a client's tokens."""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.exchange.access import find_client, forget_tokens
from lienthong.facilities.exchange.actions.clients import stop
from lienthong.facilities.exchange.models import Client, ClientToken
from lienthong.facilities.exchange.rules import TOKEN_PREFIX, digest_of, why_not_issue, why_not_manage
from lienthong.facilities.exchange.values import IssuedToken
from lienthong.people.identity.queries import posts_of


@transaction.atomic
def issue_token(
    *,
    actor: Actor,
    key: UUID,
    client_id: int,
    scopes: Collection[str],
    expires_at: datetime,
    account_id: int | None = None,
    post_id: int | None = None,
    at: datetime | None = None,
) -> IssuedToken:
    """Issue a token. Its text is in the answer and nowhere else; the same key again gives it without its text.

    `account_id` and `post_id`: the officer for whom a token with a `desk:` scope acts. Raises Refused, NotFound.
    """
    moment = at or now()
    client = find_client(actor, client_id)
    body = {"client": client_id, "scopes": sorted(scopes), "expires": expires_at.isoformat()}
    former = begin_command(key, "exchange.issue_token", {**body, "post": post_id}, actor)
    if former is not None:
        return IssuedToken(former["token"], "", former["hint"], expires_at)
    _refuse(client, scopes, expires_at, moment, account_id, post_id)
    raw = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ClientToken(client=client, digest=digest_of(raw), hint=raw[-4:], scopes=sorted(scopes))
    token.issued_at, token.expires_at = moment, expires_at
    token.account_id, token.post_id = account_id, post_id
    token.save()
    record(
        "exchange.token_issued",
        subject=Subject("client", client.pk),
        actor=actor,
        at=moment,
        data=_told(token),
        closes=(key, {"token": token.pk, "hint": token.hint}),
    )
    return IssuedToken(token.pk, raw, token.hint, expires_at)


@transaction.atomic
def revoke_token(*, actor: Actor, token_id: int, at: datetime | None = None) -> int:
    """Let a token open nothing any more, for good; returns its client. Raises Refused, NotFound."""
    moment = at or now()
    stop(why_not_manage(actor))
    token = ClientToken.objects.filter(pk=token_id).first()
    if token is None:
        raise NotFound
    if token.revoked_at is None:
        token.revoked_at = moment
        token.save(update_fields=["revoked_at"])
        record(
            "exchange.token_revoked",
            subject=Subject("client", token.client_id),
            actor=actor,
            at=moment,
            data={"client": token.client_id, "token": token.pk, "hint": token.hint},
        )
    forget_tokens()
    return token.client_id


def _told(token: ClientToken) -> dict[str, object]:
    """What the journal keeps of a token: what it opens, and for whose account and post it acts."""
    return {
        "client": token.client_id,
        "token": token.pk,
        "hint": token.hint,
        "expires": token.expires_at.isoformat(),
        "scopes": token.scopes,
        "for_account": token.account_id,
        "for_post": token.post_id,
    }


def _refuse(
    client: Client,
    scopes: Collection[str],
    expires_at: datetime,
    moment: datetime,
    account_id: int | None,
    post_id: int | None,
) -> None:
    stop(
        why_not_issue(
            scopes=scopes,
            allowed=client.scopes,
            expires_at=expires_at,
            at=moment,
            active=client.is_active,
            has_officer=account_id is not None and post_id is not None,
        )
    )
    if account_id is not None and post_id not in {
        post.post_id for post in posts_of(account_id, moment.date())
    }:
        stop(Refusal("exchange.not_holder", "Tài khoản này hôm nay không giữ vị trí được chọn."))

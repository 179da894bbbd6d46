"""Registering, stopping and resuming a client."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.exchange.access import find_client, forget_tokens
from lienthong.facilities.exchange.models import Client
from lienthong.facilities.exchange.rules import why_not_manage, why_not_register


@transaction.atomic
def register_client(
    *,
    actor: Actor,
    key: UUID,
    name: str,
    kind: str,
    scopes: Collection[str],
    unit_ids: Collection[int] = (),
    rate_per_minute: int = 600,
    sandbox: bool = False,
    at: datetime | None = None,
) -> int:
    """Make a client known; returns its id. It can do nothing before it has a token. Raises Refused.

    `unit_ids` empty: the whole province.
    """
    stop(why_not_manage(actor))
    body = {"name": name, "kind": kind, "scopes": sorted(scopes), "units": sorted(unit_ids)}
    if (former := begin_command(key, "exchange.register_client", body, actor)) is not None:
        return int(former)
    stop(why_not_register(name=name, kind=kind, scopes=scopes, rate=rate_per_minute))
    client = _inserted(
        Client(
            name=name.strip(),
            kind=kind,
            scopes=sorted(scopes),
            unit_ids=sorted(unit_ids),
            rate_per_minute=rate_per_minute,
            sandbox=sandbox,
        )
    )
    record(
        "exchange.client_registered",
        subject=Subject("client", client.pk),
        actor=actor,
        at=at or now(),
        data={"client": client.pk, "kind": kind, "scopes": client.scopes, "units": client.unit_ids},
        closes=(key, client.pk),
    )
    return client.pk


@transaction.atomic
def stop_client(*, actor: Actor, client_id: int, at: datetime | None = None) -> None:
    """Let a client's tokens open nothing and send it nothing; what it is owed is kept. Raises NotFound."""
    _switch(actor, client_id, False, "exchange.client_stopped", at)


@transaction.atomic
def resume_client(*, actor: Actor, client_id: int, at: datetime | None = None) -> None:
    """Let a stopped client go on. Raises NotFound."""
    _switch(actor, client_id, True, "exchange.client_resumed", at)


def stop(refusal: Refusal | None) -> None:
    """Raise a refusal, if there is one."""
    if refusal is not None:
        raise Refused.because(refusal, status=403 if refusal.code == "exchange.duty" else 409)


def _inserted(client: Client) -> Client:
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError as error:
        raise Refused(code="exchange.name_taken", sentence="Đã có bên kết nối mang tên này.") from error
    return client


def _switch(actor: Actor, client_id: int, on: bool, event: str, at: datetime | None) -> None:
    client = find_client(actor, client_id)
    if client.is_active == on:
        return
    client.is_active = on
    client.save(update_fields=["is_active"])
    forget_tokens()
    record(
        event,
        subject=Subject("client", client.pk),
        actor=actor,
        at=at or now(),
        data={"client": client.pk},
    )

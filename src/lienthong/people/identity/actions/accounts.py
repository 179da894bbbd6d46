"""Making, locking and opening accounts of officers."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.people.identity.models import Account
from lienthong.people.identity.queries import place_of_unit, places_of_account
from lienthong.people.identity.rules import (
    TAKEN,
    why_not_administer,
    why_not_hold,
    why_not_lock,
    why_not_username,
)


@transaction.atomic
def create_accounts(
    *,
    actor: Actor,
    unit_id: int,
    accounts: Sequence[tuple[int, str, str]],
    at: datetime | None = None,
) -> list[int]:
    """Make accounts of one unit in one act: (person id, user name, password hash). Returns their ids."""
    _stop(why_not_administer(actor, [] if actor.reach == "system" else [place_of_unit(unit_id)]))
    for _, username, _ in accounts:
        _stop(why_not_username(username))
    rows = [Account(person_id=person, username=name, password=hashed) for person, name, hashed in accounts]
    _insert(rows)
    ids = [row.pk for row in rows]
    record(
        "identity.accounts_created",
        subject=Subject("unit", unit_id),
        actor=actor,
        at=at or now(),
        data={"count": len(ids), "accounts": ids},
    )
    return ids


@transaction.atomic
def lock_account(
    *, actor: Actor, key: UUID, account_id: int, reason: str, at: datetime | None = None
) -> None:
    """Lock an account: it can neither sign in nor go on working. The reason is kept with the account."""
    moment = at or now()
    account = administered_account(actor, account_id, moment)
    body = {"account": account_id, "reason": reason.strip()}
    if begin_command(key, "identity.account_locked", body, actor) is not None:
        return
    _stop(why_not_lock(actor, account_id, reason.strip(), is_active=account.is_active))
    account.is_active, account.locked_reason = False, reason.strip()
    account.save(update_fields=["is_active", "locked_reason"])
    _note("identity.account_locked", account_id, actor, moment, key)


@transaction.atomic
def unlock_account(*, actor: Actor, key: UUID, account_id: int, at: datetime | None = None) -> None:
    """Open a locked account again; an open one stays as it is."""
    moment = at or now()
    account = administered_account(actor, account_id, moment)
    if begin_command(key, "identity.account_unlocked", {"account": account_id}, actor) is not None:
        return
    if account.is_active:
        return
    account.is_active, account.locked_reason = True, ""
    account.save(update_fields=["is_active", "locked_reason"])
    _note("identity.account_unlocked", account_id, actor, moment, key)


def administered_account(actor: Actor, account_id: int, at: datetime) -> Account:
    """The account, locked, if the actor may administer it; missing and forbidden look alike.

    Refused where its holder also has a post that the actor does not administer.
    """
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    places = places_of_account(account_id, at.date())
    if account is None or why_not_administer(actor, places):
        raise NotFound
    _stop(why_not_hold(actor, places))
    return account


def _insert(rows: list[Account]) -> None:
    try:
        with transaction.atomic():
            Account.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused.because(TAKEN) from error


def check_password(password: str, account: Account | None = None) -> None:
    """Refuse a password that is easily guessed."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused.because(Refusal("password.weak", " ".join(error.messages))) from error


def _note(verb: str, account_id: int, actor: Actor, at: datetime, key: UUID | None = None) -> None:
    closes = (key, account_id) if key else None
    record(verb, subject=Subject("account", account_id), actor=actor, at=at, closes=closes)


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused.because(refusal)

"""Making, locking and opening accounts of officers."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.people.identity.models import Account
from lienthong.people.identity.queries import units_of_account, units_of_person
from lienthong.people.identity.rules import TAKEN, why_not_administer, why_not_lock, why_not_username


@transaction.atomic
def create_account(
    *, actor: Actor, person_id: int, username: str, password: str, at: datetime | None = None
) -> int:
    """Make the account of a person; returns its id. Only for the administrator of the person's unit."""
    moment = at or now()
    _stop(why_not_administer(actor, units_of_person(person_id, moment.date())))
    name = username.strip().lower()
    _stop(why_not_username(name))
    _check_password(password)
    account = Account(person_id=person_id, username=name, password=make_password(password))
    _insert([account])
    _note("identity.account_created", account.pk, actor, moment)
    return account.pk


@transaction.atomic
def create_accounts(
    *,
    actor: Actor,
    unit_id: int,
    accounts: Sequence[tuple[int, str, str]],
    at: datetime | None = None,
) -> list[int]:
    """Make accounts of one unit in one act: (person id, user name, password hash). Returns their ids."""
    _stop(why_not_administer(actor, [unit_id]))
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
def lock_account(*, actor: Actor, account_id: int, reason: str, at: datetime | None = None) -> None:
    """Lock an account: it can neither sign in nor go on working. The reason is kept with the account."""
    moment = at or now()
    account = _administered(actor, account_id, moment)
    _stop(why_not_lock(actor, account_id, reason.strip(), is_active=account.is_active))
    account.is_active, account.locked_reason = False, reason.strip()
    account.save(update_fields=["is_active", "locked_reason"])
    _note("identity.account_locked", account_id, actor, moment)


@transaction.atomic
def unlock_account(*, actor: Actor, account_id: int, at: datetime | None = None) -> None:
    """Open a locked account again; an open one stays as it is."""
    moment = at or now()
    account = _administered(actor, account_id, moment)
    if account.is_active:
        return
    account.is_active, account.locked_reason = True, ""
    account.save(update_fields=["is_active", "locked_reason"])
    _note("identity.account_unlocked", account_id, actor, moment)


@transaction.atomic
def set_password(*, actor: Actor, account_id: int, password: str, at: datetime | None = None) -> None:
    """Set a new password for an officer who forgot theirs; their open sessions end by it."""
    moment = at or now()
    account = _administered(actor, account_id, moment)
    _check_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    _note("identity.password_set", account_id, actor, moment)


def _administered(actor: Actor, account_id: int, at: datetime) -> Account:
    """The account, locked, if the actor may administer it; missing and forbidden look alike."""
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None or why_not_administer(actor, units_of_account(account_id, at.date())):
        raise NotFound
    return account


def _insert(rows: list[Account]) -> None:
    try:
        with transaction.atomic():
            Account.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused.because(TAKEN) from error


def _check_password(password: str, account: Account | None = None) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused.because(Refusal("password.weak", " ".join(error.messages))) from error


def _note(verb: str, account_id: int, actor: Actor, at: datetime) -> None:
    record(verb, subject=Subject("account", account_id), actor=actor, at=at)


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused.because(refusal)

"""Slips: how an officer comes to an account, and to a new password. Nobody else ever knows the password."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.people.identity.actions.accounts import (
    administered_account,
    check_password,
    create_accounts,
)
from lienthong.people.identity.models import Account, Invitation
from lienthong.people.identity.queries import place_of_unit, places_of_person, places_of_persons, seats_of
from lienthong.people.identity.rules import (
    HAS_ACCOUNT,
    LOCKED,
    NO_INVITATION,
    NOTHING_WAITS,
    STILL_ELSEWHERE,
    administers,
    code_of,
    digest_of,
    expires_at,
    typed_code,
    why_not_administer,
    why_not_hold,
)


@transaction.atomic
def invite_officer(
    *, actor: Actor, key: UUID, person_id: int, username: str, at: datetime | None = None
) -> int:
    """Make an account without a password and a slip for it; returns the account's id."""
    moment = at or now()
    places = places_of_person(person_id, moment.date())
    if why_not_administer(actor, places):
        raise NotFound
    name = username.strip().lower()
    former = begin_command(key, "identity.invite", {"person": person_id, "username": name}, actor)
    if former is not None:
        return int(former)
    _stop(why_not_hold(actor, places))
    _stop(HAS_ACCOUNT if Account.objects.filter(person_id=person_id).exists() else None)
    unit_id = next(unit for unit, above in places if administers(actor, (unit, above)))
    wanted = [(person_id, name, make_password(None))]
    (account_id,) = create_accounts(actor=actor, unit_id=unit_id, accounts=wanted, at=moment)
    _issue(actor, key, [account_id], unit_id, moment, closes=account_id)
    return account_id


@transaction.atomic
def issue_slips(
    *, actor: Actor, key: UUID, unit_id: int, account_ids: Sequence[int], at: datetime | None = None
) -> list[int]:
    """New slips for accounts of a unit that nobody has taken yet; the older slips end. Returns the accounts.

    Whose holder has a post elsewhere too is left out, or refused where there is no other.
    """
    moment = at or now()
    if not administers(actor, place_of_unit(unit_id)):
        raise NotFound
    seats = seats_of([unit_id], moment.date())
    waiting = {seat.account_id for seat in seats if seat.is_active and not seat.has_password}
    wanted = [account for account in dict.fromkeys(account_ids) if account in waiting]
    own = _held_here(actor, {seat.account_id: seat.person_id for seat in seats}, wanted, moment)
    body = {"unit": unit_id, "accounts": list(dict.fromkeys(account_ids))}
    former = begin_command(key, "identity.issue_slips", body, actor)
    if former is not None:
        return [int(account) for account in former]
    _stop(None if wanted else NOTHING_WAITS)
    _stop(None if own else STILL_ELSEWHERE)
    _issue(actor, key, own, unit_id, moment, closes=own)
    return own


@transaction.atomic
def reset_account(
    *,
    actor: Actor,
    key: UUID,
    account_id: int,
    drop_second_factor: bool = False,
    at: datetime | None = None,
) -> None:
    """End a password that was forgotten, with every session under it, and issue a slip for a new one.

    `drop_second_factor`: for who has lost the telephone and the spare codes as well.
    """
    moment = at or now()
    account = administered_account(actor, account_id, moment)
    body = {"account": account_id, "second_factor": drop_second_factor}
    if begin_command(key, "identity.account_reset", body, actor) is not None:
        return
    _stop(None if account.is_active else LOCKED)
    account.set_unusable_password()
    account.save(update_fields=["password"])
    if drop_second_factor:
        Authenticator.objects.filter(user_id=account_id).delete()
    _replace_slips(key, [account_id], moment, is_reset=True)
    subject, closes = Subject("account", account_id), (key, account_id)
    data = {"second_factor": drop_second_factor}
    record("identity.account_reset", subject=subject, actor=actor, at=moment, data=data, closes=closes)


@transaction.atomic
def take_invitation(*, actor: Actor, code: str, password: str, at: datetime | None = None) -> str:
    """Set the password with the code of a slip, once; returns the user name to sign in with.

    The actor is a stranger: the code is what they have. Wrong, used and expired look alike.
    """
    moment = at or now()
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(digest=digest_of(typed_code(code)), used_at__isnull=True, expires_at__gt=moment)
        .first()
    )
    if found is None or not found.account.is_active:
        raise Refused.because(NO_INVITATION)
    check_password(password, found.account)
    found.account.set_password(password)
    found.account.save(update_fields=["password"])
    found.used_at = moment
    found.save(update_fields=["used_at"])
    subject, data = Subject("account", found.account_id), {"invitation": found.pk}
    record("identity.invitation_taken", subject=subject, actor=actor, at=moment, data=data)
    return found.account.username


def _held_here(
    actor: Actor, persons: Mapping[int | None, int | None], accounts: Sequence[int], at: datetime
) -> list[int]:
    """Those of the accounts whose holders have no post that the actor does not administer."""
    places = places_of_persons([persons[account] or 0 for account in accounts], at.date())
    return [one for one in accounts if why_not_hold(actor, places.get(persons[one] or 0, ())) is None]


def _issue(
    actor: Actor, key: UUID, accounts: Sequence[int], unit_id: int, at: datetime, closes: object
) -> None:
    _replace_slips(key, accounts, at)
    data = {"count": len(accounts), "accounts": list(accounts)}
    subject = Subject("unit", unit_id)
    record("identity.invited", subject=subject, actor=actor, at=at, data=data, closes=(key, closes))


def _replace_slips(key: UUID, accounts: Sequence[int], at: datetime, *, is_reset: bool = False) -> None:
    """The older slips of the accounts end where the new ones begin."""
    Invitation.objects.filter(account_id__in=accounts, used_at__isnull=True, expires_at__gt=at).update(
        expires_at=at
    )
    Invitation.objects.bulk_create(
        Invitation(
            account_id=account,
            digest=digest_of(code_of(key, account)),
            is_reset=is_reset,
            issued_at=at,
            expires_at=expires_at(at),
        )
        for account in accounts
    )


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused.because(refusal)

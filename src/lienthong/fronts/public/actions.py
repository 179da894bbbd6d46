"""A visitor's look-up: nothing stays where it succeeds, one digest where it fails."""

from datetime import datetime

from django.db import transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor
from lienthong.fronts.public.access import find_gate, keyed
from lienthong.fronts.public.enums import Gate
from lienthong.fronts.public.models import LookupFailure
from lienthong.fronts.public.rules.guessing import DAY, FAILURES_A_QUARTER
from lienthong.work.dossiers.actions.tokens import lookup_digest
from lienthong.work.dossiers.queries import Found, look_up


@transaction.atomic
def try_code(*, actor: Actor, code: str, fact: str, address: str, at: datetime) -> Found | Gate:
    """Look up by code and second fact. A Gate says why nothing is shown; OPEN: there is no such pair.

    Absent, forbidden and a wrong fact take the same statements, leave the same row and get the same answer.
    """
    closed = find_gate(code=code, address=address, at=at)
    if closed is not Gate.OPEN:
        return closed
    found = look_up(code=code, second_fact=fact)
    if found is None:
        note_failure(actor=actor, code=code, address=address, at=at)
    return found or Gate.OPEN


@transaction.atomic
def try_receipt(*, actor: Actor, token: str, address: str, at: datetime) -> Found | Gate:
    """Look up by the secret of a receipt's QR; open also where the code is closed."""
    closed = find_gate(code="", address=address, at=at)
    if closed is not Gate.OPEN:
        return closed
    found = look_up(token_digest=lookup_digest(token))
    if found is None:
        note_failure(actor=actor, code="", address=address, at=at)
    return found or Gate.OPEN


@transaction.atomic
def note_failure(*, actor: Actor, code: str, address: str, at: datetime) -> None:
    """Remember a look-up that found nothing; rows of an earlier day go.

    The failure that closes a code is journalled; the code itself is not.
    """
    LookupFailure.objects.filter(failed_at__lt=at - DAY).delete()
    failure = LookupFailure.objects.create(
        code_digest=keyed("code", code) if code else "",
        address_digest=keyed("address", address),
        failed_at=at,
    )
    if code and find_gate(code=code, address="", at=at) is Gate.CODE:
        subject = Subject("lookup_failure", failure.pk)
        record("lookup.locked", subject=subject, actor=actor, at=at, data={"failures": FAILURES_A_QUARTER})

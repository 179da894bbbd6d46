"""A person decides that a message is handed over once more."""

from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.notifications.access import lock_message
from lienthong.facilities.notifications.actions.queue import address_of
from lienthong.facilities.notifications.enums import MessageState, TemplateName
from lienthong.facilities.notifications.models import Message, MessageAddress
from lienthong.facilities.notifications.rules import not_wanted_now, why_not_resend
from lienthong.people.parties.access import cards_of
from lienthong.people.parties.enums import ContactChannel


@transaction.atomic
def resend_message(*, actor: Actor, key: UUID, message_id: int) -> int:
    """Put a failed or uncertain message back among those that wait; to the party's present address, if it has one.

    The channel stays: it is the one that was chosen when the event happened. Raises Refused, NotFound.
    """
    former = begin_command(key, "notification.resend", {"message": message_id}, actor)
    if former is not None:
        return int(former)
    at, row = now(), lock_message(actor, message_id)
    refusal = why_not_resend(row.state, has_address=_renew_address(actor, row))
    if refusal:
        raise Refused.because(refusal)
    row.state, row.reason, row.tries, row.next_try_at = MessageState.WAITING, "", 0, at
    row.save(update_fields=["state", "reason", "tries", "next_try_at"])
    record(
        "notification.resent",
        subject=Subject("message", row.pk, row.case_id),
        actor=actor,
        at=at,
        data={"template": str(TemplateName(row.template).label)},
        closes=(key, row.pk),
    )
    return row.pk


def _renew_address(actor: Actor, row: Message) -> bool:
    """Take the party's present address where the acting unit keeps it. Whether there is one to send to.

    Whoever is not of the sending unit (the city above all) sees no address: then the one kept counts, and where
    it is gone the next attempt says so. Raises Refused where the party no longer wants to be told.
    """
    if actor.unit_id != row.unit_id:
        return True
    party = cards_of([row.party_id]).get(row.party_id) if row.party_id else None
    if party and party.channel == ContactChannel.NONE:
        raise Refused.because(not_wanted_now())
    if party is None or party.channel != row.channel:
        kept = MessageAddress.objects.filter(pk=row.pk).values_list("address", flat=True).first()
        return bool(kept)
    if not (address := address_of(party)):
        return False
    if not MessageAddress.objects.filter(pk=row.pk).update(address=address, erased_at=None):
        MessageAddress.objects.create(message=row, unit_id=row.unit_id, address=address)
    return True

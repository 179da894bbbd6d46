"""Addresses are kept no longer than a message needs them."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.notifications.enums import MessageState
from lienthong.facilities.notifications.models import MessageAddress
from lienthong.facilities.notifications.queries import present_rule

LARGEST = 5_000


@transaction.atomic
def erase_addresses(*, actor: Actor) -> int:
    """Erase the addresses of messages that were settled long enough ago (rule's `keep_days`); returns how many.

    What still waits keeps its address. The message itself stays: it says that, and when, the person was told.
    """
    at = now()
    before = at - timedelta(days=present_rule().keep_days)
    with entered(actor):
        old = Q(message__sent_at__lt=before) | Q(
            message__sent_at__isnull=True, message__created_at__lt=before
        )
        found = MessageAddress.objects.filter(old).exclude(address="")
        found = found.exclude(message__state__in=[MessageState.WAITING, MessageState.SENDING])
        ids = list(found.values_list("pk", flat=True)[:LARGEST])
        count = MessageAddress.objects.filter(pk__in=ids).update(address="", erased_at=at)
        if count:
            subject = Subject("message", 0)
            record(
                "notification.addresses_erased", subject=subject, actor=actor, at=at, data={"count": count}
            )
    return count

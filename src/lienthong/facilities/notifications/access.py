"""Fetching is the permission check: a unit sees the messages it sent and those of its cases.

The city sees all of them, and no address.
"""

from django.db.models import Exists, Q, QuerySet

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.queries import sights_of
from lienthong.core.scope.values import Actor
from lienthong.facilities.notifications.models import Alert, Message


def messages_open_to(actor: Actor) -> "QuerySet[Message]":
    """The one authorised query of messages to citizens (an officer's digest is nobody else's)."""
    found = Message.objects.filter(case_id__isnull=False)
    if actor.reach in ("system", "province"):
        return found
    if actor.unit_id is None:
        return found.none()
    return found.filter(Q(unit_id=actor.unit_id) | Exists(sights_of(actor.unit_id, "case_id")))


def messages_kept_by(actor: Actor) -> "QuerySet[Message]":
    """Those that the actor's unit sent (the city's: all), for lists: an index leads to them however many there are.

    What another unit sent about a case of this one stands on the page of the case.
    """
    found = messages_open_to(actor)
    if actor.reach in ("system", "province"):
        return found
    return Message.objects.filter(case_id__isnull=False, unit_id=actor.unit_id or 0)


def lock_message(actor: Actor, message_id: int) -> Message:
    """The message, locked to the end of the act. Raises NotFound. One statement."""
    found = messages_open_to(actor).select_for_update(of=("self",)).filter(pk=message_id).first()
    if found is None:
        raise NotFound
    return found


def alerts_of(actor: Actor) -> "QuerySet[Alert]":
    """What the acting post was told."""
    return Alert.objects.filter(post_id=actor.post_id or 0, unit_id=actor.unit_id or 0)

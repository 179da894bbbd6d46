"""Sending again what is stuck: one, or all of a client."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.exchange.access import find_client, find_delivery
from lienthong.facilities.exchange.enums import DeliveryState
from lienthong.facilities.exchange.models import Delivery, Subscription


@transaction.atomic
def resend_delivery(*, actor: Actor, key: UUID, delivery_id: int, at: datetime | None = None) -> int:
    """Send one again, now: a stuck or waiting one, or one delivered that the receiver asks for anew.

    The same event id leaves, so that the receiver can tell. Returns the client. Raises Refused, NotFound.
    """
    moment = at or now()
    receiver = find_delivery(actor, delivery_id).subscription
    former = begin_command(key, "exchange.resend_delivery", {"delivery": delivery_id}, actor)
    if former is None:
        _wake(Subscription.objects.filter(pk=receiver.pk))
        Delivery.objects.filter(pk=delivery_id).update(**_afresh())
        _note(actor, key, receiver.client_id, 1, moment)
    return receiver.client_id


@transaction.atomic
def resend_all(*, actor: Actor, key: UUID, client_id: int, at: datetime | None = None) -> int:
    """Send all of a client that has not arrived, now; returns how many. Raises Refused, NotFound."""
    moment = at or now()
    find_client(actor, client_id)
    former = begin_command(key, "exchange.resend_all", {"client": client_id}, actor)
    if former is not None:
        return int(former)
    _wake(Subscription.objects.filter(client_id=client_id))
    owed = Delivery.objects.filter(subscription__client_id=client_id).exclude(state=DeliveryState.DELIVERED)
    count = owed.update(**_afresh())
    _note(actor, key, client_id, count, moment)
    return count


def _wake(receivers: QuerySet[Subscription]) -> None:
    """Ask them again at once. Their rows first, as the sender does: whoever has those may touch the messages."""
    locked = list(receivers.select_for_update().order_by("pk").values_list("pk", flat=True))
    Subscription.objects.filter(pk__in=locked).update(held_until_at=None)


def _afresh() -> dict[str, object]:
    return {"state": DeliveryState.WAITING, "tries": 0, "next_try_at": timezone.now()}


def _note(actor: Actor, key: UUID, client_id: int, count: int, moment: datetime) -> None:
    record(
        "exchange.delivery_resent",
        subject=Subject("client", client_id),
        actor=actor,
        at=moment,
        data={"client": client_id, "count": count},
        closes=(key, count),
    )

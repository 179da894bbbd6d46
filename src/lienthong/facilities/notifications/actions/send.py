"""Sending: a message is marked before it is handed over, so that a crash never sends it twice."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.notifications.actions.carriers import carrier_of
from lienthong.facilities.notifications.enums import MessageState, TemplateName, Verdict
from lienthong.facilities.notifications.models import ChannelHealth, Message, MessageAddress
from lienthong.facilities.notifications.queries import present_rule
from lienthong.facilities.notifications.rules import (
    MOST_TRIES,
    first_moment,
    is_quiet,
    rest_after,
    wait_after,
)
from lienthong.facilities.notifications.values import Answer, Carrier, Parcel
from lienthong.people.parties.enums import ContactChannel
from lienthong.people.parties.queries import channels_of

log = logging.getLogger(__name__)
BATCH = 50
# Longer than any attempt may take: what is still marked then was interrupted.
LEASE = timedelta(minutes=10)
_INTERRUPTED = "Việc gửi bị gián đoạn, chưa rõ tin đã đến chưa."
_FAULT = "Lỗi khi chuyển tin, chưa rõ tin đã đến chưa. Báo người vận hành."
_NOBODY = Answer(Verdict.REFUSED, "Không còn địa chỉ nhận của tin này.")


def send_waiting(*, actor: Actor, channel: str, carrier: Carrier | None = None, limit: int = BATCH) -> int:
    """Hand over what waits on a channel, one by one; returns how many attempts were made.

    Outside any transaction of the caller's: the mark "sending" is committed first, then the carrier is called,
    then its answer is committed. Without a carrier, in quiet hours, or while the carrier rests after a failure,
    everything goes on waiting. Two workers share a channel without meeting (SKIP LOCKED).
    """
    carrier = carrier or carrier_of(channel)
    if carrier is None:
        return 0
    settle_interrupted(actor=actor, channel=channel, repeatable=carrier.repeatable)
    return sum(1 for _ in _attempts(actor, channel, carrier, limit))


def settle_interrupted(*, actor: Actor, channel: str, repeatable: bool) -> int:
    """What was being handed over when the worker died: sent again only to a carrier that knows its reference.

    All else is shown as uncertain, and a person decides. Returns how many.
    """
    with transaction.atomic(durable=True), entered(actor):
        at = now()
        found = Message.objects.filter(channel=channel, state=MessageState.SENDING, sending_at__lt=at - LEASE)
        if repeatable:
            return found.update(state=MessageState.WAITING, next_try_at=at)
        return found.update(state=MessageState.UNCERTAIN, reason=_INTERRUPTED)


def _attempts(actor: Actor, channel: str, carrier: Carrier, limit: int) -> Iterator[Verdict]:
    for _ in range(limit):
        taken = _take(actor, channel)
        if taken is None:
            return
        message_id, parcel, former = taken
        answer = _handed(carrier, parcel) if parcel.address else _NOBODY
        verdict = _settle(actor, message_id, answer, former=former, repeatable=carrier.repeatable)
        yield verdict
        if verdict == Verdict.DOWN:
            return


def _handed(carrier: Carrier, parcel: Parcel) -> Answer:
    """What the carrier answers; a fault of its own leaves the message uncertain, and is told without its words."""
    try:
        return carrier.send(parcel)
    except Exception as error:
        log.error("carrier failed: %s", type(error).__name__)
        return Answer(Verdict.UNKNOWN, _FAULT)


def _take(actor: Actor, channel: str) -> tuple[int, Parcel, datetime | None] | None:
    """Mark the next message as being sent, and commit that; when it was last tried. Five or six statements."""
    with transaction.atomic(durable=True), entered(actor):
        at = now()
        if _rests(channel, at) or is_quiet(at, present_rule(), channel):
            return None
        row = _next(channel, at)
        if row is None:
            return None
        former = row.sending_at
        address = MessageAddress.objects.filter(pk=row.pk).values_list("address", flat=True).first() or ""
        row.state, row.sending_at, row.tries = MessageState.SENDING, at, row.tries + 1
        row.save(update_fields=["state", "sending_at", "tries"])
    return row.pk, _parcel(row, address), former


def _next(channel: str, at: datetime) -> Message | None:
    """The message that has waited longest. Asked here, where every party may be seen, whoever pressed "Gửi lại":
    whoever has meanwhile chosen not to be told is written to no more.
    """
    waiting = Message.objects.filter(channel=channel, state=MessageState.WAITING, next_try_at__lte=at)
    waiting = waiting.select_for_update(skip_locked=True).order_by("next_try_at", "id")
    while (row := waiting.first()) and row.party_id:
        if channels_of([row.party_id]).get(row.party_id) != ContactChannel.NONE:
            break
        Message.objects.filter(pk=row.pk).update(state=MessageState.NOT_WANTED, reason="")
    return row


def _parcel(row: Message, address: str) -> Parcel:
    return Parcel(row.reference, address, row.subject, row.text, row.provider_template, row.filling)


def _rests(channel: str, at: datetime) -> bool:
    return ChannelHealth.objects.filter(channel=channel, next_try_at__gt=at).exists()


def _settle(
    actor: Actor, message_id: int, answer: Answer, *, former: datetime | None, repeatable: bool
) -> Verdict:
    """Write down what the carrier said of one message, and of itself. Returns what it counts as."""
    with transaction.atomic(durable=True), entered(actor):
        at = now()
        row = Message.objects.select_for_update().get(pk=message_id)
        if row.state != MessageState.SENDING:  # found again after its lease, and settled by another worker
            return answer.verdict
        health, _ = ChannelHealth.objects.get_or_create(channel=row.channel)
        verdict = _counted(answer.verdict, health, former, repeatable=repeatable)
        rest = rest_after(health.failures + 1)
        _conclude(row, replace(answer, verdict=verdict), at, rest)
        row.save(update_fields=["state", "reason", "tries", "sent_at", "next_try_at"])
        if verdict == Verdict.DOWN or answer.verdict != Verdict.DOWN:  # else the channel itself works
            _note_health(health, answer, at, rest)
        _tell(actor, row, at)
    return verdict


def _counted(
    verdict: Verdict, health: ChannelHealth, former: datetime | None, *, repeatable: bool
) -> Verdict:
    """What an answer counts as. A carrier that took another message since this one was last tried is not down:
    it is this one's recipient, who may not hold up all the others for ever.
    """
    if verdict == Verdict.UNKNOWN and repeatable:
        return Verdict.LATER
    if verdict == Verdict.DOWN and former and health.last_sent_at and health.last_sent_at > former:
        return Verdict.LATER
    return verdict


def _conclude(row: Message, answer: Answer, at: datetime, rest: timedelta) -> None:
    row.reason = answer.reason[:200]
    match answer.verdict:
        case Verdict.ACCEPTED:
            row.state, row.sent_at, row.reason = MessageState.SENT, at, ""
        case Verdict.REFUSED:
            row.state = MessageState.FAILED
        case Verdict.UNKNOWN:
            row.state = MessageState.UNCERTAIN
        case Verdict.DOWN:  # no attempt of this message, but after the rest another one goes first
            row.state, row.tries = MessageState.WAITING, row.tries - 1
            row.next_try_at = first_moment(at + rest, present_rule(), row.channel)
        case Verdict.LATER if row.tries >= MOST_TRIES:
            row.state = MessageState.FAILED
        case _:
            row.state = MessageState.WAITING
            row.next_try_at = first_moment(at + wait_after(row.tries), present_rule(), row.channel)


def _note_health(health: ChannelHealth, answer: Answer, at: datetime, rest: timedelta) -> None:
    if answer.verdict == Verdict.DOWN:
        ChannelHealth.objects.filter(pk=health.pk).update(
            down_since=Coalesce("down_since", at),
            failures=F("failures") + 1,
            reason=answer.reason[:200],
            next_try_at=at + rest,
        )
        return
    health.down_since, health.failures, health.reason, health.next_try_at = None, 0, "", None
    if answer.verdict == Verdict.ACCEPTED:
        health.last_sent_at = at
    health.save()


def _tell(actor: Actor, row: Message, at: datetime) -> None:
    """The case's course says that its applicant was told, or could not be."""
    event = {MessageState.SENT: "notification.sent", MessageState.FAILED: "notification.failed"}.get(
        MessageState(row.state)
    )
    if event is None or row.case_id is None:
        return
    words = {
        "channel": str(ContactChannel(row.channel).label),
        "template": str(TemplateName(row.template).label),
    }
    record(event, subject=Subject("message", row.pk, row.case_id), actor=actor, at=at, data=words)

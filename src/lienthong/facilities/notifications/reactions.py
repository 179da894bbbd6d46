"""What follows the journal and the clock: events become messages and alerts, and what waits is sent."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from lienthong.core.journal.values import Happened
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import now
from lienthong.facilities.notifications.actions import queue_message, raise_alert, send_waiting
from lienthong.facilities.notifications.queries import CHANNELS
from lienthong.facilities.notifications.values import ALARMS, TEMPLATES

# What happened longer ago is no news: a follower that begins late (an upgrade, a long halt) tells nobody of it.
NEWS = timedelta(days=7)


def tell_applicant(entry: Happened) -> None:
    """Write the message that an event sends, if it sends one."""
    template = TEMPLATES.get(entry.verb)
    if template is not None and _is_news(entry):
        queue_message(actor=SYSTEM, entry=entry, template=template)


def tell_officers(entry: Happened) -> None:
    """Write the alerts that an event raises, if it raises any."""
    alarm = ALARMS.get(entry.verb)
    if alarm is not None and _is_news(entry):
        raise_alert(actor=SYSTEM, entry=entry, alarm=alarm)


def _is_news(entry: Happened) -> bool:
    return now() - entry.acted_at <= NEWS


LISTENERS: dict[str, Callable[[Happened], None]] = {
    "notifications.messages": tell_applicant,
    "notifications.alerts": tell_officers,
}
# Called again and again by the worker, each beside the others: what waits on a channel.
SENDERS: dict[str, Callable[[], int]] = {
    f"notifications.{channel.value}": partial(send_waiting, actor=SYSTEM, channel=channel.value)
    for channel in CHANNELS
}

"""Which carrier takes a channel's messages: what the deployment has connected (settings MESSAGE_CARRIERS)."""

import logging
from dataclasses import replace

from django.conf import settings

from lienthong.facilities.notifications.actions.mail import TIMEOUT, MailCarrier
from lienthong.facilities.notifications.actions.web import web_carrier
from lienthong.facilities.notifications.values import Carrier
from lienthong.people.parties.enums import ContactChannel

log = logging.getLogger(__name__)
_TOLD: set[str] = set()


def carrier_of(channel: str, *, timeout: float = TIMEOUT) -> Carrier | None:
    """The channel's carrier; None where none is connected, or its settings cannot be read (the log says why).

    `timeout`: how many seconds it waits for each answer.
    """
    said = settings.MESSAGE_CARRIERS.get(str(channel), {})
    if not said.get("url"):
        return None
    if channel == ContactChannel.EMAIL:
        sender = said["sender"] or "lien-thong@localhost"
        return MailCarrier(url=said["url"], sender=sender, timeout=timeout)
    try:
        return replace(web_carrier(said), timeout=timeout)
    except ValueError as error:
        if str(error) not in _TOLD:
            log.warning("carrier of %s: %s", channel, error)
            _TOLD.add(str(error))
        return None

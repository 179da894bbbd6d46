"""Which carrier takes a channel's messages: what the deployment has connected (settings MESSAGE_CARRIERS)."""

import logging

from django.conf import settings

from lienthong.facilities.notifications.actions.mail import MailCarrier
from lienthong.facilities.notifications.actions.web import web_carrier
from lienthong.facilities.notifications.values import Carrier
from lienthong.people.parties.enums import ContactChannel

log = logging.getLogger(__name__)
_TOLD: set[str] = set()


def carrier_of(channel: str) -> Carrier | None:
    """The channel's carrier; None where none is connected, or its settings cannot be read (the log says why)."""
    said = settings.MESSAGE_CARRIERS.get(str(channel), {})
    if not said.get("url"):
        return None
    if channel == ContactChannel.EMAIL:
        return MailCarrier(url=said["url"], sender=said["sender"] or "lien-thong@localhost")
    try:
        return web_carrier(said)
    except ValueError as error:
        if str(error) not in _TOLD:
            log.warning("carrier of %s: %s", channel, error)
            _TOLD.add(str(error))
        return None

"""Sending one message to oneself, to see that a channel works."""

from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now, today
from lienthong.facilities.notifications.actions.carriers import carrier_of
from lienthong.facilities.notifications.enums import Placeholder, TemplateName, Verdict
from lienthong.facilities.notifications.queries import EXAMPLE, link, shown, wording_of
from lienthong.facilities.notifications.rules import not_connected, why_not_address, why_not_steer
from lienthong.facilities.notifications.values import Answer, Parcel
from lienthong.lib.canonical import digest
from lienthong.people.parties.enums import ContactChannel

# Somebody waits before the page, and the transaction that is open meanwhile keeps the journal's followers waiting.
PATIENCE = 5.0


def send_test(*, actor: Actor, key: UUID, channel: str, address: str, name: TemplateName) -> Answer:
    """Send the example of a template to an address of the officer's own, at once; returns what the carrier said.

    The address is kept nowhere. A repeat of the command gives the first answer and sends nothing.
    """
    body = {"channel": channel, "to": digest({"address": address}), "template": str(name)}
    former = begin_command(key, "notification.test", body, actor)
    if former is not None:
        return Answer(Verdict(former["verdict"]), former["reason"])
    refusal = why_not_steer(actor) or why_not_address(channel, address)
    if refusal:
        raise Refused.because(refusal, status=422)
    carrier = carrier_of(channel, timeout=PATIENCE)
    if carrier is None:
        raise Refused.because(not_connected())
    answer = carrier.send(_example(key, address, name))
    record(
        "notification.tried",
        subject=Subject("channel", 0),
        actor=actor,
        at=now(),
        data={"channel": str(ContactChannel(channel).label), "outcome": _outcome(answer)},
        closes=(key, {"verdict": str(answer.verdict), "reason": answer.reason}),
    )
    return answer


def _example(key: UUID, address: str, name: TemplateName) -> Parcel:
    example = shown(wording_of(name, "", today()))
    filling = {str(word): value for word, value in (EXAMPLE | {Placeholder.LINK: link()}).items()}
    return Parcel(
        reference=uuid5(key, "test"),
        address=address,
        subject=_("Thư thử của Liên Thông: %(what)s") % {"what": name.label},
        text=example.example,
        provider_template=example.wording.provider_template,
        filling=filling,
    )


def _outcome(answer: Answer) -> str:
    return _("đã nhận") if answer.verdict == Verdict.ACCEPTED else answer.reason

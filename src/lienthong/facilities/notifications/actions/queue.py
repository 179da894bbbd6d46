"""An event becomes a message: written by the follower of the journal, once whatever is repeated."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Happened, Subject
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.access import find_case
from lienthong.facilities.notifications.enums import MessageState, Placeholder, TemplateName
from lienthong.facilities.notifications.models import Message, MessageAddress
from lienthong.facilities.notifications.queries import link, present_rule, wording_of
from lienthong.facilities.notifications.rules import RESPONSIBLE_SPEAKS, first_moment, fitted, render
from lienthong.lib.dates import format_moment
from lienthong.people.organisation.queries import unit_by_id
from lienthong.people.organisation.values import UnitCard
from lienthong.people.parties.access import cards_of
from lienthong.people.parties.enums import ContactChannel
from lienthong.people.parties.values import PartyCard

if TYPE_CHECKING:
    from lienthong.facilities.casework.models import Case


def queue_message(*, actor: Actor, entry: Happened, template: TemplateName) -> int | None:
    """Write the message of an event for the case's party, by the channel they chose; returns its id.

    None where there is nobody to tell. An entry told again gives the message it made at first, whatever channel
    was chosen since. Whoever chose no channel is not written to: the row says so. At most nine statements.
    """
    if entry.case_id is None:
        return None
    former = Message.objects.filter(case_id=entry.case_id, entry_id=entry.id).values_list("pk", flat=True)
    if (kept := former.first()) is not None:
        return kept
    case = find_case(actor, entry.case_id)
    party = cards_of([case.party_id]).get(case.party_id) if case.party_id else None
    if party is None:
        return None
    message = _message(entry, case, party, template, now())
    message.save()
    if message.state == MessageState.WAITING:
        MessageAddress.objects.create(message=message, unit_id=message.unit_id, address=address_of(party))
        note_reading(actor, Subject("party", party.id), "message")
    return message.pk


def address_of(party: PartyCard) -> str:
    """Where the party is told, by the channel it chose."""
    return party.email if party.channel == ContactChannel.EMAIL else party.phone


def reference_of(case_id: int, entry_id: int, channel: str) -> UUID:
    """A message's own number: the same whenever it is asked for, so that nothing is written or sent twice."""
    return uuid5(NAMESPACE_URL, f"lienthong:message:{case_id}:{entry_id}:{channel}")


def _message(
    entry: Happened, case: "Case", party: PartyCard, template: TemplateName, at: datetime
) -> Message:
    speaks = case.responsible_unit_id if template in RESPONSIBLE_SPEAKS else case.receiving_unit_id
    unit = unit_by_id(speaks, at.date())
    message = Message(
        reference=reference_of(case.pk, entry.id, party.channel),
        case_id=case.pk,
        case_kind=case.kind,
        entry_id=entry.id,
        unit_id=unit.id,
        party_id=party.id,
        template=template,
        channel=party.channel,
        code=case.code,
        created_at=at,
        next_try_at=at,
    )
    if party.channel == ContactChannel.NONE:
        message.state = MessageState.NOT_WANTED
        return message
    _fill(message, entry, case, unit, template, at)
    if not address_of(party):
        message.state, message.reason = MessageState.FAILED, _("Chưa có số điện thoại hoặc địa chỉ thư.")
    return message


def _fill(
    message: Message, entry: Happened, case: "Case", unit: UnitCard, template: TemplateName, at: datetime
) -> None:
    wording = wording_of(template, unit.code, at.date())
    said = entry.data.get("due")
    due = said if isinstance(said, str) and said else format_moment(case.due_at) if case.due_at else ""
    filling = fitted(
        {
            Placeholder.CODE: case.code,
            Placeholder.UNIT: unit.name,
            Placeholder.DUE: due,
            Placeholder.LINK: link(),
        }
    )
    message.filling = {str(name): value for name, value in filling.items()}
    message.text = render(wording.text, filling)
    message.subject = _("Hồ sơ %(code)s: %(what)s") % {"code": case.code, "what": template.label}
    message.provider_template = wording.provider_template
    message.next_try_at = first_moment(at, present_rule(), message.channel)

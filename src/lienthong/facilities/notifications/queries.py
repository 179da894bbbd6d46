"""What pages show of messages and alerts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.facilities.notifications.access import alerts_of, messages_kept_by, messages_open_to
from lienthong.facilities.notifications.enums import OPEN_STATES, MessageState, Placeholder, TemplateName
from lienthong.facilities.notifications.models import (
    ChannelHealth,
    DigestMail,
    Message,
    MessageAddress,
    MessageRule,
    MessageTemplate,
)
from lienthong.facilities.notifications.rules import BUILT_IN, digest_reference, mask, render
from lienthong.facilities.notifications.values import (
    AlertLine,
    ChannelLine,
    DigestPlace,
    MessageLine,
    Rule,
    Shown,
    Wording,
)
from lienthong.people.parties.enums import ContactChannel

# The longest that no digest is written: the days off around Tết.
RECENT_DAYS = 14
CHANNELS = (ContactChannel.EMAIL, ContactChannel.SMS, ContactChannel.ZALO)
_LINE = (
    "pk", "case_id", "case_kind", "code", "template", "channel", "state", "reason", "tries", "created_at",
    "sent_at", "next_try_at", "unit_id",
)  # fmt: skip


def link() -> str:
    """The public page where whoever has the receipt looks a matter up."""
    return f"{settings.PUBLIC_URL}{reverse('lookup')}"


def present_rule() -> Rule:
    """The province's rule as it stands; the usual one where none is set. One statement."""
    row = MessageRule.objects.order_by("-id").first()
    if row is None:
        return Rule()
    return Rule(
        time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_to), row.mail_at_night, row.keep_days
    )


def wording_of(name: TemplateName, place: str, on: date) -> Wording:
    """The text at a place on a day: the unit's own, else the province's, else the product's. One statement.

    Of those that hold, the one that began last: a correction made today does not outlive what was set for a later day.
    """
    rows = MessageTemplate.objects.filter(name=name, place__in={place, ""}, valid_during__contains=on)
    row = rows.order_by("-place", "-valid_during__startswith", "-id").first()
    return _wording(row) if row else Wording(name, BUILT_IN[name])


def wordings(place: str) -> list[Shown]:
    """Every template at a place today, each with an example as it would arrive. One statement."""
    rows = MessageTemplate.objects.filter(place__in={place, ""}, valid_during__contains=today())
    newest: dict[str, Wording] = {}
    for row in rows.order_by("place", "valid_during__startswith", "id"):
        newest[row.name] = _wording(row)
    return [shown(newest.get(name, Wording(name, BUILT_IN[name]))) for name in TemplateName]


def former_wordings(name: TemplateName, place: str) -> list[MessageTemplate]:
    """What was set for a template at a place, the newest first. One statement."""
    return list(MessageTemplate.objects.filter(name=name, place=place).order_by("-id")[:20])


def shown(wording: Wording) -> Shown:
    """A template with its example. No statement."""
    example = render(wording.text, EXAMPLE | {Placeholder.LINK: link()})
    return Shown(wording, example, len(example))


def message_page(
    actor: Actor, *, state: str = "", unit_id: int | None = None, after: int = 0, limit: int = 50
) -> list[MessageLine]:
    """A page of messages, newest first; one line more than `limit`. Two statements.

    The addresses come by a statement of their own, which the database answers to the sending unit alone.
    """
    found = messages_kept_by(actor).order_by("-id")
    if state in MessageState.values:
        found = found.filter(state=state)
    if unit_id:
        found = found.filter(unit_id=unit_id)
    if after:
        found = found.filter(pk__lt=after)
    rows = [MessageLine(*row) for row in found.values_list(*_LINE)[: limit + 1]]
    masks = _masks([row.id for row in rows])
    return [_masked(row, masks) for row in rows]


def messages_of(actor: Actor, case_id: int, limit: int = 30) -> list[MessageLine]:
    """What the party of a case was told, newest first. Two statements."""
    found = messages_open_to(actor).filter(case_id=case_id).order_by("-id")
    rows = [MessageLine(*row) for row in found.values_list(*_LINE)[:limit]]
    masks = _masks([row.id for row in rows])
    return [_masked(row, masks) for row in rows]


def open_counts(actor: Actor) -> dict[str, int]:
    """How many messages wait, failed or are uncertain: by an index of what is not settled. One statement."""
    found = messages_kept_by(actor).filter(state__in=OPEN_STATES).values_list("state")
    return dict(found.annotate(number=Count("pk")))


def channels() -> list[ChannelLine]:
    """The state of each channel: connected or not, down since when, how many wait. Two statements."""
    health = {row.channel: row for row in ChannelHealth.objects.all()}
    waiting = dict(
        Message.objects.filter(state=MessageState.WAITING).values_list("channel").annotate(number=Count("pk"))
    )
    return [_channel(channel, health.get(channel), waiting.get(channel, 0)) for channel in CHANNELS]


def is_connected(channel: str) -> bool:
    """Whether this deployment has a carrier for the channel (deploy/README.md)."""
    return bool(settings.MESSAGE_CARRIERS.get(str(channel), {}).get("url"))


def unread(actor: Actor) -> tuple[int, int]:
    """How many alerts the acting post has not read, and the newest of them. One statement."""
    found = alerts_of(actor).filter(read_at__isnull=True).aggregate(number=Count("pk"), last=Max("pk"))
    return found["number"], found["last"] or 0


def alerts(actor: Actor, *, after: int = 0, limit: int = 30) -> list[AlertLine]:
    """What the acting post was told, newest first; one line more than `limit`. One statement."""
    found = alerts_of(actor).order_by("-id")
    if after:
        found = found.filter(pk__lt=after)
    return [
        AlertLine(
            row.pk, row.kind, row.case_id, row.case_kind, row.code, row.title, row.happened_at, bool(row.read_at)
        )
        for row in found[: limit + 1]
    ]  # fmt: skip


def digest_mail_of(actor: Actor) -> DigestPlace:
    """Where the acting post's digest is mailed to, and what became of its last letter. At most two statements."""
    account_id, post_id = actor.account_id or 0, actor.post_id or 0
    mail = DigestMail.objects.filter(account_id=account_id, post_id=post_id).exclude(email="").first()
    if mail is None:
        return DigestPlace()
    days = (today() - timedelta(days=back) for back in range(RECENT_DAYS))
    letters = Message.objects.filter(
        reference__in=[digest_reference(account_id, post_id, day) for day in days],
        created_at__gte=mail.set_at,  # of a letter to the former address nothing is said any more
    )
    last = letters.order_by("-created_at").values_list("state", "reason", "created_at").first()
    return DigestPlace(mail.email, *last) if last else DigestPlace(mail.email)


EXAMPLE: dict[str, str] = {
    Placeholder.CODE: "MH.79.27.475-261104-0123",
    Placeholder.UNIT: "UBND phường Mẫu",
    Placeholder.DUE: "17:00 05/11/2026",
}


def _wording(row: MessageTemplate) -> Wording:
    since = row.valid_during.lower
    return Wording(
        TemplateName(row.name),
        row.text,
        row.place,
        row.provider_template,
        since.isoformat() if since else "",
        row.set_by,
    )


def _masks(message_ids: Iterable[int]) -> dict[int, str]:
    rows = MessageAddress.objects.filter(pk__in=list(message_ids)).exclude(address="")
    return {pk: mask(address) for pk, address in rows.values_list("pk", "address")}


def _masked(row: MessageLine, masks: dict[int, str]) -> MessageLine:
    return replace(row, mask=masks.get(row.id, ""))


def _channel(channel: ContactChannel, row: ChannelHealth | None, waiting: int) -> ChannelLine:
    connected = is_connected(channel)
    if row is None:
        return ChannelLine(channel, connected, waiting)
    return ChannelLine(channel, connected, waiting, row.down_since, row.reason, row.last_sent_at)

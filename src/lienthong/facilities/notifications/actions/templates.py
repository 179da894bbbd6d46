"""The city sets what messages say, and when they may go. Every text is a dated row; none is overwritten."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.notifications.enums import TemplateName
from lienthong.facilities.notifications.models import MessageRule, MessageTemplate
from lienthong.facilities.notifications.queries import link
from lienthong.facilities.notifications.rules import (
    clock_in_words,
    why_not_rule,
    why_not_steer,
    why_not_text,
)
from lienthong.facilities.notifications.values import Rule
from lienthong.lib.dates import format_date
from lienthong.lib.text import nfc
from lienthong.people.organisation.queries import unit_by_code


@transaction.atomic
def set_template(
    *,
    actor: Actor,
    key: UUID,
    name: TemplateName,
    text: str,
    place: str = "",
    provider_template: str = "",
    valid_from: date | None = None,
) -> int:
    """Set what a message says in the province ("") or in one unit (its code), from a day on. Returns the row's id.

    Raises Refused: not the city's officer, unknown placeholder, too long, personal data; NotFound for the unit.
    """
    at, text = now(), " ".join(nfc(text).split())
    since = valid_from or at.date()
    body = {"name": str(name), "text": text, "place": place, "provider": provider_template, "from": since}
    former = begin_command(key, "notification.set_template", body, actor)
    if former is not None:
        return int(former)
    refusal = why_not_steer(actor) or why_not_text(text, link())
    if refusal:
        raise Refused.because(refusal, status=422)
    if place:
        unit_by_code(place, at.date())
    row = MessageTemplate(name=name, place=place, text=text, provider_template=provider_template.strip())
    row.valid_during, row.set_by, row.set_at = DateRange(since, None), actor.account_id, at
    row.save()
    data = {"template": str(name.label), "place": place, "from": format_date(since)}
    subject, closes = Subject("message_template", row.pk), (key, row.pk)
    record("notification.template_set", subject=subject, actor=actor, at=at, data=data, closes=closes)
    return row.pk


@transaction.atomic
def set_rule(*, actor: Actor, key: UUID, rule: Rule) -> int:
    """Set the quiet hours and how long addresses are kept, from now on. Returns the row's id."""
    quiet = f"{clock_in_words(rule.quiet_from)} - {clock_in_words(rule.quiet_to)}"
    body = {"quiet": quiet, "mail": rule.mail_at_night, "keep": rule.keep_days}
    former = begin_command(key, "notification.set_rule", body, actor)
    if former is not None:
        return int(former)
    refusal = why_not_steer(actor) or why_not_rule(rule)
    if refusal:
        raise Refused.because(refusal, status=422)
    at = now()
    row = MessageRule.objects.create(
        quiet_from=clock_in_words(rule.quiet_from),
        quiet_to=clock_in_words(rule.quiet_to),
        mail_at_night=rule.mail_at_night,
        keep_days=rule.keep_days,
        set_by=actor.account_id,
        set_at=at,
    )
    subject = Subject("message_rule", row.pk)
    record("notification.rule_set", subject=subject, actor=actor, at=at, data=body, closes=(key, row.pk))
    return row.pk

"""Saying what was seen of an item; putting a unit into service."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.people.organisation.enums import Level
from lienthong.people.organisation.queries import unit_by_id
from lienthong.work.readiness.enums import Item
from lienthong.work.readiness.models import GoLive, Tick
from lienthong.work.readiness.queries import standing_of
from lienthong.work.readiness.rules import live_already, why_not_go_live, why_not_see, why_not_tick


@transaction.atomic
def tick_item(
    *, actor: Actor, key: UUID, unit_id: int, item: Item, is_done: bool, seen_on: date, note: str = ""
) -> int:
    """Say that an item was seen in order, or not yet and what is missing. The former word is kept. Row's id."""
    at = now()
    told = {"unit": unit_id, "item": str(item), "done": is_done, "seen_on": seen_on, "note": note}
    former = begin_command(key, "readiness.tick", told, actor)
    if former is not None:
        return int(former)
    if why_not_see(actor, unit_id):
        raise NotFound
    refusal = why_not_tick(actor, unit_id, item, is_done=is_done, seen_on=seen_on, note=note, on=at.date())
    if refusal:
        raise Refused.because(refusal, status=422)
    row = Tick.objects.create(
        unit_id=unit_id,
        item=item,
        is_done=is_done,
        seen_on=seen_on,
        note=note.strip(),
        post_id=actor.acting_post,
        person_id=actor.acting_person,
    )
    record(
        "readiness.ticked" if is_done else "readiness.unticked",
        subject=Subject("unit", unit_id),
        actor=actor,
        at=at,
        data={"item": str(item.label), "word": str(item), "seen_on": seen_on.isoformat()},
        closes=(key, row.pk),
    )
    return row.pk


@transaction.atomic
def go_live(*, actor: Actor, key: UUID, unit_id: int, live_on: date, reason: str = "") -> int:
    """Put a unit into service from a day on. Raises Refused while items are missing and no reason is given."""
    at = now()
    told = {"unit": unit_id, "live_on": live_on, "reason": reason}
    former = begin_command(key, "readiness.go_live", told, actor)
    if former is not None:
        return int(former)
    unit = unit_by_id(unit_id, at.date())
    if unit.level != Level.COMMUNE or why_not_see(actor, unit_id):
        raise NotFound
    standing = standing_of(unit, at.date())
    missing = [cell.item for cell in standing.missing]
    refusal = why_not_go_live(
        actor,
        is_live=standing.live_on is not None,
        missing=missing,
        reason=reason,
        live_on=live_on,
        opened_on=at.date(),
    )
    if refusal:
        raise Refused.because(refusal, status=422)
    word: dict[str, Any] = {"missing": [str(item) for item in missing], "reason": reason.strip()}
    word |= {"live_on": live_on, "post_id": actor.acting_post, "decided_at": at}
    row, is_first = GoLive.objects.get_or_create(unit_id=unit_id, defaults=word)
    if not is_first:  # another officer decided since the checklist was read
        raise Refused.because(live_already(), status=422)
    record(
        "readiness.gone_live",
        subject=Subject("unit", unit_id),
        actor=actor,
        at=at,
        data={"live_on": f"{live_on:%d/%m/%Y}", "missing": row.missing, "reason": row.reason},
        closes=(key, row.pk),
    )
    return row.pk

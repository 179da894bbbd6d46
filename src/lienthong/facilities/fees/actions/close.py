"""The day's close: what was taken is counted once and can no longer be changed."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.fees import access, queries, rules
from lienthong.facilities.fees.models import DailyClose
from lienthong.facilities.fees.values import ClosedDay
from lienthong.lib.money import format_dong


def close_day(
    *,
    actor: Actor,
    key: UUID,
    day: date,
    counted_cash: int | None = None,
    seen: tuple[int, int] | None = None,
    at: datetime | None = None,
) -> ClosedDay:
    """Close the actor's unit's day: every receipt of it, voided ones too, is locked. Eight statements.

    `counted_cash`: what lay in the till, where somebody counted; a difference is kept, never evened out.
    `seen`: how many receipts and what total the closer was shown.

    Raises Refused (closed before, still to come, changed since it was shown, no duty).
    """
    refusal = rules.why_not_handle(actor, actor.unit_id)
    if refusal:
        raise Refused.because(refusal, status=403)
    at = at or now()
    with transaction.atomic():
        body = {"day": day, "unit": actor.unit_id, "cash": counted_cash}
        former = begin_command(key, "fee.close_day", body, actor)
        if former is not None:
            return ClosedDay(int(former), day, queries.totals(queries.receipts_of_day(actor, day)))
        access.hold(access.lock_of_day(actor.unit_id, day))
        closed = DailyClose.objects.filter(unit_id=actor.unit_id or 0, day=day).exists()
        refusal = rules.why_not_close(day, rules.day_of(at), closed)
        if refusal:
            raise Refused.because(refusal)
        done = _closed(actor, day, counted_cash, seen, at)
        finish_command(key, actor, done.id)
    return done


def _closed(
    actor: Actor, day: date, counted_cash: int | None, seen: tuple[int, int] | None, at: datetime
) -> ClosedDay:
    totals = queries.totals(queries.receipts_of_day(actor, day))
    refusal = rules.why_not_as_seen(totals, seen)
    if refusal:
        raise Refused.because(refusal)
    close = DailyClose.objects.create(
        unit_id=actor.unit_id or 0,
        day=day,
        receipts_count=totals.count,
        total=totals.total,
        counted_cash=counted_cash,
        post_id=actor.post_id,
        closed_at=at,
    )
    queries.of_day(actor.unit_id, day).update(close=close)
    record(
        "fee.day_closed",
        subject=Subject("daily_close", close.pk),
        actor=actor,
        at=at,
        data={
            "day": f"{day:%d/%m/%Y}",
            "count": totals.count,
            "voided": totals.voided,
            "total": format_dong(totals.total),
            "by_method": dict(totals.by_method),
            "counted_cash": counted_cash,
        },
    )
    return ClosedDay(close.pk, day, totals)

"""Pausing, resuming and extending: rows in the ledger, and the due date computed from them."""

from datetime import datetime

from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.enums import ClockKind
from lienthong.facilities.casework.models import Case, ClockEntry
from lienthong.facilities.casework.rules import calendar_of, due_from_ledger, limit_of, minutes_left


def pause_clock(
    case: Case,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    document: str = "",
    note: str = "",
    place: str = "",
) -> None:
    """Stop the clock: the case keeps its remaining minutes instead of a due date. One statement.

    Sets the fields of `case`; the caller's act saves them with its state. Raises Refused when already paused.
    """
    if case.due_at is None:
        raise Refused(code="clock.paused", sentence="Thời hạn của vụ việc này đang tạm dừng rồi.")
    limit = limit_of(case.limit_amount, case.limit_unit)
    calendar = calendar_of(case.place, case.cutoff)
    case.remaining = minutes_left(case.due_at, case.clock_start, limit, at, calendar)
    case.due_at = None
    ClockEntry.objects.create(
        case=case,
        kind=ClockKind.PAUSE,
        reason=reason,
        document=document,
        note=note,
        from_at=max(at, case.clock_start),
        post_id=actor.post_id,
    )


def resume_clock(case: Case, *, actor: Actor, at: datetime) -> None:
    """Let the clock run again from where it stood. Two statements; the caller's act saves the case."""
    rows = list(case.clock.order_by("from_at", "id"))
    if not rows or rows[-1].kind != ClockKind.PAUSE or rows[-1].to_at is not None:
        raise Refused(code="clock.running", sentence="Thời hạn của vụ việc này không bị tạm dừng.")
    last = rows[-1]
    last.to_at, last.closed_by_post_id = max(at, last.from_at), actor.post_id
    last.save(update_fields=["to_at", "closed_by_post_id"])
    limit = limit_of(case.limit_amount, case.limit_unit)
    case.due_at = due_from_ledger(case.clock_start, limit, rows, calendar_of(case.place, case.cutoff))
    case.remaining = None


def extend_clock(
    case: Case,
    *,
    actor: Actor,
    at: datetime,
    amount: int,
    unit: str,
    document: str,
    reason: str,
    place: str = "",
) -> datetime:
    """Add an extension behind the present due date; returns the new one. The first promise stays.

    Two statements; the caller's act saves the case. Raises Refused while the clock is paused.
    """
    if case.due_at is None:
        raise Refused(
            code="clock.paused",
            sentence="Thời hạn đang tạm dừng; tiếp nhận bổ sung trước rồi mới gia hạn.",
        )
    rows = list(case.clock.order_by("from_at", "id"))
    rows.append(
        ClockEntry.objects.create(
            case=case,
            kind=ClockKind.EXTENSION,
            reason="extension",
            note=reason[:400],
            document=document,
            from_at=max(at, case.clock_start),
            amount=amount,
            unit=unit,
            post_id=actor.post_id,
        )
    )
    limit = limit_of(case.limit_amount, case.limit_unit)
    case.due_at = due_from_ledger(case.clock_start, limit, rows, calendar_of(case.place, case.cutoff))
    case.extensions += 1
    return case.due_at

"""Keeping the books: a number that is not used is voided and replaced; a month that is over is closed."""

from typing import Any
from uuid import UUID

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.numbering.actions import hold_series
from lienthong.core.numbering.actions import void_number as void_in_series
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import one_act
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.work.certification.actions.paper import freeze_renumbered
from lienthong.work.certification.actions.sign import enter_in_book
from lienthong.work.certification.actions.step import Step, begin_step, demand
from lienthong.work.certification.enums import Book
from lienthong.work.certification.models import BookEntry, MonthClosing
from lienthong.work.certification.queries import closed_month_of, closing_of, month_book, open_month_before
from lienthong.work.certification.rules import (
    closed_month,
    why_not_close,
    why_not_keep_books,
    why_not_void,
)
from lienthong.work.certification.values import BookNumber, ClosedMonth

EARLIEST = 2000


@one_act
def void_number(*, actor: Actor, key: UUID, certification_id: int, item_id: int, reason: str) -> BookNumber:
    """Void an item's number with the reason (a spoilt page); the item takes the next one, which is returned.

    Raises Refused where the month of the number is closed, NotFound.
    """
    step, former = begin_step(
        actor=actor,
        verb="void_number",
        certification_id=certification_id,
        key=key,
        body={"item": item_id, "reason": reason},
        lifecycle=False,
    )
    if step is None:
        return BookNumber(*former)
    entry = _voidable(step, item_id, reason)
    _void(step, entry, reason)
    unit_id, book = step.case.responsible_unit_id, step.certification.book
    (anew,) = enter_in_book([entry.item], unit_id=unit_id, book=book, at=step.at)
    freeze_renumbered(actor, step.certification, step.at)
    step.case.version += 1
    step.end(
        "certification.number_voided",
        data={"number": entry.number, "book": book, "year": entry.year, "anew": anew.number},
        result=[anew.item_id, anew.book, anew.year, anew.number],
    )
    return anew


@one_act
def close_month(*, actor: Actor, key: UUID, book: str, year: int, month: int) -> ClosedMonth:
    """Close a month of a book of the actor's unit: first and last number, count, digest; then nothing changes it.

    Raises Refused: the month is not over, closed before, or an earlier one is open.
    """
    demand(why_not_keep_books(actor))
    if book not in Book.values or year < EARLIEST:
        raise NotFound
    told = {"book": book, "year": year, "month": month, "unit": actor.unit_id}
    former = begin_command(key, "certification.close_month", told, actor)
    if former is not None:
        return closed_month_of(MonthClosing.objects.get(pk=int(former)))
    hold_series(actor.unit_id or 0, book, str(year))
    at = now()
    is_open = 1 <= month <= 12 and closing_of(actor.unit_id, book, year, month) is None
    earlier = open_month_before(actor.unit_id, book, year, month) if is_open else None
    refusal = why_not_close(year=year, month=month, today=at.date(), is_closed=not is_open, earlier=earlier)
    demand(refusal, status=422)
    row = _closed(actor, book, year, month, {"closed_at": at, "post_id": actor.acting_post})
    record(
        "certification.month_closed",
        subject=Subject("month_closing", row.pk),
        actor=actor,
        at=at,
        data={"book": book, "month": f"{month:02d}", "year": year, "count": row.count, "digest": row.digest},
        closes=(key, row.pk),
    )
    return closed_month_of(row)


def _closed(actor: Actor, book: str, year: int, month: int, by: dict[str, Any]) -> MonthClosing:
    """The month's row; the second of two who close at once is told that it is closed."""
    sheet = month_book(actor, book, year, month)
    row, is_first = MonthClosing.objects.get_or_create(
        unit_id=actor.unit_id,
        book=book,
        year=year,
        month=month,
        defaults={
            "first_number": sheet.first,
            "last_number": sheet.last,
            "count": len(sheet.lines),
            "voided": sheet.voided,
            "digest": sheet.digest,
            **by,
        },
    )
    if not is_first:
        raise Refused.because(closed_month())
    return row


def _voidable(step: Step, item_id: int, reason: str) -> BookEntry:
    """The number in use of an item of this certification. Raises Refused where it cannot be voided."""
    rows = BookEntry.objects.filter(item__certification_id=step.case.pk, item_id=item_id)
    entry = rows.filter(voided_at__isnull=True).select_related("item").first()
    local = entry.issued_at.astimezone(step.at.tzinfo) if entry else step.at
    unit_id, book = step.case.responsible_unit_id, step.certification.book
    if entry:
        hold_series(unit_id, book, str(entry.year))
    demand(
        why_not_keep_books(step.actor),
        why_not_void(
            reason=reason,
            has_number=entry is not None,
            month_closed=closing_of(unit_id, book, local.year, local.month) is not None,
        ),
        status=422,
    )
    if entry is None:
        raise LookupError(item_id)
    return entry


def _void(step: Step, entry: BookEntry, reason: str) -> None:
    void_in_series(
        entry.unit_id, entry.book, str(entry.year), entry.number, actor=step.actor, reason=reason, at=step.at
    )
    BookEntry.objects.filter(pk=entry.pk).update(voided_at=step.at, void_reason=reason.strip())

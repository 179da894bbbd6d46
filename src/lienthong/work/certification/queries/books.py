"""Reading the books: a month's rows and its digest, which months are closed."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet

from lienthong.core.scope.values import Actor
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.canonical import digest
from lienthong.work.certification.models import BookEntry, MonthClosing
from lienthong.work.certification.values import ClosedMonth, EntryLine, MonthBook

_LINE = (
    "number",
    "item__certification__case__code",
    "item__certification_id",
    "item__certification__task_code",
    "item__document_name",
    "item__pages",
    "item__copies",
    "item__certification__attestation__capacity",
    "item__certification__attestation__post_id",
    "item__certification__attestation__warrant__signed_as__name",
    "issued_at",
    "voided_at",
    "void_reason",
)


def month_book(actor: Actor, book: str, year: int, month: int) -> MonthBook:
    """The rows of a month of a book of the actor's unit, voided ones too, and when it was closed. Two statements."""
    closing = closing_of(actor.unit_id, book, year, month)
    lines = tuple(EntryLine(*row) for row in _rows(actor.unit_id, book, year, month))
    return MonthBook(book, year, month, lines, digest_of(lines), closing.closed_at if closing else None)


def digest_of(lines: tuple[EntryLine, ...]) -> str:
    """The digest of a month's rows as they stand."""
    return digest([_plain(line) for line in lines])


def closing_of(unit_id: int | None, book: str, year: int, month: int) -> MonthClosing | None:
    """The closing of a unit's month; None while it is open. One statement."""
    return MonthClosing.objects.filter(unit_id=unit_id, book=book, year=year, month=month).first()


def closings_of(actor: Actor, year: int) -> list[ClosedMonth]:
    """The closed months of a year of the actor's unit, newest first. One statement."""
    rows = MonthClosing.objects.filter(unit_id=actor.unit_id, year=year).order_by("-month", "book")
    return [closed_month_of(row) for row in rows]


def closed_month_of(row: MonthClosing) -> ClosedMonth:
    """The closing as a plain value."""
    return ClosedMonth(
        row.pk,
        row.book,
        row.year,
        row.month,
        row.count,
        row.voided,
        row.first_number,
        row.last_number,
        row.digest,
        row.closed_at,
        row.post_id,
    )


def closings_checked() -> Iterator[tuple[str, bool]]:
    """Every closed month in words, and whether its rows still are what was closed. A statement each; system only."""
    for row in MonthClosing.objects.order_by("unit_id", "book", "year", "month").iterator():
        lines = tuple(EntryLine(*one) for one in _rows(row.unit_id, row.book, row.year, row.month))
        yield f"{row.book} {row.month:02d}/{row.year}, đơn vị {row.unit_id}", digest_of(lines) == row.digest


def open_month_before(unit_id: int | None, book: str, year: int, month: int) -> tuple[int, int] | None:
    """The earliest month before this one that has rows and is not closed. Two statements."""
    begin = datetime(year, month, 1, tzinfo=VIETNAM)
    months = BookEntry.objects.filter(unit_id=unit_id, book=book, issued_at__lt=begin)
    held = {(day.year, day.month) for day in months.datetimes("issued_at", "month", tzinfo=VIETNAM)}
    closed = set(MonthClosing.objects.filter(unit_id=unit_id, book=book).values_list("year", "month"))
    return min(held - closed, default=None)


def _rows(unit_id: int | None, book: str, year: int, month: int) -> "QuerySet[Any, Any]":
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    begin, end = (datetime.combine(day, time.min, VIETNAM) for day in (first, after))
    rows = BookEntry.objects.filter(unit_id=unit_id, book=book, issued_at__gte=begin, issued_at__lt=end)
    return rows.order_by("number").values_list(*_LINE)


def _plain(line: EntryLine) -> list[Any]:
    return [
        line.number,
        line.code,
        line.task_code,
        line.document_name,
        line.pages,
        line.copies,
        line.capacity,
        line.signer_post_id,
        line.issued_at,
        line.voided_at,
        line.void_reason,
    ]

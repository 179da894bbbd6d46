"""Receipts and closes as PDF: drawn from what was frozen, each reading written down."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lienthong.core.journal.actions import note_reading, note_reading_apart
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.facilities.documents.queries import letterhead
from lienthong.facilities.fees import access, queries
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import holder_of, unit_by_id


@needs("fees")
@require_safe
def fee_receipt_pdf(request: HttpRequest, receipt_id: int) -> HttpResponse:
    """A receipt, opened ready to print; a voided one says so."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    subject = Subject("receipt", receipt_id)
    try:
        drawn = queries.receipt_pdf(actor, receipt_id)
    except NotFound:
        note_reading_apart(actor, subject, "fee_receipt_pdf", allowed=False)
        raise
    note_reading(actor, subject, "fee_receipt_pdf")
    return _pdf(drawn, f"bien-lai-{receipt_id}")


@needs("fees")
@require_safe
def fee_close_pdf(request: HttpRequest, day: str) -> HttpResponse:
    """The paper of a closed day of the acting unit, opened ready to print."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        closed_on = date.fromisoformat(day)
    except ValueError as error:
        raise NotFound from error
    close = access.find_close(actor, closed_on)
    if close is None:
        raise NotFound
    note_reading(actor, Subject("daily_close", close.pk), "fee_close_pdf")
    drawn = queries.close_pdf(
        actor,
        closed_on,
        letterhead=letterhead(unit_by_id(actor.unit_id or 0, close.closed_at.date()), close.closed_at),
        cashier_name=_closer(actor, close.post_id, close.closed_at),
    )
    return _pdf(drawn, f"bang-chot-{day}")


def _closer(actor: Actor, post_id: int | None, at: datetime) -> str | None:
    """Who closed the day; nobody has to be asked for where it is the one who prints."""
    if post_id is None or post_id == actor.post_id:
        return actor.name if post_id else None
    holder = holder_of(post_id, at)
    return holder.name if holder else None


def _pdf(drawn: bytes, name: str) -> HttpResponse:
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

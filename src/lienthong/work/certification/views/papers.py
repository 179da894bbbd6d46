"""The papers: attestations, the slip with the date, the refusal, and the month of a book. Each reading is noted."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.queries import full_timeline
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.queries import form_pdf, forms_of_case, render
from lienthong.facilities.documents.queries import letterhead as centre_letterhead
from lienthong.facilities.documents.values import (
    BookLine,
    Form,
    IntakeReceipt,
    Lack,
    Paper,
    Refusal,
    RegisterClosing,
)
from lienthong.facilities.fees.queries import dues_of
from lienthong.lib.money import format_dong
from lienthong.people.identity.middleware import needs
from lienthong.people.organisation.queries import holders_of, unit_by_id
from lienthong.work.certification.enums import Book
from lienthong.work.certification.forms.acts import BookForm
from lienthong.work.certification.queries import closing_of, head_of, items_of, month_book
from lienthong.work.certification.queries.desk import persons_of
from lienthong.work.certification.values import EntryLine
from lienthong.work.certification.views.acting import actor_of, found_with_person


@needs()
@require_safe
def certification_paper(request: HttpRequest, certification_id: int) -> HttpResponse:
    """Lời chứng, a text for each number, drawn from what was frozen with the signature."""
    row = found_with_person(request, certification_id)
    forms = [line for line in forms_of_case(row.pk) if line.form == FormKind.ATTESTATION]
    if not forms:
        raise NotFound
    actor = actor_of(request)
    note_reading(actor, Subject("certification", row.pk), "certification_paper")
    return _answer(form_pdf(actor, forms[-1].id), f"loi-chung-{row.pk}")


@needs()
@require_safe
def certification_slip(request: HttpRequest, certification_id: int) -> HttpResponse:
    """The slip with the date, for what is not answered in one sitting; it is the paper of an extension too."""
    row, actor = found_with_person(request, certification_id), actor_of(request)
    note_reading(actor, Subject("certification", row.pk), "certification_slip")
    case = row.case
    unit = unit_by_id(case.responsible_unit_id, localtime(case.opened_at).date())
    slip = IntakeReceipt(
        letterhead=centre_letterhead(unit, now()),
        code=case.code,
        applicant_name=case.subject_name,
        procedure=case.title,
        address=row.address or None,
        received_at=case.opened_at,
        promised_at=case.due_at or case.promised_at,
        papers=tuple(Paper(name=one.document_name, originals=1) for one in items_of(row.pk)),
        fee_text=format_dong(dues_of(row.pk).due),
    )
    return _pdf(slip, f"phieu-hen-{row.pk}")


@needs()
@require_safe
def certification_refusal(request: HttpRequest, certification_id: int) -> HttpResponse:
    """The refusal in writing, with its reason and article."""
    row, actor = found_with_person(request, certification_id), actor_of(request)
    told = [pair for pair in full_timeline(row.pk) if pair[0].verb == "certification.refused"]
    if not told:
        raise NotFound
    note_reading(actor, Subject("certification", row.pk), "certification_refusal")
    line, personal = told[-1]
    case, at = row.case, localtime(line.at)
    paper = Refusal(
        letterhead=centre_letterhead(unit_by_id(case.responsible_unit_id, at.date()), at),
        code=case.code,
        applicant_name=case.subject_name,
        procedure=case.title,
        address=row.address or None,
        presented_at=case.opened_at,
        reasons=(
            Lack(
                what=_("Yêu cầu chứng thực"),
                why=str(personal.get("reason", "")) or None,
                legal_basis=row.refused_article or None,
            ),
        ),
    )
    return _pdf(paper, f"tu-choi-{row.pk}")


@needs()
@require_safe
def certification_book_pdf(request: HttpRequest) -> HttpResponse:
    """A month of a book: every number in order, those voided with their reason; closed or as it stands."""
    actor, form = actor_of(request), BookForm(request.GET)
    if not form.is_valid() or actor.unit_id is None:
        raise NotFound
    book, year, month = (form.cleaned_data[name] for name in ("book", "year", "month"))
    note_reading(actor, Subject("certification_book", actor.unit_id), "certification_book_pdf")
    return _pdf(_month(actor, actor.unit_id, book, year, month), f"so-chung-thuc-{year}-{month:02d}")


def _month(actor: Actor, unit_id: int, book: str, year: int, month: int) -> RegisterClosing:
    """The month as it was closed, or as it stands."""
    sheet, closing = month_book(actor, book, year, month), closing_of(unit_id, book, year, month)
    at = localtime(closing.closed_at) if closing else now()
    return RegisterClosing(
        letterhead=head_of(unit_by_id(unit_id, at.date()), at),
        book=book,
        title=str(Book(book).label),
        month=month,
        year=year,
        first_number=_padded(sheet.first),
        last_number=_padded(sheet.last),
        lines=_book_lines(actor, sheet.lines),
        closed_at=closing.closed_at if closing else None,
        digest=closing.digest if closing else None,
        closer_name=_holder_name(closing.post_id, at) if closing else None,
    )


def _book_lines(actor: Actor, lines: tuple[EntryLine, ...]) -> tuple[BookLine, ...]:
    people = persons_of(actor, [line.case_id for line in lines])
    return tuple(_book_line(line, people) for line in lines)


def _holder_name(post_id: int, at: datetime) -> str | None:
    holder = holders_of([post_id], at).get(post_id)
    return holder.name if holder else None


def _book_line(line: EntryLine, people: dict[int, str]) -> BookLine:
    return BookLine(
        number=f"{line.number:02d}",
        entered_on=localtime(line.issued_at).date(),
        person_name=people.get(line.case_id),
        document=line.document_name,
        copies=line.copies,
        pages=line.pages,
        signer_name=line.signer_name or None,
        void_reason=line.void_reason or None,
    )


def _padded(number: int | None) -> str | None:
    return None if number is None else f"{number:02d}"


def _pdf(paper: Form, name: str) -> HttpResponse:
    return _answer(render(paper), name)


def _answer(drawn: bytes, name: str) -> HttpResponse:
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

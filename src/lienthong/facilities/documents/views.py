"""Papers over HTTP: streamed, never run, each reading written down."""

from typing import TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.core.journal.actions import note_reading
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.facilities.documents import access, queries, rules
from lienthong.facilities.documents.enums import ScanState
from lienthong.facilities.documents.models import Attachment
from lienthong.people.identity.middleware import needs

Response = TypeVar("Response", bound=HttpResponseBase)

# What a stranger's file may do in the reader's browser: nothing.
SHUT = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox"


@needs()  # type: ignore[type-var]  # a streamed answer is no HttpResponse
@require_safe
def attachment_download(request: HttpRequest, attachment_id: int) -> HttpResponseBase:
    """The bytes of a paper: pictures and PDF in a sandbox, everything else only to be saved."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    subject = Subject("attachment", attachment_id)
    try:
        paper = access.find_attachment(actor, attachment_id)
        response = _streamed(paper)
    except Refused as refused:
        note_reading(actor, subject, "attachment_download", allowed=False)
        return _refusal(request, refused)
    note_reading(actor, subject, "attachment_download")
    return response


@needs()
@require_safe
def form_pdf(request: HttpRequest, form_id: int) -> HttpResponse:
    """An issued form, drawn from its frozen content, opened ready to print."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    subject = Subject("issued_form", form_id)
    try:
        drawn = queries.form_pdf(actor, form_id)
    except NotFound as missing:
        note_reading(actor, subject, "form_pdf", allowed=False)
        return _refusal(request, missing)
    note_reading(actor, subject, "form_pdf")
    response = HttpResponse(drawn, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bieu-mau-{form_id}.pdf"'
    return _private(response)


def _streamed(paper: Attachment) -> FileResponse:
    """Raises NotFound where the paper was taken out or its bytes are gone, Refused where it is infected."""
    if paper.file.scan_state == ScanState.INFECTED:
        raise Refused.because(rules.infected(), status=410)
    path = queries.stored_path(paper.file.sha256)
    if paper.withdrawn_at is not None or not path.is_file():
        raise NotFound
    response = FileResponse(
        path.open("rb"),
        as_attachment=paper.file.media_type not in rules.SHOWN_INLINE,
        filename=paper.file_name,
        content_type=paper.file.media_type,
    )
    response["Content-Security-Policy"] = SHUT
    return _private(response)


def _private(response: Response) -> Response:
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Returned, not raised: so the note of the refused reading is kept."""
    said = refused.refusal
    page = {"heading": _("Không mở được giấy tờ"), "sentence": said.sentence, "code": said.code}
    return render_page(request, "shell/error.html", page, status=refused.status)

"""Papers over HTTP: streamed, shut in, and every reading written down."""

from typing import Any

import pytest
from django.db import connection
from django.http import FileResponse
from django.test import RequestFactory

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.facilities.documents import queries, views
from lienthong.facilities.documents.actions import issue_form, withdraw_attachment
from lienthong.facilities.documents.enums import FormKind, ScanState
from lienthong.facilities.documents.models import StoredFile
from tests.facilities.documents.conftest import CASE, DOCX, PDF, PNG, UNIT
from tests.facilities.documents.test_typesetting import RECEIPT, at


def got(view: Any, actor: Actor, number: int, method: str = "get") -> Any:
    request = getattr(RequestFactory(), method)("/")
    request.actor = actor
    with entered(actor):
        return view(request, number)


def readings() -> list[tuple]:
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT account_id, subject_kind, subject_id, purpose, allowed FROM journal_reading ORDER BY id"
        )
        return cursor.fetchall()


def test_a_pdf_opens_in_the_browser_shut_in_a_sandbox(attach, officers) -> None:
    paper_id = attach(name="đơn.pdf")
    answer = got(views.attachment_download, officers.clerk, paper_id)
    assert isinstance(answer, FileResponse)
    assert b"".join(answer.streaming_content) == PDF
    answer.file_to_stream.close()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert readings() == [(officers.clerk.account_id, "attachment", paper_id, "attachment_download", True)]


@pytest.mark.parametrize(
    ("content", "name", "disposition"), [(PNG, "a.png", "inline"), (DOCX, "a.docx", "attachment")]
)
def test_only_pictures_and_pdf_are_shown(attach, officers, content, name, disposition: str) -> None:
    answer = got(views.attachment_download, officers.clerk, attach(content, name=name))
    assert answer["Content-Disposition"].startswith(disposition)
    answer.file_to_stream.close()


def test_a_stranger_gets_what_a_missing_paper_gets_and_it_is_written_down(attach, officers) -> None:
    paper_id = attach()
    foreign = got(views.attachment_download, officers.stranger, paper_id)
    missing = got(views.attachment_download, officers.stranger, paper_id + 1000)
    assert (foreign.status_code, foreign.content) == (404, missing.content)
    assert [row[4] for row in readings()] == [False, False]


def test_withdrawn_infected_and_lost_papers_are_not_handed_out(attach, officers) -> None:
    from uuid import uuid4

    gone, infected, lost = attach(), attach(PNG, name="a.png"), attach(DOCX, name="a.docx")
    with entered(officers.clerk):
        withdraw_attachment(actor=officers.clerk, key=uuid4(), attachment_id=gone, reason="nhầm")
    StoredFile.objects.filter(media_type="image/png").update(scan_state=ScanState.INFECTED)
    queries.stored_path(StoredFile.objects.get(media_type__contains="word").sha256).unlink()
    answers = [got(views.attachment_download, officers.clerk, paper) for paper in (gone, infected, lost)]
    assert [answer.status_code for answer in answers] == [404, 410, 404]
    assert "mã độc" in answers[1].content.decode()


def test_a_form_opens_ready_to_print(officers) -> None:
    with entered(officers.clerk):
        form_id = issue_form(
            actor=officers.clerk,
            case_id=CASE,
            unit_id=UNIT,
            form=FormKind.INTAKE_RECEIPT,
            content=RECEIPT,
            at=at(7),
        )
    answer = got(views.form_pdf, officers.clerk, form_id)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("inline")
    assert got(views.form_pdf, officers.stranger, form_id).status_code == 404
    assert [row[1:] for row in readings()] == [
        ("issued_form", form_id, "form_pdf", True),
        ("issued_form", form_id, "form_pdf", False),
    ]


def test_reading_takes_two_statements(attach, officers, statements) -> None:
    paper_id = attach()
    assert (
        statements(lambda: got(views.attachment_download, officers.clerk, paper_id).file_to_stream.close())
        == 2
    )


def test_papers_are_only_read_here_and_only_by_officers(attach, officers) -> None:
    paper_id = attach()
    assert got(views.attachment_download, officers.clerk, paper_id, "post").status_code == 405
    assert (views.attachment_download.open_to, views.form_pdf.open_to) == ((), ())

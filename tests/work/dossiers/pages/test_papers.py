"""Attaching files and using held papers again: each file by itself, a refused one named."""

from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.documents.queries import attachments_of
from tests.work.dossiers.pages.conftest import Stage

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.FILES_ROOT = tmp_path


def kept(dossier_id: int) -> list[str]:
    with entered(SYSTEM):
        return [row.file_name for row in attachments_of(dossier_id)]


def send(stage: Stage, browser: Client, dossier_id: int, *files: tuple[str, bytes], **words: object):  # type: ignore[no-untyped-def]
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    data = {"key": words.pop("key", uuid4()), "paper": "", "other": "Tờ khai", "uploads": uploads, **words}
    return browser.post(f"/dossiers/{dossier_id}/attach/", data)


def test_several_files_are_kept_and_the_journal_says_so(stage: Stage) -> None:
    dossier_id = stage.received()
    done = send(stage, stage.browser(stage.clerk), dossier_id, ("a.pdf", PDF), ("b.pdf", PDF + b"\n"))
    assert done.status_code == 302
    assert kept(dossier_id) == ["a.pdf", "b.pdf"]
    assert stage.told(dossier_id)[-2:] == ["document.attached"] * 2


def test_the_same_upload_again_is_kept_once(stage: Stage) -> None:
    dossier_id, key = stage.received(), uuid4()
    for _ in range(2):
        send(stage, stage.browser(stage.clerk), dossier_id, ("a.pdf", PDF), key=key)
    assert kept(dossier_id) == ["a.pdf"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trang.html", b"<html><script>1</script>"),
        ("rong.pdf", b""),
        ("../../x.exe", b"MZ\x90"),
        ("gia.pdf", b"MZ\x90"),
    ],
)
def test_a_bad_file_is_named_and_the_good_one_beside_it_is_kept(
    stage: Stage, name: str, content: bytes
) -> None:
    dossier_id = stage.received()
    back = send(stage, stage.browser(stage.clerk), dossier_id, ("tot.pdf", PDF), (name, content))
    text = unescape(back.content.decode())
    assert back.status_code == 422
    assert name.rpartition("/")[2] in text
    assert "Đã lưu 1 tệp" in text
    assert "Tờ khai" in text, "the paper's name is still there"
    assert kept(dossier_id) == ["tot.pdf"]


def test_no_file_is_said(stage: Stage) -> None:
    dossier_id = stage.received()
    back = stage.browser(stage.clerk).post(
        f"/dossiers/{dossier_id}/attach/", {"key": uuid4(), "other": "Tờ khai"}
    )
    assert back.status_code == 422
    assert "Hãy chọn ít nhất một tệp" in unescape(back.content.decode())


def test_a_leader_puts_no_paper_in_and_a_stranger_sees_no_dossier(stage: Stage) -> None:
    dossier_id = stage.received()
    assert send(stage, stage.browser(stage.cast.chair), dossier_id, ("a.pdf", PDF)).status_code == 422
    assert send(stage, stage.browser(stage.cast.stranger), dossier_id, ("a.pdf", PDF)).status_code == 404
    assert kept(dossier_id) == []


def test_a_paper_the_same_person_has_given_is_offered_and_used_again(stage: Stage) -> None:
    first = stage.received(number="079190555001")
    paper = stage.dossier(first).papers[0]["name"]
    browser = stage.browser(stage.clerk)
    send(stage, browser, first, ("giay.pdf", PDF), paper=paper, other="")
    second, stranger = stage.received(number="079190555001"), stage.received(number="079190555002")
    assert "giay.pdf" in unescape(browser.get(f"/dossiers/{second}/reuse/").content.decode())
    assert "giay.pdf" not in unescape(browser.get(f"/dossiers/{stranger}/reuse/").content.decode())
    with entered(SYSTEM):
        held = attachments_of(first)[0].id
    key = uuid4()
    for _ in range(2):
        assert stage.post(browser, second, "reuse", attachment_ids=[held], key=key).status_code == 302
    assert kept(second) == ["giay.pdf"]
    assert stage.told(second)[-1] == "document.reused"
    assert stage.post(browser, stranger, "reuse", attachment_ids=[held]).status_code == 422
    assert kept(stranger) == []

"""What may be attached: by content and by name, each refusal with its own sentence."""

import io
import zipfile
from pathlib import Path

import pytest

from lienthong.facilities.documents import rules
from lienthong.facilities.documents.rules.limits import DANGEROUS_EXTENSIONS, LONGEST_NAME
from tests.facilities.documents.conftest import DOCX, JPEG, ODT, PDF, PNG, TIFF, XLSX, packed

CFB = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


@pytest.fixture
def judged(tmp_path: Path):
    def judge(content: bytes, name: str) -> str | None:
        path = tmp_path / "f"
        path.write_bytes(content)
        with path.open("rb") as file:
            refusal = rules.why_not_keep(file, len(content), rules.cleaned_name(name))
        if refusal:
            assert len(refusal.sentence) > 20
            assert refusal.sentence.endswith(".")
        return refusal.code if refusal else None

    return judge


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "a.pdf"),
        (PDF, "A.PDF"),
        (PNG, "a.png"),
        (JPEG, "a.jpg"),
        (JPEG, "a.jpeg"),
        (TIFF, "a.tif"),
        (DOCX, "a.docx"),
        (XLSX, "a.xlsx"),
        (ODT, "a.odt"),
        (PDF, "QĐ 12.2025 UBND.bản sao.pdf"),
    ],
)
def test_papers_that_offices_use_are_taken(judged, content: bytes, name: str) -> None:
    assert judged(content, name) is None


@pytest.mark.parametrize("extension", [*sorted(DANGEROUS_EXTENSIONS), "zip", "doc", "", "gif"])
def test_other_types_are_refused_whatever_they_hold(judged, extension: str) -> None:
    assert judged(PDF, f"a.{extension}") == "file.type_forbidden"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "file.empty"),
        (PNG, "a.pdf", "file.type_mismatch"),
        (PDF, "a.jpg", "file.type_mismatch"),
        (DOCX, "a.xlsx", "file.type_mismatch"),
        (b"<html><script>alert(1)</script></html>", "a.pdf", "file.damaged_or_other"),
        (b"MZ\x90\0" + b"\0" * 90, "a.png", "file.damaged_or_other"),
        (b"PK\x03\x04broken", "a.docx", "file.damaged_or_other"),
        (packed("anything"), "a.docx", "file.damaged_or_other"),
        (b"\n" + PDF, "a.pdf", "file.damaged_or_other"),
        (PDF, "don.exe.pdf", "file.name_double"),
        (PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 5 0 R"), "a.pdf", "file.encrypted"),
        (PDF.replace(b"/Root 1 0 R", b"/Encrypt<</V 1>>"), "a.pdf", "file.encrypted"),
        (CFB, "a.docx", "file.encrypted"),
        (CFB, "a.xlsx", "file.encrypted"),
        (
            packed("content.xml", **{"META-INF__manifest.xml": b"<encryption-data/>"}),
            "a.odt",
            "file.encrypted",
        ),
        (packed("word/document.xml", "word/vbaProject.bin"), "a.docx", "file.macro"),
        (packed("content.xml", "Basic/Standard/Module1.xml"), "a.odt", "file.macro"),
        (PDF + packed("evil.class"), "a.pdf", "file.two_in_one"),
        (JPEG + packed("evil.class"), "a.jpg", "file.two_in_one"),
        (PNG[:20] + b"<script>alert(1)</script>" + PNG[20:], "a.png", "file.two_in_one"),
        (JPEG + b"<?php system(1);", "a.jpg", "file.two_in_one"),
    ],
)
def test_bad_content_is_refused_with_its_own_code(judged, content: bytes, name: str, code: str) -> None:
    assert judged(content, name) == code


def test_an_encrypted_part_is_seen(judged) -> None:
    marked = bytearray(DOCX)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):  # local header: flags at 6; central directory: at 8
        start = marked.find(mark)
        while start >= 0:
            marked[start + (6 if mark == b"PK\x03\x04" else 8)] |= 1
            start = marked.find(mark, start + 4)
    assert judged(bytes(marked), "a.docx") == "file.encrypted"


def test_a_file_that_unpacks_out_of_proportion_is_refused(judged) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (201 * 1024 * 1024))
    assert judged(target.getvalue(), "a.docx") == "file.unpacks_too_large"


def test_the_limit_of_size_is_said_with_its_number() -> None:
    refusal = rules.why_not_keep(io.BytesIO(PDF), rules.LARGEST_FILE + 1, "a.pdf")
    assert refusal is not None
    assert refusal.code == "file.too_large"
    assert "20 MB" in refusal.sentence


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\đơn.pdf", "đơn.pdf"),
        ("  giấy   tờ .pdf", "giấy tờ.pdf"),
        ("a\x00b\r\n\tc.pdf", "ab c.pdf"),
        ("giay\u202efdp.exe", "giayfdp.exe"),
        ("a\u200bb\ufeff.pdf", "ab.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("CON.pdf", "_CON.pdf"),
        (".pdf", "tep.pdf"),
        ("...", "tep"),
        ("", "tep"),
        ("Gia\u0302\u0301y.pdf", "Giấy.pdf"),
        ("a\ud800.pdf", "a.pdf"),
    ],
)
def test_hostile_names_become_harmless_ones(given: str, kept: str) -> None:
    assert rules.cleaned_name(given) == kept


def test_a_very_long_name_keeps_its_extension() -> None:
    name = rules.cleaned_name("giấy " * 200 + ".pdf")
    assert len(name) <= LONGEST_NAME
    assert name.endswith(".pdf")
    assert rules.cleaned_name(name) == name


def test_a_name_turned_round_does_not_hide_a_program(judged) -> None:
    assert judged(PDF, "giay\u202efdp.exe") == "file.type_forbidden"

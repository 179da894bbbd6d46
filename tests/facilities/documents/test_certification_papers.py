"""The papers of certification, read back from their PDF: attestations, and the month's closing of a register."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from pypdf import PdfReader

from lienthong.facilities.documents.typesetting import render
from lienthong.facilities.documents.values import (
    AttestationSheet,
    Attested,
    BookLine,
    Form,
    Letterhead,
    RegisterClosing,
    Signature,
    as_json,
    from_json,
)

FONTS = Path(__file__).parents[3] / "node_modules" / "@expo-google-fonts" / "tinos"
AT = datetime(2026, 11, 3, 2, 15, tzinfo=UTC)
LETTERHEAD = Letterhead(
    parent_name=None,
    agency_name="Ủy ban nhân dân phường Tân Hưng",
    place="Tân Hưng",
    number=None,
    issued_on=date(2026, 11, 3),
)
DELEGATE = Signature(
    on_behalf="TUQ. CHỦ TỊCH", title="Công chức Văn phòng", name="Cán bộ một cửa P. Tân Hưng"
)
COPY = Attested(
    number="0007",
    document="Giấy khai sinh",
    issuer="UBND phường Tân Hưng",
    pages=2,
    copies=3,
    person_name="Công dân 0123",
)
SHEET = AttestationSheet(
    letterhead=LETTERHEAD,
    kind="copy",
    code="H29.101-261103-0007",
    book="01/2026 - SCT/BS",
    place="Ủy ban nhân dân phường Tân Hưng",
    attested_at=AT,
    items=(COPY, replace(COPY, number="0008", document="Bằng tốt nghiệp")),
    signature=DELEGATE,
    capacity_text="theo Quyết định ủy quyền số 12/QĐ-UBND",
    fee=24_000,
)
CLOSING = RegisterClosing(
    letterhead=LETTERHEAD,
    book="SCT/BS",
    title="Sổ chứng thực bản sao từ bản chính",
    month=11,
    year=2026,
    first_number="0007",
    last_number="0009",
    lines=(
        BookLine(
            number="0007",
            entered_on=date(2026, 11, 3),
            person_name="Công dân 0123",
            document="Giấy khai sinh",
            copies=3,
            pages=2,
            signer_name="Cán bộ một cửa P. Tân Hưng",
            fee=12_000,
        ),
        BookLine(number="0008", entered_on=date(2026, 11, 3), void_reason="Ghi nhầm sổ"),
        BookLine(number="0009", entered_on=date(2026, 11, 4), document="Bằng lái xe", copies=1, fee=4_000),
    ),
    closed_at=AT,
    digest="ab" * 32,
    closer_name="Văn thư P. Tân Hưng",
)


def pages(form: Form) -> list[str]:
    read = PdfReader(io.BytesIO(render(form, font_dir=FONTS))).pages
    return [" ".join(page.extract_text().split()) for page in read]


def test_a_copy_says_its_number_its_book_and_by_what_right_it_is_signed() -> None:
    (text,) = pages(SHEET)
    for words in ("0007", "0008", "01/2026 - SCT/BS", "TUQ. CHỦ TỊCH", "12/QĐ-UBND", "24.000 đồng"):
        assert words in text
    assert text.count("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH") == 2
    assert "3 bản, 2 trang mỗi bản" in text
    assert "chưa đối chiếu" in text


def test_a_signature_is_attested_in_the_signers_own_name() -> None:
    item = replace(COPY, document="Giấy ủy quyền", person_paper="căn cước số 079190000123")
    (text,) = pages(replace(SHEET, kind="signature", items=(item,), fee=10_000))
    assert "LỜI CHỨNG CHỨNG THỰC CHỮ KÝ" in text
    assert "tôi là Cán bộ một cửa P. Tân Hưng" in text
    assert "trước mặt tôi" in text
    assert "079190000123" in text


def test_each_kind_has_its_words_and_none_is_lost() -> None:
    for kind in ("translator", "transaction"):
        (text,) = pages(replace(SHEET, kind=kind, items=(COPY,)))  # type: ignore[arg-type]
        assert "trước mặt tôi" in text
        assert "Công dân 0123" in text


def test_many_originals_run_over_pages_and_every_number_is_there() -> None:
    many = tuple(replace(COPY, number=f"{number:04d}") for number in range(1, 13))
    read = pages(replace(SHEET, items=many))
    assert len(read) > 1
    assert all(f"{number:04d}" in " ".join(read) for number in range(1, 13))


def test_the_month_counts_what_was_used_and_tells_what_was_voided() -> None:
    (text,) = pages(CLOSING)
    for words in ("0008", "Số đã hủy", "Ghi nhầm sổ", "2 số đã dùng, 1 số đã hủy", "16.000", "ab" * 8):
        assert words in text
    assert "0007 – 0009" in text
    assert "Mười sáu nghìn đồng" in text


def test_an_open_month_says_that_it_is_not_closed() -> None:
    (text,) = pages(
        replace(CLOSING, closed_at=None, digest=None, lines=(), first_number=None, last_number=None)
    )
    assert "chưa đóng sổ" in text
    assert "Trong tháng không chứng thực việc nào" in text


def test_they_are_kept_and_read_back_as_they_were() -> None:
    assert from_json(as_json(SHEET)) == SHEET
    assert from_json(as_json(CLOSING)) == CLOSING

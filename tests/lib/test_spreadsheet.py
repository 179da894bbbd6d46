"""Spreadsheets: what is written is what is read, nothing becomes a formula, bad rows are named."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from lienthong.lib.spreadsheet import Column, ColumnKind, SheetError, read_sheet, write_sheet

COLUMNS = [
    Column("Số định danh"),
    Column("Số hồ sơ", ColumnKind.INTEGER),
    Column("Ngày nhận", ColumnKind.DATE),
    Column("Hạn trả", ColumnKind.DATETIME),
    Column("Lệ phí", ColumnKind.MONEY),
    Column("Đúng hạn", ColumnKind.PERCENT),
]
ROW = ("079190000123", 3, date(2026, 3, 2), datetime(2026, 3, 5, 10, 0, tzinfo=UTC), 66_000, Decimal("0.5"))


def written(columns: list[Column], rows: list[tuple[object, ...]], title: str = "Sổ theo dõi") -> BytesIO:
    stream = BytesIO()
    assert write_sheet(stream, title, columns, rows) == len(rows)
    stream.seek(0)
    return stream


def book_of(*rows: tuple[object, ...]) -> tuple[Workbook, Any]:
    book = Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    return book, sheet


def saved(book: Workbook) -> BytesIO:
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def test_one_visible_sheet_with_a_bold_frozen_header() -> None:
    book = load_workbook(written(COLUMNS, [ROW], "Sổ: tháng 3/2026 [phường Tân Hưng] và nhiều chữ nữa"))
    (sheet,) = book.worksheets
    assert sheet.sheet_state == "visible" and sheet.freeze_panes == "A2"
    assert sheet.title == "Sổ tháng 3 2026 phường Tân Hưng"
    assert all(cell.font.bold for cell in sheet[1])
    assert [cell.value for cell in sheet[1]] == [column.header for column in COLUMNS]


def test_values_keep_their_kind() -> None:
    sheet = load_workbook(written(COLUMNS, [ROW])).worksheets[0]
    values = [cell.value for cell in sheet[2]]
    assert values == [
        "079190000123",
        3,
        datetime(2026, 3, 2),  # noqa: DTZ001
        datetime(2026, 3, 5, 17, 0),  # noqa: DTZ001
        66_000,
        0.5,
    ]
    assert sheet["A2"].data_type == "s" and sheet["A2"].number_format == "@"


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_text_is_never_a_formula(text: str) -> None:
    stream = written([Column("=Tên")], [(text,)])
    sheet = load_workbook(stream).worksheets[0]
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s" and cell.quotePrefix
    with zipfile.ZipFile(stream) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_control_characters_are_dropped_and_none_is_empty() -> None:
    sheet = load_workbook(written([Column("a"), Column("b")], [("x\x00y", None)])).worksheets[0]
    assert (sheet["A2"].value, sheet["B2"].value) == ("xy", None)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ColumnKind.INTEGER, "3"),
        (ColumnKind.INTEGER, True),
        (ColumnKind.MONEY, 1.5),
        (ColumnKind.DATE, datetime(2026, 3, 2, tzinfo=UTC)),
        (ColumnKind.DATETIME, datetime(2026, 3, 2)),  # noqa: DTZ001
        (ColumnKind.PERCENT, "50%"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: ColumnKind, value: object) -> None:
    with pytest.raises(SheetError) as refusal:
        write_sheet(BytesIO(), "Sổ", [Column("Cột", kind)], [(value,)])
    assert refusal.value.code == "sheet_value" and "“Cột”" in refusal.value.sentence


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(SheetError, match="2 ô, cần 1 ô"):
        write_sheet(BytesIO(), "Sổ", [Column("Cột")], [("a", "b")])


def test_a_path_is_written_too(tmp_path: Path) -> None:
    target = tmp_path / "so.xlsx"
    write_sheet(target, "Sổ", [Column("Cột")], [("a",)])
    with target.open("rb") as file:
        assert read_sheet(file).rows[0].cells == ("a",)


def test_what_was_written_is_read() -> None:
    content = read_sheet(written(COLUMNS, [ROW, (None,) * 6, ROW]))
    assert content.headers == tuple(column.header for column in COLUMNS)
    assert [row.row for row in content.rows] == [2, 4]
    assert content.rows[0].cells[:2] == ("079190000123", 3)
    assert content.errors == ()


def test_bad_rows_are_named_and_the_others_read() -> None:
    book, sheet = book_of(("Mã", "Tên"), ("1.001193", " Cấp  "), ("=A2", "b"), ("c", "d"), ("e", "#REF!"))
    sheet.merge_cells("A4:B4")
    sheet["B5"].data_type = "e"
    content = read_sheet(saved(book))
    assert [row.cells for row in content.rows] == [("1.001193", "Cấp")]
    assert [(error.row, error.code) for error in content.errors] == [
        (3, "row_formula"),
        (4, "row_merged"),
        (5, "row_error"),
    ]
    assert all("Hãy" in error.sentence for error in content.errors)


def test_a_hidden_sheet_is_not_read() -> None:
    book, sheet = book_of(("Ẩn",))
    sheet.sheet_state = "hidden"
    book.create_sheet("Hiện").append(["Mã"])
    assert read_sheet(saved(book)).headers == ("Mã",)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet_format"),
        (b"a,b\n1,2", "sheet_format"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "sheet_encrypted"),
    ],
)
def test_another_file_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(SheetError) as refusal:
        read_sheet(BytesIO(content))
    assert refusal.value.code == code


@pytest.mark.parametrize("header", [(), ("Mã", None, "Tên")])
def test_a_header_is_needed(header: tuple[object, ...]) -> None:
    book, _ = book_of(header, ("a", "b", "c"))
    with pytest.raises(SheetError) as refusal:
        read_sheet(saved(book))
    assert refusal.value.code == "sheet_header"


def test_size_is_bounded() -> None:
    rows: list[tuple[object, ...]] = [("a",)] * 5
    with pytest.raises(SheetError, match="4 dòng"):
        read_sheet(written([Column("Cột")], rows), most_rows=4)
    with pytest.raises(SheetError, match="quá lớn"):
        read_sheet(written([Column("Cột")], rows), most_bytes=100)

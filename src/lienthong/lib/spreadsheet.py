"""Spreadsheets (XLSX) out and in, by openpyxl.

Out: exactly what is on screen. Identity numbers are text; text that begins like a formula stays text; the one
sheet is visible. In: one sheet of plain values; what cannot be trusted is reported by row, in sentences.
"""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.text import nfc

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_TEXT = 32_767
LONGEST_TITLE = 31
_FORBIDDEN_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_OLD_OR_ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1")


class ColumnKind(StrEnum):
    """What a column holds, and so how it is written."""

    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"
    DATETIME = "datetime"
    MONEY = "money"
    PERCENT = "percent"


FORMATS = {
    ColumnKind.TEXT: "@",
    ColumnKind.INTEGER: "#,##0",
    ColumnKind.DATE: "dd/mm/yyyy",
    ColumnKind.DATETIME: "dd/mm/yyyy hh:mm",
    ColumnKind.MONEY: '#,##0" đ"',
    ColumnKind.PERCENT: "0.0%",
}
WIDTHS = {ColumnKind.TEXT: 24, ColumnKind.DATETIME: 18, ColumnKind.MONEY: 16}
USUAL_WIDTH = 13
WIDEST = 48


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Percent takes fractions (0.5 is 50 %), money whole đồng, datetime aware moments."""

    header: str
    kind: ColumnKind = ColumnKind.TEXT


class SheetError(ValueError):
    """A file or value that cannot be used. `code` is stable, `sentence` is for the reader (Vietnamese)."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one row cannot be taken. `row` is the number that the spreadsheet program shows."""

    row: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as read: `cells` has one value a header, None where empty; text in NFC and trimmed."""

    row: int
    cells: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class SheetContent:
    """What a file holds. A row is either in `rows` or named in `errors`; empty rows are in neither."""

    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    errors: tuple[RowError, ...]


def write_sheet(
    target: IO[bytes] | Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]
) -> int:
    """Write one visible sheet with a bold, frozen header; return the number of rows. Rows are streamed.

    Raises SheetError if a row has another number of cells than `columns`, or a value is not of its column's
    kind.
    """
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_title(title))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column)
    sheet.append([_header(sheet, column) for column in columns])
    try:
        written = _append(sheet, columns, rows)
    except BaseException:
        book.save(BytesIO())  # closes the stream that openpyxl keeps in a temporary file, and removes it
        raise
    book.save(target)
    return written


def read_sheet(source: IO[bytes], *, most_rows: int = 20_000, most_bytes: int = 100_000_000) -> SheetContent:
    """Read the first visible sheet; its first row is the header. `most_bytes` bounds the unpacked size.

    Rows with merged cells, formulas or error values are reported, not read. Raises SheetError if the whole
    file cannot be used: another format, encrypted, damaged, too large, or without a header.
    """
    sheet = _open(source.read(), most_bytes)
    if sheet.max_row > most_rows + 1:
        raise SheetError("sheet_too_long", f"Bảng có quá {most_rows} dòng. Hãy chia thành nhiều tệp.")
    merged = {row for area in sheet.merged_cells.ranges for row in range(area.min_row, area.max_row + 1)}
    cells = list(sheet.iter_rows())
    headers = tuple(str(_value(cell.value) or "") for cell in cells[0]) if cells else ()
    while headers and not headers[-1]:
        headers = headers[:-1]
    if not headers or not all(headers) or 1 in merged:
        raise SheetError("sheet_header", "Dòng đầu phải là tên các cột, không để trống và không gộp ô.")
    rows: list[SheetRow] = []
    errors: list[RowError] = []
    for number, line in enumerate(cells[1:], start=2):
        refusal = _refusal(number, line, number in merged)
        if refusal:
            errors.append(refusal)
        elif any(cell.value is not None for cell in line):
            rows.append(SheetRow(number, tuple(_value(cell.value) for cell in line[: len(headers)])))
    return SheetContent(headers, tuple(rows), tuple(errors))


def _append(sheet: Any, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> int:
    """Write the rows one by one; return how many."""
    written = 0
    for written, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise SheetError("sheet_row_length", f"Dòng {written} có {len(row)} ô, cần {len(columns)} ô.")
        pairs = zip(columns, row, strict=True)
        sheet.append([_cell(sheet, column, value, written) for column, value in pairs])
    return written


def _title(title: str) -> str:
    return " ".join(nfc(title).translate(_FORBIDDEN_IN_TITLE).split())[:LONGEST_TITLE] or "Trang 1"


def _width(column: Column) -> int:
    return min(max(WIDTHS.get(column.kind, USUAL_WIDTH), len(column.header) + 2), WIDEST)


def _header(sheet: Any, column: Column) -> Any:
    cell = _text_cell(sheet, column.header)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, column: Column, value: object, row: int) -> Any:
    """One cell of its column's kind; None is an empty cell."""
    if value is None:
        return None
    if column.kind is ColumnKind.TEXT:
        return _text_cell(sheet, str(value))
    cell: Any = WriteOnlyCell(sheet, value=_checked(column, value, row))
    cell.number_format = FORMATS[column.kind]
    return cell


def _text_cell(sheet: Any, text: str) -> Any:
    """A cell that is text whatever it looks like: typed as a string, and quoted where it matters."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", nfc(text))[:LONGEST_TEXT]
    cell: Any = WriteOnlyCell(sheet, value=clean)
    cell.data_type = "s"
    cell.number_format = FORMATS[ColumnKind.TEXT]
    cell.quotePrefix = clean.startswith(FORMULA_STARTS)
    return cell


def _checked(column: Column, value: object, row: int) -> Any:
    """The value as openpyxl writes it. Raises SheetError if it is not of the column's kind."""
    match column.kind, value:
        case (ColumnKind.INTEGER | ColumnKind.MONEY, int()) if not isinstance(value, bool):
            return value
        case (ColumnKind.PERCENT, int() | float() | Decimal()) if not isinstance(value, bool):
            return value
        case (ColumnKind.DATETIME, datetime()) if value.utcoffset() is not None:
            return value.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)
        case (ColumnKind.DATE, date()) if not isinstance(value, datetime):
            return value
        case _:
            raise SheetError(
                "sheet_value", f"Dòng {row}, cột “{column.header}”: giá trị không đúng kiểu của cột."
            )


def _open(content: bytes, most_bytes: int) -> Any:
    """The first visible sheet of a file. Raises SheetError."""
    if content.startswith(_OLD_OR_ENCRYPTED):
        raise SheetError(
            "sheet_encrypted",
            "Tệp có mật khẩu hoặc là bản Excel cũ (.xls). Hãy bỏ mật khẩu và lưu thành .xlsx.",
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > most_bytes:
            raise SheetError("sheet_too_large", "Tệp quá lớn. Hãy chia thành nhiều tệp nhỏ hơn.")
        book = load_workbook(BytesIO(content), data_only=False, keep_links=False)
    except SheetError:
        raise
    except Exception as error:  # openpyxl raises a dozen kinds for a damaged or foreign file
        raise SheetError(
            "sheet_format",
            "Không đọc được tệp. Hãy mở bằng phần mềm bảng tính, lưu lại thành .xlsx và thử lại.",
        ) from error
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise SheetError("sheet_hidden", "Tệp không có trang tính nào hiển thị. Hãy bỏ ẩn trang cần nhập.")
    return visible[0]


def _refusal(number: int, line: Sequence[Any], merged: bool) -> RowError | None:
    """Why a row cannot be trusted, or None."""
    if merged:
        return RowError(number, "row_merged", f"Dòng {number} có ô bị gộp. Hãy bỏ gộp ô và nhập từng dòng.")
    for cell in line:
        place = f"Dòng {number}, ô {cell.coordinate}"
        if cell.data_type == "f":
            return RowError(number, "row_formula", f"{place} là công thức. Hãy dán lại thành giá trị.")
        if cell.data_type == "e":
            return RowError(number, "row_error", f"{place} đang báo lỗi {cell.value}. Hãy sửa ô này.")
    return None


def _value(value: object) -> object:
    """Text in NFC and trimmed, empty text as None, whole floats as int."""
    if isinstance(value, str):
        return nfc(value).strip() or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value

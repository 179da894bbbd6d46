"""A sheet as typed rows: heads are found however they are typed; what cannot be trusted is told by row."""

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.spreadsheet import SheetError, write_sheet
from lienthong.lib.table_in import (
    LARGEST_FILE,
    Field,
    FieldKind,
    Outcome,
    Report,
    Row,
    Table,
    near,
    read_table,
    rejected,
)

NAME = Field("name", "Họ và tên", needed=True, also=("Người nộp",))
BORN = Field("born_on", "Ngày sinh", FieldKind.DATE)
CARD = Field("card", "Số căn cước", digits=12)
FEE = Field("fee", "Mức thu", FieldKind.INTEGER)
RANK = Field("rank", "Thứ tự", FieldKind.INTEGER, most=999)
DUE = Field("due", "Hẹn trả", FieldKind.MOMENT)
OPENS = Field("opens", "Giờ mở", FieldKind.CLOCK)
KIND = Field("kind", "Loại", FieldKind.WORD, words={"Nghỉ": "off", "Làm bù": "work"})
KEPT = Field("kept", "Giữ", FieldKind.YES_NO)
FIELDS = (NAME, BORN, CARD, FEE, DUE, OPENS, KIND, KEPT)


def sheet(*rows: tuple[object, ...], second: str = "", state: str = "visible") -> BytesIO:
    book = Workbook()
    page: Any = book.active
    for row in rows:
        page.append(row)
    if second:
        book.create_sheet(second).sheet_state = state
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def one(field: Field, cell: object) -> Row:
    (row,) = read_table(sheet(("Họ và tên", field.header), ("A", cell)), (NAME, field)).rows
    return row


def refused(stream: BytesIO, fields: tuple[Field, ...] = FIELDS) -> SheetError:
    with pytest.raises(SheetError) as caught:
        read_table(stream, fields)
    return caught.value


@pytest.mark.parametrize(
    "head", ["Họ và tên", "HO VA TEN", " họ  và tên ", "ho_va_ten", "Người nộp", "Họ và tên (*)"]
)
def test_a_head_is_found_without_tones_case_and_signs(head: str) -> None:
    table = read_table(sheet((head, "Ngày sinh"), ("Công dân 0123", "5/3/1990")), FIELDS)
    assert table.rows[0].values["name"] == "Công dân 0123" and table.rows[0].values["born_on"] == date(
        1990, 3, 5
    )
    assert not table.rows[0].problems and table.unused == ()


def test_a_missing_column_is_named_with_the_one_it_may_be() -> None:
    error = refused(sheet(("Họ tên", "Ngày sinh"), ("A", "5/3/1990")))
    assert error.code == "table_header_missing"
    assert "“Họ và tên”" in error.sentence and "“Họ tên”" in error.sentence


def test_a_column_that_nobody_asked_for_is_told() -> None:
    assert read_table(sheet(("Họ và tên", "Tôn giáo"), ("A", "x")), FIELDS).unused == ("Tôn giáo",)


def test_a_column_that_stands_twice_is_refused() -> None:
    assert refused(sheet(("Họ và tên", "HỌ VÀ TÊN"), ("A", "B"))).code == "table_header_twice"


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (BORN, "5/3/2026", date(2026, 3, 5)),
        (BORN, datetime(2026, 3, 5), date(2026, 3, 5)),  # noqa: DTZ001
        (FEE, "66.000 đ", 66_000),
        (FEE, 1500, 1500),
        (RANK, 999, 999),
        (DUE, datetime(2026, 3, 5, 17, 0), datetime(2026, 3, 5, 17, 0, tzinfo=VIETNAM)),  # noqa: DTZ001
        (DUE, "17:00 05/03/2026", datetime(2026, 3, 5, 17, 0, tzinfo=VIETNAM)),
        (DUE, "05/03/2026 8h30", datetime(2026, 3, 5, 8, 30, tzinfo=VIETNAM)),
        (DUE, "05/03/2026", date(2026, 3, 5)),
        (OPENS, "7:30", "07:30"),
        (OPENS, time(7, 30), "07:30"),
        (OPENS, "8h", "08:00"),
        (KIND, "LAM BU", "work"),
        (KIND, "off", "off"),
        (KEPT, "x", True),
        (KEPT, "Không", False),
        (CARD, "079190000123", "079190000123"),
        (CARD, 179190000123, "179190000123"),
    ],
)
def test_a_cell_is_read_as_its_field_says(field: Field, cell: object, value: object) -> None:
    row = one(field, cell)
    assert row.values[field.name] == value and not row.problems


@pytest.mark.parametrize(
    ("field", "cell", "words"),
    [
        (BORN, "31/02/2026", "không phải là ngày"),
        (BORN, 45000, "không phải là ngày"),
        (BORN, "31/12/9999", "1900 đến 2199"),
        (BORN, datetime(9999, 12, 31), "1900 đến 2199"),  # noqa: DTZ001
        (DUE, datetime(9999, 12, 31, 17, 0), "1900 đến 2199"),  # noqa: DTZ001
        (DUE, "17:00 31/12/9999", "1900 đến 2199"),
        (FEE, "9.223.372.036.854.775.808", "lớn hơn 9223372036854775807"),
        (RANK, 1000, "lớn hơn 999"),
        (FEE, -5, "số nguyên"),
        (FEE, 1.5, "số nguyên"),
        (FEE, "nhiều", "số nguyên"),
        (DUE, "25:00 05/03/2026", "giờ trong ngày"),
        (OPENS, "sáng", "không phải là giờ"),
        (KIND, "Nghi le", "Có phải “Nghỉ”"),
        (KIND, "qwz", "Các giá trị: Nghỉ, Làm bù"),
        (KEPT, "có lẽ", "không rõ"),
        (CARD, 79190000123, "mất số 0"),
        (CARD, datetime(2026, 3, 5), "ô phải là chữ"),  # noqa: DTZ001
    ],
)
def test_a_cell_that_is_not_understood_is_a_problem_of_its_row(
    field: Field, cell: object, words: str
) -> None:
    row = one(field, cell)
    (problem,) = row.problems
    assert words in problem.sentence and f"“{field.header}”" in problem.sentence
    assert row.values[field.name] is None and problem.code == f"cell_{field.kind}"


def test_what_is_needed_and_empty_is_a_problem() -> None:
    (row,) = read_table(sheet(("Họ và tên", "Mức thu"), (None, 5)), FIELDS).rows
    assert [problem.code for problem in row.problems] == ["cell_empty"] and row.values["fee"] == 5


def test_formulas_and_merged_cells_are_rows_with_a_problem_and_the_others_are_read() -> None:
    book = Workbook()
    page: Any = book.active
    for row in (("Họ và tên", "Mức thu"), ("A", "=1+1"), ("B", 2), ("C", 3), ("D", 4)):
        page.append(row)
    page.merge_cells("A4:B4")
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    rows = read_table(stream, FIELDS).rows
    assert [(row.number, [p.code for p in row.problems]) for row in rows] == [
        (2, ["row_formula"]),
        (3, []),
        (4, ["row_merged"]),
        (5, []),
    ]


def test_a_hidden_sheet_and_a_second_sheet_are_refused() -> None:
    rows = (("Họ và tên",), ("A",))
    assert refused(sheet(*rows, second="Danh mục", state="hidden")).code == "sheet_hidden"
    assert refused(sheet(*rows, second="Danh mục", state="veryHidden")).code == "sheet_hidden"
    assert refused(sheet(*rows, second="Danh mục")).code == "sheet_several"


def test_files_that_are_no_sheet_too_large_or_a_bomb_are_refused() -> None:
    assert refused(BytesIO(b"Ho va ten;Ngay sinh\n")).code == "sheet_format"
    assert refused(BytesIO(b"x" * (LARGEST_FILE + 1))).code == "sheet_too_large"
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    bomb.seek(0)
    assert refused(bomb).code == "sheet_packed"


def test_more_rows_than_allowed_are_refused() -> None:
    with pytest.raises(SheetError, match="quá 2 dòng"):
        read_table(sheet(("Họ và tên",), ("A",), ("B",), ("C",)), FIELDS, most_rows=2)


def test_what_is_written_by_the_fields_is_read_by_them() -> None:
    stream = BytesIO()
    write_sheet(stream, "Mẫu", [one.column() for one in (NAME, BORN, FEE)], [("A", date(1990, 3, 5), 5)])
    stream.seek(0)
    (row,) = read_table(stream, FIELDS).rows
    assert (row.values["name"], row.values["born_on"], row.values["fee"]) == ("A", date(1990, 3, 5), 5)


def test_a_report_counts_every_outcome() -> None:
    bad = rejected(one(FEE, -5), "A")
    report = Report((bad,))
    assert bad.outcome == Outcome.REJECTED and bad.codes == ("cell_integer",)
    assert [(word, count) for word, _label, count in report.counts] == [
        ("new", 0),
        ("changed", 0),
        ("unchanged", 0),
        ("rejected", 1),
    ]
    assert report.will_change == 0 and not report.applied


def test_near_words_are_suggested_without_tones() -> None:
    assert near("dang ki khai sin", ["Đăng ký khai sinh", "Đăng ký kết hôn"], 1) == ["Đăng ký khai sinh"]
    assert near("zzz", ["Đăng ký khai sinh"]) == []
    assert isinstance(Table(()), Table)

"""Officers by spreadsheet: two steps, every row told, nothing bad gets in."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from lienthong.core.journal.models import Reading
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.people.identity.models import Account
from lienthong.people.identity.queries import roll_fields
from tests.cast import TAN_HUNG, Cast
from tests.fronts.administration.files import report_behind, sent, sheet, signed_in, told

pytestmark = pytest.mark.django_db
IMPORT = "/administration/staff/import/"
HEADS = [field.header for field in roll_fields()]
CENTRE, CLERK = "Trung tâm Phục vụ hành chính công", "Cán bộ một cửa"


@pytest.fixture
def desk(client: Client, cast: Cast) -> Client:
    return signed_in(client, cast.administrator)


def row(number: int = 1, **change: Any) -> list[Any]:
    values = {
        "body": CENTRE,
        "kind": CLERK,
        "title": "Cán bộ một cửa bổ sung",
        "rank": number,
        "person": f"Cán bộ Thử {number}",
        "username": f"thu{number}.{TAN_HUNG}",
        "starts_on": date(2026, 7, 1),
        **change,
    }
    return [values.get(field.name) for field in roll_fields()]


def load(client: Client, checked: Any, **more: Any) -> Any:
    return client.post(IMPORT, {"key": str(uuid4()), "content": checked.context["content"], **more})


def refused(client: Client, upload: SimpleUploadedFile) -> str:
    answer = client.post(IMPORT, {"file": upload})
    assert answer.status_code == 422
    return answer.content.decode()


def as_upload(book: Any, name: str = "a.xlsx") -> SimpleUploadedFile:
    stream = BytesIO()
    book.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def test_a_file_is_checked_then_loaded_and_loading_again_changes_nothing(desk: Client) -> None:
    checked = sent(desk, IMPORT, HEADS, row(1), row(2), row(3, body="Phòng Lạ"))
    assert told(checked) == [(2, "new", ()), (3, "new", ()), (4, "rejected", ("roll.no_body",))]
    assert not Account.objects.filter(username=f"thu1.{TAN_HUNG}").exists()
    done = load(desk, checked)
    assert done.context["report"].applied and "Đã ghi" in done.content.decode()
    assert Account.objects.filter(username__in=[f"thu1.{TAN_HUNG}", f"thu2.{TAN_HUNG}"]).count() == 2
    again = sent(desk, IMPORT, HEADS, row(1), row(2))
    assert told(again) == [(2, "unchanged", ()), (3, "unchanged", ())]
    assert 'name="content"' not in again.content.decode()


def test_heads_may_stand_in_another_order_and_be_written_otherwise(desk: Client) -> None:
    heads = [head.upper() for head in reversed(HEADS)]
    assert told(sent(desk, IMPORT, heads, list(reversed(row())))) == [(2, "new", ())]


def test_a_missing_head_is_named_with_what_it_may_be(desk: Client) -> None:
    heads = ["Chức dang" if head == "Chức danh" else head for head in HEADS]
    page = refused(desk, sheet(heads, row()))
    assert "“Chức danh”" in page and "“Chức dang”" in page


def test_a_head_that_nobody_asked_for_is_told(desk: Client) -> None:
    answer = sent(desk, IMPORT, [*HEADS, "Quê quán"], [*row(), "Thử"])
    assert "Quê quán" in answer.content.decode() and told(answer) == [(2, "new", ())]


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("1/7/2026", "new"),
        ("01-07-2026", "new"),
        (datetime(2026, 7, 1), "new"),  # noqa: DTZ001
        ("tháng bảy", "rejected"),
        ("7/31/2026", "rejected"),
        (46000, "rejected"),
    ],
)
def test_dates_as_offices_write_them(desk: Client, written: Any, outcome: str) -> None:
    ((_number, became, _codes),) = told(sent(desk, IMPORT, HEADS, row(starts_on=written)))
    assert became == outcome


def test_an_identity_number_that_lost_its_zero_is_told(desk: Client) -> None:
    assert told(sent(desk, IMPORT, HEADS, row(identity=79012345678))) == [(2, "rejected", ("cell_text",))]
    assert told(sent(desk, IMPORT, HEADS, row(identity="079012345678"))) == [(2, "new", ())]


def test_formulas_and_merged_cells_are_reported_and_the_rest_goes_in(desk: Client) -> None:
    book = Workbook()
    page: Any = book.active
    for line in (HEADS, row(1, person="=A1"), row(2), row(3)):
        page.append(line)
    page.merge_cells("C3:D3")
    answer = desk.post(IMPORT, {"file": as_upload(book)})
    assert told(answer) == [
        (2, "rejected", ("row_formula",)),
        (3, "rejected", ("row_merged",)),
        (4, "new", ()),
    ]


def test_hidden_rows_are_read_and_empty_rows_are_not(desk: Client) -> None:
    book = Workbook()
    page: Any = book.active
    for line in (HEADS, row(1), [None] * len(HEADS), row(2)):
        page.append(line)
    page.row_dimensions[2].hidden = True
    assert [(n, became) for n, became, _ in told(desk.post(IMPORT, {"file": as_upload(book)}))] == [
        (2, "new"),
        (4, "new"),
    ]


def test_a_duplicate_officer_and_a_post_that_is_not_there(desk: Client, cast: Cast) -> None:
    answer = sent(
        desk,
        IMPORT,
        HEADS,
        row(1, username=None),
        row(2, username=None, person="Cán bộ Thử 1"),
        row(3, person=cast.clerk.name),
        row(4, post=10**12),
    )
    assert told(answer) == [
        (2, "new", ()),
        (3, "rejected", ("roll.name_twice",)),
        (4, "rejected", ("roll.known_name",)),
        (5, "rejected", ("roll.no_post",)),
    ]


def test_what_is_no_plain_workbook_is_refused_with_a_sentence(desk: Client) -> None:
    macro = BytesIO()
    with zipfile.ZipFile(macro, "w") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    for upload, code in (
        (SimpleUploadedFile("a.xlsx", b"khong phai bang tinh"), "sheet_format"),
        (SimpleUploadedFile("a.xlsm", macro.getvalue()), "sheet_format"),
        (SimpleUploadedFile("a.xlsx", bomb.getvalue()), "sheet_packed"),
        (SimpleUploadedFile("a.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"x"), "sheet_encrypted"),
        (SimpleUploadedFile("a.xlsx", b"x" * 2_600_000), "sheet_too_large"),
    ):
        assert code in refused(desk, upload)
    assert "Hãy chọn tệp XLSX" in desk.post(IMPORT, {}).content.decode()


def test_more_rows_than_are_taken_are_refused_before_they_are_read(desk: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("lienthong.fronts.administration.queries.staff_sheets.MOST_ROWS", 2)
    assert "sheet_too_long" in refused(desk, sheet(HEADS, row(1), row(2), row(3)))


def test_a_file_that_was_tampered_with_between_the_steps_is_checked_again(desk: Client) -> None:
    checked = sent(desk, IMPORT, HEADS, row(1))
    broken = desk.post(IMPORT, {"key": str(uuid4()), "content": checked.context["content"][:-9] + "!"})
    assert (
        broken.status_code in (200, 422) and not Account.objects.filter(username=f"thu1.{TAN_HUNG}").exists()
    )


def test_the_sheet_out_is_the_sheet_in_and_its_reading_is_noted(desk: Client, cast: Cast) -> None:
    load(desk, sent(desk, IMPORT, HEADS, row(1, identity="079012345678")))
    answer = desk.get("/administration/staff/xlsx/")
    page: Any = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in page[1]] == HEADS
    assert "079012345678" in [cell.value for line in page.iter_rows() for cell in line]
    with entered(SYSTEM):
        assert Reading.objects.filter(
            purpose="staff_sheet", account_id=cast.administrator.account_id
        ).exists()
    again = desk.post(IMPORT, {"file": SimpleUploadedFile("a.xlsx", answer.content)})
    assert {became for _number, became, _codes in told(again)} == {"unchanged"}


def test_the_examples_of_the_template_are_marked_and_not_taken(desk: Client) -> None:
    answer = desk.get("/administration/staff/template/")
    checked = desk.post(IMPORT, {"file": SimpleUploadedFile("a.xlsx", answer.content)})
    assert {codes for _number, _became, codes in told(checked)} == {("roll.example",)}


def test_the_city_loads_several_units_and_a_unit_only_its_own(client: Client, cast: Cast) -> None:
    lines = [row(1, unit=TAN_HUNG), row(2, unit="27655", username="thu2.27655")]
    city = sent(signed_in(client, cast.city), IMPORT, HEADS, *lines)
    assert [became for _number, became, _codes in told(city)] == ["new", "new"]
    ward = sent(signed_in(client, cast.administrator), IMPORT, HEADS, *lines)
    assert told(ward) == [(2, "new", ()), (3, "rejected", ("roll.unit",))]
    assert load(signed_in(client, cast.administrator), city).context["report"].count("new") == 1
    assert not Account.objects.filter(username="thu2.27655").exists()
    assert today() > date(2026, 7, 1)


def test_every_row_is_told_in_a_spreadsheet_before_and_after(desk: Client) -> None:
    checked = sent(desk, IMPORT, HEADS, row(1), row(2, rank=3_000_000_000))
    assert report_behind(checked) == [(2, "thêm mới"), (3, "không nhập")]
    assert report_behind(load(desk, checked)) == [(2, "thêm mới"), (3, "không nhập")]

"""How the office is set: by a page or by a sheet, each row told, nothing written before it was seen."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from lienthong.core.instruments.enums import Confidence
from lienthong.core.journal.models import Entry
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.models import DayNotice, OfficeHours
from lienthong.core.workdays.queries import calendar_for, forget, today
from lienthong.facilities.casework.models import Case
from lienthong.mandate.procedures.enums import TermName
from lienthong.mandate.procedures.queries import effective_terms, terms_set_at
from lienthong.people.organisation.queries import agency_code_of, forget_units
from tests.cast import NHA_BE, TAN_HUNG, TAN_THUAN, VINH_HOI, Cast
from tests.fronts.administration.files import applied, report_behind, sent, signed_in, told
from tests.work.dossiers.stage import PROCEDURE, received

pytestmark = pytest.mark.django_db
SETTINGS = "/administration/settings/"
SHEETS = f"{SETTINGS}sheets/"
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAYS = ("Ngày", "Loại", "Tên ngày", "Số văn bản", "Mã đơn vị")
HOURS = (
    "Mã đơn vị",
    "Sáng từ",
    "Sáng đến",
    "Chiều từ",
    "Chiều đến",
    "Giờ chốt nhận",
    "Áp dụng từ ngày",
    "Căn cứ",
)
OFF = ("4/11/2026", "nghỉ", "Nghỉ hoán đổi", "Thông báo 01/TB")


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    """The process keeps calendars and units for half a minute; what a test set must not outlive it."""
    with acting_at(MONDAY):
        yield
    forget()
    forget_units()


def due_of(case_id: int) -> datetime:
    with entered(SYSTEM):
        due = Case.objects.get(pk=case_id).due_at
    assert due is not None
    return due


def shown(content: bytes) -> str:
    """A sheet's cells as a reader sees them."""
    rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=2)
    cells = [cell.value for row in rows for cell in row]
    return " ".join(f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell) for cell in cells)


def test_the_page_tells_what_is_set_and_leads_to_every_sheet(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    text = client.get(SETTINGS).content.decode()
    assert "MH.79.27.475" in text and "chưa đặt" in text
    for name in ("days", "hours", "agency-codes", *(f"term-{term}" for term in TermName)):
        assert f"{SHEETS}{name}/" in text
        assert client.get(f"{SHEETS}{name}/").status_code == 200
        for way in ("template", "export"):
            book = load_workbook(BytesIO(client.get(f"{SHEETS}{name}/?{way}").content))
            assert book.worksheets[0]["A1"].value
    assert client.get(f"{SHEETS}nonsense/").status_code == 404


def test_a_day_is_counted_before_it_is_said(client: Client, cast: Cast) -> None:
    got = received(cast.clerk)
    before, form = (
        due_of(got.dossier_id),
        {
            "key": str(uuid4()),
            "day": "3/11/2026",
            "state": "off",
            "name": "Nghỉ hoán đổi",
            "source": "Thông báo 01/TB",
            "confidence": "verified",
        },
    )
    signed_in(client, cast.city)
    counted = client.post(f"{SETTINGS}day/", form)
    assert "hạn trả của 1 vụ việc" in counted.content.decode()
    assert due_of(got.dossier_id) == before and not DayNotice.objects.filter(day=date(2026, 11, 3)).exists()
    done = client.post(f"{SETTINGS}day/", {**form, "apply": "1"})
    assert done["Location"] == SETTINGS and due_of(got.dossier_id) > before
    entry = Entry.objects.filter(verb="case.due_recomputed").latest("id")
    assert (entry.case_id, entry.account_id) == (got.dossier_id, cast.city.account_id)


def test_a_unit_says_its_own_day_and_only_its_own_dates_move(client: Client, cast: Cast) -> None:
    ours, theirs = received(cast.clerk), received(cast.neighbour_clerk, number="079190000555")
    before = due_of(ours.dossier_id), due_of(theirs.dossier_id)
    signed_in(client, cast.administrator)
    checked = sent(
        client, f"{SHEETS}days/", DAYS, ("3/11/2026", "nghỉ", "Sự cố điện", "Thông báo 02/TB", None)
    )
    assert told(checked) == [(2, "new", ())] and "1 vụ việc" in checked.content.decode()
    applied(client, f"{SHEETS}days/", checked)
    assert due_of(ours.dossier_id) > before[0] and due_of(theirs.dossier_id) == before[1]
    assert not calendar_for(TAN_HUNG).is_working_day(date(2026, 11, 3))
    assert calendar_for(TAN_THUAN).is_working_day(date(2026, 11, 3))


def test_a_unit_takes_its_own_day_back_and_the_common_one_counts_again(client: Client, cast: Cast) -> None:
    signed_in(client, cast.city)
    applied(client, f"{SHEETS}days/", sent(client, f"{SHEETS}days/", DAYS, (*OFF, None)))
    assert not calendar_for(TAN_HUNG).is_working_day(date(2026, 11, 4))
    signed_in(client, cast.administrator)
    for kind, works in (("làm bù", True), ("rút lại", False)):
        row = ("4/11/2026", kind, "Trực", "Thông báo 03/TB", None)
        applied(client, f"{SHEETS}days/", sent(client, f"{SHEETS}days/", DAYS, row))
        assert calendar_for(TAN_HUNG).is_working_day(date(2026, 11, 4)) is works
    assert not calendar_for(TAN_THUAN).is_working_day(date(2026, 11, 4))


def test_rows_of_days_are_told_one_by_one(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    checked = sent(
        client,
        f"{SHEETS}days/",
        DAYS,
        (*OFF, None),
        ("5/11/2026", "nghi phep", "x", "y", None),
        ("6/11/2026", "nghỉ", "Nghỉ", "Thông báo", NHA_BE),
        ("7/11/2026", "nghỉ", "Nghỉ", "Thông báo", "99999"),
        ("9/11/2026", "nghỉ", "Nghỉ", "Thông báo", None),
        ("9/11/2026", "làm bù", "Làm bù", "Thông báo", None),
    )
    assert told(checked) == [
        (2, "new", ()),
        (3, "rejected", ("cell_word",)),
        (4, "rejected", ("workdays.not_allowed",)),
        (5, "rejected", ("settings.unit_unknown",)),
        (6, "rejected", ("settings.contradiction",)),
        (7, "rejected", ("settings.contradiction",)),
    ]
    assert not DayNotice.objects.filter(source="Thông báo 01/TB").exists()


def test_what_is_set_already_is_unchanged(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    applied(client, f"{SHEETS}days/", sent(client, f"{SHEETS}days/", DAYS, (*OFF, None)))
    assert told(sent(client, f"{SHEETS}days/", DAYS, (*OFF, None))) == [(2, "unchanged", ())]
    export = client.get(f"{SHEETS}days/?export").content
    again = client.post(f"{SHEETS}days/", {"file": SimpleUploadedFile("x.xlsx", export), "key": str(uuid4())})
    assert {outcome for _row, outcome, _codes in told(again) if _codes == ()} == {"unchanged"}


def test_hours_are_set_for_a_unit_and_malformed_ones_are_told(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    good = (None, "7:00", "11:30", "13h", "16:30", "16:00", "2/11/2026", "Nội quy 01/NQ")
    wrong = (TAN_THUAN, "7:00", "11:30", None, None, None, "2/11/2026", "Nội quy 01/NQ")
    checked = sent(client, f"{SHEETS}hours/", HOURS, good, wrong)
    assert told(checked) == [(2, "new", ()), (3, "rejected", ("workdays.not_allowed",))]
    assert not OfficeHours.objects.filter(place=TAN_HUNG).exists()
    applied(client, f"{SHEETS}hours/", checked)
    assert calendar_for(TAN_HUNG).minutes_per_day == 480 and str(calendar_for(TAN_HUNG).cutoff) == "16:00:00"
    assert told(sent(client, f"{SHEETS}hours/", HOURS, good)) == [(2, "unchanged", ())]
    crossed = (None, "13:00", "11:30", "8:00", "16:30", None, "2/11/2026", "Nội quy 02/NQ")
    assert told(sent(client, f"{SHEETS}hours/", HOURS, crossed)) == [
        (2, "rejected", ("workdays.hours_malformed",))
    ]


def test_agency_codes_of_all_units_come_in_one_file_and_a_unit_sets_only_its_own(
    client: Client, cast: Cast
) -> None:
    head = ("Mã đơn vị", "Mã định danh")
    rows = [(TAN_HUNG, "h29.1.5"), (VINH_HOI, "H29/1"), (27478, "H29.1.7")]
    signed_in(client, cast.administrator)
    assert told(sent(client, f"{SHEETS}agency-codes/", head, *rows[:1], (NHA_BE, "H29.1.9"))) == [
        (2, "changed", ()),
        (3, "rejected", ("agency_code.not_allowed",)),
    ]
    signed_in(client, cast.city)
    checked = sent(client, f"{SHEETS}agency-codes/", head, *rows)
    assert told(checked) == [
        (2, "changed", ()),
        (3, "rejected", ("agency_code.form",)),
        (4, "changed", ()),
    ]
    applied(client, f"{SHEETS}agency-codes/", checked)
    assert agency_code_of(cast.unit_id(TAN_HUNG)) == "H29.1.5"
    assert agency_code_of(cast.unit_id(VINH_HOI)) != "H29/1"


def test_a_code_that_two_rows_or_another_unit_bear_is_told_by_its_row(client: Client, cast: Cast) -> None:
    head = ("Mã đơn vị", "Mã định danh")
    signed_in(client, cast.city)
    rows = [(TAN_HUNG, "H29.1.5"), (VINH_HOI, "h29.1.5"), (NHA_BE, f"MH.79.27.{TAN_THUAN[2:]}")]
    checked = sent(client, f"{SHEETS}agency-codes/", head, *rows)
    assert told(checked) == [
        (2, "rejected", ("settings.contradiction",)),
        (3, "rejected", ("settings.contradiction",)),
        (4, "rejected", ("agency_code.taken",)),
    ]
    assert "Các dòng 2, 3" in checked.content.decode() and "Tân Thuận" in checked.content.decode()


def test_fees_by_a_resolution_hold_until_their_last_day(client: Client, cast: Cast) -> None:
    head = (
        "Mã TTHC",
        "Tên khoản",
        "Mức thu",
        "Tính theo",
        "Nghị quyết",
        "Hiệu lực từ",
        "Hết hiệu lực từ ngày",
    )
    basis = ("Nghị quyết 05/NQ-HĐND", "1/11/2026", "1/12/2026")
    signed_in(client, cast.city)
    checked = sent(
        client,
        f"{SHEETS}term-fees/",
        head,
        (PROCEDURE, "Lệ phí", "8.000 đ", "bản", *basis),
        (PROCEDURE, "Lệ phí thêm", 5000, "trang", *basis),
        ("9.999999", "Lệ phí", 5000, "bản", *basis),
    )
    assert told(checked) == [
        (2, "new", ()),
        (3, "new", ()),
        (4, "rejected", ("settings.procedure_unknown",)),
    ]
    applied(client, f"{SHEETS}term-fees/", checked)
    now, later = (
        effective_terms(PROCEDURE, TAN_HUNG, day) for day in (date(2026, 11, 30), date(2026, 12, 1))
    )
    assert now is not None and [fee.amount for fee in now.fees or ()] == [8000, 5000]
    assert later is not None and [fee.amount for fee in later.fees or ()] != [8000, 5000]


def test_another_day_or_another_confidence_of_the_same_fee_is_a_change(client: Client, cast: Cast) -> None:
    head = (
        "Mã TTHC",
        "Mức thu",
        "Tính theo",
        "Nghị quyết",
        "Hiệu lực từ",
        "Hết hiệu lực từ ngày",
        "Độ chắc chắn",
    )
    row = (PROCEDURE, 8000, "bản", "Nghị quyết 05/NQ-HĐND")
    sure = str(Confidence.VERIFIED.label)
    signed_in(client, cast.city)
    address = f"{SHEETS}term-fees/"

    def again(*basis: str | None) -> list[tuple[int, str, tuple[str, ...]]]:
        return told(sent(client, address, head, (*row, *basis)))

    applied(client, address, sent(client, address, head, (*row, "1/11/2026", "1/1/2027", sure)))
    assert again("1/11/2026", "1/1/2027", sure) == again(None, "1/1/2027", None) == [(2, "unchanged", ())]
    for basis in (
        ("1/11/2026", "1/2/2027", sure),
        ("1/11/2026", None, sure),
        ("2/11/2026", "1/1/2027", sure),
        ("1/11/2026", "1/1/2027", str(Confidence.MEMORY.label)),
    ):
        assert again(*basis) == [(2, "changed", ())], basis
    export = client.get(f"{address}?export").content
    back = client.post(address, {"file": SimpleUploadedFile("x.xlsx", export), "key": str(uuid4())})
    assert (2, "unchanged", ()) in told(back) and "01/01/2027" in shown(export)


def test_another_first_day_of_hours_and_another_confidence_of_a_day_are_changes(
    client: Client, cast: Cast
) -> None:
    signed_in(client, cast.administrator)
    hours, days, rest = f"{SHEETS}hours/", f"{SHEETS}days/", ("7:00", "11:30", None, None, None)
    applied(client, hours, sent(client, hours, HOURS, (None, *rest, "2/11/2026", "Nội quy 01/NQ")))
    later = sent(client, hours, HOURS, (None, *rest, "1/12/2026", "Nội quy 01/NQ"))
    assert told(later) == [(2, "changed", ())]
    head = (*DAYS, "Độ chắc chắn")
    applied(client, days, sent(client, days, DAYS, (*OFF, None)))
    sure = sent(client, days, head, (*OFF, None, str(Confidence.VERIFIED.label)))
    assert told(sure) == [(2, "changed", ())]


@pytest.mark.parametrize(
    ("sheet", "head", "cells", "code"),
    [
        ("term-time_limit", ("Số", "Đơn vị tính"), (20261122, "ngày làm việc"), "procedure.value_malformed"),
        ("term-time_limit", ("Số", "Đơn vị tính"), (1000, "tháng"), "procedure.value_malformed"),
        ("term-papers", ("Tên giấy tờ", "Bản chính"), ("Tờ khai", 100), "procedure.value_malformed"),
        ("term-fees", ("Mức thu", "Tính theo"), (1_000_000_001, "bản"), "procedure.value_malformed"),
        ("term-fees", ("Mức thu", "Tính theo"), (10**19, "bản"), "cell_integer"),
    ],
)
def test_a_number_from_the_wrong_column_is_no_value(
    client: Client, cast: Cast, sheet: str, head: tuple[str, ...], cells: tuple[object, ...], code: str
) -> None:
    signed_in(client, cast.city)
    checked = sent(
        client, f"{SHEETS}{sheet}/", ("Mã TTHC", *head, "Căn cứ"), (PROCEDURE, *cells, "Quyết định 01")
    )
    assert told(checked) == [(2, "rejected", (code,))]


def test_what_was_applied_is_told_in_a_spreadsheet_too(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    rows = ((*OFF, None), ("5/11/2026", "nghi phep", "x", "y", None))
    done = applied(client, f"{SHEETS}days/", sent(client, f"{SHEETS}days/", DAYS, *rows))
    assert report_behind(done) == [(2, "thêm mới"), (3, "không nhập")]


def test_terms_of_a_unit_go_out_and_come_in_unchanged(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    head = ("Mã thủ tục", "Trạng thái", "Ai làm", "Tỷ lệ", "Căn cứ")
    rows = [
        (PROCEDURE, "Đang xử lý", "chuyên viên", 70, "Quy trình 01"),
        (PROCEDURE, "Chờ phê duyệt", "lãnh đạo", 30, "Quy trình 01"),
    ]
    applied(client, f"{SHEETS}term-steps/", sent(client, f"{SHEETS}term-steps/", head, *rows))
    assert [row["share"] for row in terms_set_at(TAN_HUNG, "steps", today())[PROCEDURE].value] == [70, 30]
    export = client.get(f"{SHEETS}term-steps/?export").content
    again = client.post(
        f"{SHEETS}term-steps/", {"file": SimpleUploadedFile("x.xlsx", export), "key": str(uuid4())}
    )
    assert told(again) == [(2, "unchanged", ()), (3, "unchanged", ())]


def test_values_that_do_not_fit_are_told_by_the_rule_that_the_form_obeys(client: Client, cast: Cast) -> None:
    signed_in(client, cast.administrator)
    head = ("Mã thủ tục", "Trạng thái", "Ai làm", "Tỷ lệ", "Căn cứ")
    short = sent(
        client, f"{SHEETS}term-steps/", head, (PROCEDURE, "Đang xử lý", "chuyên viên", 70, "Quy trình")
    )
    assert told(short) == [(2, "rejected", ("procedure.value_malformed",))]
    differ = sent(
        client,
        f"{SHEETS}term-steps/",
        head,
        (PROCEDURE, "Đang xử lý", "chuyên viên", 70, "Quy trình 01"),
        (PROCEDURE, "Chờ phê duyệt", "lãnh đạo", 30, "Quy trình 02"),
    )
    assert {codes for _row, _outcome, codes in told(differ)} == {("settings.contradiction",)}


def test_only_who_administers_or_the_city_opens_it(client: Client, cast: Cast) -> None:
    for actor in (cast.clerk, cast.specialist, cast.vice_chair):
        signed_in(client, actor)
        assert client.get(SETTINGS).status_code == 404
        assert client.post(f"{SHEETS}days/", {"key": str(uuid4())}).status_code == 404

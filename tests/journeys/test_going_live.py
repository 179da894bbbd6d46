"""A ward goes live: set by sheets, its open dossiers brought over, its checklist seen, the city's word."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.cast import PROVINCE, TAN_HUNG
from tests.journeys.conftest import Desk, wrong
from tests.work.dossiers.stage import PROCEDURE

pytestmark = pytest.mark.journey
HEAD = ("Mã hồ sơ", "Mã TTHC", "Người nộp", "Ngày nhận", "Ngày hẹn trả", "Trạng thái", "Cán bộ đang giữ")
ROWS = [
    ("CU-2026-00001", PROCEDURE, "Công dân 0001", "1/6/2026", "05/06/2026", "Đang xử lý", None),
    ("CU-2026-00002", PROCEDURE, "Công dân 0002", "1/6/2026", "06/06/2026 10:20", "Chờ phê duyệt", None),
    ("CU-2026-00003", "9.999999", "Công dân 0003", "2/6/2026", "05/06/2026", "Đang xử lý", None),
    ("CU-2026-00004", PROCEDURE, "Công dân 0004", "2/6/2026", "05/06/2026", "Đã trả kết quả", None),
    ("CU-2026-00005", PROCEDURE, "Công dân 0005", "hôm qua", "05/06/2026", "Đang xử lý", None),
    ("CU-2026-00006", PROCEDURE, "Công dân 0006", "3/6/2026", "08/06/2026", "Chờ bổ sung", None),
]


def looked_at(page: Page, name: str) -> None:
    """At a desk and on a telephone: nothing scrolls sideways, and axe finds nothing."""
    assert wrong(page) == [], name


def listed(folder: Path) -> Path:
    """A predecessor's list as a file."""
    book = Workbook()
    for row in (HEAD, *ROWS):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "ho-so-cu.xlsx")
    return folder / "ho-so-cu.xlsx"


def test_open_dossiers_are_brought_over_and_every_row_is_told(desk: Desk, tmp_path: Path) -> None:
    page = desk.officer(f"quantri.{TAN_HUNG}")
    page.goto(f"{desk.address}/administration/")
    looked_at(page, "home")
    page.get_by_role("link", name="Nhập hồ sơ từ hệ thống cũ").click()
    looked_at(page, "takeover-empty")
    page.set_input_files("[name=file]", listed(tmp_path))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".errors")).to_contain_text("biên bản bàn giao")
    looked_at(page, "takeover-wrong")
    page.set_input_files("[name=file]", listed(tmp_path))
    page.fill("[name=source]", "Một cửa điện tử cũ, biên bản 01/BB-UBND")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Ghi 3 dòng")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Không có mã thủ tục 9.999999")
    looked_at(page, "takeover-checked")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Đã ghi xong")
    looked_at(page, "takeover-done")


def test_a_day_is_counted_and_said(desk: Desk) -> None:
    page = desk.officer(f"quantri.{TAN_HUNG}")
    page.goto(f"{desk.address}/administration/settings/")
    looked_at(page, "settings")
    page.get_by_role("link", name="Ghi ngày nghỉ, làm bù").click()
    page.fill("[name=day]", "31/12/2027")
    page.get_by_label("nghỉ", exact=True).check()
    page.fill("[name=name]", "Nghỉ hoán đổi")
    page.fill("[name=source]", "Thông báo 01/TB-UBND")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Chưa ghi gì")
    looked_at(page, "day-counted")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Đã ghi")


def test_the_checklist_is_ticked_and_the_city_sees_all_units(desk: Desk) -> None:
    page = desk.officer(f"quantri.{TAN_HUNG}")
    page.goto(f"{desk.address}/administration/readiness/")
    looked_at(page, "checklist")
    page.get_by_role("link", name="Đường truyền").click()
    page.get_by_label("Đạt", exact=True).check()
    page.fill("[name=note]", "Hai đường, đã thử chuyển đường dự phòng")
    looked_at(page, "item")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("đã thử chuyển đường dự phòng")
    page.get_by_role("link", name="Cán bộ, tài khoản").click()
    looked_at(page, "item-people")
    city = desk.officer(f"thanhpho.{PROVINCE}")
    city.goto(f"{desk.address}/administration/readiness/?order=ready")
    expect(city.locator("tbody tr")).to_have_count(168)
    looked_at(city, "board")
    city.goto(f"{desk.address}/administration/readiness/{TAN_HUNG}/go_live/")
    city.keyboard.press("Control+Enter")
    expect(city.locator(".errors")).to_contain_text("mục chưa đạt")
    looked_at(city, "go-live")

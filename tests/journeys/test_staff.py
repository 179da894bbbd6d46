"""A unit's administrator at the browser: the staff, a new officer with a slip, and the table of officers; no fault."""

import os
import re
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect

from lienthong.core.workdays.queries import today
from lienthong.lib.spreadsheet import write_sheet
from lienthong.people.identity.queries import roll_fields
from tests.cast import PROVINCE, TAN_HUNG
from tests.journeys.conftest import Desk, wrong

ADMINISTRATOR = f"quantri.{TAN_HUNG}"
STAFF = "/administration/staff/"
GOOD = "mot-cau-dai-kho-doan"


def look(page: Page, name: str) -> None:
    """The page has no fault and nothing is scrolled sideways; a picture where one is wanted."""
    folder = os.environ.get("LIENTHONG_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    assert wrong(page) == [], name


def table() -> bytes:
    """Two rows that can be loaded, and two that cannot."""
    centre, clerk = "Trung tâm Phục vụ hành chính công", "Cán bộ một cửa"
    rows = [
        (centre, clerk, "Cán bộ một cửa bổ sung", 1, "Cán bộ Nhập Một", f"nhap1.{TAN_HUNG}", today()),
        (centre, clerk, "Cán bộ một cửa bổ sung", 2, "Cán bộ Nhập Hai", f"nhap2.{TAN_HUNG}", today()),
        ("Phòng Văn hóa Xã hội", clerk, "Chuyên viên", 3, "Cán bộ Nhập Ba", f"nhap3.{TAN_HUNG}", today()),
        (centre, clerk, "Cán bộ một cửa", 8, "Cán bộ Nhập Bốn", f"motcua1.{TAN_HUNG}", today()),
    ]
    order = ("body", "kind", "title", "rank", "person", "username", "starts_on")
    cells = [
        [
            dict(zip(order, (*row[:3], row[3] + 100, *row[4:]), strict=True)).get(field.name)
            for field in roll_fields()
        ]
        for row in rows
    ]
    target = BytesIO()
    write_sheet(target, "Cán bộ", [field.column() for field in roll_fields()], cells)
    return target.getvalue()


def test_the_staff_is_shown_and_brought_in_from_a_table(desk: Desk) -> None:
    page = desk.officer(ADMINISTRATOR)
    page.goto(f"{desk.address}/administration/")
    look(page, "home")
    page.goto(f"{desk.address}{STAFF}")
    look(page, "list")
    page.get_by_role("link", name="Nhập từ bảng tính").click()
    look(page, "import")
    page.click("button[form=act]")
    expect(page.locator(".errors")).to_be_focused()
    look(page, "import-wrong")
    page.set_input_files("[name=file]", {"name": "a.xlsx", "mimeType": "", "buffer": table()})
    page.click("button[form=act]")
    expect(page.get_by_role("heading", name="Kiểm tra bảng cán bộ")).to_be_visible()
    look(page, "report")
    page.click("button[form=act]")
    expect(page.locator(".notice--done")).to_be_visible()
    look(page, "loaded")
    page.goto(f"{desk.address}{STAFF}slips/")
    look(page, "issue")
    page.click("button[form=act]")
    expect(page.get_by_role("heading", name="Phiếu tài khoản")).to_be_visible()
    look(page, "slips")


def test_an_officer_is_appointed_invited_and_signs_in_with_the_slip(desk: Desk) -> None:
    page = desk.officer(ADMINISTRATOR, 390)
    page.goto(f"{desk.address}{STAFF}posts/add/")
    look(page, "add-post")
    page.get_by_label("Cơ quan, phòng").select_option(label="Văn phòng HĐND và UBND")
    page.get_by_label("Loại vị trí").select_option(label="Văn thư")
    page.get_by_label("Chức danh").fill("Văn thư bổ sung")
    page.click("button[form=act]")
    look(page, "post-vacant")
    page.locator(".act-bar").get_by_role("link", name="Bố trí người").click()
    look(page, "appoint")
    page.get_by_label("Hoặc họ tên người mới").fill("Cán bộ Văn thư Bổ Sung")
    page.click("button[form=act]")
    page.locator(".act-bar").get_by_role("link", name="Lập tài khoản").click()
    look(page, "invite")
    page.get_by_label("Tên đăng nhập").fill(f"vanthu9.{TAN_HUNG}")
    page.click("button[form=act]")
    code = re.search(r"(\w{4}-){3}\w{4}", page.locator(".slip dl").inner_text())
    assert code
    look(page, "slip")
    officer = desk.stranger(390)
    officer.goto(f"{desk.address}/account/invitation/")
    look(officer, "take")
    officer.get_by_label("Mã trên phiếu").fill(code[0].lower())
    officer.get_by_label("Mật khẩu mới", exact=True).fill(GOOD)
    officer.get_by_label("Nhập lại mật khẩu mới").fill(GOOD)
    officer.keyboard.press("Enter")
    officer.wait_for_url("**/account/login/")
    officer.fill("[name=login]", f"vanthu9.{TAN_HUNG}")
    officer.fill("[name=password]", GOOD)
    officer.keyboard.press("Enter")
    officer.wait_for_url("**/desk/**")


def test_a_post_and_its_acts_have_no_fault(desk: Desk) -> None:
    page = desk.officer(ADMINISTRATOR)
    page.goto(f"{desk.address}{STAFF}")
    page.get_by_role("link", name="Chủ tịch UBND", exact=True).click()
    look(page, "post")
    address = page.url
    for verb in ("substitute", "reset", "lock", "end_holding", "appoint", "unlock"):
        page.goto(f"{address}{verb}/")
        look(page, f"act-{verb}")


def test_the_city_sees_its_units(desk: Desk) -> None:
    page = desk.officer(f"thanhpho.{PROVINCE}")
    page.goto(f"{desk.address}{STAFF}")
    look(page, "units")
    page.get_by_role("link", name="Phường Tân Hưng").first.click()
    look(page, "unit-of-city")

"""Make the manual's pictures from a running demonstration, as a clerk and a leader would see it.

    make run                                  # in one window
    .venv/bin/python docs/manual/make_pictures.py http://localhost:8000

Needs Chromium (LIENTHONG_CHROMIUM or /usr/bin/chromium) and the developers' lock. The intake that the pictures
show is really stored; its person is visibly fictitious.
"""

import json
import os
import re
import sys
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader

HERE = Path(__file__).parent
ACCOUNTS = Path(os.environ.get("LIENTHONG_VAR", "var")) / "demo-accounts.json"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTED = (
    ("Mã hồ sơ", "Mã thủ tục", "Người nộp", "Ngày nhận", "Ngày hẹn trả", "Trạng thái"),
    ("CU-2026-00001", "1.001193", "Công dân 0001", "02/11/2026", "06/11/2026", "Đang xử lý"),
    ("CU-2026-00002", "1.001193", "Công dân 0002", "02/11/2026", "05/11/2026", "Chờ phê duyệt"),
    ("CU-2026-00003", "1.001193", "Công dân 0003", "03/11/2026", "10/11/2026", "Chờ bổ sung"),
    ("CU-2026-00004", "9.999999", "Công dân 0004", "03/11/2026", "06/11/2026", "Đang xử lý"),
    ("CU-2026-00005", "1.001193", "Công dân 0005", "hôm qua", "06/11/2026", "Đang xử lý"),
    ("CU-2026-00006", "1.001193", "Công dân 0006", "02/11/2026", "05/11/2026", "Đã trả kết quả"),
)
CENTRE, CLERK = "Trung tâm Phục vụ hành chính công", "Cán bộ một cửa"
OFFICERS = (
    (
        "Cơ quan, phòng",
        "Loại vị trí",
        "Chức danh",
        "Thứ tự",
        "Họ và tên",
        "Tên đăng nhập",
        "Từ ngày",
        "Số quyết định",
    ),
    (
        CENTRE,
        CLERK,
        "Cán bộ một cửa",
        3,
        "Cán bộ một cửa 3 P. Tân Hưng",
        "motcua3.27475",
        "01/11/2026",
        "01/QĐ (thử)",
    ),
    (
        CENTRE,
        CLERK,
        "Cán bộ một cửa",
        4,
        "Cán bộ một cửa 4 P. Tân Hưng",
        "motcua4.27475",
        "01/11/2026",
        "02/QĐ (thử)",
    ),
    (
        "Phòng Văn hóa Xã hội",
        "Công chức chuyên môn",
        "Chuyên viên",
        3,
        "Chuyên viên 3",
        "vhxh3.27475",
        "01/11/2026",
        "",
    ),
    (CENTRE, CLERK, "Cán bộ một cửa", 5, "Cán bộ một cửa 5 P. Tân Hưng", "motcua1.27475", "01/11/2026", ""),
)
CARD = "079090000456||CÔNG DÂN THỬ NGHIỆM|01021990|Nam|Số 1, Khu phố 1, Phường Tân Hưng|02032021"


def main(address: str) -> None:
    """All pictures, one after the other."""
    accounts = {one["username"].split(".")[0]: one for one in json.loads(ACCOUNTS.read_text())}
    with sync_playwright() as playwright:
        path = os.environ.get("LIENTHONG_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        counter = officer(browser, address, accounts["motcua1"])
        receipt = clerk(counter, address)
        at_once(counter, address)
        day_at_the_counter(counter, address)
        counter.goto(f"{address}/certification/new/")
        shoot(counter, "certification")
        specialist(officer(browser, address, accounts["vhxh1"]), address)
        chair = officer(browser, address, accounts["chutich"])
        leader(chair, address)
        office(chair, address)
        deputy(browser, address, accounts["phochutich2"])
        overseer = officer(browser, address, accounts["thanhpho"])
        city(overseer, address)
        register(overseer, address)
        administrator = officer(browser, address, accounts["quantri"])
        going_live(administrator, address)
        staffing(administrator, address)
        board(officer(browser, address, accounts["thanhpho"]), address)
        citizen(browser, address, receipt)
        browser.close()


def officer(browser: Browser, address: str, account: dict[str, str]) -> Page:
    """Signed in by keyboard."""
    page = sign_in(browser, address, account)
    page.wait_for_url("**/desk/**")
    return page


def sign_in(browser: Browser, address: str, account: dict[str, str]) -> Page:
    """The first page after the password: the desk, or the choice of a post."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN").new_page()
    page.goto(f"{address}/desk/")
    page.fill("[name=login]", account["username"])
    page.fill("[name=password]", account["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_selector(".officer")
    return page


def clerk(page: Page, address: str) -> str:
    """An intake by keyboard; returns the path that the receipt's QR code leads to."""
    page.goto(f"{address}/desk/counter/")
    expect(page.locator("#scan")).to_be_focused()
    page.keyboard.type(CARD, delay=2)
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_have_value("CÔNG DÂN THỬ NGHIỆM")
    if not page.input_value("#id_phone"):  # who has been here before is known with the telephone
        page.keyboard.type("0900000456")
    page.keyboard.press("F3")
    page.keyboard.type("dang ky khai sinh", delay=30)
    page.wait_for_timeout(600)
    shoot(page, "counter-search")
    page.keyboard.press("Enter")
    expect(page.locator("#paper_0")).to_be_focused()
    page.keyboard.press("F6")
    shoot(page, "counter")
    page.keyboard.press("F9")
    page.locator("[data-done]").wait_for()
    shoot(page, "counter-done")
    paper = page.locator("[data-print-ready]").get_attribute("href") or ""
    text = "".join(
        sheet.extract_text()
        for sheet in PdfReader(BytesIO(page.request.get(f"{address}{paper}").body())).pages
    )
    secret = re.search(r"/tra-cuu/([0-9a-f]{32})/", re.sub(r"\s", "", text))
    return f"/tra-cuu/{secret[1]}/" if secret else ""


def at_once(page: Page, address: str) -> None:
    """A certified copy: taken in, paid, signed and handed over in one sitting."""
    page.goto(f"{address}/desk/counter/?next")
    page.fill("#id_name", "CÔNG DÂN THỬ NGHIỆM")
    page.keyboard.press("F3")
    page.keyboard.type("chung thuc ban sao tu ban chinh", delay=30)
    page.wait_for_timeout(600)
    page.keyboard.press("Enter")
    expect(page.locator("#paper_0")).to_be_focused()
    page.keyboard.press("F6")
    page.keyboard.press("F9")
    number = page.locator("#answer_result_number")
    number.wait_for()
    number.fill("01/CT (thử nghiệm)")
    shoot(page, "at-once")
    page.keyboard.press("Enter")
    page.locator("#answer").wait_for(state="detached")


def day_at_the_counter(page: Page, address: str) -> None:
    """The register, the day's money, and the forms of hand-over and supplement as they open."""
    page.goto(f"{address}/dossiers/register/")
    shoot(page, "register")
    page.goto(f"{address}/fees/")
    shoot(page, "fee-day")
    page.goto(f"{address}/desk/?list=to_return")
    rows = page.locator("[data-open]")
    if rows.count():
        page.goto(f"{address}{rows.first.get_attribute('href')}return/")
        shoot(page, "return")


def specialist(page: Page, address: str) -> None:
    """The worklist, a dossier's page and the form of a supplement request (not sent)."""
    page.goto(f"{address}/desk/")
    shoot(page, "my-work")
    rows = page.locator("[data-open]")
    if rows.count():
        page.goto(address + (rows.first.get_attribute("href") or ""))
        shoot(page, "dossier")
        page.goto(f"{page.url}request_supplement/")
        shoot(page, "supplement")


def leader(page: Page, address: str) -> None:
    """What waits for a decision, and how the unit stands."""
    page.goto(f"{address}/dossiers/approvals/")
    shoot(page, "approvals")
    page.goto(f"{address}/overview/?period=month")
    shoot(page, "overview")


def office(page: Page, address: str) -> None:
    """A procedure whose source is silent, and the form that sets what is missing (not sent)."""
    page.goto(f"{address}/procedures/?list=lacking")
    rows = page.locator("[data-open]")
    if rows.count():
        page.goto(address + (rows.first.get_attribute("href") or ""))
        shoot(page, "office-procedure")
        page.goto(f"{page.url}set/papers/")
        shoot(page, "office-set")


def deputy(browser: Browser, address: str, account: dict[str, str]) -> None:
    """Who holds two posts chooses one."""
    page = sign_in(browser, address, account)
    page.goto(f"{address}/account/post/")
    shoot(page, "choose-post")


def city(page: Page, address: str) -> None:
    """Every unit of the city: the table and its map, and the screen on a wall."""
    for name, place in {"cockpit": "", "cockpit-wall": "wall/"}.items():
        page.goto(f"{address}/cockpit/{place}")
        page.wait_for_selector("path.map__unit")
        shoot(page, name)


def register(page: Page, address: str) -> None:
    """Who does what: one answer with its papers, the proof over all units, and what lapses on 1 March 2027."""
    page.goto(f"{address}/register/who/?task=2.000815&unit=27475")
    shoot(page, "register-who")
    for name, place in {"findings": "", "matrix": "matrix/"}.items():
        page.goto(f"{address}/stewardship/{place}")
        if not page.locator("[data-matrix], [data-row]").count() and name == "findings":
            page.click("button.button--primary")
            page.wait_for_load_state()
        shoot(page, name)
    page.goto(f"{address}/register/drafts/")
    page.get_by_role("link", name="28 nghị định").first.click()
    path = page.url.replace("/register/", "/stewardship/")
    page.goto(path)
    page.click("button.button--primary")
    page.locator(".figures, table").first.wait_for()
    shoot(page, "draft-decrees")


def going_live(page: Page, address: str) -> None:
    """A ward is set up: settings, its officers' file, a predecessor's list as it is checked, the checklist."""
    for name, place in {"settings": "settings", "staff": "staff/import", "checklist": "readiness"}.items():
        page.goto(f"{address}/administration/{place}/")
        shoot(page, f"going-live-{name}")
    page.goto(f"{address}/administration/takeover/")
    page.set_input_files(
        "[name=file]", {"name": "ho-so-cu.xlsx", "mimeType": SHEET, "buffer": predecessors()}
    )
    page.fill("[name=source]", "Một cửa điện tử cũ, biên bản 01/BB (thử nghiệm)")
    page.keyboard.press("Control+Enter")
    page.locator("#rows").wait_for()
    shoot(page, "going-live-takeover")


def staffing(page: Page, address: str) -> None:
    """The staff of a unit, a table as it is checked and loaded, the slips of who is new, and taking one."""
    page.goto(f"{address}/administration/staff/")
    shoot(page, "staff-list")
    page.get_by_role("link", name="Chủ tịch UBND", exact=True).click()
    shoot(page, "staff-post")
    page.goto(f"{address}/administration/staff/import/")
    page.set_input_files("[name=file]", {"name": "can-bo.xlsx", "mimeType": SHEET, "buffer": officers()})
    page.click("button[form=act]")
    page.locator("#report").wait_for()
    shoot(page, "staff-report")
    if page.locator("button[form=act]").count():
        page.click("button[form=act]")
        page.locator(".notice--done").wait_for()
    page.goto(f"{address}/administration/staff/slips/")
    if page.locator("button[form=act]").count():
        page.click("button[form=act]")
        page.locator(".slip").first.wait_for()
        shoot(page, "staff-slips")
    page.goto(f"{address}/account/invitation/")
    shoot(page, "staff-take")


def officers() -> bytes:
    """A ward's table: two new officers, a body that is written otherwise, a user name that is somebody else's."""
    book, target = Workbook(), BytesIO()
    for row in OFFICERS:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


def board(page: Page, address: str) -> None:
    """Green and red over all units."""
    page.goto(f"{address}/administration/readiness/?order=ready")
    shoot(page, "going-live-board")


def predecessors() -> bytes:
    """A predecessor's list: good rows, and rows of which each says why it is not taken."""
    book, stream = Workbook(), BytesIO()
    for row in LISTED:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(stream)
    return stream.getvalue()


def citizen(browser: Browser, address: str, receipt: str) -> None:
    """The open pages on a small telephone."""
    page = browser.new_context(viewport={"width": 390, "height": 760}, locale="vi-VN").new_page()
    places = {"home": "/", "lookup": "/tra-cuu/", "procedure": "/thu-tuc/1.001193/", "unit": "/don-vi/27475/"}
    if receipt:
        places["found"] = receipt
    for name, place in places.items():
        page.goto(address + place)
        shoot(page, f"citizen-{name}")
    page.goto(f"{address}/ai-giai-quyet/?task=1.001193&unit=27475")
    shoot(page, "who")


def shoot(page: Page, name: str) -> None:
    """One picture of what is on screen."""
    page.wait_for_timeout(150)
    page.screenshot(path=HERE / "pictures" / f"{name}.png")
    print(name)


if __name__ == "__main__":
    main((sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000").rstrip("/"))

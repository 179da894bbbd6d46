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

from playwright.sync_api import Browser, Page, expect, sync_playwright
from pypdf import PdfReader

HERE = Path(__file__).parent
ACCOUNTS = Path(os.environ.get("LIENTHONG_VAR", "var")) / "demo-accounts.json"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CARD = "079090000456||CÔNG DÂN THỬ NGHIỆM|01021990|Nam|Số 1, Khu phố 1, Phường Tân Hưng|02032021"


def main(address: str) -> None:
    """All pictures, one after the other."""
    accounts = {one["username"].split(".")[0]: one for one in json.loads(ACCOUNTS.read_text())}
    with sync_playwright() as playwright:
        path = os.environ.get("LIENTHONG_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        receipt = clerk(officer(browser, address, accounts["motcua1"]), address)
        specialist(officer(browser, address, accounts["vhxh1"]), address)
        leader(officer(browser, address, accounts["chutich"]), address)
        city(officer(browser, address, accounts["thanhpho"]), address)
        citizen(browser, address, receipt)
        browser.close()


def officer(browser: Browser, address: str, account: dict[str, str]) -> Page:
    """Signed in by keyboard."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN").new_page()
    page.goto(f"{address}/desk/")
    page.fill("[name=login]", account["username"])
    page.fill("[name=password]", account["password"])
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/desk/**")
    return page


def clerk(page: Page, address: str) -> str:
    """An intake by keyboard; returns the path that the receipt's QR code leads to."""
    page.goto(f"{address}/desk/counter/")
    expect(page.locator("#scan")).to_be_focused()
    page.keyboard.type(CARD, delay=2)
    page.keyboard.press("Enter")
    expect(page.locator("#id_phone")).to_be_focused()
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


def specialist(page: Page, address: str) -> None:
    """The worklist and a dossier's page."""
    page.goto(f"{address}/desk/")
    shoot(page, "my-work")
    rows = page.locator("[data-open]")
    if rows.count():
        rows.first.click()
        page.wait_for_load_state()
        shoot(page, "dossier")


def leader(page: Page, address: str) -> None:
    """What waits for a decision, and how the unit stands."""
    page.goto(f"{address}/dossiers/approvals/")
    shoot(page, "approvals")
    page.goto(f"{address}/overview/?period=month")
    shoot(page, "overview")


def city(page: Page, address: str) -> None:
    """Every unit of the city."""
    page.goto(f"{address}/overview/")
    shoot(page, "city")


def citizen(browser: Browser, address: str, receipt: str) -> None:
    """The open pages on a small telephone."""
    page = browser.new_context(viewport={"width": 390, "height": 760}, locale="vi-VN").new_page()
    places = {"home": "/", "lookup": "/tra-cuu/", "procedure": "/thu-tuc/1.001193/", "unit": "/don-vi/27475/"}
    if receipt:
        places["found"] = receipt
    for name, place in places.items():
        page.goto(address + place)
        shoot(page, f"citizen-{name}")


def shoot(page: Page, name: str) -> None:
    """One picture of what is on screen."""
    page.wait_for_timeout(150)
    page.screenshot(path=HERE / "pictures" / f"{name}.png")
    print(name)


if __name__ == "__main__":
    main((sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000").rstrip("/"))

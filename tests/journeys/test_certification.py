"""Certification in a browser: by keyboard alone from the scan to the paper, and the pages around it."""

import os
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from tests.cast import TAN_HUNG, Cast
from tests.journeys.conftest import Desk, wrong
from tests.work.certification.stage import delegated, received, request

pytestmark = pytest.mark.journey
KEY = 250  # milliseconds: four keys a second
WEDGE = 2  # a scanner types faster
CARD = "079190000456||CÔNG DÂN THỬ NGHIỆM|01021990|Nam|Số 1, Khu phố 1, Phường Tân Hưng|02032021"
CLERK, CHAIR = f"motcua1.{TAN_HUNG}", f"chutich.{TAN_HUNG}"
PICTURES = os.environ.get("LIENTHONG_PICTURES", "")


def typed(page: Page, text: str) -> None:
    page.keyboard.type(text, delay=KEY)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key, delay=KEY)


def pictured(page: Page, name: str) -> None:
    """Keep a picture, where a folder for pictures is named."""
    if PICTURES:
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})


@pytest.fixture(scope="module")
def right(ground: None) -> None:
    """The Chair has let the clerk sign copies."""
    cast = Cast()
    delegated(cast.chair, cast.clerk)


def counter(desk: Desk) -> Page:
    page = desk.officer(CLERK)
    page.goto(f"{desk.address}/certification/new/")
    expect(page.locator("#scan")).to_be_focused()
    return page


def test_from_scan_to_paper_takes_well_under_five_minutes(desk: Desk, right: None) -> None:
    page = counter(desk)
    pictured(page, "counter-empty")
    began = monotonic()
    page.keyboard.type(CARD, delay=WEDGE)
    press(page, "Enter")
    expect(page.locator("#id_items-0-document_name")).to_be_focused()
    typed(page, "Bang tot nghiep")
    press(page, "Enter", "Enter")
    typed(page, "5")
    press(page, "Enter")
    typed(page, "2")
    press(page, "Enter")
    expect(page.locator("#id_items-1-document_name")).to_be_focused()
    expect(page.locator("#quote")).to_contain_text("14.000 đ")
    with page.context.expect_page() as opened:
        press(page, "Enter")
    taken = monotonic() - began
    print(f"from scan to paper {taken:.1f} s")
    assert taken <= 300
    expect(page.locator("[data-done]")).to_contain_text("Đã trả")
    answer = page.request.get(opened.value.url or page.locator("[data-paper]").get_attribute("href") or "")
    assert answer.body().startswith(b"%PDF")
    pictured(page, "counter-done")


def test_a_filled_counter_and_a_wrong_one_are_fit_to_be_read(desk: Desk, right: None) -> None:
    page = counter(desk)
    page.fill("#id_items-0-document_name", "Bằng tốt nghiệp")
    page.fill("#id_items-0-pages", "5")
    page.press("#id_items-0-pages", "Tab")
    expect(page.locator("#quote")).to_contain_text("7.000 đ")
    page.select_option("#id_task", "2.000884")
    expect(page.locator("#certify-acts")).to_contain_text("Tiếp nhận")
    pictured(page, "counter-signature")
    page.keyboard.press("F9")
    expect(page.locator(".errors")).to_be_focused()
    assert wrong(page) == []
    pictured(page, "counter-wrong")


def test_the_chair_signs_by_keyboard_and_the_pages_are_fit_to_be_read(desk: Desk, right: None) -> None:
    cast = Cast()
    one = received(cast.clerk, request(number="079190000901")).certification_id
    received(cast.clerk, request(number="079190000902"))
    page = desk.officer(CHAIR)
    page.goto(f"{desk.address}/certification/signing/")
    assert wrong(page) == []
    pictured(page, "signing")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("d")
    expect(page.locator(".notice--done")).to_contain_text("2 việc")
    for path in (f"{one}/", "", "books/", "originals/", f"{one}/return/", f"{one}/refuse/"):
        page.goto(f"{desk.address}/certification/{path}")
        assert wrong(page) == [], path
        pictured(page, (path.replace(str(one), "case").strip("/") or "list").replace("/", "-"))

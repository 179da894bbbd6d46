"""Who handles what, asked by a citizen on a phone: by keyboard, without a script, and read by a screen reader."""

import pytest

from tests.cast import TAN_HUNG
from tests.journeys.conftest import Desk, wrong

pytestmark = pytest.mark.journey
TASK = "1.001193"
PAGES = {
    "first": "/ai-giai-quyet/",
    "found": "/ai-giai-quyet/?q=khai+sinh",
    "nothing found": "/ai-giai-quyet/?q=zzzz",
    "place asked": f"/ai-giai-quyet/?task={TASK}",
    "answer": f"/ai-giai-quyet/?task={TASK}&unit={TAN_HUNG}",
    "answer with a finding": f"/ai-giai-quyet/?task={TASK}&unit={TAN_HUNG}&at=2020-01-01",
}


def test_every_page_is_accessible_and_fits(desk: Desk, address: str) -> None:
    page = desk.stranger()
    for name, path in PAGES.items():
        page.goto(address + path)
        assert wrong(page) == [], name


def test_from_the_first_page_to_the_answer_by_keyboard(desk: Desk, address: str) -> None:
    page = desk.stranger(390)
    page.goto(f"{address}/")
    page.click("text=Ai giải quyết việc này?")
    page.fill("#q", "khai sinh")
    page.keyboard.press("Enter")
    page.click("text=Thủ tục đăng ký khai sinh >> nth=0")
    page.select_option("#unit", TAN_HUNG)
    page.fill("#at", "2026-11-02")
    page.click("text=Xem ai giải quyết")
    said = page.inner_text("main")
    assert "Tại Phường Tân Hưng, ngày 02/11/2026" in said and "Vị trí chịu trách nhiệm" in said
    page.click("text=English")
    assert page.inner_text("h1") == "Who handles this?"
    assert f"unit={TAN_HUNG}" in page.url

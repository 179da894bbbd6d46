"""The open web in a real browser: on a cheap phone, without a script, by keyboard, and for a screen reader."""

from collections.abc import Iterator

import pytest

from tests.cast import Cast
from tests.journeys.conftest import Desk, wrong
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.journey
PAGES = {
    "home": "/",
    "lookup": "/tra-cuu/",
    "false QR": f"/tra-cuu/{'0' * 32}/",
    "catalogue": "/thu-tuc/",
    "found in the catalogue": "/thu-tuc/?q=khai+sinh",
    "nothing in the catalogue": "/thu-tuc/?q=zzzz",
    "procedure": "/thu-tuc/1.001193/?unit=27475",
    "procedure with doubts": "/thu-tuc/1.001612/",
    "units": "/don-vi/",
    "old names": "/don-vi/?q=tan+quy",
    "unit": "/don-vi/27475/",
    "missing": "/khong-co/",
}


@pytest.fixture(scope="module")
def dossier(ground: None) -> Iterator[tuple[str, str]]:
    """Code and token of a dossier that has been received."""
    one = received(Cast().clerk)
    yield one.code, one.lookup_token


def test_every_page_is_accessible_and_fits(desk: Desk, address: str, dossier: tuple[str, str]) -> None:
    page = desk.stranger()
    for name, path in {**PAGES, "found": f"/tra-cuu/{dossier[1]}/"}.items():
        page.goto(address + path)
        assert wrong(page) == [], name


def test_what_a_finger_meets_is_large_enough(desk: Desk, address: str) -> None:
    """44 px for whatever stands alone; a link inside a sentence is as high as its line."""
    page = desk.stranger(390)
    small = []
    for path in ("/", "/tra-cuu/", "/thu-tuc/", "/don-vi/"):
        page.goto(address + path)
        small += page.evaluate(
            """[...document.querySelectorAll("a, button, input:not([type=hidden])")]
               .filter(one => !one.closest("p") && !one.matches(".skip"))
               .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 120))"""
        )
    assert small == []


def test_a_citizen_looks_up_a_dossier_by_keyboard(desk: Desk, address: str, dossier: tuple[str, str]) -> None:
    page = desk.stranger(390)
    page.goto(f"{address}/tra-cuu/")
    page.focus("#id_code")
    page.keyboard.type(dossier[0].lower())
    page.keyboard.press("Tab")
    page.keyboard.type("9999")
    page.keyboard.press("Enter")
    assert page.locator(".errors").evaluate("one => one === document.activeElement")
    assert wrong(page) == []
    assert page.input_value("#id_code") == dossier[0].lower()
    page.fill("#id_fact", "0123")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text("h1").replace("\n", " ") == "Hồ sơ đang được giải quyết"
    assert dossier[0] in page.inner_text("main").replace("\n", "")


def test_without_a_script_everything_is_reached_from_the_first_page(desk: Desk, address: str) -> None:
    context = desk.browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    desk.contexts.append(context)
    page = context.new_page()
    page.goto(f"{address}/")
    page.click("text=Tìm phường, xã của bạn")
    page.fill("#q", "tan quy")
    page.keyboard.press("Enter")
    page.click("text=Phường Tân Hưng")
    assert page.inner_text("h1") == "Phường Tân Hưng"
    page.click("text=Thủ tục làm tại đây")
    page.fill("#q", "khai sinh")
    page.keyboard.press("Enter")
    page.click("text=Thủ tục đăng ký khai sinh >> nth=0")
    assert "Tại Phường Tân Hưng" in page.inner_text("main")
    page.click("text=English")
    assert page.get_attribute("html", "lang") == "en"
    assert "/thu-tuc/1.001193/" in page.url


def test_the_first_load_is_light(desk: Desk, address: str) -> None:
    """What the browser fetches in truth: no script, two weights of one face, nothing from elsewhere."""
    page = desk.stranger(390)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(f"{address}/thu-tuc/?q=khai+sinh", wait_until="networkidle")
    assert [url for url in fetched if not url.startswith(address)] == []
    assert [url for url in fetched if url.endswith(".js")] == []
    assert len([url for url in fetched if url.endswith(".woff2")]) <= 4

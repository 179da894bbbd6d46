"""The counter in a browser, by keyboard alone: a full intake in under a minute, the next one right behind it."""

import re
from time import monotonic

import pytest
from playwright.sync_api import Page, Route, expect

from tests.cast import TAN_HUNG
from tests.journeys.conftest import Desk, wrong

pytestmark = pytest.mark.journey
KEY = 250  # milliseconds: four keys a second
WEDGE = 2  # a scanner types faster
CARD = "079190000456||CÔNG DÂN THỬ NGHIỆM|01021990|Nam|Số 1, Khu phố 1, Phường Tân Hưng|02032021"
CLERK = f"motcua1.{TAN_HUNG}"


def typed(page: Page, text: str) -> None:
    page.keyboard.type(text, delay=KEY)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key, delay=KEY)


def counter(desk: Desk) -> Page:
    page = desk.officer(CLERK)
    page.goto(f"{desk.address}/desk/counter/")
    expect(page.locator("#scan")).to_be_focused()
    return page


def stored(page: Page) -> str:
    """The code of the dossier that the page says is stored."""
    expect(page.locator("[data-done]")).to_be_visible()
    code = page.locator("[data-done] .code").inner_text()
    return re.sub(r"\s", "", code)


def pick(page: Page, letters: str) -> None:
    """Find a procedure by letters and take the first."""
    typed(page, letters)
    press(page, "Enter")
    expect(page.locator("#paper_0")).to_be_focused()


def test_an_intake_typed_by_hand_takes_under_a_minute_and_the_next_follows(desk: Desk) -> None:
    page = counter(desk)
    began = monotonic()
    press(page, "Enter", "Enter")  # no card; the kind of paper stays
    typed(page, "079190000123")
    press(page, "Enter")
    typed(page, "Cong dan 0123")
    press(page, "Enter")
    typed(page, "01021990")
    press(page, "Enter")
    typed(page, "na")
    press(page, "Enter")
    typed(page, "So 1, Khu pho 1")
    press(page, "Enter")
    typed(page, "0900000123")
    press(page, "F3")
    pick(page, "khai sinh")
    press(page, "F6", "Enter")
    first = stored(page)
    by_hand = monotonic() - began
    expect(page.locator("#scan")).to_be_focused()

    began = monotonic()
    page.keyboard.type(CARD, delay=WEDGE)
    press(page, "Enter")
    expect(page.locator("#id_phone")).to_be_focused()
    typed(page, "0900000456")
    press(page, "F3")
    pick(page, "khai sinh")
    press(page, "F6", "Enter")
    page.wait_for_function(
        "code => !document.querySelector('[data-done] .code').textContent.includes(code)", arg=first
    )
    by_card = monotonic() - began
    assert stored(page) != first
    print(f"typed by hand {by_hand:.1f} s, by card {by_card:.1f} s")
    assert by_hand <= 60
    assert by_card <= 60


def test_a_scan_that_cannot_be_read_is_asked_once_and_says_why(desk: Desk) -> None:
    page = counter(desk)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/counter/person/" in one.url else None)
    page.keyboard.type("https://vi-du.vn/ma-qr-khac", delay=WEDGE)
    press(page, "Enter")
    expect(page.locator("#person .errorlist")).to_be_visible()
    page.wait_for_timeout(500)
    assert len(asked) == 1
    expect(page.locator("#scan")).to_be_focused()
    page.keyboard.type(CARD, delay=WEDGE)
    press(page, "Enter")
    expect(page.locator("#id_name")).to_have_value(re.compile("THỬ NGHIỆM"))
    expect(page.locator("#person .errorlist")).to_have_count(0)


def test_the_receipt_opens_ready_to_print(desk: Desk) -> None:
    page = counter(desk)
    scan(page)
    press_fast(page, "Enter")
    link = page.locator("[data-print-ready]").get_attribute("href")
    answer = page.request.get(f"{desk.address}{link}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def test_what_was_typed_survives_a_reload(desk: Desk) -> None:
    page = counter(desk)
    scan(page)
    page.uncheck("#paper_1")
    page.fill("#id_note", "Nộp thay mẹ")
    page.reload()
    expect(page.locator("#id_name")).to_have_value("CÔNG DÂN THỬ NGHIỆM")
    expect(page.locator("#paper_0")).to_be_checked()
    expect(page.locator("#paper_1")).not_to_be_checked()
    expect(page.locator("#id_note")).to_have_value("Nộp thay mẹ")
    page.keyboard.press("F8")
    expect(page.locator("#id_name")).to_have_value("")


def test_what_is_typed_after_an_intake_survives_a_reload_too(desk: Desk) -> None:
    page = counter(desk)
    scan(page)
    press_fast(page, "Enter")
    stored(page)
    page.fill("#id_name", "Công dân 0777")
    page.reload()
    expect(page.locator("#id_name")).to_have_value("Công dân 0777")


def test_a_foreign_qr_is_told_and_the_field_stays_ready(desk: Desk) -> None:
    page = counter(desk)
    page.fill("#id_name", "Công dân 0123")
    page.focus("#scan")
    page.keyboard.type("https://example.invalid/abc")
    page.keyboard.press("Enter")
    expect(page.locator("#person .errorlist")).to_contain_text("không phải mã QR của thẻ căn cước")
    expect(page.locator("#scan")).to_be_focused()
    expect(page.locator("#id_name")).to_have_value("Công dân 0123")


def test_a_double_enter_is_one_dossier(desk: Desk) -> None:
    page = counter(desk)
    scan(page)
    page.focus("#paper_0")
    page.evaluate("['x', 'y'].forEach(() => document.querySelector('[data-primary]').click())")
    first = stored(page)
    page.goto(f"{desk.address}/desk/?list=unit")
    assert page.locator(".code").all_inner_texts().count(first) <= 1


def test_enter_never_takes_from_a_list_of_what_was_typed_before(desk: Desk) -> None:
    page = counter(desk)
    page.focus("#id_procedure_search")
    page.keyboard.type("khai")
    expect(page.locator("#procedure-options")).to_be_visible()
    stale = page.locator("#procedure-options [role=option]").first.get_attribute("data-value")

    def slowly(route: Route) -> None:
        page.wait_for_timeout(600)
        route.continue_()

    page.route("**/desk/counter/procedures/", slowly)
    page.keyboard.type(" sinh")
    page.keyboard.press("Enter")
    expect(page.locator("#paper_0")).to_be_focused()
    assert page.input_value("#id_procedure") != stale
    expect(page.locator("#id_procedure_search")).to_have_value(re.compile("khai sinh"))


def test_letters_that_find_nothing_say_so_once(desk: Desk) -> None:
    page = counter(desk)
    page.focus("#id_procedure_search")
    for letters in ("xyzxyz", "q"):
        page.keyboard.type(letters)
        expect(page.locator(f"#procedure-options[data-for$='{letters}']")).to_be_attached()
    expect(page.locator("#procedure-none")).to_have_count(1)
    page.fill("#id_procedure_search", "")
    page.keyboard.type("khai sinh")
    expect(page.locator("#procedure-options")).to_be_visible()
    expect(page.locator("#procedure-none")).to_have_count(0)


def test_the_counter_has_no_fault_empty_full_and_wrong(desk: Desk) -> None:
    page = desk.officer(CLERK)
    page.goto(f"{desk.address}/desk/counter/")
    assert wrong(page) == []
    page.focus("#id_procedure_search")
    page.keyboard.type("khai sinh")
    expect(page.locator("#procedure-options")).to_be_visible()
    assert wrong(page) == []
    page.keyboard.press("Enter")
    expect(page.locator("#paper_0")).to_be_focused()
    assert wrong(page) == []
    page.keyboard.press("F9")  # nobody stands there yet
    expect(page.locator(".errors")).to_be_focused()
    assert wrong(page) == []
    page.fill("#id_name", "Công dân 0123")
    page.keyboard.press("F9")
    stored(page)
    assert wrong(page) == []


def scan(page: Page) -> None:
    """A person by card and a procedure with all its papers, as fast as the machine."""
    page.keyboard.type(CARD)
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_have_value("CÔNG DÂN THỬ NGHIỆM")
    page.keyboard.press("F3")
    page.keyboard.type("khai sinh")
    page.keyboard.press("Enter")
    expect(page.locator("#paper_0")).to_be_focused()
    page.keyboard.press("F6")


def press_fast(page: Page, key: str) -> None:
    page.keyboard.press(key)
    page.wait_for_load_state()

"""The city's page in a real browser: map by keyboard, table by hand, the wall that turns by itself."""

import pytest

from tests.cast import Cast
from tests.journeys.conftest import Desk, wrong
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.journey
CITY = "thanhpho.79"
# What the panel does by itself every half minute.
TURN = """() => { const panel = document.getElementById("wall-panel");
  htmx.ajax("GET", panel.getAttribute("hx-get"), {target: panel, swap: "outerHTML"}).catch(() => null); }"""


@pytest.fixture(scope="module", autouse=True)
def dossiers(ground: None) -> None:
    """Two dossiers in one unit, so that something is to be seen."""
    for _ in range(2):
        received(Cast().clerk)


def test_the_map_is_walked_by_arrows_and_opens_the_list(desk: Desk, address: str) -> None:
    page = desk.officer(CITY)
    page.goto(f"{address}/cockpit/?measure=received")
    page.wait_for_selector("path.map__unit")
    assert page.locator("path.map__unit").count() == 168
    assert page.locator("path.map__unit[tabindex='0']").count() == 1
    page.focus("path.map__unit[tabindex='0']")
    before = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert before == "Phường Tân Hưng: Tiếp nhận 2"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") != before
    assert page.locator("path.map__unit[tabindex='0']").count() == 1
    page.focus("path.map__unit--r4")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cockpit/list/**")
    assert page.locator("tr[data-row]").count() == 2


def test_another_measure_colours_the_map_without_leaving_the_page(desk: Desk, address: str) -> None:
    page = desk.officer(CITY)
    page.goto(f"{address}/cockpit/")
    page.wait_for_selector("path.map__unit")
    page.click("#city-map nav >> text=Tiếp nhận")
    page.wait_for_selector("path.map__unit--r4")
    assert "measure=received" in page.url
    assert "Tiếp nhận" in page.inner_text("#map-head")


def test_a_head_sorts_at_once_and_the_sheet_follows(desk: Desk, address: str) -> None:
    page = desk.officer(CITY)
    page.goto(f"{address}/cockpit/")
    page.click("th a[data-sort=received]")
    assert page.inner_text("table[data-city] tbody tr:first-child th") == "Phường Tân Hưng"
    assert page.get_attribute("th:has(a[data-sort=received])", "aria-sort") == "descending"
    assert "order=received" in str(page.get_attribute("[data-sheet]", "href"))
    page.click("th a[data-sort=received]")
    assert page.inner_text("table[data-city] tbody tr:last-child th") == "Phường Tân Hưng"
    page.keyboard.press("f")
    page.keyboard.type("tan hung")
    assert page.locator("table[data-city] tbody tr:visible").count() == 1
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "Cộng 1 đơn vị" in page.inner_text("table[data-city] tfoot")


def test_every_page_is_accessible_and_fits(desk: Desk, address: str) -> None:
    page = desk.officer(CITY)
    for place in (
        "",
        "?q=zzzz",
        "peers/",
        "list/?figure=received",
        "wall/",
        "wall/?view=table",
        "wall/?view=worst",
    ):
        page.goto(f"{address}/cockpit/{place}")
        if place in ("", "wall/"):
            page.wait_for_selector("path.map__unit")
        assert wrong(page, (1440, 320)) == [], place


def test_the_wall_turns_by_itself_and_says_when_it_is_cut_off(desk: Desk, address: str) -> None:
    page = desk.officer(CITY, 1920)
    page.goto(f"{address}/cockpit/wall/")
    page.wait_for_selector("path.map__unit")
    page.evaluate(TURN)
    page.wait_for_selector("[data-view=worst]")
    page.context.set_offline(True)
    page.evaluate(TURN)
    page.wait_for_selector("[data-lost]:not([hidden])")
    page.context.set_offline(False)
    desk.errors[:] = [one for one in desk.errors if not one.startswith("htmx:sendError")]

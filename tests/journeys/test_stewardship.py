"""The steward's pages in a real browser: the matrix by keyboard, no fault for axe, nothing wider than the screen."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence.actions.seeds import LAPSE_DRAFT
from lienthong.mandate.competence.models import Draft
from lienthong.work.stewardship.actions.drafting import prove_draft
from lienthong.work.stewardship.actions.proving import run_proof
from lienthong.work.stewardship.models import Finding
from tests.cast import Cast
from tests.journeys.conftest import Desk, wrong
from tests.work.dossiers.stage import received
from tests.work.stewardship.rows import of_the_steward
from tests.work.stewardship.test_draft_proof import lapsing

pytestmark = pytest.mark.journey
CITY = "thanhpho.79"


@pytest.fixture(scope="module", autouse=True)
def proved(ground: None) -> dict[str, int]:
    """A unit with papers of its own, a draft that was checked, and the night's findings."""
    cast = Cast()
    received(cast.clerk)
    rows = of_the_steward(cast)
    draft_id = lapsing(cast)
    with entered(cast.administrator):
        prove_draft(actor=cast.administrator, key=uuid4(), draft_id=draft_id)
    with entered(SYSTEM):
        decrees_id = Draft.objects.get(name=LAPSE_DRAFT).pk
    with entered(cast.city):
        prove_draft(actor=cast.city, key=uuid4(), draft_id=decrees_id)
    run_proof(actor=SYSTEM)
    with entered(SYSTEM):
        any_id = Finding.objects.filter(gone_at=None)[0].pk
    return {**rows, "draft_id": draft_id, "decrees_id": decrees_id, "any_id": any_id}


def test_the_matrix_is_walked_by_arrows_and_opens_its_list(desk: Desk, address: str) -> None:
    page = desk.officer(CITY)
    page.goto(f"{address}/stewardship/matrix/")
    page.focus("[data-matrix]")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[data-matrix-cursor][visibility=visible]")
    first = page.inner_text("[data-matrix-now]")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("[data-matrix-now]") != first
    cells = page.evaluate("JSON.parse(document.getElementById('matrix-told').textContent).cells")
    found = [(int(line), row.index(mark)) for line, row in cells.items() for mark in "gobml" if mark in row]
    line, column = sorted(found)[0]
    for _ in range(line):
        page.keyboard.press("ArrowDown")
    for _ in range(column - 1):
        page.keyboard.press("ArrowRight")
    if column == 0:
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stewardship/?unit=*")
    assert page.locator("tr[data-row]").count() > 0


def test_nothing_is_wrong_with_the_citys_pages(desk: Desk, address: str, proved: dict[str, int]) -> None:
    page = desk.officer(CITY)
    for name, part in (
        ("findings", ""),
        ("finding", f"{proved['any_id']}/"),
        ("matrix", "matrix/"),
        ("decrees", f"drafts/{proved['decrees_id']}/"),
    ):
        page.goto(f"{address}/stewardship/{part}")
        keep(page, name)
        assert not wrong(page), name


def test_nothing_is_wrong_with_a_units_pages(desk: Desk, address: str, proved: dict[str, int]) -> None:
    page = desk.officer("quantri.27475")
    for name, part in (("work", "work/"), ("draft", f"drafts/{proved['draft_id']}/")):
        page.goto(f"{address}/stewardship/{part}")
        keep(page, name)
        assert not wrong(page), name


def test_the_decrees_that_lapse_are_read_by_keyboard(
    desk: Desk, address: str, proved: dict[str, int]
) -> None:
    """Which fields and tasks, in how many wards, that the mapping is assumed; the tasks of a field open by Enter."""
    page = desk.officer(CITY)
    page.goto(f"{address}/stewardship/drafts/{proved['decrees_id']}/")
    assert "01/03/2027" in page.inner_text("#outcome")
    assert "giả định" in page.inner_text(".page-head__note")
    field = page.locator("tr[data-row]", has_text="Hộ tịch").first
    assert "120/2025" in field.inner_text() and "41 trong 41" in field.inner_text()
    field.locator("summary").focus()
    page.keyboard.press("Enter")
    assert field.get_by_role("link", name="Thủ tục đăng ký kết hôn", exact=True).is_visible()


def keep(page: Page, name: str) -> None:
    """Pictures for who asks for them (LIENTHONG_PICTURES names the folder)."""
    if not (folder := os.environ.get("LIENTHONG_PICTURES")):
        return
    for width in (1440, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})

"""The register (mẫu 07): on the screen, as PDF, and as a spreadsheet of the same rows."""

from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from lienthong.core.workdays.queries import today
from tests.work.dossiers.pages.conftest import Spent, Stage

pytestmark = pytest.mark.django_db


def period() -> dict[str, str]:
    return {"first_on": (today() - timedelta(days=1)).isoformat(), "last_on": today().isoformat()}


def test_it_lists_what_the_unit_received_in_the_period(stage: Stage) -> None:
    dossier_id = stage.received()
    text = unescape(stage.browser(stage.clerk).get("/dossiers/register/", period()).content.decode())
    assert f"/dossiers/{dossier_id}/" in text
    other = unescape(
        stage.browser(stage.cast.neighbour_clerk).get("/dossiers/register/", period()).content.decode()
    )
    assert f"/dossiers/{dossier_id}/" not in other


def test_the_spreadsheet_holds_identity_numbers_as_text_and_no_formula(stage: Stage) -> None:
    dossier_id = stage.received(number="079190000777", note="=1+1")
    answer = stage.browser(stage.clerk).get("/dossiers/register.xlsx", period())
    assert answer["Content-Disposition"].startswith("attachment")
    book = load_workbook(BytesIO(answer.content))
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"]
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    (mine,) = [row for row in rows if row[1] == stage.dossier(dossier_id).case.code]
    assert mine[4] == "079190000777"
    assert all(cell.data_type != "f" for line in book.worksheets[0].iter_rows() for cell in line)


def test_the_pdf_is_form_07(stage: Stage) -> None:
    stage.received()
    answer = stage.browser(stage.clerk).get("/dossiers/register.pdf", period())
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("ending", ["/", ".pdf", ".xlsx"])
def test_an_impossible_period_is_said(stage: Stage, ending: str) -> None:
    wrong = {"first_on": "2026-02-01", "last_on": "2026-01-01"}
    assert stage.browser(stage.clerk).get(f"/dossiers/register{ending}", wrong).status_code == 422


def test_an_empty_period_says_so(stage: Stage) -> None:
    empty = {"first_on": "2026-01-01", "last_on": "2026-01-02"}
    text = unescape(stage.browser(stage.clerk).get("/dossiers/register/", empty).content.decode())
    assert "Kỳ này chưa tiếp nhận hồ sơ nào" in text


def test_a_page_of_it_costs_the_same_for_one_and_for_many(stage: Stage, spent: Spent) -> None:
    browser = stage.browser(stage.clerk)
    stage.received()
    browser.get("/dossiers/register/", period())
    one = spent(lambda: browser.get("/dossiers/register/", period()))
    for _ in range(5):
        stage.received()
    browser.get("/dossiers/register/", period())  # what a process remembers for half a minute is not counted
    many = spent(lambda: browser.get("/dossiers/register/", period()))
    assert len(many) == len(one)


def test_a_specialist_has_no_register(stage: Stage) -> None:
    assert stage.browser(stage.worker).get("/dossiers/register/").status_code == 404

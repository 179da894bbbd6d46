"""The steward's pages: what each shows, to whom, in how many statements."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.work.stewardship.models import Finding
from tests.cast import NHA_BE, VINH_HOI, Cast
from tests.work.dossiers.pages.conftest import Stage
from tests.work.dossiers.pages.conftest import stage as stage
from tests.work.dossiers.stage import received
from tests.work.stewardship.rows import FIELD, TASK, gap, kept, of_the_steward
from tests.work.stewardship.test_draft_proof import lapsing

pytestmark = pytest.mark.django_db


def text(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_the_list_tells_counts_days_cases_and_the_act_that_mends(stage: Stage) -> None:
    cast: Cast = stage.cast
    received(cast.clerk)
    kept(gap(cast.chair.unit_id, TASK), gap(cast.unit_id(VINH_HOI), "T1"))
    page = text(stage.browser(cast.city), "/stewardship/")
    assert "Phường Tân Hưng" in page and "Phường Vĩnh Hội" in page
    assert "/register/rules/add/?subject=field%3A" in page
    own = text(stage.browser(cast.chair), "/stewardship/?kind=gap&when=now")
    assert "/cases/" in own and "Vĩnh Hội" not in own and "do cơ quan thành phố" in own


def test_filters_by_unit_field_and_time(stage: Stage) -> None:
    cast: Cast = stage.cast
    kept(gap(cast.chair.unit_id, "T1"), gap(cast.unit_id(VINH_HOI), "T1", since=999_999))
    browser = stage.browser(cast.city)
    assert text(browser, "/stewardship/?unit=27475").count("data-row") == 1
    assert text(browser, "/stewardship/?when=ahead").count("data-row") == 1
    assert text(browser, f"/stewardship/?field={FIELD}").count("data-row") == 2
    assert text(browser, "/stewardship/?field=none").count("data-row") == 0
    kept()
    assert text(browser, "/stewardship/?when=gone").count("data-row") == 2


def test_a_finding_and_its_cases(stage: Stage) -> None:
    cast: Cast = stage.cast
    case = received(cast.clerk)
    kept(gap(cast.chair.unit_id, TASK))
    with entered(SYSTEM):
        number = Finding.objects.get(gone_at=None).pk
    browser = stage.browser(cast.chair)
    assert TASK in text(browser, f"/stewardship/{number}/")
    page = text(browser, f"/stewardship/{number}/cases/")
    assert f"/dossiers/{case.dossier_id}/" in page and "Công dân" not in page
    assert stage.browser(cast.of(f"chutich.{NHA_BE}")).get(f"/stewardship/{number}/cases/").status_code == 404


def test_the_matrix_as_a_picture_and_as_a_sheet(stage: Stage) -> None:
    cast: Cast = stage.cast
    kept(gap(cast.chair.unit_id, "T1"))
    with entered(SYSTEM):
        Finding.objects.update(touched_fields=["Hộ tịch"])
    browser = stage.browser(cast.city)
    page = text(browser, "/stewardship/matrix/")
    assert "matrix__cells--gap" in page and len(page) < 250_000
    sheet = browser.get("/stewardship/matrix/xlsx/")
    assert sheet.status_code == 200 and sheet.content.startswith(b"PK")


def test_a_units_work_and_its_papers(stage: Stage) -> None:
    cast: Cast = stage.cast
    rows = of_the_steward(cast)
    browser = stage.browser(cast.chair)
    page = text(browser, "/stewardship/work/")
    assert "12/QĐ-UQ" in page and "01/DT-QC" in page
    for name, number in (("regulations", rows["regulation_id"]), ("reports", rows["report_id"])):
        answer = browser.get(f"/stewardship/{name}/{number}/")
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    answer = browser.post("/stewardship/regulations/draw/", {"key": str(uuid4()), "on": "01/12/2026"})
    assert answer.status_code == 302 and "02/DT-QC" in text(browser, "/stewardship/work/")


def test_a_draft_before_and_after_its_check(stage: Stage) -> None:
    cast: Cast = stage.cast
    received(cast.clerk)
    draft_id = lapsing(cast)
    browser = stage.browser(cast.administrator)
    assert "Chưa kiểm tra" in text(browser, f"/stewardship/drafts/{draft_id}/")
    answer = browser.post(f"/stewardship/drafts/{draft_id}/prove/", {"key": str(uuid4())})
    assert answer.status_code == 302
    assert "Sẽ có thêm" in text(browser, f"/stewardship/drafts/{draft_id}/")
    assert "data-row" in text(browser, f"/stewardship/drafts/{draft_id}/cases/")


def test_a_list_costs_as_much_for_many_findings_as_for_few(stage: Stage) -> None:
    cast: Cast = stage.cast
    browser = stage.browser(cast.city)
    kept(gap(cast.chair.unit_id, "T1"))
    text(browser, "/stewardship/")
    with CaptureQueriesContext(connection) as few:
        text(browser, "/stewardship/")
    kept(*(gap(cast.chair.unit_id, f"T{number}", since=739_900 + number) for number in range(40)))
    with CaptureQueriesContext(connection) as many:
        text(browser, "/stewardship/")
    assert len(many) == len(few)

"""The register in a browser: the question by keyboard, a delegation granted, every page whole also when narrow."""

import os
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PROVINCE, TAN_HUNG, Cast
from tests.journeys.conftest import WIDTHS, Desk, wrong
from tests.mandate.competence.pages.conftest import entered_register

pytestmark = pytest.mark.journey
CITY, CHAIR = f"thanhpho.{PROVINCE}", f"chutich.{TAN_HUNG}"


@pytest.fixture(scope="module")
def entered_once(ground: None) -> tuple[dict[str, int], str]:
    """One of everything, committed to the journeys' own database."""
    return entered_register(Cast())


def looked_at(page: Page, name: str) -> None:
    """A picture for who looks at the pages (LIENTHONG_SHOTS names the folder)."""
    folder = os.environ.get("LIENTHONG_SHOTS")
    if folder:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_the_pages_are_whole_and_narrow_safe(entered_once: tuple[dict[str, int], str], desk: Desk) -> None:
    ids, task = entered_once
    draft = f"drafts/{ids['draft_id']}/"
    of_city = {
        "home": "",
        "who": f"who/?task={task}&unit={TAN_HUNG}",
        "task": f"tasks/{task}/?unit={TAN_HUNG}",
        "rules": "rules/",
        "draft": draft,
        "change": f"{draft}add/?kind=post_vacant&unit={TAN_HUNG}",
        "import": "import/rules/",
    }
    of_chair = {
        "assignments": "assignments/",
        "reassign": "assignments/reassign/",
        "delegation": f"delegations/{ids['delegation_id']}/",
        "grant": "delegations/grant/",
    }
    if os.environ.get("LIENTHONG_SHOTS"):
        of_city |= {
            "who-near": f"who/?task=chung thuc&unit={TAN_HUNG}",
            "who-no-unit": f"who/?task={task}",
            "task-no-unit": f"tasks/{task}/",
            "tasks": "tasks/",
            "rule-add": f"rules/add/?task={task}",
            "instruments": "instruments/",
            "task-register": "tasks/register/",
            "rule": f"rules/{ids['rule_id']}/",
            "rule-amend": f"rules/{ids['rule_id']}/amend/",
            "rule-end": f"rules/{ids['rule_id']}/end/",
            "basis-add": "bases/add/",
            "basis-end": f"bases/{ids['basis_id']}/end/",
            "instrument-end": f"instruments/{ids['instrument_id']}/end/",
            "drafts": "drafts/",
            "draft-open": "drafts/open/",
            "withdraw": f"drafts/changes/{ids['change_id']}/withdraw/",
            "change-no-unit": f"{draft}add/?kind=post_vacant",
            "change-rule-ended": f"{draft}add/?kind=rule_ended&q=Đất",
            "change-rule": f"{draft}add/?kind=rule_added",
            "change-basis": f"{draft}add/?kind=basis_added",
            "change-merge": f"{draft}add/?kind=units_merged",
            "city-assignments": "assignments/",
            "city-delegations": f"delegations/?unit={TAN_HUNG}",
        }
        of_chair |= {
            "history": "assignments/?history=1",
            "reassign-processing": "assignments/reassign/?duty=processing",
            "assignment-end": f"assignments/{ids['assignment_id']}/end/",
            "revoke": f"delegations/{ids['delegation_id']}/revoke/",
            "import-assignments": "import/assignments/",
        }
    found = {}
    for username, paths in ((CITY, of_city), (CHAIR, of_chair)):
        page = desk.officer(username)
        for name, path in paths.items():
            page.goto(f"{desk.address}/register/{path}")
            looked_at(page, name)
            if faults := wrong(page):
                found[path] = faults
    assert found == {}


def test_the_question_is_answered_by_keyboard(entered_once: tuple[dict[str, int], str], desk: Desk) -> None:
    page = desk.officer(CHAIR)
    page.get_by_role("link", name="Thẩm quyền", exact=True).click()
    tab_to(page, "task")
    page.keyboard.type("chung thuc ban sao")
    page.keyboard.press("Enter")
    page.locator(".options a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vị trí chịu trách nhiệm")).to_be_visible()
    expect(page.get_by_role("heading", name="Vì sao")).to_be_visible()


def test_a_delegation_is_granted_and_revoked_by_keyboard(
    entered_once: tuple[dict[str, int], str], desk: Desk
) -> None:
    page = desk.officer(CHAIR)
    page.goto(f"{desk.address}/register/delegations/")
    page.get_by_role("link", name="Ghi ủy quyền").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/grant/")
    tab_to(page, "grantee_post")
    choose(page, "một cửa")
    tab_to(page, "tasks")
    page.keyboard.press("Space")
    tab_to(page, "acts")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    number = f"{uuid4().hex[:4]}/GUQ-UBND"
    typed(page, number=number, signed_on="01/11/2026", valid_from="01/11/2026", valid_to="01/11/2027")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    page.get_by_role("link", name="Thu hồi").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/revoke/")
    typed(page, from_day="01/12/2026", reason="Đổi người")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đổi người")).to_be_visible()


def test_a_field_is_given_to_another_by_keyboard(
    entered_once: tuple[dict[str, int], str], desk: Desk
) -> None:
    page = desk.officer(CHAIR)
    page.goto(f"{desk.address}/register/assignments/")
    page.get_by_role("link", name="Phân công lĩnh vực cho lãnh đạo").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reassign/")
    typed(page, decision="QĐ 09/QĐ-UBND", decision_on="20/11/2026", valid_from="01/12/2026")
    page.get_by_label("Hộ tịch", exact=True).focus()
    choose(page, "Phó Chủ tịch")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Đã ghi 1 phân công theo QĐ 09/QĐ-UBND.")).to_be_visible()
    expect(page.locator("tr", has_text="Hộ tịch")).to_contain_text("QĐ 09/QĐ-UBND")


def tab_to(page: Page, name: str) -> None:
    """Tab until the control of that name has the focus."""
    for _press in range(80):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by Tab")


def choose(page: Page, words: str) -> None:
    """Down the list that has the focus, to the first choice with these words."""
    for _press in range(60):
        page.keyboard.press("ArrowDown")
        if words in page.evaluate("document.activeElement.selectedOptions[0].text"):
            return
    raise AssertionError(f"no choice says {words}")


def typed(page: Page, **values: str) -> None:
    """Type into the controls of these names, each reached by Tab."""
    for name, text in values.items():
        tab_to(page, name)
        page.keyboard.type(text)

"""A dossier's whole life by keyboard: counter, department, leader, result, and the citizen who looks it up."""

import re

import pytest
from playwright.sync_api import Page, expect

from lienthong.core.scope.actions import entered
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.actions.tokens import lookup_token
from lienthong.work.dossiers.queries import find_dossier
from tests.cast import TAN_HUNG, Cast
from tests.journeys.conftest import Desk, wrong

pytestmark = pytest.mark.journey
CLERK = f"motcua1.{TAN_HUNG}"
STEMS = {BodyKind.OFFICE: "vanphong", BodyKind.ECONOMY: "kinhte", BodyKind.CULTURE_SOCIAL: "vhxh"}


def test_a_dossier_lives_from_the_counter_to_the_citizen(desk: Desk, cast: Cast) -> None:
    clerk = desk.officer(CLERK)
    case_id, receipt = taken_in(desk, clerk)
    head, specialist, leader = people_of(cast, case_id)

    page = desk.officer(head)
    open_from_list(desk, page, "unit")
    page.keyboard.press("g")
    page.get_by_role("radio").first.wait_for()
    choose(page, specialist)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".state").first).to_contain_text("Đã phân công")

    page = desk.officer(username_of(cast, specialist))
    open_from_list(desk, page, "mine")
    page.keyboard.press("n")
    expect(page.locator(".state").first).to_contain_text("Đang xử lý")
    page.keyboard.press("t")
    page.fill("#id_text", "Hồ sơ đủ giấy tờ, đề nghị đăng ký.")
    page.fill("#id_basis", "Thành phần hồ sơ của thủ tục")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".state").first).to_contain_text("Chờ phê duyệt")

    page = desk.officer(leader)
    page.goto(f"{desk.address}/dossiers/{case_id}/")
    page.keyboard.press("d")
    expect(page.locator(".state").first).to_contain_text("Đã phê duyệt")

    page = desk.officer(username_of(cast, specialist))
    page.goto(f"{desk.address}/dossiers/{case_id}/")
    page.keyboard.press("h")
    page.fill("#id_result_number", "01/2026")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".state").first).to_contain_text("Đã xử lý xong")

    clerk.goto(f"{desk.address}/desk/?list=to_return")
    clerk.keyboard.type(receipt)
    clerk.keyboard.press("Enter")
    clerk.wait_for_url("**/dossiers/*/")
    clerk.keyboard.press("h")
    expect(clerk.locator("#id_returned_to")).to_have_value("Công dân 0123")
    clerk.keyboard.press("Control+Enter")
    expect(clerk.locator(".state").first).to_contain_text("Đã trả kết quả")

    citizen = desk.stranger(390)
    citizen.goto(receipt)
    expect(citizen.locator("main")).to_contain_text("Đã trả kết quả")
    assert "Công dân 0123" not in citizen.content()
    assert wrong(citizen) == []


def test_the_officers_pages_have_no_fault(desk: Desk, cast: Cast) -> None:
    case_id, _receipt = taken_in(desk, desk.officer(CLERK))
    head, _specialist, leader = people_of(cast, case_id)
    for username, paths in {
        CLERK: ["/desk/", "/desk/?list=to_return", "/desk/?list=opinions", "/desk/search/"],
        head: ["/desk/", "/desk/?list=unit", "/desk/?list=offers", f"/dossiers/{case_id}/"],
        leader: ["/desk/?list=unit", "/dossiers/approvals/"],
    }.items():
        page = desk.officer(username)
        for path in paths:
            page.goto(f"{desk.address}{path}")
            assert wrong(page) == [], path


def taken_in(desk: Desk, page: Page) -> tuple[int, str]:
    """A dossier received at the counter by keyboard: its id, and what the QR on its receipt leads to."""
    page.goto(f"{desk.address}/desk/counter/")
    page.focus("#id_number")
    for text in ("079190000123", "Công dân 0123", "01021990"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    page.keyboard.press("F3")
    page.keyboard.type("khai sinh")
    page.keyboard.press("Enter")
    expect(page.locator("#paper_0")).to_be_focused()
    page.keyboard.press("F6")
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_be_visible()
    link = page.locator("[data-done] a[href*='/dossiers/']").get_attribute("href") or ""
    return int(re.findall(r"\d+", link)[0]), f"{desk.address}/tra-cuu/{token_of(page)}/"


def token_of(page: Page) -> str:
    """The secret of the receipt that the page offers, as its QR carries it."""
    code = re.sub(r"\s", "", page.locator("[data-done] .code").inner_text())
    return lookup_token(code)


def people_of(cast: Cast, case_id: int) -> tuple[str, int, str]:
    """The head of the department in charge, the post of one of its specialists, and the leader who approves."""
    with entered(cast.clerk):
        case = find_dossier(cast.clerk, case_id).case
    for body, stem in STEMS.items():
        if cast.head_of(body).body_id == case.body_id:
            post_id = cast.specialist_in(body).post_id
            leaders = [f"{word}.{TAN_HUNG}" for word in ("chutich", "phochutich1", "phochutich2")]
            posts = {cast.of(name).post_id: name for name in leaders}
            return f"truong.{stem}.{TAN_HUNG}", post_id or 0, posts[case.answer["leader_post_id"]]
    raise LookupError(case.body_id)


def username_of(cast: Cast, post_id: int) -> str:
    """The user name of the specialist who holds a post."""
    return next(
        f"{stem}1.{TAN_HUNG}" for body, stem in STEMS.items() if cast.specialist_in(body).post_id == post_id
    )


def open_from_list(desk: Desk, page: Page, name: str) -> None:
    """The first row of a list, by j and Enter."""
    page.goto(f"{desk.address}/desk/?list={name}")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dossiers/*/")


def choose(page: Page, post_id: int) -> None:
    """The radio of a post, by keyboard: the arrows go through the group."""
    if page.locator(f"input[name=to_post_id][value='{post_id}']").count() == 0:
        return  # the holder is not offered to himself
    page.locator("input[name=to_post_id]").first.focus()
    page.keyboard.press("Space")
    for _ in range(page.locator("input[name=to_post_id]").count()):
        if page.locator("input[name=to_post_id]:checked").get_attribute("value") == str(post_id):
            return
        page.keyboard.press("ArrowDown")

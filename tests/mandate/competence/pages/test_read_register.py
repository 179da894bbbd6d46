"""The register's pages as officers read them: right, quick, and a unit's inside only for it and the city."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lienthong.mandate.competence.queries.entries import leading_rule, rules_about
from lienthong.mandate.competence.queries.lists import task_card
from lienthong.mandate.competence.queries.snapshot import take_snapshot
from lienthong.mandate.competence.rules.resolve import Resolver
from tests.cast import NHA_BE, ON, PROVINCE, TAN_HUNG
from tests.mandate.competence.pages.conftest import FIELD, Register, words

pytestmark = pytest.mark.django_db
# The answer page asks the answer, two acts' signers, the names, and what amended its papers.
MOST = 7


def opened(browser: Client, path: str) -> None:
    assert browser.get(f"/register/{path}").status_code == 200, path


def test_every_page_opens_and_asks_little(
    register: Register, statements: Callable[[Callable[[], Any]], int]
) -> None:
    paths = [
        "",
        f"who/?task={register.task}&unit={TAN_HUNG}",
        "tasks/",
        f"tasks/{register.task}/",
        "rules/",
        "rules/?show=superseded&q=Đất",
        f"rules/{register.ids['rule_id']}/",
        "rules/add/",
        "instruments/",
        f"instruments/{register.ids['instrument_id']}/end/",
        f"assignments/?unit={TAN_HUNG}",
        f"assignments/?unit={TAN_HUNG}&history=1",
        f"delegations/?unit={TAN_HUNG}",
        f"delegations/{register.ids['delegation_id']}/",
        "drafts/",
        f"drafts/{register.ids['draft_id']}/",
        f"drafts/{register.ids['draft_id']}/add/?kind=post_vacant&unit={TAN_HUNG}",
        f"drafts/{register.ids['draft_id']}/add/?kind=rule_ended&q=Đất",
        "import/tasks/",
    ]
    browser = register.city()
    browser.get("/register/")
    empty = statements(lambda: browser.get("/register/import/rules/"))
    told = {}
    for path in paths:
        told[path] = statements(lambda path=path: opened(browser, path)) - empty
    assert {path: count for path, count in told.items() if count > MOST} == {}


def test_who_answers_with_its_chain(register: Register) -> None:
    page = words(register.city().get(f"/register/who/?task={register.task}&unit={TAN_HUNG}"))
    assert "Vị trí chịu trách nhiệm" in page and "150/2025/NĐ-CP" in page
    assert "giả định" in page and "Ai được phê duyệt, ký" in page
    assert "Ủy quyền 05/GUQ-UBND" in page.split("Ai được phê duyệt, ký")[1]
    assert "Nghị định · phân định: đơn vị được nêu tên, riêng nhiệm vụ này" in page
    assert "sửa đổi bởi 370/2025/NĐ-CP (nguồn không nêu ngày)" in page


def test_who_answers_for_another_day_and_for_what_was_known_then(register: Register) -> None:
    browser, asked = register.city(), f"/register/who/?task={register.task}&unit={TAN_HUNG}"
    assert "vào ngày tới 01/02/2028" in words(browser.get(f"{asked}&on=01/02/2028"))
    then = words(browser.get(f"{asked}&known=01/01/2020"))
    assert "theo sổ cuối ngày 01/01/2020" in then and "Sổ còn thiếu" in then


def test_a_few_letters_find_the_task_without_accents(register: Register) -> None:
    page = words(register.chair().get("/register/who/?task=chung thuc ban sao"))
    assert "Chọn nhiệm vụ" in page and FIELD in page
    near = register.chair().get("/register/who/?task=chung thuc").context["near"]
    assert len(near) == 12 and {one.field for one in near[:3]} == {FIELD}
    assert "Không có nhiệm vụ nào như vậy" in words(register.chair().get("/register/who/?task=zzzz"))


def test_the_rule_of_the_narrower_reach_is_said_to_win(register: Register) -> None:
    own = words(register.city().get(f"/register/tasks/{register.task}/?unit={TAN_HUNG}"))
    other = words(register.city().get(f"/register/tasks/{register.task}/?unit={NHA_BE}"))
    assert own.index("riêng nhiệm vụ này") < own.index("quyết định ở đơn vị này") < own.index("cả lĩnh vực")
    assert other.index("cả lĩnh vực") < other.index("quyết định ở đơn vị này")


def test_the_rule_said_to_win_is_the_one_that_the_answer_rests_on(register: Register) -> None:
    snapshot = take_snapshot(province=PROVINCE, unit_codes=[TAN_HUNG, NHA_BE])
    resolver, task = Resolver(snapshot), register.task
    for unit in snapshot.units:
        led = resolver.lead(task, unit.id, ON.toordinal())
        assert led is not None and leading_rule(task, unit.id, ON) == led.id
    card = task_card(task)
    assert card and {rule.id for rule in rules_about(card.subjects, ON)} >= {register.ids["rule_id"]}


def test_the_city_is_asked_for_a_unit_first(register: Register) -> None:
    browser = register.city()
    assert "chọn đơn vị" in words(browser.get("/register/"))
    asked = browser.get(f"/register/who/?task={register.task}")
    assert asked.status_code == 422 and "Hãy chọn đơn vị" in words(asked)
    assert "quyết định ở đơn vị này" not in words(browser.get(f"/register/tasks/{register.task}/"))


def test_what_a_task_lacks_is_flagged(register: Register) -> None:
    page = words(register.city().get("/register/tasks/?gap=no_rule"))
    assert "chưa có quy định chủ trì" in page


def test_a_units_inside_is_for_it_and_the_city(register: Register) -> None:
    stranger, city = register.as_officer(register.cast.stranger), register.city()
    for path in ("assignments/", "delegations/", "export/assignments/"):
        asked = f"/register/{path}?unit={TAN_HUNG}"
        assert (stranger.get(asked).status_code, city.get(asked).status_code) == (404, 200), path
    for path in ("assignments/", "delegations/"):
        assert "Chọn một đơn vị để xem" in words(city.get(f"/register/{path}")), path
    assert f"/register/assignments/{register.ids['assignment_id']}/end/" in (
        register.chair().get("/register/assignments/").content.decode()
    )


def test_a_delegation_and_a_draft_of_another_unit_are_not_there(register: Register) -> None:
    stranger = register.as_officer(register.cast.stranger)
    assert stranger.get(f"/register/delegations/{register.ids['delegation_id']}/").status_code == 404
    assert stranger.get(f"/register/drafts/{register.ids['draft_id']}/").status_code == 404


def test_the_delegation_says_its_term_and_its_next_report(register: Register) -> None:
    page = words(register.chair().get("/register/delegations/"))
    assert "05/GUQ-UBND" in page and "hết hiệu lực từ 01/01/2027" in page and "đang có hiệu lực" in page
    own = words(register.chair().get(f"/register/delegations/{register.ids['delegation_id']}/"))
    assert "mỗi 3 tháng" in own and "ghi sau ngày bắt đầu" in own and "phê duyệt kết quả" in own

"""The catalogue as the office keeps it: what the counter can take in, and what it cannot yet."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.mandate.procedures.enums import TermName
from lienthong.mandate.procedures.queries import effective_terms, office_list, office_page
from lienthong.mandate.procedures.rules import lacks_of
from tests.cast import TAN_HUNG, Cast

pytestmark = pytest.mark.django_db
Officer = Callable[[Actor], Client]
Count = Callable[[Callable[[], Any]], int]
BIRTH = "1.001193"


def words(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def lacking() -> str:
    """A procedure for which papers, steps and time must all be set first."""
    rows = office_list("", today(), TAN_HUNG, lacking=True, limit=300).rows
    whole = {TermName.PAPERS.value, TermName.STEPS.value, TermName.TIME_LIMIT.value}
    return next(row.terms.procedure_code for row in rows if set(row.lacks) == whole)


def test_who_may_read_it(as_officer: Officer, cast: Cast) -> None:
    for actor in (cast.clerk, cast.specialist, cast.chair, cast.administrator, cast.city):
        assert as_officer(actor).get("/procedures/").status_code == 200
    assert as_officer(cast.records).get("/procedures/").status_code == 404
    assert Client().get("/procedures/").status_code == 302


def test_it_is_in_the_menu(as_officer: Officer, cast: Cast) -> None:
    assert "Danh mục thủ tục" in words(as_officer(cast.clerk).get("/desk/"))


def test_it_is_found_without_accents(as_officer: Officer, cast: Cast) -> None:
    page = as_officer(cast.clerk).get("/procedures/", {"q": "dang ky khai sinh"})
    assert page.status_code == 200
    assert BIRTH in page.content.decode()
    none = as_officer(cast.clerk).get("/procedures/", {"q": "không có thủ tục này"})
    assert "Không tìm thấy thủ tục nào" in words(none)


def test_the_filter_shows_only_what_the_counter_cannot_take_in(as_officer: Officer, cast: Cast) -> None:
    page = as_officer(cast.clerk).get("/procedures/", {"list": "lacking"})
    told = words(page)
    assert "thành phần hồ sơ" in told and "thời hạn giải quyết" in told and "quy trình nội bộ" in told
    assert BIRTH not in page.content.decode()
    assert "Nhận được" not in told.replace("Chưa nhận được", "")


@pytest.mark.parametrize("asked", [{}, {"list": "lacking"}])
def test_the_pages_follow_each_other_without_a_gap(
    as_officer: Officer, cast: Cast, asked: dict[str, str]
) -> None:
    client, seen, after = as_officer(cast.clerk), [], ""
    for _page in range(40):
        answer = client.get("/procedures/", {**asked, "after": after})
        seen += [row.terms.procedure_code for row, _time, _lacks in answer.context["lines"]]
        after = answer.context["after"]
        if not after:
            break
    whole = office_list("", today(), TAN_HUNG, lacking=bool(asked), limit=900)
    assert whole.after == ""
    assert seen == [row.terms.procedure_code for row in whole.rows]
    assert len(seen) == len(set(seen)) > 30


def test_a_broken_mark_of_the_next_page_begins_again(as_officer: Officer, cast: Cast) -> None:
    assert as_officer(cast.clerk).get("/procedures/", {"after": "zz"}).status_code == 200


def test_the_lacks_are_those_that_the_counter_is_told_one_by_one() -> None:
    terms = effective_terms(lacking(), TAN_HUNG, today())
    assert terms is not None
    assert set(lacks_of(terms, "counter", today())) == {"papers", "steps", "time_limit"}
    taken = effective_terms(BIRTH, TAN_HUNG, today())
    assert taken is not None
    assert lacks_of(taken, "counter", today()) == ()


def test_the_page_says_what_nobody_states_and_what_the_counter_would_be_told(
    as_officer: Officer, cast: Cast
) -> None:
    code = lacking()
    told = words(as_officer(cast.clerk).get(f"/procedures/{code}/"))
    assert "Nguồn không nêu." in told
    assert "Quầy chưa nhận được hồ sơ thủ tục này." in told
    refusal = office_page(code, today(), TAN_HUNG).row.refusal
    assert refusal is not None
    assert refusal.sentence in told


def test_the_page_gives_each_value_its_source_and_confidence(as_officer: Officer, cast: Cast) -> None:
    told = words(as_officer(cast.clerk).get(f"/procedures/{BIRTH}/"))
    assert "Quầy nhận được hồ sơ thủ tục này." in told
    assert "giá trị minh họa" in told
    assert "đã đối chiếu văn bản" in told
    assert "Nguồn công bố" in told


def test_who_may_not_set_is_not_offered_it(as_officer: Officer, cast: Cast) -> None:
    address = f"/procedures/{BIRTH}/"
    assert "/set/" not in as_officer(cast.clerk).get(address).content.decode()
    assert "/set/" in as_officer(cast.administrator).get(address).content.decode()
    assert "/set/" in as_officer(cast.chair).get(address).content.decode()


def test_a_procedure_that_is_not_there(as_officer: Officer, cast: Cast) -> None:
    assert as_officer(cast.clerk).get("/procedures/9.999999/").status_code == 404


def test_what_the_pages_ask_of_the_database(as_officer: Officer, cast: Cast, statements: Count) -> None:
    client = as_officer(cast.clerk)
    assert statements(lambda: client.get("/procedures/")) <= 8
    assert statements(lambda: client.get("/procedures/", {"list": "lacking"})) <= 8
    assert statements(lambda: client.get(f"/procedures/{BIRTH}/")) <= 8

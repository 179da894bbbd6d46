"""A certification is found where cases are looked for: the desk's search, the city's page; the public look-up is silent."""

import pytest
from django.test import Client

from tests.work.certification.pages.conftest import Pages, text_of

pytestmark = pytest.mark.django_db


def test_the_desks_search_finds_it_by_its_code(pages: Pages) -> None:
    ident = pages.received()
    code = pages.row(ident).case.code
    answer = pages.browser(pages.cast.clerk).post("/desk/search/", {"q": code})
    page = f"/certification/{ident}/"
    assert answer.headers.get("Location") == page if answer.status_code == 302 else page in text_of(answer)
    assert page not in text_of(pages.browser(pages.cast.stranger).post("/desk/search/", {"q": code}))


def test_the_city_opens_its_page_without_the_person(pages: Pages) -> None:
    ident = pages.received()
    text = text_of(pages.browser(pages.cast.city).get(f"/certification/{ident}/"))
    assert pages.row(ident).case.code.split("-")[-1] in text and "Công dân" not in text


def test_the_public_look_up_answers_its_code_without_an_error(pages: Pages) -> None:
    code = pages.row(pages.received()).case.code
    answer = Client().post("/tra-cuu/", {"code": code, "fact": "0123"})
    assert answer.status_code in (404, 422) and "Công dân" not in text_of(answer)

"""Doors, catalogue and units: what anybody may read."""

import re

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.cast import PASSWORD, TAN_HUNG

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/tra-cuu/",
    "/thu-tuc/",
    "/thu-tuc/1.001193/",
    "/ai-giai-quyet/",
    "/don-vi/",
    f"/don-vi/{TAN_HUNG}/",
)


def text_of(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_server_gives_a_sign_of_life_without_a_session(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert not answer.cookies


def test_the_home_page_has_three_doors_and_the_officers_entrance(client: Client) -> None:
    text = text_of(client, "/")
    for door in ("lookup", "catalogue", "units", "account_login"):
        assert f'href="{reverse(door)}' in text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_works_without_any_script(client: Client, address: str) -> None:
    text = text_of(client, address)
    assert "<script" not in text
    assert "onclick" not in text
    assert "hx-" not in text


@pytest.mark.parametrize("address", [page for page in PAGES if page != "/tra-cuu/"])
def test_a_reading_page_sets_no_cookie_and_may_be_kept(client: Client, address: str) -> None:
    answer = client.get(address)
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" in answer.headers["Vary"]


def test_an_officers_copy_is_not_kept(client: Client) -> None:
    assert client.login(username=f"motcua1.{TAN_HUNG}", password=PASSWORD)
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_the_catalogue_is_searched_without_accents(client: Client) -> None:
    assert "Thủ tục đăng ký khai sinh" in text_of(client, "/thu-tuc/", q="khai sinh")
    assert "Thủ tục đăng ký khai sinh" in text_of(client, "/thu-tuc/", q="KHAI SINH")


def test_a_field_narrows_the_catalogue(client: Client) -> None:
    fields = re.findall(
        r'<p class="article"><span lang="vi">([^<]+)</span>', text_of(client, "/thu-tuc/", field="Hộ tịch")
    )
    assert set(fields) == {"Hộ tịch"}


def test_pages_follow_each_other_without_repeating(client: Client) -> None:
    first = text_of(client, "/thu-tuc/")
    more = re.search(r'rel="next"[^>]*href="([^"]+)"', first)
    assert more
    second = text_of(client, "/thu-tuc/" + more[1].replace("&amp;", "&"))
    codes = [set(re.findall(r'href="/thu-tuc/([\d.]+)/', page)) for page in (first, second)]
    assert len(codes[0]) == len(codes[1]) == 20
    assert not codes[0] & codes[1]


@pytest.mark.parametrize("after", ["x", "[]", '{"a":1}', '["a","b","c"]', "[1,2]", "null", "[1e999,1,2]"])
def test_a_spoilt_mark_begins_at_the_first_page(client: Client, after: str) -> None:
    assert text_of(client, "/thu-tuc/", after=after).count("results__title") == 20


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "Chưa tìm thấy thủ tục nào" in text_of(client, "/thu-tuc/", q="zzzzzz")
    assert "Chưa tìm thấy đơn vị nào" in text_of(client, "/don-vi/", q="zzzzzz")


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'; --", "\x00", "<script>", "a" * 500])
def test_strange_searches_are_harmless(client: Client, typed: str) -> None:
    for address in ("/thu-tuc/", "/don-vi/"):
        assert "<script>" not in text_of(client, address, q=typed)


def test_a_procedure_says_what_the_source_does_not_state(client: Client) -> None:
    """2.000547 states a number of days without their unit, and no papers."""
    text = text_of(client, "/thu-tuc/2.000547/")
    assert "(nguồn không nêu đơn vị thời gian)" in text
    assert "Nguồn không nêu. Hãy hỏi quầy, hoặc xem trang của thủ tục" in text


def test_a_procedure_names_the_body_in_the_chosen_unit(client: Client) -> None:
    assert "Văn phòng HĐND và UBND" in text_of(client, "/thu-tuc/1.001193/", unit=TAN_HUNG)
    without = text_of(client, "/thu-tuc/1.001193/")
    assert "Bộ phận nào ở phường, xã của bạn?" in without
    assert f'href="/thu-tuc/1.001193/?unit={TAN_HUNG}"' in text_of(client, "/don-vi/", procedure="1.001193")


def test_a_procedure_or_unit_that_is_not_there_is_missing(client: Client) -> None:
    for address in ("/thu-tuc/9.999999/", "/don-vi/99999/", "/don-vi/79/", "/don-vi/00004/"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "Không tìm thấy trang này" in answer.content.decode()


def test_the_units_are_all_there(client: Client) -> None:
    assert "168 phường, xã, đặc khu" in text_of(client, "/don-vi/")


def test_an_old_name_says_what_became_of_it(client: Client) -> None:
    text = text_of(client, "/don-vi/", q="tan quy")
    assert "Phường Tân Quy" in text
    assert f'Nay thuộc <a href="/don-vi/{TAN_HUNG}/">Phường Tân Hưng</a>' in text


def test_a_unit_names_its_bodies_neighbours_and_predecessors(client: Client) -> None:
    text = text_of(client, f"/don-vi/{TAN_HUNG}/")
    for word in (
        "Trung tâm Phục vụ hành chính công",
        "Phường Tân Thuận",
        "Phường Tân Phong, Quận 7",
        "Khu phố 1",
    ):
        assert word in text
    assert "07:30" in text
    assert "VNeID" in text


def test_the_language_is_chosen_never_guessed(client: Client) -> None:
    answer = client.get("/", headers={"accept-language": "en"})
    assert answer.headers["Content-Language"] == "vi"
    assert '<html lang="vi"' in answer.content.decode()
    assert client.get("/ngon-ngu/en/", {"next": "/thu-tuc/?q=x"}).headers["Location"] == "/thu-tuc/?q=x"
    assert '<html lang="en"' in text_of(client, "/")
    client.get("/ngon-ngu/vi/")
    assert '<html lang="vi"' in text_of(client, "/")


def test_the_choice_of_language_leads_nowhere_else(client: Client) -> None:
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        assert client.get("/ngon-ngu/en/", {"next": elsewhere}).headers["Location"] == "/"
    assert client.get("/ngon-ngu/xx/").status_code == 404


@override_settings(DEBUG=False)
def test_an_error_page_tells_no_more_than_its_code(client: Client) -> None:
    text = client.get("/khong/co/nguyen-van-a/").content.decode()
    assert "page.missing" in text
    assert "nguyen-van-a" not in text


def test_a_fault_is_told_even_where_the_database_is_gone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("lienthong.fronts.public.queries.catalogue", fails)
    client.raise_request_exception = False
    answer = client.get("/thu-tuc/")
    assert answer.status_code == 500
    assert "page.broken" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_a_stale_form_is_told_so() -> None:
    answer = Client(enforce_csrf_checks=True).post("/tra-cuu/", {"code": "x", "fact": "1234"})
    assert answer.status_code == 403
    assert "csrf.stale" in answer.content.decode()

"""Who is responsible, told to everybody: posts and offices, with their reasons, and never a person."""

import gzip
from html import unescape

import pytest
from django.db import connection
from django.test import Client

from tests.cast import TAN_HUNG

pytestmark = pytest.mark.django_db
ADDRESS = "/ai-giai-quyet/"
TASK = "1.001193"


def text_of(client: Client, **query: str) -> str:
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_task_is_found_by_its_words_without_accents(client: Client) -> None:
    text = text_of(client, q="khai sinh", unit=TAN_HUNG)
    assert "Thủ tục đăng ký khai sinh" in text
    assert f"unit={TAN_HUNG}" in text and f"task={TASK}" in text


def test_a_task_without_a_place_asks_for_the_place(client: Client) -> None:
    text = text_of(client, task=TASK)
    assert "Ở phường, xã nào?" in text and f'<option value="{TAN_HUNG}">' in text


def test_the_answer_names_body_posts_and_reasons(client: Client) -> None:
    text = text_of(client, task=TASK, unit=TAN_HUNG)
    assert "Văn phòng HĐND và UBND" in text and "Tại Phường Tân Hưng" in text
    assert "Chủ tịch" in text and "Căn cứ" in text and "NĐ" in text


def test_no_person_is_named(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT per.name FROM organisation_person per JOIN organisation_appointment a"
            " ON a.person_id = per.id JOIN organisation_post p ON p.id = a.post_id"
            " JOIN organisation_adminunit u ON u.id = p.unit_id WHERE u.code = %s",
            [TAN_HUNG],
        )
        names = [name for (name,) in cursor.fetchall()]
    assert len(names) > 5
    text = text_of(client, task=TASK, unit=TAN_HUNG)
    assert [name for name in names if name in text] == []


def test_a_day_before_the_unit_was_there_says_what_lacks(client: Client) -> None:
    text = text_of(client, task=TASK, unit=TAN_HUNG, at="2020-01-01")
    assert "ngày 01/01/2020" in text and "Không ai được từ chối bạn" in text


@pytest.mark.parametrize(
    "query",
    [
        {"task": "9.999999", "unit": TAN_HUNG},
        {"task": "../x"},
        {"task": "'; --"},
        {"q": "%"},
        {"q": "<script>"},
        {"unit": "99999"},
        {"task": TASK, "unit": "79"},
        {"task": TASK, "unit": TAN_HUNG, "at": "31/02/2026"},
        {"task": TASK, "unit": TAN_HUNG, "at": "0001-01-01"},
        {"task": TASK, "unit": TAN_HUNG, "at": "9999-12-31"},
        {"q": "\x00", "at": "x"},
    ],
)
def test_whatever_is_typed_is_harmless(client: Client, query: dict[str, str]) -> None:
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200 and "<script>" not in answer.content.decode()


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "Chưa tìm thấy việc nào" in text_of(client, q="zzzzzz")


def test_it_may_be_kept_sets_no_cookie_and_is_light(client: Client) -> None:
    answer = client.get(ADDRESS, {"task": TASK, "unit": TAN_HUNG})
    assert answer.headers["Cache-Control"] == "public, max-age=300" and not answer.cookies
    assert len(gzip.compress(answer.content)) < 15_000
    assert "<script" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/", f"/don-vi/{TAN_HUNG}/", f"/thu-tuc/{TASK}/?unit={TAN_HUNG}"])
def test_it_is_reached_from_home_procedure_and_unit(client: Client, address: str) -> None:
    main = client.get(address).content.decode().partition("<main")[2]
    assert f'href="{ADDRESS}' in main

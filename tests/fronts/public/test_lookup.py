"""The look-up: by the receipt's QR, or by code plus a second fact; never by a code alone."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lienthong.core.journal.models import Entry
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import ANONYMOUS
from lienthong.core.workdays.queries import now
from lienthong.fronts.public.actions import note_failure, try_code
from lienthong.fronts.public.enums import Gate
from lienthong.fronts.public.models import LookupFailure
from lienthong.fronts.public.rules.guessing import (
    FAILURES_A_DAY,
    FAILURES_A_QUARTER,
    FAILURES_AN_ADDRESS,
    gate,
)
from lienthong.work.dossiers.actions.waiting import request_supplement
from lienthong.work.dossiers.queries import Found, look_up
from lienthong.work.dossiers.values import Lack, Received
from tests.cast import Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db
ABSENT = "H15.50.05.13-261008-9999"
PAGE = "/tra-cuu/"
NUMBER, PHONE_END = "079190000123", "0123"


@pytest.fixture
def dossier(cast: Cast) -> Received:
    return received(cast.clerk)


def ask(client: Client, code: str, fact: str, address: str = "203.0.113.7"):
    return client.post(PAGE, {"code": code, "fact": fact}, REMOTE_ADDR=address)


def told(response) -> str:
    """The page without what was typed and without the token of the form."""
    return re.sub(r'value="[^"]*"', "", response.content.decode())


def test_the_receipts_qr_shows_the_dossier(client: Client, dossier: Received) -> None:
    page = client.get(f"{PAGE}{dossier.lookup_token}/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "Hồ sơ đang được giải quyết" in text
    assert "Phường Tân Hưng" in text
    assert "Được tiếp nhận" in text
    assert f"{dossier.due_at:%d/%m/%Y %H:%M}" in text


def test_no_person_is_named(client: Client, dossier: Received) -> None:
    text = client.get(f"{PAGE}{dossier.lookup_token}/").content.decode()
    assert "Công dân 0123" not in text
    assert NUMBER not in text
    assert "Khu phố 1" not in text
    assert "0900000123" not in text


@pytest.mark.parametrize("fact", [NUMBER[-4:], PHONE_END, " 01 23 "])
def test_code_and_second_fact_show_it_too(client: Client, dossier: Received, fact: str) -> None:
    assert ask(client, dossier.code.lower().replace("-", " - "), fact).status_code == 200


def test_a_code_alone_shows_nothing(client: Client, dossier: Received) -> None:
    for fact in ("", " ", "%", "123", "____"):
        answer = ask(client, dossier.code, fact)
        assert answer.status_code == 422
        assert "Phường Tân Hưng" not in answer.content.decode()
    assert client.get(PAGE, {"code": dossier.code}).content.decode().count("Phường Tân Hưng") == 0
    assert look_up(code=dossier.code) is None
    assert look_up(code=dossier.code, second_fact="%") is None


def test_absent_and_wrong_fact_get_the_same_answer(client: Client, dossier: Received) -> None:
    absent, wrong = ask(client, ABSENT, "1234"), ask(client, dossier.code, "9999")
    assert absent.status_code == wrong.status_code == 422
    assert told(absent) == told(wrong)
    assert "Không tìm thấy hồ sơ khớp với cả hai ô" in told(absent)


def test_absent_and_wrong_fact_cost_the_same_statements(dossier: Received) -> None:
    asked = []
    for code, fact in ((ABSENT, "1234"), (dossier.code, "9999")):
        with entered(ANONYMOUS), CaptureQueriesContext(connection) as statements:
            try_code(actor=ANONYMOUS, code=code, fact=fact, address="203.0.113.7", at=now())
        asked.append(
            [re.sub(r"'[^']*'", "?", one["sql"]) for one in statements if "SAVEPOINT" not in one["sql"]]
        )
    assert asked[0] == asked[1]
    assert len(asked[0]) <= 6
    assert LookupFailure.objects.values_list("address_digest", flat=True).distinct().count() == 1


def test_a_false_qr_shows_nothing(client: Client, dossier: Received) -> None:
    answer = client.get(f"{PAGE}{'0' * 32}/")
    assert answer.status_code == 404
    assert "Không tìm thấy hồ sơ với mã QR này" in answer.content.decode()
    assert client.get(f"{PAGE}{dossier.code}/").status_code == 404


def test_what_was_typed_stays(client: Client) -> None:
    text = ask(client, "khong phai ma", "12").content.decode()
    assert 'value="khong phai ma"' in text
    assert "Mã hồ sơ không đúng mẫu" in text
    assert "Xin gõ bốn số cuối" in text


def test_after_five_failures_only_the_qr_opens(client: Client, dossier: Received) -> None:
    for number in range(FAILURES_A_QUARTER):
        assert ask(client, dossier.code, "9999", f"203.0.113.{number}").status_code == 422
    closed = ask(client, dossier.code, PHONE_END)
    assert closed.status_code == 429
    assert "quét mã QR" in closed.content.decode()
    assert client.get(f"{PAGE}{dossier.lookup_token}/").status_code == 200


def test_a_code_that_is_not_there_closes_alike(client: Client) -> None:
    answers = [ask(client, ABSENT, "1234").status_code for _ in range(FAILURES_A_QUARTER + 1)]
    assert answers == [422] * FAILURES_A_QUARTER + [429]


def test_a_closed_code_opens_after_a_quarter_of_an_hour(dossier: Received) -> None:
    at = now()
    with entered(ANONYMOUS):
        for _ in range(FAILURES_A_QUARTER):
            note_failure(actor=ANONYMOUS, code=dossier.code, address="203.0.113.7", at=at)
        tried = {"actor": ANONYMOUS, "code": dossier.code, "fact": PHONE_END, "address": "203.0.113.7"}
        assert try_code(**tried, at=at) is Gate.CODE
        assert isinstance(try_code(**tried, at=at + timedelta(minutes=16)), Found)


def test_closing_is_journalled_once_without_the_code(dossier: Received) -> None:
    with entered(ANONYMOUS):
        for _ in range(FAILURES_A_QUARTER):
            note_failure(actor=ANONYMOUS, code=dossier.code, address="203.0.113.7", at=now())
    entry = Entry.objects.get(verb="lookup.locked")
    assert entry.case_id is None
    assert dossier.code not in str(entry.data)


def test_rows_of_an_earlier_day_go(dossier: Received) -> None:
    at = now()
    with entered(ANONYMOUS):
        note_failure(actor=ANONYMOUS, code=ABSENT, address="203.0.113.7", at=at - timedelta(days=2))
        note_failure(actor=ANONYMOUS, code=ABSENT, address="203.0.113.7", at=at)
    assert LookupFailure.objects.count() == 1


def test_an_office_behind_one_address_is_not_locked_out(client: Client, dossier: Received) -> None:
    """Many people mistype at one address; somebody else's dossier there is shown all the same."""
    at = now()
    with entered(ANONYMOUS):
        for number in range(60):
            code = f"H15.50.05.13-261008-{number + 1:04d}"
            note_failure(actor=ANONYMOUS, code=code, address="203.0.113.7", at=at)
    assert ask(client, dossier.code, PHONE_END).status_code == 200


def test_a_machine_at_one_address_is_stopped(client: Client, dossier: Received) -> None:
    at = now()
    with entered(ANONYMOUS):
        note_failure(actor=ANONYMOUS, code=ABSENT, address="203.0.113.7", at=at)
    row = LookupFailure.objects.get()
    LookupFailure.objects.bulk_create(
        LookupFailure(address_digest=row.address_digest, failed_at=at) for _ in range(FAILURES_AN_ADDRESS)
    )
    assert ask(client, dossier.code, PHONE_END).status_code == 429
    assert client.get(f"{PAGE}{dossier.lookup_token}/", REMOTE_ADDR="203.0.113.7").status_code == 429
    assert ask(client, dossier.code, PHONE_END, "203.0.113.8").status_code == 200


def test_behind_a_proxy_on_this_machine_the_visitors_own_address_counts(client: Client) -> None:
    for number in (1, 2):
        client.post(
            PAGE,
            {"code": ABSENT, "fact": "1234"},
            REMOTE_ADDR="127.0.0.1",
            HTTP_X_FORWARDED_FOR=f"6.6.6.6, 203.0.113.{number}",
        )
    assert LookupFailure.objects.values("address_digest").distinct().count() == 2


@pytest.mark.parametrize(
    ("quarter", "day", "address", "answer"),
    [
        (0, 0, 0, Gate.OPEN),
        (FAILURES_A_QUARTER - 1, FAILURES_A_DAY - 1, FAILURES_AN_ADDRESS - 1, Gate.OPEN),
        (FAILURES_A_QUARTER, 0, 0, Gate.CODE),
        (0, FAILURES_A_DAY, 0, Gate.CODE),
        (FAILURES_A_QUARTER, 0, FAILURES_AN_ADDRESS, Gate.ADDRESS),
    ],
)
def test_the_gate(quarter: int, day: int, address: int, answer: Gate) -> None:
    assert gate(quarter, day, address) is answer


def test_what_lacks_is_listed_with_its_basis(client: Client, cast: Cast, dossier: Received) -> None:
    lacks = [Lack("Bản sao giấy chứng sinh", "Điều 16 Luật Hộ tịch"), Lack("Tờ khai", "Điều 16 Luật Hộ tịch")]
    with entered(cast.clerk):
        request_supplement(actor=cast.clerk, dossier_id=dossier.dossier_id, key=uuid4(), lacks=lacks)
    text = client.get(f"{PAGE}{dossier.lookup_token}/").content.decode()
    assert "Cần bổ sung 2 nội dung" in text
    assert "Bản sao giấy chứng sinh" in text
    assert "Điều 16 Luật Hộ tịch" in text
    assert "Yêu cầu bổ sung giấy tờ" in text
    assert "Bạn nộp phần còn thiếu" in text


def test_a_found_page_is_kept_by_nobody(client: Client, dossier: Received) -> None:
    for answer in (client.get(f"{PAGE}{dossier.lookup_token}/"), ask(client, dossier.code, PHONE_END)):
        assert answer.headers["Cache-Control"] == "no-store"
        assert 'content="noindex"' in answer.content.decode()

"""The day's money over HTTP: seen, voided, closed over what was seen; another unit's is not there."""

import html
import io
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pypdf import PdfReader

from lienthong.core.journal.models import Entry, Reading
from lienthong.core.journal.queries import sentence_of
from lienthong.core.scope.actions import entered, open_case_to
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import now, today
from lienthong.facilities.documents.values import Letterhead
from lienthong.facilities.fees import actions
from lienthong.facilities.fees.access import find_close
from lienthong.facilities.fees.models import Receipt
from lienthong.facilities.fees.values import Heading, NewCharge
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Officer = Callable[[Actor], Client]
Count = Callable[[Callable[[], Any]], int]
cases = count(960_001)
HEAD = Letterhead(parent_name=None, agency_name="Trung tâm", place="Tân Hưng", number=None, issued_on=today())


def words(answer: Any) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def paid(actor: Actor, amount: int, method: str = "cash", *, frozen: bool = True) -> Receipt:
    """A receipt taken today at the actor's counter, for a case of its own."""
    case_id = next(cases)
    with entered(SYSTEM):
        open_case_to(case_id, [actor.unit_id or 0], "received")
    heading = Heading(letterhead=HEAD, payer_name="Công dân 0123", code=f"MH-{case_id}")
    with entered(actor):
        charge = [NewCharge("Phí thử nghiệm", amount, "Văn bản thử nghiệm 01")]
        actions.add_charges(actor=actor, case_id=case_id, unit_id=actor.unit_id or 0, charges=charge)
        return actions.take_payment(
            actor=actor,
            key=uuid4(),
            case_id=case_id,
            amount=amount,
            method=method,
            heading=heading if frozen else None,
        )


def closing(client: Client, **changes: Any) -> Any:
    values = {"key": str(uuid4()), "seen_count": 2, "seen_total": 58_000, "counted_cash": "8.000"}
    return client.post(f"/fees/close/?day={today().isoformat()}", {**values, **changes})


def two(actor: Actor) -> list[Receipt]:
    return [paid(actor, 8_000), paid(actor, 50_000, "transfer")]


def text_of(answer: Any) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_only_who_takes_fees_sees_the_money(as_officer: Officer, cast: Cast) -> None:
    assert as_officer(cast.clerk).get("/fees/").status_code == 200
    assert "Thu phí" in words(as_officer(cast.clerk).get("/desk/"))
    for actor in (cast.specialist, cast.chair, cast.administrator):
        assert as_officer(actor).get("/fees/").status_code == 404
        assert "Thu phí" not in words(as_officer(actor).get("/desk/"))
    assert Client().get("/fees/").status_code == 302


def test_the_day_shows_its_receipts_and_sums(as_officer: Officer, cast: Cast) -> None:
    first, second = two(cast.clerk)
    page = as_officer(cast.clerk).get("/fees/")
    told = words(page)
    for said in (
        first.number,
        second.number,
        "58.000 đ",
        "Tiền mặt 8.000 đ",
        "Chuyển khoản 50.000 đ",
        "2 biên lai",
    ):
        assert said in told
    assert "Công dân 0123" not in told
    assert "no-store" in page["Cache-Control"]


def test_an_empty_day_says_so_and_a_wrong_day_is_named(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.clerk)
    assert "Ngày này chưa thu khoản nào" in words(client.get("/fees/", {"day": "05/03/2026"}))
    wrong = client.get("/fees/", {"day": "32/03/2026"})
    assert wrong.status_code == 422
    assert "Ngày không đúng." in words(wrong) and 'value="32/03/2026"' in wrong.content.decode()


def test_a_receipt_is_printed_and_the_reading_noted(as_officer: Officer, cast: Cast) -> None:
    receipt = paid(cast.clerk, 8_000)
    answer = as_officer(cast.clerk).get(f"/fees/receipts/{receipt.pk}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert receipt.number in text_of(answer)
    with entered(SYSTEM):
        assert Reading.objects.filter(subject_kind="receipt", subject_id=receipt.pk, allowed=True).exists()


def test_a_receipt_without_a_paper_is_listed_without_a_link(as_officer: Officer, cast: Cast) -> None:
    receipt = paid(cast.clerk, 8_000, frozen=False)
    client = as_officer(cast.clerk)
    assert "lập không kèm bản in" in words(client.get("/fees/"))
    assert client.get(f"/fees/receipts/{receipt.pk}.pdf").status_code == 404


def test_voiding_keeps_the_number_and_the_reason(as_officer: Officer, cast: Cast) -> None:
    receipt, client = paid(cast.clerk, 8_000), as_officer(cast.clerk)
    address = f"/fees/receipts/{receipt.pk}/void/"
    assert receipt.number in words(client.get(address))
    answer = client.post(address, {"key": str(uuid4()), "reason": "Thu nhầm người"})
    assert answer.status_code == 302
    told = words(client.get(answer["Location"]))
    assert "Thu nhầm người" in told and "Đã hủy" in told and "1 đã hủy" in told
    entry = Entry.objects.filter(verb="fee.voided").order_by("-id")[0]
    assert receipt.number in sentence_of(entry.verb, entry.data)
    assert "ĐÃ HỦY" in text_of(client.get(f"/fees/receipts/{receipt.pk}.pdf"))


def test_a_void_without_reason_is_refused_and_a_second_one_told(as_officer: Officer, cast: Cast) -> None:
    receipt, client = paid(cast.clerk, 8_000), as_officer(cast.clerk)
    address = f"/fees/receipts/{receipt.pk}/void/"
    refused = client.post(address, {"key": str(uuid4()), "reason": " "})
    assert refused.status_code == 422
    assert "Hãy ghi lý do hủy" in words(refused)
    client.post(address, {"key": str(uuid4()), "reason": "Thu nhầm"})
    assert client.get(address).status_code == 409
    again = client.post(address, {"key": str(uuid4()), "reason": "Lần hai"})
    assert again.status_code == 409
    assert "receipt.already_voided" in words(again)


def test_the_day_is_closed_with_the_cash_as_counted(as_officer: Officer, cast: Cast) -> None:
    two(cast.clerk)
    client = as_officer(cast.clerk)
    assert "58.000 đ" in words(client.get("/fees/close/"))
    answer = closing(client, counted_cash="7.000")
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    told = words(page)
    assert "Tiền mặt thiếu 1.000 đ so với sổ." in told and "Mở bảng chốt vừa lập để in" in told
    assert "shell/print.js" in page.content.decode()
    with entered(cast.clerk):
        close = find_close(cast.clerk, today())
    assert close is not None
    assert (close.receipts_count, close.total, close.counted_cash) == (2, 58_000, 7_000)
    entry = Entry.objects.filter(verb="fee.day_closed").order_by("-id")[0]
    assert "2 biên lai, 58.000 đ" in sentence_of(entry.verb, entry.data)
    assert entry.data["counted_cash"] == 7_000


def test_the_closed_day_on_paper(as_officer: Officer, cast: Cast) -> None:
    receipts, client = two(cast.clerk), as_officer(cast.clerk)
    address = f"/fees/close/{today().isoformat()}.pdf"
    assert client.get(address).status_code == 404
    closing(client)
    for officer in (cast.clerk, cast.second_clerk):
        text = text_of(as_officer(officer).get(address))
        for said in (receipts[0].number, "58.000", cast.clerk.name, "Công dân 0123"):
            assert said in text
    assert client.get("/fees/close/hom-nay.pdf").status_code == 404


def test_a_closed_day_takes_nothing_more(as_officer: Officer, cast: Cast) -> None:
    first, _second = two(cast.clerk)
    client = as_officer(cast.clerk)
    closing(client)
    assert "day.already_closed" in words(closing(client))
    assert client.get("/fees/close/").status_code == 409
    refused = client.post(f"/fees/receipts/{first.pk}/void/", {"key": str(uuid4()), "reason": "Muộn"})
    assert refused.status_code == 409
    assert "day.closed" in words(refused)
    assert "Hủy" not in words(client.get("/fees/"))


def test_a_receipt_that_came_meanwhile_is_not_closed_unseen(as_officer: Officer, cast: Cast) -> None:
    two(cast.clerk)
    client = as_officer(cast.clerk)
    paid(cast.second_clerk, 6_000)
    refused = closing(client)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "day.changed" in page and "64.000 đ" in page
    assert 'value="8.000"' in page and 'name="seen_total" value="64000"' in page
    with entered(cast.clerk):
        assert find_close(cast.clerk, today()) is None


@pytest.mark.parametrize(
    ("cash", "told"), [("", "Hãy đếm tiền mặt"), ("tám nghìn", "bằng chữ số"), ("-5", "không nhỏ hơn 0")]
)
def test_cash_of_the_wrong_shape_is_named(as_officer: Officer, cast: Cast, cash: str, told: str) -> None:
    two(cast.clerk)
    answer = closing(as_officer(cast.clerk), counted_cash=cash)
    assert answer.status_code == 422
    assert told in words(answer)


def test_tomorrow_is_not_closed(as_officer: Officer, cast: Cast) -> None:
    tomorrow = (today() + timedelta(days=1)).isoformat()
    answer = as_officer(cast.clerk).get(f"/fees/close/?day={tomorrow}")
    assert answer.status_code == 409
    assert "Chưa đến ngày" in words(answer)


def test_another_unit_neither_sees_nor_touches_it(as_officer: Officer, cast: Cast) -> None:
    first, _second = two(cast.clerk)
    stranger = as_officer(cast.stranger)
    assert "Ngày này chưa thu khoản nào" in words(stranger.get("/fees/"))
    assert stranger.get(f"/fees/receipts/{first.pk}.pdf").status_code == 404
    assert stranger.get(f"/fees/receipts/{first.pk}/void/").status_code == 404
    void = stranger.post(f"/fees/receipts/{first.pk}/void/", {"key": str(uuid4()), "reason": "Lạ"})
    assert void.status_code == 404
    closing(as_officer(cast.clerk))
    assert stranger.get(f"/fees/close/{today().isoformat()}.pdf").status_code == 404
    with entered(cast.clerk):
        assert Receipt.objects.get(pk=first.pk).voided_at is None


def test_the_same_key_closes_once(as_officer: Officer, cast: Cast) -> None:
    two(cast.clerk)
    client, key = as_officer(cast.clerk), str(uuid4())
    assert [closing(client, key=key).status_code for _time in range(2)] == [302, 302]
    assert (
        Entry.objects.filter(verb="fee.day_closed", acted_at__gte=now() - timedelta(minutes=5)).count() == 1
    )


def test_what_the_pages_ask_of_the_database(as_officer: Officer, cast: Cast, statements: Count) -> None:
    receipt, client = paid(cast.clerk, 8_000), as_officer(cast.clerk)
    paid(cast.clerk, 50_000, "card")
    day = today().isoformat()
    seen = {
        "day": statements(lambda: client.get("/fees/")),
        "close": statements(lambda: client.get("/fees/close/")),
        "receipt": statements(lambda: client.get(f"/fees/receipts/{receipt.pk}.pdf")),
        "void": statements(lambda: client.get(f"/fees/receipts/{receipt.pk}/void/")),
    }
    closing(client, counted_cash="0")
    seen["paper"] = statements(lambda: client.get(f"/fees/close/{day}.pdf"))
    assert {name: taken for name, taken in seen.items() if taken > 8} == {}

"""Taking money, voiding a receipt, closing the day."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader

from lienthong.core.journal.values import KeyReused
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.facilities.fees import queries
from lienthong.facilities.fees.models import DailyClose, Receipt
from lienthong.facilities.fees.values import Dues
from tests.facilities.documents.test_attach import journalled
from tests.facilities.fees.conftest import CASE, HEADING, LETTERHEAD, NOW, SHARED_CASE, TODAY


def test_a_payment_gets_the_units_next_number_of_the_year(counter, statements) -> None:
    counter.charge()
    assert statements(lambda: counter.pay(6_000)) == 7
    second = counter.pay(50_000, method="transfer")
    assert second.number == "BL26-000002"
    with entered(counter.clerk):
        assert queries.dues_of(CASE) == Dues(56_000, 56_000)
        assert [line.method for line in queries.receipts_of_case(CASE)] == ["cash", "transfer"]
    told = journalled("fee.paid")
    assert [entry[2]["number"] for entry in told] == ["BL26-000001", "BL26-000002"]
    assert told[1][2] == {"number": "BL26-000002", "amount": "50.000 đ", "method": "chuyển khoản"}


@pytest.mark.parametrize(
    ("amount", "given", "code"),
    [
        (0, {}, "payment.not_positive"),
        (-5, {}, "payment.not_positive"),
        (56_001, {}, "payment.too_much"),
        (1, {"method": "gold"}, "payment.method_unknown"),
    ],
)
def test_a_wrong_payment_is_refused_and_spends_no_number(counter, amount, given, code: str) -> None:
    counter.charge()
    with pytest.raises(Refused) as refused:
        counter.pay(amount, **given)
    assert refused.value.refusal.code == code
    assert counter.pay(1_000).number == "BL26-000001"


def test_nothing_due_is_nothing_to_pay(counter) -> None:
    with pytest.raises(Refused) as refused:
        counter.pay(1_000)
    assert refused.value.refusal.code == "payment.nothing_due"


def test_the_same_key_takes_the_money_once(counter) -> None:
    counter.charge()
    key = uuid4()
    first = counter.pay(1_000, key=key)
    assert counter.pay(1_000, key=key).pk == first.pk
    with pytest.raises(KeyReused):
        counter.pay(2_000, key=key)
    with entered(counter.clerk):
        assert queries.dues_of(CASE).paid == 1_000


def test_taking_money_needs_the_duty_and_the_case(counter) -> None:
    counter.charge()
    with pytest.raises(Refused) as refused:
        counter.pay(1_000, actor=counter.leader)
    assert (refused.value.refusal.code, refused.value.status) == ("fee.no_duty", 403)
    with pytest.raises(NotFound):
        counter.pay(1_000, actor=counter.stranger)


def test_a_case_shared_by_two_units_is_paid_at_either_but_each_keeps_its_receipts(counter) -> None:
    counter.charge(case_id=SHARED_CASE)
    here = counter.pay(6_000, case_id=SHARED_CASE)
    there = counter.pay(50_000, case_id=SHARED_CASE, actor=counter.stranger)
    assert here.number == there.number == "BL26-000001"
    with pytest.raises(Refused) as refused:
        counter.pay(1, case_id=SHARED_CASE)
    assert refused.value.refusal.code == "payment.nothing_due"
    with pytest.raises(Refused) as refused:
        counter.void(here.pk, actor=counter.stranger)
    assert refused.value.refusal.code == "fee.other_unit"
    with entered(counter.stranger):
        assert [line.id for line in queries.receipts_of_day(counter.stranger, TODAY)] == [there.pk]


def test_a_voided_receipt_keeps_its_number_and_its_reason(counter, statements) -> None:
    counter.charge()
    receipt, key = counter.pay(6_000), uuid4()
    assert statements(lambda: counter.void(receipt.pk, key=key, reason="Trả lại Công dân 0123")) == 7
    counter.void(receipt.pk, key=key, reason="Trả lại Công dân 0123")
    assert counter.pay(6_000).number == "BL26-000002"
    with entered(counter.clerk):
        assert queries.dues_of(CASE).paid == 6_000
        first, second = queries.receipts_of_day(counter.clerk, TODAY)
    assert (first.number, first.voided_at, first.void_reason) == ("BL26-000001", NOW, "Trả lại Công dân 0123")
    assert second.voided_at is None
    ((_, _, data, particulars),) = journalled("fee.voided")
    assert data == {"number": "BL26-000001", "amount": "6.000 đ"}
    assert "0123" in particulars


def test_voiding_is_refused_twice_without_reason_duty_or_sight(counter) -> None:
    counter.charge()
    receipt = counter.pay(6_000)
    for actor, reason, code in (
        (counter.clerk, " ", "fee.reason"),
        (counter.leader, "x", "fee.no_duty"),
        (counter.stranger, "x", "not_found"),
    ):
        with pytest.raises(Refused) as refused:
            counter.void(receipt.pk, actor=actor, reason=reason)
        assert refused.value.refusal.code == code
    counter.void(receipt.pk)
    with pytest.raises(Refused) as refused:
        counter.void(receipt.pk)
    assert refused.value.refusal.code == "receipt.already_voided"


def test_a_closed_day_is_counted_and_can_no_longer_be_changed(counter, statements) -> None:
    counter.charge()
    counter.void(counter.pay(1_000).pk)
    kept = counter.pay(6_000)
    counter.pay(20_000, method="card")
    closed, key = [], uuid4()
    assert statements(lambda: closed.append(counter.close(key=key))) == 8
    totals = closed[0].totals
    assert (totals.count, totals.total, totals.voided) == (2, 26_000, 1)
    assert totals.by_method == {"cash": 6_000, "transfer": 0, "card": 20_000}
    assert counter.close(key=key) == closed[0]
    for act, code in (
        (lambda: counter.close(), "day.already_closed"),
        (lambda: counter.pay(1_000), "day.closed"),
        (lambda: counter.void(kept.pk), "day.closed"),
        (lambda: counter.close(TODAY + timedelta(days=1)), "day.future"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == code
    with entered(counter.clerk):
        assert Receipt.objects.filter(close_id=closed[0].id).count() == 3
    ((case_id, _, data, _),) = journalled("fee.day_closed")
    assert case_id is None
    assert (data["day"], data["count"], data["total"]) == ("04/11/2026", 2, "26.000 đ")


def test_the_next_day_is_open_and_an_empty_day_can_be_closed(counter) -> None:
    counter.charge()
    counter.close()
    later = counter.pay(1_000, at=NOW + timedelta(days=1))
    assert later.number == "BL26-000001"
    assert counter.close(TODAY - timedelta(days=3)).totals.count == 0


def test_a_new_year_begins_a_new_series(counter) -> None:
    counter.charge()
    counter.pay(1_000)
    assert counter.pay(1_000, at=NOW.replace(year=2027)).number == "BL27-000001"


def test_a_units_close_is_its_own(counter) -> None:
    counter.charge(case_id=SHARED_CASE)
    counter.pay(1_000, case_id=SHARED_CASE)
    with pytest.raises(Refused) as refused:
        counter.close(actor=counter.leader)
    assert refused.value.refusal.code == "fee.no_duty"
    assert counter.close(actor=counter.stranger).totals.count == 0
    with entered(counter.clerk):
        assert DailyClose.objects.count() == 0
    assert counter.pay(1_000, case_id=SHARED_CASE).close_id is None


def test_a_receipt_is_printed_as_it_was_when_paid(counter, statements) -> None:
    first, _ = counter.charge()
    receipt = []
    assert statements(lambda: receipt.append(counter.pay(56_000, heading=HEADING))) == 8
    text = _printed(counter, receipt[0].pk)
    for said in ("BL26-000001", "Công dân 0123", "Phí chứng thực bản sao", "56.000", "MH-261104-0001"):
        assert said in text
    counter.void(receipt[0].pk)
    counter.waive(first)
    again = _printed(counter, receipt[0].pk)
    assert "56.000" in again
    assert "ĐÃ HỦY: Thu nhầm" in again


def test_a_part_payment_says_that_it_is_one(counter) -> None:
    counter.charge()
    receipt = counter.pay(10_000, heading=HEADING)
    text = _printed(counter, receipt.pk)
    assert "Nộp một phần" in text
    assert "10.000" in text


def test_a_receipt_taken_without_heading_needs_one_to_be_printed(counter) -> None:
    counter.charge()
    receipt = counter.pay(56_000)
    with entered(counter.clerk):
        with pytest.raises(NotFound):
            queries.receipt_pdf(counter.clerk, receipt.pk)
        assert queries.receipt_pdf(counter.clerk, receipt.pk, HEADING).startswith(b"%PDF-")
    with entered(counter.stranger), pytest.raises(NotFound):
        queries.receipt_pdf(counter.stranger, receipt.pk, HEADING)


def test_the_closed_day_on_paper(counter, statements) -> None:
    counter.charge()
    counter.void(counter.pay(1_000).pk)
    counter.pay(6_000, heading=HEADING)
    with entered(counter.clerk), pytest.raises(NotFound):
        queries.close_pdf(counter.clerk, TODAY, letterhead=LETTERHEAD)
    counter.close()
    with entered(counter.clerk):
        drawn = []
        act = {"letterhead": LETTERHEAD, "counted_cash": 6_000}
        assert statements(lambda: drawn.append(queries.close_pdf(counter.clerk, TODAY, **act))) == 3
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(drawn[0])).pages)
    for said in ("BL26-000001", "BL26-000002", "Thu nhầm", "Công dân 0123", "6.000"):
        assert said in text


def _printed(counter, receipt_id: int) -> str:
    with entered(counter.clerk):
        drawn = queries.receipt_pdf(counter.clerk, receipt_id)
    return PdfReader(io.BytesIO(drawn)).pages[0].extract_text()

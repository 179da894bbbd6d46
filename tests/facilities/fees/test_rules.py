"""What is due, by the tariffs that procedures state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.facilities.fees.rules import day_of, due_of, receipt_number
from lienthong.facilities.fees.values import Tariff
from lienthong.mandate.procedures.values import FeeRule
from tests.facilities.fees.conftest import NOW, TODAY

COPIES = Tariff("Phí chứng thực bản sao", 2_000, "trang", tier_from=3, tier_amount=1_000, most=200_000)


@pytest.mark.parametrize(
    ("pages", "copies", "due"),
    [
        (0, 1, 0),
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (10, 1, 12_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (5_000, 1, 200_000),
        (3, 4, 20_000),
        (5_000, 2, 400_000),
        (3, 0, 0),
    ],
)
def test_pages_in_steps_up_to_the_ceiling_of_one_copy(pages: int, copies: int, due: int) -> None:
    assert due_of(COPIES, pages, copies) == due


def test_a_plain_tariff_is_a_product_and_free_is_nothing() -> None:
    assert due_of(Tariff("Lệ phí", 50_000, "giao dịch"), 3) == 150_000
    assert due_of(Tariff("Miễn phí", 0)) == 0


def test_what_is_not_stated_stays_not_stated() -> None:
    rule = FeeRule(amount=None, per="hồ sơ", label="Phí thẩm định", text="theo quy định")
    assert due_of(Tariff.of(rule)) is None


def test_a_procedures_rule_gives_its_tariff() -> None:
    rule = FeeRule(amount=2_000, per="trang", label="Phí chứng thực bản sao", text="", citation="VB 01")
    tariff = Tariff.of(rule, tier_from=3, tier_amount=1_000, most=200_000)
    assert (due_of(tariff, 3), tariff.citation) == (5_000, "VB 01")


def test_a_negative_quantity_is_an_error() -> None:
    with pytest.raises(ValueError, match="negative"):
        due_of(COPIES, -1)


@given(st.integers(0, 3_000), st.integers(0, 20))
def test_more_pages_never_cost_less_and_never_more_than_the_ceiling(pages: int, copies: int) -> None:
    due = due_of(COPIES, pages, copies)
    more = due_of(COPIES, pages + 1, copies)
    assert due is not None
    assert more is not None
    assert 0 <= due <= more <= copies * 200_000


def test_numbers_and_days() -> None:
    assert (receipt_number(2026, 1), receipt_number(2030, 1_234_567)) == ("BL26-000001", "BL30-1234567")
    assert day_of(NOW) == TODAY
    assert day_of(NOW.replace(hour=18)).day == TODAY.day + 1  # already tomorrow in Vietnam

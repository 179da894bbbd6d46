"""Đồng in figures and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.lib.money import dong_in_words, format_dong, format_number, number_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (4, "Bốn đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (101, "Một trăm lẻ một đồng"),
        (104, "Một trăm lẻ bốn đồng"),
        (105, "Một trăm lẻ năm đồng"),
        (110, "Một trăm mười đồng"),
        (8_000, "Tám nghìn đồng"),
        (66_000, "Sáu mươi sáu nghìn đồng"),
        (1_005, "Một nghìn không trăm lẻ năm đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_050_000, "Một triệu không trăm năm mươi nghìn đồng"),
        (2_000_000_021, "Hai tỷ không trăm hai mươi mốt đồng"),
        (
            1_234_567_891,
            "Một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi mốt đồng",
        ),
        (5_000_000_000_000, "Năm nghìn tỷ đồng"),
    ],
)
def test_known_amounts(amount: int, words: str) -> None:
    assert dong_in_words(amount) == words


def test_the_northern_word_for_an_empty_tens_place() -> None:
    assert dong_in_words(205_000, "linh") == "Hai trăm linh năm nghìn đồng"


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_two_amounts_never_read_the_same(a: int, b: int) -> None:
    assert (number_in_words(a) == number_in_words(b)) == (a == b)


def test_a_negative_amount_has_no_words() -> None:
    with pytest.raises(ValueError, match="negative"):
        dong_in_words(-1)


@pytest.mark.parametrize(
    ("amount", "figures"), [(0, "0 đ"), (999, "999 đ"), (66_000, "66.000 đ"), (-1_500, "-1.500 đ")]
)
def test_figures(amount: int, figures: str) -> None:
    assert format_dong(amount) == figures


def test_numbers_have_dots() -> None:
    assert format_number(1_234_567) == "1.234.567"

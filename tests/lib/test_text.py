"""Folding, equality and order of Vietnamese text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.lib.text import digits, fold, initials, nfc, sort_key, tone_key

WORDS = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầặợửỹĐÊ 0123456789", max_size=12)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_keys_do_not_depend_on_the_unicode_form(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    composed = nfc(text)
    assert fold(decomposed) == fold(composed)
    assert tone_key(decomposed) == tone_key(composed)
    assert sort_key(decomposed) == sort_key(composed)


@given(st.text())
def test_the_sort_key_is_ascii(text: str) -> None:
    assert sort_key(text).isascii() and sort_key(text).isprintable()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Đặng  Thị\tHOÀ ", "dang thi hoa"),
        ("Ủy ban nhân dân phường Tân Hưng", "uy ban nhan dan phuong tan hung"),
        ("Nguyễn Ðức", "nguyen duc"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("a", "b"), [("Hoà", "Hòa"), ("thuỷ", "thủy"), ("KHOẺ  mạnh", "khỏe mạnh")])
def test_where_the_tone_is_written_does_not_matter(a: str, b: str) -> None:
    assert tone_key(a) == tone_key(b)


@pytest.mark.parametrize(
    ("a", "b"), [("Hoa", "Hòa"), ("Hóa", "Hòa"), ("Mở", "Mơ"), ("Đa", "Da"), ("ân", "an")]
)
def test_other_letters_and_tones_do_matter(a: str, b: str) -> None:
    assert tone_key(a) != tone_key(b)


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "u", "ư", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["Tổ 2", "Tổ 10", "Tổ 10A", "Tổ dân phố"],
        ["Ba", "Bà Chiểu", "Ba Đình", "Bà Rịa", "Bạc Liêu", "Bến Cát"],
        ["an", "Ân", "bình", "Dung", "Đào", "Em"],
        ["Phường 1", "Phường 03", "Phường An Lạc"],
    ],
)
def test_order_of_the_alphabet_then_of_tones(ordered: list[str]) -> None:
    mixed = ordered[::-1]
    assert sorted(mixed, key=sort_key) == ordered


@given(WORDS, WORDS)
def test_order_does_not_see_case_or_extra_spaces(a: str, b: str) -> None:
    assert sort_key(a.upper()) == sort_key(a)
    assert sort_key(f" {a}  {b}") == sort_key(f"{a} {b}")


def test_initials_keep_the_letter_and_drop_the_tone() -> None:
    assert initials("Đỗ Thị Ánh") == "ĐTA"
    assert initials("ủy ban") == "UB"
    assert initials("") == ""


def test_digits() -> None:
    assert digits("079 0.12-a") == "079012"
    assert digits("１２") == "12"
    assert digits("không") == ""

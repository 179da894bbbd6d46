"""The QR of an identity card: what is read, and what is refused with which sentence. No number here is anyone's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.lib.identity_card import SENTENCES, CardError, Sex, check_number, read_card

TODAY = date(2026, 3, 2)
NUMBER = "079190000123"
SCAN = f"{NUMBER}|000000123|Công dân 0123|15061990|Nữ|Tổ 5, P. Tân Hưng|01022022".replace(" 0123", " Mẫu")


def scan(**changes: str) -> str:
    names = ("number", "old", "name", "born", "sex", "address", "issued")
    return "|".join(changes.get(name, part) for name, part in zip(names, SCAN.split("|"), strict=True))


def test_a_good_scan() -> None:
    card = read_card(f" {SCAN}\r\n", today=TODAY)
    assert (card.number, card.old_number, card.name) == (NUMBER, "000000123", "Công dân Mẫu")
    assert (card.born_on, card.sex, card.issued_on) == (date(1990, 6, 15), Sex.FEMALE, date(2022, 2, 1))
    assert card.address == "Tổ 5, P. Tân Hưng"


def test_no_old_number_and_empty_fields_at_the_end_are_fine() -> None:
    assert read_card(scan(old="") + "||", today=TODAY).old_number == ""


def test_decomposed_text_is_composed() -> None:
    assert read_card(scan(sex="Nu\u031b\u0303"), today=TODAY).sex is Sex.FEMALE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "card_empty"),
        ("  \n", "card_empty"),
        ("https://example.org/?a=1", "card_foreign_qr"),
        ("https://example.org/?a=1|2|3", "card_foreign_qr"),
        ("BEGIN:VCARD", "card_foreign_qr"),
        ("xin chào|a|b|c|d|e|f", "card_foreign_qr"),
        (SCAN.replace("|", "~"), "card_keyboard"),
        ("|".join(SCAN.split("|")[:6]), "card_fields"),
        (SCAN + "|thừa", "card_fields"),
        (scan(number="07919000012"), "card_number"),
        (scan(number="0791900001234"), "card_number"),
        (scan(old="12345678"), "card_old_number"),
        (scan(name=" "), "card_name"),
        (scan(name="CÃ´ng dÃ¢n"), "card_mangled"),
        (scan(name="C\ufffdng d\ufffdn"), "card_mangled"),
        (scan(name="Co6ng da6n"), "card_mangled"),
        (scan(name="C?ng d?n"), "card_mangled"),
        (scan(address="Ph\u00c6\u00b0\u00e1\u00bb\u009dng"), "card_mangled"),
        (scan(born="31021990"), "card_birth_date"),
        (scan(born="1990"), "card_birth_date"),
        (scan(born="03032026"), "card_birth_future"),
        (scan(sex="X"), "card_sex"),
        (scan(issued="00002022"), "card_issue_date"),
        (scan(issued="03032026"), "card_issue_future"),
    ],
)
def test_a_bad_scan_says_what_to_do(text: str, code: str) -> None:
    with pytest.raises(CardError) as refusal:
        read_card(text, today=TODAY)
    assert refusal.value.code == code
    assert "Hãy" in refusal.value.sentence and "{" not in refusal.value.sentence


def test_a_mangled_text_as_utf8_read_by_windows_is_seen() -> None:
    for name in ("Nguyễn", "Trần", "Đặng", "Hưng", "Lê Hoàng"):
        with pytest.raises(CardError, match="UTF-8"):
            read_card(scan(name=name.encode().decode("cp1252", errors="replace")), today=TODAY)


@given(st.text(alphabet="0123456789|aăđNữ:/ \n~", max_size=60))
def test_any_text_is_a_card_or_a_known_refusal(text: str) -> None:
    try:
        read_card(text, today=TODAY)
    except CardError as refusal:
        assert refusal.code in SENTENCES


@pytest.mark.parametrize(
    ("number", "born_on", "sex", "codes"),
    [
        (NUMBER, date(1990, 6, 15), Sex.FEMALE, []),
        ("079306000123", date(2006, 1, 1), Sex.FEMALE, []),
        ("079206000123", date(2006, 1, 1), Sex.MALE, []),
        (NUMBER, date(1991, 6, 15), Sex.FEMALE, ["number_birth_year"]),
        (NUMBER, date(1990, 6, 15), Sex.MALE, ["number_sex"]),
        (NUMBER, date(2090, 6, 15), Sex.MALE, ["number_birth_year", "number_sex"]),
        (NUMBER, None, None, []),
        ("12345", date(1990, 6, 15), None, ["number_length"]),
    ],
)
def test_contradictions_warn(number: str, born_on: date | None, sex: Sex | None, codes: list[str]) -> None:
    assert [warning.code for warning in check_number(number, born_on, sex)] == codes

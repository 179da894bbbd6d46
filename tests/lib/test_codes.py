"""Dossier codes, procedure codes and look-up tokens."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.lib.codes import (
    CodeError,
    DossierCode,
    ProcedureCode,
    is_agency_code,
    new_lookup_token,
    read_lookup_token,
)

PROCEDURES = Path(__file__).parents[3] / "shared/data/procedures_commune_level_dvcqg_2026-07.csv"

codes = st.builds(
    DossierCode,
    st.from_regex(r"[A-Z][0-9]{2}(\.[0-9]{2}){0,3}", fullmatch=True),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(1, 99_999_999),
    st.integers(4, 7),
    st.booleans(),
)


@given(codes)
def test_what_is_written_is_read_back(code: DossierCode) -> None:
    assert DossierCode.parse(str(code)) == code
    assert str(DossierCode.parse(str(code))) == str(code)
    assert DossierCode.parse(code.grouped) == code


def test_the_form_of_the_code() -> None:
    assert str(DossierCode("H15.50.05.13", date(2026, 10, 8), 975)) == "H15.50.05.13-261008-0975"
    assert str(DossierCode("H15", date(2026, 10, 8), 12_345)) == "H15-261008-12345"
    assert str(DossierCode.parse("G09.20-20260609-0092637")) == "G09.20-20260609-0092637"


def test_typing_is_forgiven() -> None:
    assert str(DossierCode.parse(" h15.50.05.13 – 261008 – 0975\n")) == "H15.50.05.13-261008-0975"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "dossier_code_form"),
        ("H15.50-261008-975", "dossier_code_form"),
        ("H15..50-261008-0975", "dossier_code_form"),
        ("H15-261008-٠٩٧٥", "dossier_code_form"),
        ("H15.50-261332-0975", "dossier_code_day"),
        ("H15.50-00000101-0975", "dossier_code_day"),
        ("H15.50-261008-0000", "dossier_code_parts"),
    ],
)
def test_other_texts_are_refused_with_a_sentence(text: str, code: str) -> None:
    with pytest.raises(CodeError) as refusal:
        DossierCode.parse(text)
    assert refusal.value.code == code
    assert refusal.value.sentence.endswith(".")


def test_agency_codes_are_checked_by_pattern_only() -> None:
    assert is_agency_code("H29") and is_agency_code("000.00.00.H29")
    assert not is_agency_code("h29") and not is_agency_code("H29.") and not is_agency_code("")


@pytest.mark.parametrize("text", ["1.001193", "2.000815.01"])
def test_procedure_codes(text: str) -> None:
    code = ProcedureCode.parse(f" {text} ")
    assert str(code) == text
    assert str(code.of_procedure) == text[:8]


@pytest.mark.parametrize("text", ["", "1.00119", "1,001193", "1.001193.1", "11.001193"])
def test_other_procedure_codes_are_refused(text: str) -> None:
    with pytest.raises(CodeError):
        ProcedureCode.parse(text)


def test_every_code_of_the_national_list_is_understood() -> None:
    if not PROCEDURES.exists():
        pytest.skip("the national list of procedures is not beside the checkout")
    with PROCEDURES.open(encoding="utf-8-sig") as file:
        numbers = [row["code"] for row in csv.DictReader(file)]
    assert len(numbers) == 588
    assert [str(ProcedureCode.parse(number)) for number in numbers] == numbers


def test_tokens_are_long_distinct_and_forgiving() -> None:
    tokens = {new_lookup_token() for _ in range(200)}
    assert len(tokens) == 200
    for token in tokens:
        assert len(token) == 26 and token.isalnum() and not set(token) & set("ILOU")
        assert read_lookup_token(f" {token[:13].lower()}-{token[13:]} ") == token


def test_confused_letters_of_a_token_are_read_as_digits() -> None:
    assert read_lookup_token("OIL" + "A" * 23) == "011" + "A" * 23
    assert read_lookup_token("U" * 26) is None
    assert read_lookup_token("A" * 25) is None

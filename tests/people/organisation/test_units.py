"""The country: 34 provinces, 3,321 units, their former names, what became of them."""

import csv
from datetime import date
from pathlib import Path

import pytest

from lienthong.core.registry.values import NotFound
from lienthong.lib.text import tone_key
from lienthong.people.organisation.actions import load_seeds
from lienthong.people.organisation.queries import (
    neighbours,
    search_units,
    unit_by_code,
    unit_names,
    units_of_province,
)
from tests.cast import NHA_BE, SIX, TAN_HUNG, Cast
from tests.people.conftest import Asked

pytestmark = pytest.mark.django_db
NOW = date(2026, 11, 2)
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def test_loading_again_changes_nothing() -> None:
    first = load_seeds()
    assert first == load_seeds()
    assert first["units"] == 34 + 3321 + 63 + 10039


@pytest.mark.parametrize(("province", "units"), [("79", 168), ("01", 126)])
def test_a_province_has_its_units(province: str, units: int) -> None:
    assert len(units_of_province(province, NOW)) == units


def test_the_six_units_are_what_they_are_called() -> None:
    names = [unit_by_code(code, NOW).name for code in SIX]
    assert names[0] == "Phường Tân Hưng"
    assert names[-1] == "Xã Nhà Bè"
    assert unit_by_code(TAN_HUNG, NOW).province_name == "Thành phố Hồ Chí Minh"


def test_dong_nai_is_a_province_until_it_becomes_a_city() -> None:
    assert unit_by_code("75", date(2026, 4, 29)).name == "Tỉnh Đồng Nai"
    assert unit_by_code("75", date(2026, 4, 30)).name == "Thành phố Đồng Nai"


def test_a_code_names_another_territory_before_the_reform() -> None:
    before, after = (unit_by_code(TAN_HUNG, day) for day in (date(2025, 6, 30), date(2025, 7, 1)))
    assert (before.era, after.era) == ("2021", "2025")
    assert before.id != after.id


def test_an_unknown_code_is_not_found() -> None:
    with pytest.raises(NotFound):
        unit_by_code("99999", NOW)


def test_search_does_not_ask_for_accents() -> None:
    assert search_units("Tan Hung", NOW, "79")[0].code == TAN_HUNG
    assert search_units("nhà bè", NOW, "79")[0].code == NHA_BE


def test_an_old_name_says_what_became_of_the_unit() -> None:
    (found,) = search_units("tan kieng", NOW)
    assert not found.in_force
    assert found.district == "Quận 7"
    assert found.sentence == "Nay thuộc Phường Tân Hưng (nhập toàn bộ)."


def test_a_ward_divided_among_several_names_them_all() -> None:
    (found,) = search_units("phu my quan 7", NOW, "79")
    assert {(new.name, new.extent) for new in found.became} == {
        ("Phường Phú Thuận", "part"),
        ("Phường Tân Mỹ", "part"),
    }


def test_a_renamed_unit_is_found_by_its_former_name() -> None:
    found = [unit for unit in search_units("tinh dong nai", NOW) if unit.era == "2025"]
    assert [unit.sentence for unit in found] == ["Nay là Thành phố Đồng Nai."]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "\\"])
def test_a_search_for_nothing_finds_nothing(text: str) -> None:
    assert search_units(text, NOW) == []


def test_tan_hung_touches_the_five_others(cast: Cast) -> None:
    touching = {one.code: one.shared_m for one in neighbours(cast.unit_id(TAN_HUNG), NOW)}
    assert set(SIX[1:]) <= set(touching)
    assert touching[NHA_BE] == 4006


def test_names_come_in_one_statement(cast: Cast, asks_at_most: Asked) -> None:
    ids = [cast.unit_id(code) for code in SIX]
    with asks_at_most(1):
        assert len(unit_names(ids, NOW)) == 6


def test_every_unit_of_the_official_list_is_there() -> None:
    source = SHARED / "admin_units_commune.csv"
    if not source.exists():
        pytest.skip("../shared/data is not here: the official list cannot be compared")
    with source.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["province_code"] == "79"]
    ours = {unit.code: tone_key(unit.name) for unit in units_of_province("79", NOW)}
    assert ours == {row["code"]: tone_key(row["name_2026_07"]) for row in rows}

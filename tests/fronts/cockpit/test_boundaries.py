"""A boundary file: what is wrong with it is said, what is right is drawn, nothing is kept of a bad one."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.fronts.cockpit.actions import check_boundaries, import_boundaries
from lienthong.fronts.cockpit.models import BoundaryLayer, UnitBoundary
from lienthong.fronts.cockpit.queries.map import drawn_map, layer_of, map_etag
from lienthong.fronts.cockpit.rules.cells import cells_of, frame_of
from lienthong.fronts.cockpit.rules.geometry import check_layer
from lienthong.fronts.cockpit.values import Checked
from lienthong.people.organisation.queries import units_of_province
from tests.cast import TAN_HUNG, TAN_MY, TAN_THUAN, Cast
from tests.facilities.statistics.month import NOW
from tests.fronts.cockpit.layers import UNITS, feature, layer, square

REAL = settings.ROOT.parent / "shared" / "data" / "boundaries" / "hcm_2025.geojson"
NAMED: dict[str, Any] = {"source": "Sở Thử nghiệm", "licence": "chỉ để thử", "dated_on": date(2025, 7, 1)}


def words(checked: Checked) -> list[str]:
    return [one.finding.value for one in checked.found]


def test_a_right_file_is_drawn_by_code_or_by_name() -> None:
    checked = check_layer(layer(), UNITS)
    assert words(checked) == [] and checked.is_usable and len(checked.shapes) == 3
    named = feature("", square(1))
    named["properties"] = {"TEN": "PHUONG SO 1", "dan_so": 12000}
    short = feature("2", square(2))  # a spreadsheet has eaten the zeros
    checked = check_layer(layer(named, short, feature("00003", square(3))), UNITS)
    assert [one.code for one in checked.shapes] == ["00001", "00002", "00003"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "JSON hỏng"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"type": "Polygon"}', "FeatureCollection"),
        (b'["a"]', "FeatureCollection"),
    ],
)
def test_what_is_no_geojson_is_said_so(content: bytes, said: str) -> None:
    checked = check_layer(content, UNITS)
    assert words(checked) == ["unreadable"] and said in checked.found[0].sentence and not checked.is_usable


def turned(ground: list[list[list[float]]]) -> list[list[list[float]]]:
    return [[[y, x] for x, y in ring] for ring in ground]


def metres(ground: list[list[list[float]]]) -> list[list[list[float]]]:
    return [[[x * 5_600, y * 110_000] for x, y in ring] for ring in ground]


def abroad(ground: list[list[list[float]]]) -> list[list[list[float]]]:
    return [[[x - 100, y + 40] for x, y in ring] for ring in ground]


@pytest.mark.parametrize(
    ("ground", "finding", "said"),
    [
        (turned(square(1)), "swapped", "đảo"),
        (metres(square(1)), "projected", "WGS 84"),
        (abroad(square(1)), "outside", "ngoài Việt Nam"),
        ([[106.7, 10.8], [106.8, 10.8]], "shape", "không đọc được"),
        ([], "shape", "không đọc được"),
        (None, "shape", "không đọc được"),
    ],
)
def test_wrong_coordinates_forbid_the_file(ground: Any, finding: str, said: str) -> None:
    checked = check_layer(layer(feature("00001", ground), feature("00002", square(2))), UNITS)
    assert words(checked)[0] == finding and said in checked.found[0].sentence
    assert "Phường Số 1" in checked.found[0].sentence and not checked.is_usable


def test_a_point_is_no_area_and_two_shapes_of_one_unit_are_one_too_many() -> None:
    point = feature("00001", [106.7, 10.8], "Point")
    assert words(check_layer(layer(point), UNITS)) == ["shape"]
    twice = check_layer(layer(feature("00001", square(1)), feature("00001", square(2))), UNITS)
    assert words(twice) == ["twice"] and "MultiPolygon" in twice.found[0].sentence


def test_a_crossing_ring_is_repaired_and_told() -> None:
    west, south = 106.7, 10.8
    bow = [
        [
            [west, south],
            [west + 0.01, south + 0.01],
            [west + 0.01, south],
            [west, south + 0.01],
            [west, south],
        ]
    ]
    checked = check_layer(
        layer(feature("00001", bow), *[feature(f"0000{n}", square(n)) for n in (2, 3)]), UNITS
    )
    assert words(checked) == ["repaired"] and checked.is_usable
    assert checked.shapes[0].geometry["type"] == "MultiPolygon"


def test_a_number_that_looks_like_another_units_code_is_none() -> None:
    def told(place: int, **properties: Any) -> dict[str, Any]:
        return feature("", square(place)) | {"properties": properties}

    by_code = [told(place, dan_so=number, ma=f"0000{place}") for place, number in ((1, 3), (2, 9), (3, 1))]
    by_name = [told(1, dan_so=2, ten="Phường Số 1"), told(2, dan_so=2, ten="Phường Số 2")]
    for features in (by_code, by_name, by_name[:1]):
        checked = check_layer(layer(*features), UNITS)
        wests = {one.code: min(x for x, _y in one.geometry["coordinates"][0]) for one in checked.shapes}
        assert wests == {
            f"0000{n}": pytest.approx(106.7 + 0.01 * (n - 1)) for n in range(1, len(features) + 1)
        }
    stranger = told(5, dan_so=3, ten="Xã Bên Kia")
    assert words(check_layer(layer(*by_name, stranger), UNITS)) == ["unknown", "missing"]


def test_a_name_that_two_units_share_is_of_neither() -> None:
    named = feature("", square(1)) | {"properties": {"ten": "Phường Số 1"}}
    again = [*UNITS, replace(UNITS[0], id=4, code="00004")]
    assert words(check_layer(layer(named, feature("00002", square(2))), again)) == ["unknown", "missing"]


def test_what_is_left_out_forbids_nothing() -> None:
    label = feature("99998", [106.7, 10.8], "Point")
    neighbour = feature("99999", abroad(square(1)))
    checked = check_layer(
        layer(label, neighbour, *[feature(one.code, square(one.id)) for one in UNITS]), UNITS
    )
    assert words(checked) == ["unknown", "unknown"] and checked.is_usable


def test_missing_unknown_overlapping_and_empty_ground_is_listed() -> None:
    large = feature("00002", square(2, shift=0.002, side=0.012))
    checked = check_layer(layer(feature("00001", square(1)), large, feature("99999", square(5))), UNITS)
    assert words(checked) == ["unknown", "missing", "overlap"] and checked.is_usable
    by_word = {one.finding.value: one.sentence for one in checked.found}
    assert "99999" in by_word["unknown"] and "Phường Số 3" in by_word["missing"]
    assert "Phường Số 1 và Phường Số 2" in by_word["overlap"] and "ha" in by_word["overlap"]
    around = square(1, side=0.03)
    around.append([[106.71, 10.81], [106.72, 10.81], [106.72, 10.82], [106.71, 10.82], [106.71, 10.81]])
    holed = check_layer(layer(feature("00001", around)), UNITS[:1])
    assert words(holed) == ["hole"] and "106.7150, 10.8150" in holed.found[0].sentence


def test_one_fault_of_all_shapes_is_not_told_a_hundred_times() -> None:
    many = [feature("x", square(1)) for _ in range(100)]
    checked = check_layer(layer(*many), UNITS)
    assert len(checked.found) == 14 and "88" in checked.found[12].sentence and not checked.is_usable


def test_shared_edges_stay_shared_when_simplified() -> None:
    checked = check_layer(layer(), UNITS)
    first, second = ({tuple(point) for point in one.web["coordinates"][0]} for one in checked.shapes[:2])
    assert len(first & second) == 2


@pytest.mark.skipif(not REAL.exists(), reason="../shared/data/boundaries is absent")
@pytest.mark.django_db
def test_a_real_layer_of_168_units_is_clean_and_light() -> None:
    with entered(SYSTEM):
        checked = check_boundaries(actor=SYSTEM, content=REAL.read_bytes(), at=NOW)
    assert len(checked.shapes) == 168 and checked.is_usable
    web = json.dumps([one.web for one in checked.shapes], separators=(",", ":"))
    assert len(web) < 900_000


@pytest.mark.django_db
def test_an_applied_layer_is_drawn_with_its_source_and_told_in_the_journal() -> None:
    codes = (TAN_HUNG, TAN_THUAN, TAN_MY)
    content = layer(*[feature(code, square(place)) for place, code in enumerate(codes, start=1)])
    former = layer_of(NOW)
    with entered(SYSTEM):
        import_boundaries(actor=SYSTEM, content=content, **NAMED, at=NOW)
        import_boundaries(actor=SYSTEM, content=content, **NAMED, at=NOW)
    assert BoundaryLayer.objects.filter(source="Sở Thử nghiệm").count() == 1
    assert UnitBoundary.objects.count() == 3
    assert former.is_schematic and layer_of(NOW).source == "Sở Thử nghiệm"
    drawn = json.loads(drawn_map(NOW))
    assert {one["id"] for one in drawn["features"]} == set(codes) and not drawn["far"]
    with entered(SYSTEM):
        entry = Entry.objects.get(verb="cockpit.boundaries_imported")
    assert entry.data["units"] == 3 and entry.data["source"] == "Sở Thử nghiệm"


@pytest.mark.django_db
def test_the_same_file_with_other_terms_or_for_more_units_is_a_new_layer() -> None:
    content = layer(feature(TAN_HUNG, square(1)), feature(TAN_MY, square(2)))

    def load(**changes: Any) -> bool:
        with entered(SYSTEM):
            return import_boundaries(actor=SYSTEM, content=content, **NAMED | changes, at=NOW).is_kept

    assert [load(), load()] == [True, False]
    assert load(licence="được dùng") and layer_of(NOW).licence == "được dùng"
    assert [load(source="Sở khác"), load(dated_on=date(2026, 1, 1))] == [True, True]
    assert not load(source="Sở Thử nghiệm ", dated_on=date(2026, 1, 1))
    newest = BoundaryLayer.objects.latest("id")
    newest.boundaries.all()[0].delete()  # as if the register had not known the unit then
    assert load(dated_on=date(2026, 1, 1)) and BoundaryLayer.objects.latest("id").boundaries.count() == 2


@pytest.mark.django_db
def test_a_bad_or_nameless_file_leaves_the_map_as_it_was(cast: Cast) -> None:
    before = map_etag(NOW)
    bad = layer(feature(TAN_HUNG, turned(square(1))))
    for content, named, code in (
        (bad, NAMED, "boundaries.unusable"),
        (layer(feature("99999", square(1))), NAMED, "boundaries.unusable"),
        (layer(feature(TAN_HUNG, square(1))), NAMED | {"source": " "}, "boundaries.unnamed"),
    ):
        with entered(SYSTEM), pytest.raises(Refused) as refused:
            import_boundaries(actor=SYSTEM, content=content, **named, at=NOW)
        assert refused.value.refusal.code == code
    with entered(cast.city), pytest.raises(Refused) as refused:
        check_boundaries(actor=cast.city, content=bad)
    assert refused.value.refusal.code == "boundaries.no_duty"
    assert not BoundaryLayer.objects.exists() and map_etag(NOW) == before


@pytest.mark.django_db
def test_the_command_looks_first_and_applies_when_told(tmp_path: Path) -> None:
    file, out = tmp_path / "ranh-gioi.geojson", StringIO()
    file.write_bytes(layer(feature(TAN_HUNG, square(1)), feature("99999", square(2))))
    call_command("import_boundaries", str(file), stdout=out)
    assert "Mới kiểm, chưa nạp" in out.getvalue() and "99999" in out.getvalue()
    assert not BoundaryLayer.objects.exists()
    with pytest.raises(CommandError, match="Ngày không đúng"):
        call_command("import_boundaries", str(file), "--apply", "--source=a", "--licence=b", stdout=out)
    call_command(
        "import_boundaries",
        str(file),
        "--apply",
        "--source=a",
        "--licence=b",
        "--dated=01/07/2025",
        stdout=out,
    )
    assert BoundaryLayer.objects.get().dated_on == date(2025, 7, 1) and "Đã nạp ranh giới" in out.getvalue()
    terms = ("--apply", "--source=a", "--licence=b", "--dated=01/07/2025")
    call_command("import_boundaries", str(file), *terms, stdout=out)
    assert out.getvalue().endswith("Tệp này đã nạp rồi, không có gì thay đổi.\n")
    with pytest.raises(CommandError, match="Không mở được"):
        call_command("import_boundaries", str(tmp_path / "khong-co"))


@pytest.mark.django_db
def test_without_a_layer_every_unit_has_a_cell_of_its_own() -> None:
    units = units_of_province("79", NOW.date())
    cells = cells_of(units)
    frame, far = frame_of(cells)
    assert set(cells) == {unit.code for unit in units} and len(cells) == 168
    assert all(cell["type"] in ("Polygon", "MultiPolygon") for cell in cells.values())
    assert frame[0] > 106 and frame[3] < 12 and len(far) == 1  # the special zone out at sea

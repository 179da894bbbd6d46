"""Make the project's own seed tables from a folder of source tables: `python deploy/make_seeds.py FOLDER`.

The folder holds admin_units_*.csv, unit_succession.csv, commune_adjacency.csv and the portal's export.
What a person judged (annotations.csv, named_only.csv, instruments.csv, rules.csv, days.csv, illustrative.csv)
is kept by hand beside the tables made here. Run `pip install -e .` first.
"""

import csv
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lienthong.lib.portal_export import read_export
from lienthong.lib.portal_rows import Body, FeeRow, ProcedureRow, Rejected, TimeLimitRow

SOURCE = Path(__file__).resolve().parent.parent / "src" / "lienthong"
ORGANISATION = SOURCE / "people" / "organisation" / "seeds"
PROCEDURES = SOURCE / "mandate" / "procedures" / "seeds"
INSTRUMENTS = SOURCE / "core" / "instruments" / "seeds"
PORTAL_EXPORT = "procedures_commune_level_dvcqg_*.csv"

NEW_ERA, OLD_ERA = "2025", "2021"
TWO_TIERS_FROM = "2025-07-01"
CHANGE_OF_2026 = "2026-04-30"
UNIT_LIST, WARDS_OF_2026, CITY_OF_2026 = "qd-19-2025-qd-ttg", "nq-237-nq-ubtvqh16", "nq-30-2026-qh16"
DONG_NAI = "75"
BA_CHE_ELSEWHERE = {"06978": "06970"}  # the Statistics Office's code counts; another list writes the first
UNTYPED = {"Xuân Quang 3": "Xã Xuân Quang 3", "Xuân Phước": "Xã Xuân Phước"}  # the table lost their type
TYPES = {
    "Phường": "ward",
    "Xã": "commune",
    "Đặc khu": "special_zone",
    "Thị trấn": "township",
    "Thành phố": "city",
    "Tỉnh": "province",
}
UNIT_COLUMNS = "code era level sort_name lat lon area_km2 note"
FACT_COLUMNS = "code era valid_from valid_to type name short_name parent_code district instrument"
SUCCESSION_COLUMNS = "old_code new_code extent split_into note old_name"
USUAL_NOTES = {
    "Nhập toàn bộ",
    "Nhập một phần",
    "Giữ nguyên",
    "Nhập một phần diện tích",
    "Nhập một phần diện tích, toàn bộ dân số",
}
Row = dict[str, str]


def main(folder: Path) -> None:
    """Write every table made from the folder and say how many rows each has."""
    communes = _one_ba_che(_read(folder / "admin_units_commune.csv"))
    succession = [_repaired(row) for row in _read(folder / "unit_succession.csv")]
    _write_units(communes, _read(folder / "admin_units_province.csv"), succession)
    _write_adjacency(_read(folder / "commune_adjacency.csv"))
    with sorted(folder.glob(PORTAL_EXPORT))[-1].open("rb") as stream:
        _write_procedures(list(read_export(stream)))


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            {key: unicodedata.normalize("NFC", " ".join((value or "").split())) for key, value in row.items()}
            for row in csv.DictReader(stream)
        ]


def _write(path: Path, columns: str, rows: Iterable[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    found = list(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns.split(), lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(found)
    sys.stdout.write(f"{path.relative_to(SOURCE)}: {len(found)}\n")


# --- units -----------------------------------------------------------------------------------------------


def _one_ba_che(rows: list[Row]) -> list[Row]:
    """Two lists give Ba Chẽ two codes and the table a row of each: join them under the official code."""
    by_code = {row["code"]: row for row in rows}
    for other, official in BA_CHE_ELSEWHERE.items():
        elsewhere = by_code.pop(other)
        by_code[official].update({key: elsewhere[key] for key in ("lat", "lon", "area_km2")})
        by_code[official].update(name_2026_07=elsewhere["name_2026_07"])
    return [by_code[code] for code in sorted(by_code)]


def _repaired(row: Row) -> Row:
    """Give an uncoded predecessor its district's code, and Cồn Cỏ the province it then had."""
    name = row["old_name"] or row["old_district"]
    row["old_name"] = _repaired_name(UNTYPED.get(name, name))
    row["old_district"] = row["old_district"].replace("Thị Xã", "Thị xã")
    row["note"] = row["note"].replace("Nhâp", "Nhập")
    row["old_code"] = row["old_code"] or row["old_district_code"]
    if row["old_province"] == "Quảng Trị":
        row.update(old_province_code="45", old_province="Tỉnh Quảng Trị")
    return row


def _repaired_name(name: str) -> str:
    name = re.sub(r"^(Xa|xã) ", "Xã ", name)
    name = re.sub(r"^phường ", "Phường ", name)
    return re.sub(r"^(thị trấn|Thị Trấn|Thi trấn) ", "Thị trấn ", name)


def _typed(name: str) -> tuple[str, str]:
    """The type and the short name of a full one; a district or an area has neither a commune's type."""
    for prefix, kind in TYPES.items():
        if name.startswith(f"{prefix} "):
            return kind, name.removeprefix(f"{prefix} ")
    if name.startswith("Huyện "):
        return "district", name.removeprefix("Huyện ")
    return "other", name


def _sort_name(name: str) -> str:
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def _write_units(communes: list[Row], provinces: list[Row], succession: list[Row]) -> None:
    new_facts = [*_province_facts(provinces, succession), *_commune_facts(communes)]
    old_facts = [*_old_province_facts(succession), *_old_commune_facts(succession)]
    places = {row["code"]: row for row in communes}
    units = {(fact["code"], fact["era"]): _unit(fact, places) for fact in [*new_facts, *old_facts]}
    _write(ORGANISATION / "units.csv", UNIT_COLUMNS, units.values())
    _write(ORGANISATION / "unit_facts.csv", FACT_COLUMNS, new_facts)
    _write(ORGANISATION / "unit_facts_2021.csv", FACT_COLUMNS, old_facts)
    names = {fact["code"]: fact["name"] for fact in old_facts if fact["parent_code"]}
    _write(ORGANISATION / "succession.csv", SUCCESSION_COLUMNS, _successions(succession, names))
    pairs = Counter((row["old_province_code"], row["new_province_code"]) for row in succession)
    rows = ({"old_code": old, "new_code": new, "communes": str(n)} for (old, new), n in sorted(pairs.items()))
    _write(ORGANISATION / "province_succession.csv", "old_code new_code communes", rows)


def _fact(code: str, era: str, name: str, **rest: str) -> Row:
    kind, short = _typed(name)
    return {"code": code, "era": era, "type": kind, "name": name, "short_name": short, **rest}


def _unit(fact: Row, places: dict[str, Row]) -> Row:
    level = "commune" if fact["parent_code"] else "province"
    unit = {**fact, "level": level, "sort_name": _sort_name(fact["short_name"]), "note": ""}
    if fact["era"] == NEW_ERA and fact["code"] in places:
        unit.update({key: places[fact["code"]][key] for key in ("lat", "lon", "area_km2")})
    if fact["era"] == NEW_ERA and fact["code"] in BA_CHE_ELSEWHERE.values():
        unit["note"] = "một danh mục khác ghi mã 06978"
    if fact["type"] in {"district", "other"}:
        unit["note"] = "không có mã cấp xã; dùng mã huyện cũ"
    return {key: unit.get(key, "") for key in UNIT_COLUMNS.split()}


def _province_facts(provinces: list[Row], succession: list[Row]) -> Iterator[Row]:
    names = {row["new_province_code"]: row["new_province"] for row in succession}
    for province in provinces:
        code = province["code"]
        first = {"parent_code": "", "valid_from": TWO_TIERS_FROM, "instrument": UNIT_LIST}
        if code != DONG_NAI:
            yield _fact(code, NEW_ERA, names[code], **first)
            continue
        yield _fact(code, NEW_ERA, names[code], **first, valid_to=CHANGE_OF_2026)
        second = {"parent_code": "", "valid_from": CHANGE_OF_2026, "instrument": CITY_OF_2026}
        yield _fact(code, NEW_ERA, province["name_2026_07"], **second)


def _commune_facts(communes: list[Row]) -> Iterator[Row]:
    for row in communes:
        first = {"valid_from": TWO_TIERS_FROM, "instrument": UNIT_LIST, "parent_code": row["province_code"]}
        name = _repaired_name(row["name_2025_07_01"])
        changed = row["changed_type"] == "1"
        yield _fact(row["code"], NEW_ERA, name, **first, valid_to=CHANGE_OF_2026 if changed else "")
        if changed:
            first.update(valid_from=CHANGE_OF_2026, instrument=WARDS_OF_2026)
            yield _fact(row["code"], NEW_ERA, row["name_2026_07"], **first)


def _old_province_facts(succession: list[Row]) -> Iterator[Row]:
    names = {row["old_province_code"]: row["old_province"] for row in succession if row["old_code"] != "471"}
    names["44"] = "Tỉnh Quảng Bình"
    for code, name in sorted(names.items()):
        yield _fact(code, OLD_ERA, name, parent_code="", valid_to=TWO_TIERS_FROM)


def _old_commune_facts(succession: list[Row]) -> Iterator[Row]:
    first_of: dict[str, Row] = {}
    for row in succession:
        first_of.setdefault(row["old_code"], row)
    for code, row in sorted(first_of.items()):
        place = {"parent_code": row["old_province_code"], "district": row["old_district"]}
        yield _fact(code, OLD_ERA, row["old_name"], **place, valid_to=TWO_TIERS_FROM)


def _successions(succession: list[Row], names: dict[str, str]) -> Iterator[Row]:
    """A note only where it says more than the extent, an old name only where the code has another's."""
    for row in sorted(succession, key=lambda row: (row["old_code"], row["new_code"])):
        yield {
            "old_code": row["old_code"],
            "new_code": row["new_code"],
            "extent": row["extent"],
            "split_into": row["old_split_into"],
            "note": "" if row["note"] in USUAL_NOTES else row["note"],
            "old_name": "" if names[row["old_code"]] == row["old_name"] else row["old_name"],
        }


def _write_adjacency(rows: list[Row]) -> None:
    pairs = []
    for row in rows:
        codes = (BA_CHE_ELSEWHERE.get(row[key], row[key]) for key in ("code_a", "code_b"))
        first, second = sorted(codes)
        shared = str(round(float(row["shared_boundary_m"])))
        pairs.append({"code_a": first, "code_b": second, "shared_m": shared})
    pairs.sort(key=lambda pair: (pair["code_a"], pair["code_b"]))
    _write(ORGANISATION / "adjacency.csv", "code_a code_b shared_m", pairs)


# --- procedures ------------------------------------------------------------------------------------------

PROCEDURE_COLUMNS = (
    "code name name_confidence field level ministry decision kind subjects body body_confidence "
    "body_note executing_text channels result online_level at_once boundary_free boundary_confidence "
    "boundary_note boundary_instrument source_url source_note"
)
TIME_COLUMNS = "code seq channels amount unit cutoff text description confidence instrument article note"
FEE_COLUMNS = (
    "code seq channels kind amount currency per tier_from tier_amount max_amount at_commune text "
    "description confidence doubt"
)
EXPORT_NOTE = "Bản xuất Cổng Dịch vụ công quốc gia, tháng 7/2026"
NAME_ONLY_NOTE = "Chỉ biết mã và tên, tên có thể chưa đầy đủ; thời hạn, phí chưa có trong nguồn"
SAME_DAY = "Trong ngày; tiếp nhận sau 15 giờ thì trong ngày làm việc tiếp theo"
BODY_ASSUMED = "Nguồn không nêu cơ quan thực hiện; suy từ cấp thực hiện"
DECISION_TITLE = "Quyết định công bố thủ tục hành chính (tên không có trong nguồn)"
Annotations = dict[tuple[str, str], Row]


def _write_procedures(rows: list[ProcedureRow | Rejected]) -> None:
    """What a commune's own bodies carry out; customs, tax and the like are left to the import."""
    parsed = [row for row in rows if isinstance(row, ProcedureRow) and row.body != Body.VERTICAL]
    notes = {(row["code"], row["property"]): row for row in _read(PROCEDURES / "annotations.csv")}
    named = [_name_only(row) for row in _read(PROCEDURES / "named_only.csv")]
    procedures = [*(_procedure(row, notes) for row in parsed), *named]
    procedures.sort(key=lambda row: row["code"])
    parsed.sort(key=lambda row: row.code)
    _write(PROCEDURES / "procedures.csv", PROCEDURE_COLUMNS, procedures)
    _write(PROCEDURES / "time_limits.csv", TIME_COLUMNS, _time_limits(parsed, notes))
    fees = (_fee(row.code, n, fee) for row in parsed for n, fee in enumerate(row.fees, 1))
    _write(PROCEDURES / "fees.csv", FEE_COLUMNS, fees)
    columns = "id number title kind confidence source_note"
    _write(INSTRUMENTS / "promulgations.csv", columns, _promulgations(parsed))


def _procedure(row: ProcedureRow, notes: Annotations) -> Row:
    body = notes.get((row.code, "body"), {})
    boundary = notes.get((row.code, "boundary_free"), {})
    return {
        "code": row.code,
        "name": row.name,
        "name_confidence": "verified",
        "field": row.field,
        "level": ", ".join(row.levels),
        "ministry": row.ministry,
        "decision": _slug(row.decision),
        "kind": row.kind,
        "subjects": "|".join(row.subjects),
        "body": body.get("value") or row.body,
        "body_confidence": body.get("confidence") or ("verified" if row.body_named else "assumption"),
        "body_note": body.get("note") or ("" if row.body_named else BODY_ASSUMED),
        "executing_text": row.executing_text[:400],
        "channels": "|".join(row.channels),
        "result": "; ".join(f"{r.name} ({r.code})" if r.code else r.name for r in row.results),
        "online_level": "not_stated",
        "at_once": notes.get((row.code, "at_once"), {}).get("value", ""),
        "boundary_free": boundary.get("value", ""),
        "boundary_confidence": boundary.get("confidence", ""),
        "boundary_note": boundary.get("note", ""),
        "boundary_instrument": boundary.get("instrument", ""),
        "source_url": row.url,
        "source_note": EXPORT_NOTE + ("; phần chi tiết bị cắt" if row.detail_truncated else ""),
    }


def _name_only(row: Row) -> Row:
    fixed = {"level": "Cấp xã", "online_level": "not_stated", "body": Body.COMMITTEE.value}
    doubt = {"name_confidence": "press", "body_confidence": "assumption", "body_note": BODY_ASSUMED}
    return {**row, **fixed, **doubt, "source_note": NAME_ONLY_NOTE}


def _slug(number: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _sort_name(number)).strip("-")


def _time_limits(rows: list[ProcedureRow], notes: Annotations) -> Iterator[Row]:
    for row in rows:
        for n, limit in enumerate(row.time_limits, 1):
            yield _time_limit(row.code, n, limit)
        same_day = notes.get((row.code, "same_day"))
        if same_day and not row.time_limits:
            decreed = {key: same_day[key] for key in ("instrument", "article", "confidence", "note")}
            shape = {"unit": "same_day", "cutoff": same_day["value"], "text": SAME_DAY}
            yield {"code": row.code, "seq": "1", "channels": "|".join(row.channels), **shape, **decreed}


def _time_limit(code: str, seq: int, limit: TimeLimitRow) -> Row:
    return {
        "code": code,
        "seq": str(seq),
        "channels": "|".join(limit.channels),
        "amount": _number(limit.amount),
        "unit": limit.unit,
        "text": limit.text,
        "description": limit.description,
        "confidence": "verified",
    }


def _fee(code: str, seq: int, fee: FeeRow) -> Row:
    """A sum in foreign money is charged at a mission abroad, not at the commune's counter."""
    numbers = {
        key: _number(getattr(fee, key)) for key in ("amount", "tier_from", "tier_amount", "max_amount")
    }
    return {
        "code": code,
        "seq": str(seq),
        "channels": "|".join(fee.channels),
        "kind": fee.kind,
        "currency": fee.currency,
        "per": fee.per,
        "at_commune": "1" if fee.currency == "VND" else "0",
        "text": fee.text,
        "description": fee.description,
        "confidence": "assumption" if fee.doubt else "verified",
        "doubt": fee.doubt,
        **numbers,
    }


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _promulgations(rows: list[ProcedureRow]) -> Iterator[Row]:
    for number in sorted({row.decision for row in rows if row.decision}):
        said = {"title": DECISION_TITLE, "kind": "decision", "confidence": "verified"}
        yield {"id": _slug(number), "number": number, **said, "source_note": EXPORT_NOTE}


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        raise SystemExit("Cách dùng: python deploy/make_seeds.py THƯ_MỤC_BẢNG_NGUỒN")
    main(Path(sys.argv[1]))

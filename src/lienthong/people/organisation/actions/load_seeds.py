"""Loading the country: units, their dated facts, what became of them, who touches whom."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import connection, transaction

from lienthong.lib.text import fold, sort_key
from lienthong.people.organisation.models import AdminUnit, UnitAdjacency, UnitFact, UnitSuccession

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

STAGES = """
CREATE TEMP TABLE seed_unit (code text, era text, level text, lat float, lon float, area numeric)
  ON COMMIT DROP;
CREATE TEMP TABLE seed_fact (code text, era text, unit_type text, name text, short_name text, parent text,
  district text, search_key text, sort_key text, valid_from date, valid_to date, slug text) ON COMMIT DROP;
CREATE TEMP TABLE seed_succession (old_code text, new_code text, extent text, note text) ON COMMIT DROP;
CREATE TEMP TABLE seed_adjacency (code_a text, code_b text, shared_m int) ON COMMIT DROP;
"""
UNITS = """
INSERT INTO organisation_adminunit (code, era, level, lat, lon, area_km2, agency_code)
SELECT code, era, level, lat, lon, area, '' FROM seed_unit ORDER BY level DESC, code
ON CONFLICT (code, era) DO NOTHING;
UPDATE organisation_adminunit u SET parent_id = p.id
FROM seed_fact f JOIN organisation_adminunit p ON p.code = f.parent AND p.era = f.era
WHERE u.code = f.code AND u.era = f.era AND u.parent_id IS DISTINCT FROM p.id;
"""
# A fact that is already there only learns its instrument, if that was loaded later.
FACTS = """
INSERT INTO organisation_unitfact (unit_id, unit_type, name, short_name, district, search_key, sort_key,
                                   valid_during, instrument_id)
SELECT u.id, f.unit_type, f.name, f.short_name, f.district, f.search_key, f.sort_key,
       daterange(f.valid_from, f.valid_to), i.id
FROM seed_fact f JOIN organisation_adminunit u USING (code, era)
LEFT JOIN instruments_instrument i ON i.slug = f.slug
ON CONFLICT DO NOTHING;
UPDATE organisation_unitfact o SET instrument_id = i.id
FROM seed_fact f JOIN organisation_adminunit u USING (code, era)
JOIN instruments_instrument i ON i.slug = f.slug
WHERE o.unit_id = u.id AND o.valid_during = daterange(f.valid_from, f.valid_to) AND o.instrument_id IS NULL;
"""
SUCCESSION = """
INSERT INTO organisation_unitsuccession (old_unit_id, new_unit_id, extent, note)
SELECT o.id, n.id, s.extent, s.note FROM seed_succession s
JOIN organisation_adminunit o ON o.code = s.old_code AND o.era = '2021'
JOIN organisation_adminunit n ON n.code = s.new_code AND n.era = '2025'
ON CONFLICT DO NOTHING;
"""
ADJACENCY = """
INSERT INTO organisation_unitadjacency (unit_a_id, unit_b_id, shared_m)
SELECT a.id, b.id, s.shared_m FROM seed_adjacency s
JOIN organisation_adminunit a ON a.code = s.code_a AND a.era = '2025'
JOIN organisation_adminunit b ON b.code = s.code_b AND b.era = '2025'
ON CONFLICT DO NOTHING;
"""
Row = dict[str, str]


@transaction.atomic
def load_seeds() -> dict[str, int]:
    """Load the country's units; running it again changes nothing. Returns the rows there are, by table.

    Instruments must be loaded before for the facts to name theirs; loaded later, a second run adds them.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAGES)
        _copy("seed_unit", _units())
        _copy("seed_fact", _facts())
        _copy("seed_succession", _successions())
        _copy("seed_adjacency", ((r["code_a"], r["code_b"], r["shared_m"]) for r in _read("adjacency.csv")))
        cursor.execute(
            "ANALYZE seed_unit; ANALYZE seed_fact; ANALYZE seed_succession; ANALYZE seed_adjacency"
        )
        cursor.execute(UNITS)
        cursor.execute(FACTS)
        cursor.execute(SUCCESSION + ADJACENCY)
        cursor.execute("DROP TABLE seed_unit, seed_fact, seed_succession, seed_adjacency")
    tables = {
        "units": AdminUnit,
        "unit_facts": UnitFact,
        "successions": UnitSuccession,
        "adjacencies": UnitAdjacency,
    }
    return {name: model._default_manager.count() for name, model in tables.items()}


def _read(name: str) -> Iterator[Row]:
    with (SEEDS / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _copy(table: str, rows: Iterable[tuple[str | None, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _units() -> Iterator[tuple[str | None, ...]]:
    for row in _read("units.csv"):
        place = (row["lat"] or None, row["lon"] or None, row["area_km2"] or None)
        yield (row["code"], row["era"], row["level"], *place)


def _facts() -> Iterator[tuple[str | None, ...]]:
    for name in ("unit_facts.csv", "unit_facts_2021.csv"):
        for row in _read(name):
            yield (
                row["code"],
                row["era"],
                row["type"],
                row["name"],
                row["short_name"],
                row["parent_code"] or None,
                row["district"],
                fold(f"{row['name']} {row['district']}"),
                sort_key(row["short_name"]),
                row["valid_from"] or None,
                row["valid_to"] or None,
                row["instrument"] or None,
            )


def _successions() -> Iterator[tuple[str | None, ...]]:
    """Communes as the Statistics Office states them; a province is whole where it has one successor only."""
    for row in _read("succession.csv"):
        former = f"tên trong bảng chuyển đổi: {row['old_name']}" if row["old_name"] else ""
        note = "; ".join(part for part in (row["note"], former) if part)
        yield row["old_code"], row["new_code"], row["extent"], note
    provinces = list(_read("province_succession.csv"))
    olds = [row["old_code"] for row in provinces]
    for row in provinces:
        extent = "whole" if olds.count(row["old_code"]) == 1 else "part"
        yield row["old_code"], row["new_code"], extent, ""

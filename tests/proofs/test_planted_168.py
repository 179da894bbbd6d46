"""The 168 real units of the city, staffed: one of each kind planted, all found and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from lienthong.console.demo import ground
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence.queries import compare, prove, take_snapshot
from lienthong.mandate.competence.values import DAWN, NEVER, Found, InstrumentRow, Snapshot
from lienthong.people.organisation.queries import units_of_province
from tests.cast import ON, PROVINCE
from tests.core.apart import owning
from tests.mandate.competence.imagined import assignment, delegation, lead, post, told, vacated

START, END = ON.toordinal(), date(2028, 11, 2).toordinal()


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[Snapshot]:
    """The register of the city with officers in every unit, undone at the end."""
    with django_db_blocker.unblock(), owning():
        ground.staff([unit.code for unit in units_of_province(PROVINCE, ON)], make_password(ground.PASSWORD))
        with entered(SYSTEM):
            yield take_snapshot(province=PROVINCE)


def planted(city: Snapshot) -> Snapshot:
    """A vacancy, a province's rule against the country's, an assignment that ends, a Vice Chair's delegation."""
    ids = [unit.id for unit in city.units]
    stated = next(
        row for row in city.rules if row.subject_key.startswith("field:") and row.body_kind == "economy"
    )
    task = next(row for row in city.tasks if f"field:{row.field}" == stated.subject_key)
    giver, taker = post(city, ids[40], "vice_chair"), post(city, ids[40], "one_stop_clerk")
    holders = {row.post_id: row.person_id for row in city.seats}
    given = delegation(-1, giver, taker, tasks=((task.code, "sign"),))
    firm = InstrumentRow(-1, "Giá trị minh họa", "", "decision", "stated", DAWN, NEVER)
    changed = replace(
        city,
        instruments=(*city.instruments, firm),
        rules=(
            *(replace(row, confidence="stated") if row == stated else row for row in city.rules),
            lead(-1, f"task:{task.code}", f"province:{PROVINCE}", "office", instrument_id=-1),
        ),
        assignments=(
            assignment(-1, post(city, ids[30], "specialist", "office"), f"task:{task.code}", end=START + 60),
        ),
        delegations=(replace(given, grantor_person=holders[giver.id], grantee_person=holders[taker.id]),),
    )
    return vacated(
        changed, post(city, ids[20], "department_head", "culture_social"), START + 400, START + 431
    )


def proven(snapshot: Snapshot) -> tuple[Found, ...]:
    return prove(snapshot, START, END, ahead_days=90)


def test_all_that_was_planted_is_found_and_nothing_else(city: Snapshot) -> None:
    assert len(city.units) == 168
    appeared, vanished = compare(proven(city), proven(planted(city)))
    ids = [unit.id for unit in city.units]
    assert vanished == ()
    assert sorted(told(appeared), key=str) == [
        ("broken", "no_competence", ids[40]),
        ("gap", "no_holder", ids[20]),
        ("lapse", "assignment", ids[30]),
        ("overlap", "contradiction", None),
    ]


def test_every_unit_lacks_the_same(city: Snapshot) -> None:
    """What the register still lacks, it lacks everywhere: no unit's own staff is at fault."""
    gaps = [one for one in proven(city) if one.kind == "gap"]
    by_unit = {
        unit.id: {(one.code, one.tasks) for one in gaps if one.unit_id == unit.id} for unit in city.units
    }
    assert len({frozenset(lacking) for lacking in by_unit.values()}) == 1


def test_two_years_take_no_more_than_five_seconds(city: Snapshot) -> None:
    began = perf_counter()
    proven(city)
    assert perf_counter() - began <= 5

"""168 units, 559 tasks, two years: one of each kind planted, all found and nothing else."""

from dataclasses import replace

import pytest

from lienthong.mandate.competence.rules.check import prove
from lienthong.mandate.competence.values import Snapshot
from tests.mandate.competence.imagined import (
    END,
    OTHER,
    START,
    assignment,
    day,
    delegation,
    imagined,
    lead,
    post,
    told,
    vacated,
)

UNITS, TASKS = 168, 559


@pytest.fixture(scope="module")
def world() -> Snapshot:
    return imagined(units=UNITS, tasks=TASKS)


def test_nothing_is_found_before_anything_is_planted(world: Snapshot) -> None:
    assert prove(world, START, END) == ()


def test_what_is_planted_is_found_and_nothing_else(world: Snapshot) -> None:
    planted = replace(
        world,
        rules=(*world.rules, lead(99, "task:t4", "province:79", "office", instrument_id=OTHER)),
        assignments=(
            assignment(1, post(world, 30, "specialist", "office"), "task:t1", end=day("2027-01-01")),
        ),
        delegations=(delegation(1, post(world, 40, "vice_chair"), post(world, 40, "centre_director")),),
    )
    planted = vacated(
        planted, post(world, 20, "department_head", "economy"), day("2028-01-01"), day("2028-02-01")
    )
    found = prove(planted, START, END)
    assert told(found) == [
        ("broken", "no_competence", 40),
        ("gap", "no_holder", 20),
        ("lapse", "assignment", 30),
        ("overlap", "contradiction", None),
    ]
    broken, gap, lapse, overlap = found
    # All of the field's tasks but t4, which the province's rule gave to the office.
    assert len(gap.tasks) == len([n for n in range(TASKS) if n % 4 == 0]) - 1
    assert (gap.since, gap.until) == (day("2028-01-01"), day("2028-02-01"))
    assert (broken.tasks, lapse.tasks, lapse.since, overlap.tasks) == (
        ("t0",),
        ("t1",),
        day("2027-01-01"),
        ("t4",),
    )

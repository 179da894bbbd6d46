"""Lapses: what ends within the days ahead with nothing behind it, and nothing else."""

from dataclasses import replace

import pytest

from lienthong.mandate.competence.rules.check import prove
from lienthong.mandate.competence.values import NEVER, AwayRow, Found, SeatRow, Snapshot
from tests.mandate.competence.imagined import (
    DIVIDES,
    END,
    START,
    assignment,
    basis,
    day,
    delegation,
    imagined,
    lead,
    post,
    vacated,
)

SOON, LATER = day("2027-01-01"), day("2027-06-01")


def lapses(snapshot: Snapshot, ahead: int = 120) -> tuple[Found, ...]:
    return tuple(one for one in prove(snapshot, START, END, ahead_days=ahead) if one.kind == "lapse")


def only(snapshot: Snapshot) -> Found:
    (one,) = lapses(snapshot)
    return one


def ending(snapshot: Snapshot, id_: int, on: int) -> Snapshot:
    rows = tuple(replace(row, end=on) if row.id == id_ else row for row in snapshot.instruments)
    return replace(snapshot, instruments=rows)


def test_an_instrument_is_one_lapse_with_every_task_that_rests_on_it() -> None:
    world = ending(imagined(units=3), DIVIDES, SOON)
    one = only(world)
    assert (one.code, one.unit_id, one.since, one.until) == ("instrument", None, SOON, NEVER)
    assert (one.subject, one.mend, len(one.tasks)) == ("1/NĐ", "extend_instrument", 8)


@pytest.mark.parametrize(("ahead", "expected"), [(59, 0), (60, 1)])
def test_the_days_ahead_are_counted_to_the_day(ahead: int, expected: int) -> None:
    assert SOON - START == 60
    assert len(lapses(ending(imagined(), DIVIDES, SOON), ahead)) == expected


def test_a_basis_and_its_instrument_are_told_apart() -> None:
    own = imagined(bases=(basis(7, "field:Đất đai", end=SOON),))
    assert (only(own).code, only(own).data, only(own).mend) == ("basis", (("basis", "7"),), "add_basis")
    by = ending(imagined(bases=(basis(7, "field:Đất đai"),)), 2, SOON)
    assert (only(by).code, only(by).data, only(by).tasks) == (
        "instrument",
        (("instrument", "2"),),
        ("t0", "t4"),
    )


def test_a_rule_that_ends_before_a_wider_one_is_no_lapse() -> None:
    world = imagined()
    narrow = lead(9, "field:Đất đai", "type:ward", "office", end=SOON)
    assert lapses(replace(world, rules=(*world.rules, narrow))) == ()


def test_a_unit_s_own_rule_with_nothing_behind_it_is_the_unit_s() -> None:
    world = imagined()
    own = lead(9, "field:Đất đai", "unit:00002", "office", end=SOON)
    others = [lead(10 + n, "field:Đất đai", f"unit:0000{n}", "economy") for n in (1, 3)]
    one = only(replace(world, rules=(*world.rules[1:], own, *others)))
    assert (one.code, one.unit_id, one.mend) == ("rule", 2, "add_rule")


def test_a_task_that_outlives_its_promulgation() -> None:
    world = imagined(units=1)
    tasks = (replace(world.tasks[0], instrument_id=2), replace(world.tasks[1], instrument_id=2, end=SOON))
    one = only(ending(replace(world, tasks=tasks), 2, SOON))
    assert (one.code, one.tasks) == ("instrument", ("t0",))


def test_an_appointment_that_ends_with_nobody_after() -> None:
    world = imagined()
    head = post(world, 2, "department_head", "economy")
    one = only(vacated(world, head, SOON))
    assert (one.code, one.unit_id, one.tasks, one.mend) == ("appointment", 2, ("t0", "t4"), "appoint")


def test_an_appointment_with_a_successor_a_substitute_or_nothing_resting_on_it_is_none() -> None:
    world = imagined()
    head, clerk = post(world, 2, "department_head", "economy"), post(world, 2, "records_clerk")
    left = vacated(world, head, SOON)
    assert lapses(replace(left, seats=(*left.seats, SeatRow(head.id, 7, SOON, NEVER)))) == ()
    assert lapses(replace(left, away=(AwayRow(head.id, 7, SOON, NEVER),))) == ()
    assert lapses(vacated(world, clerk, SOON)) == ()


def test_a_chair_or_a_leader_in_charge_who_leaves() -> None:
    world = imagined()
    chair, vice = post(world, 1, "chair"), post(world, 1, "vice_chair")
    assert only(vacated(world, chair, SOON)).code == "appointment"
    led = replace(world, assignments=(assignment(1, vice, "field:Hộ tịch", duty="approval"),))
    assert only(vacated(led, vice, SOON)).tasks == ("t1", "t5")


def test_an_assignment_followed_by_another_is_no_lapse() -> None:
    world = imagined()
    worker = post(world, 1, "specialist", "economy")
    first = assignment(1, worker, "task:t0", end=SOON)
    one = only(replace(world, assignments=(first,)))
    assert (one.code, one.tasks, one.mend) == ("assignment", ("t0",), "assign")
    assert lapses(replace(world, assignments=(first, assignment(2, worker, "task:t0", start=SOON)))) == ()
    assert lapses(replace(world, assignments=(first, assignment(2, worker, "field:Đất đai")))) == ()


def test_a_delegation_followed_by_another_is_no_lapse() -> None:
    world = imagined()
    giver, taker = post(world, 1, "chair"), post(world, 1, "centre_director")
    first = delegation(1, giver, taker, end=SOON)
    one = only(replace(world, delegations=(first,)))
    assert (one.code, one.subject, one.mend) == ("delegation", "1/QĐ", "delegate_anew")
    assert lapses(replace(world, delegations=(first, delegation(2, giver, taker, start=SOON)))) == ()


def test_what_ends_later_or_with_its_unit_is_none() -> None:
    world = imagined()
    head = post(world, 1, "department_head", "economy")
    assert lapses(vacated(world, head, LATER)) == ()
    facts = (replace(world.units[0].facts[0], end=SOON),)
    gone = replace(world, units=(replace(world.units[0], facts=facts), *world.units[1:]))
    assert lapses(vacated(gone, head, SOON)) == ()

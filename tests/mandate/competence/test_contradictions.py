"""Overlaps: what was refused and still runs against a rule, and what two levels say differently."""

from dataclasses import replace
from typing import Any

import pytest

from lienthong.mandate.competence.rules.check import prove
from lienthong.mandate.competence.values import NEVER, Found, RefusedRow, RuleRow, Snapshot
from tests.mandate.competence.imagined import END, FOUNDED, OTHER, START, day, imagined, lead

LAND = "field:Đất đai"
REFUSED = RefusedRow(5, LAND, "country", "office", OTHER, 1, START, NEVER, START)


def overlaps(snapshot: Snapshot) -> list[Found]:
    return [one for one in prove(snapshot, START, END) if one.kind == "overlap"]


def against(subject: str, reach: str, body: str = "office", **changes: Any) -> list[Found]:
    """What a rule of the other instrument brings, beside those of the imagined register."""
    world = imagined()
    row = lead(9, subject, reach, body, instrument_id=OTHER, **changes)
    return overlaps(replace(world, rules=(*world.rules, row)))


@pytest.mark.parametrize(
    ("subject", "reach", "settles", "unit"),
    [
        (LAND, "type:ward", "ministry", None),
        (LAND, "province:79", "city", None),
        (LAND, "type_in_province:ward:79", "city", None),
        (LAND, "unit:00002", "city", 2),
        ("task:t0", "province:79", "city", None),
    ],
)
def test_two_instruments_that_name_two_bodies(
    subject: str, reach: str, settles: str, unit: int | None
) -> None:
    (one,) = against(subject, reach)
    assert (one.code, one.unit_id, one.mend) == ("contradiction", unit, "settle")
    assert dict(one.data) == {"rule": "9", "against": "1", "settles": settles}
    assert one.tasks == (("t0",) if subject == "task:t0" else ("t0", "t4"))


def test_it_stands_as_long_as_both_do() -> None:
    (one,) = against(LAND, "province:79", start=day("2027-01-01"), end=day("2027-02-01"))
    assert (one.since, one.until) == (day("2027-01-01"), day("2027-02-01"))


def test_no_contradiction_where_they_agree_or_do_not_meet() -> None:
    assert against(LAND, "province:79", body="economy") == []
    assert against(LAND, "province:01") == []
    assert against("task:t0", "country") == [], "of one reach, the task's rule is the particular one"
    assert against(LAND, "province:79", end=START) == []


def test_the_committee_and_its_chair_in_person_are_two() -> None:
    one, other = (
        lead(8, "field:Riêng", "country", "committee"),
        {"instrument_id": OTHER, "post_kind": "chair"},
    )
    world = imagined()
    tasks = (replace(world.tasks[0], field="Riêng"), *world.tasks[1:])
    for body, post_kind, count in (("committee", "chair", 1), ("committee", "", 0)):
        narrow = lead(9, "field:Riêng", "province:79", body, **{**other, "post_kind": post_kind})
        found = overlaps(replace(world, tasks=tasks, rules=(*world.rules, one, narrow)))
        assert [row.code for row in found] == ["contradiction"] * count
    assert against(LAND, "province:79", body="economy", post_kind="department_head") == []


def test_one_instrument_may_except_from_its_own_rule() -> None:
    world = imagined()
    assert overlaps(replace(world, rules=(*world.rules, lead(9, LAND, "type:ward", "office")))) == []


def test_what_a_unit_states_over_an_assumption_is_its_right() -> None:
    world = imagined()
    seeded: tuple[RuleRow, ...] = tuple(replace(row, confidence="assumption") for row in world.rules)
    own = lead(9, LAND, "unit:00002", "office", instrument_id=OTHER)
    assert overlaps(replace(world, rules=(*seeded, own))) == []


def test_a_refused_lead_is_told_while_it_runs_against_a_rule() -> None:
    (one,) = overlaps(imagined(refused=(REFUSED,)))
    assert (one.code, one.subject, one.tasks, one.mend) == ("refused", LAND, ("t0", "t4"), "settle")
    assert dict(one.data) == {"refused": "5", "rule": "1", "settles": "ministry"}
    assert (one.since, one.until) == (START, NEVER)


def test_a_refused_lead_that_the_register_follows_by_now_is_settled() -> None:
    world = imagined(refused=(REFUSED,))
    settled = tuple(replace(row, body_kind="office") if row.id == 1 else row for row in world.rules)
    assert overlaps(replace(world, rules=settled)) == []
    ended = tuple(replace(row, end=START) if row.id == 1 else row for row in world.rules)
    assert (
        overlaps(replace(world, rules=(*ended, lead(9, LAND, "province:79", "economy", start=FOUNDED)))) == []
    )

"""What if: each supposed change changes what it says, and the comparison tells exactly what differs."""

from dataclasses import replace
from typing import Any

from lienthong.mandate.competence.enums import ChangeKind
from lienthong.mandate.competence.rules.check import prove
from lienthong.mandate.competence.rules.whatif import CHANGES, compare, moved, supposed
from lienthong.mandate.competence.values import NEVER, Found, Snapshot
from tests.mandate.competence.imagined import (
    DIVIDES,
    END,
    START,
    assignment,
    basis,
    day,
    delegation,
    imagined,
    post,
    told,
    vacated,
)

LAPSE = "2027-03-01"


def after(
    world: Snapshot, *changes: tuple[str, dict[str, Any]]
) -> tuple[tuple[Found, ...], tuple[Found, ...]]:
    """What appears and what vanishes in two years."""
    then = supposed(world, changes)
    return compare(prove(world, START, END, ahead_days=0), prove(then, START, END, ahead_days=0))


def test_every_kind_of_change_is_known() -> None:
    assert set(CHANGES) == set(ChangeKind.values)


def test_without_changes_nothing_appears_and_nothing_vanishes() -> None:
    assert after(imagined()) == ((), ())


def test_a_decree_lapses_and_what_rests_on_it_appears() -> None:
    world = imagined(units=2)
    appeared, vanished = after(
        world,
        (
            "basis_added",
            {"subject_key": "field:Đất đai", "instrument": 2, "article": "", "from": "2025-07-01"},
        ),
        ("instrument_ends", {"instrument": 2, "on": LAPSE}),
    )
    assert (told(appeared), vanished) == ([("gap", "no_basis", 1), ("gap", "no_basis", 2)], ())
    assert {(one.since, one.tasks) for one in appeared} == {(day(LAPSE), ("t0", "t4"))}


def test_an_extension_takes_the_rules_along_and_the_gap_vanishes() -> None:
    world = imagined(units=1)
    ended = supposed(world, [("instrument_ends", {"instrument": DIVIDES, "on": LAPSE})])
    both = replace(ended, rules=tuple(replace(row, end=day(LAPSE)) for row in ended.rules))
    appeared, vanished = after(both, ("instrument_extends", {"instrument": DIVIDES, "on": "2028-03-01"}))
    assert appeared == ()
    assert {(one.since, one.until) for one in vanished} == {(day(LAPSE), day("2028-03-01"))}


def test_a_rule_is_ended_and_another_one_added() -> None:
    world = imagined(units=1)
    new = {"subject_key": "field:Đất đai", "reach_key": "country", "body_kind": "office", "post_kind": "",
           "instrument": 2, "from": "2027-04-01", "to": None}  # fmt: skip
    appeared, vanished = after(world, ("rule_ended", {"rule": 1, "on": LAPSE}), ("rule_added", new))
    assert [(one.code, one.since, one.until) for one in appeared] == [
        ("no_rule", day(LAPSE), day("2027-04-01"))
    ]
    assert vanished == ()


def test_a_second_lead_is_refused_in_a_draft_too() -> None:
    new = {"subject_key": "field:Đất đai", "reach_key": "country", "body_kind": "office", "instrument": 2,
           "from": "2027-04-01"}  # fmt: skip
    appeared, _vanished = after(imagined(units=1), ("rule_added", new))
    assert told(appeared) == [("overlap", "refused", None)]


def test_an_assignment_and_a_delegation_are_ended() -> None:
    world = imagined(units=1)
    head, worker = post(world, 1, "department_head", "economy"), post(world, 1, "specialist", "economy")
    row = assignment(4, worker, "field:Đất đai")
    given = delegation(6, post(world, 1, "chair"), worker)
    world = vacated(replace(world, assignments=(row,), delegations=(given,)), head, START)
    then = supposed(
        world,
        [
            ("assignment_ended", {"assignment": 4, "on": LAPSE}),
            ("delegation_ended", {"delegation": 6, "on": LAPSE}),
        ],
    )
    assert (then.assignments[0].end, then.delegations[0].end) == (day(LAPSE), day(LAPSE))
    appeared, _vanished = compare(
        prove(world, START, END, ahead_days=0), prove(then, START, END, ahead_days=0)
    )
    assert [(one.code, one.since) for one in appeared] == [("no_holder", day(LAPSE))]


def test_a_vacancy_has_two_sides() -> None:
    world = imagined()
    head = post(world, 1, "department_head", "economy")
    appeared, _vanished = after(world, ("post_vacant", {"post": head.id, "from": LAPSE, "to": "2027-05-01"}))
    assert [(one.code, one.since, one.until) for one in appeared] == [
        ("no_holder", day(LAPSE), day("2027-05-01"))
    ]


def test_a_merged_unit_takes_its_findings_with_it_from_that_day() -> None:
    world = imagined()
    world = vacated(world, post(world, 2, "department_head", "economy"), day("2026-12-01"))
    merger = ("units_merged", {"units": [2], "into": 1, "on": LAPSE})
    appeared, vanished = after(world, merger)
    assert appeared == ()
    assert [(one.unit_id, one.since, one.until) for one in vanished] == [(2, day(LAPSE), NEVER)]


def test_which_cases_move() -> None:
    world = imagined()
    head = post(world, 1, "department_head", "economy")
    then = supposed(
        world,
        [
            ("post_vacant", {"post": head.id, "from": LAPSE, "to": None}),
            ("units_merged", {"units": [2], "into": 3, "on": LAPSE}),
        ],
    )
    pairs = [(code, unit) for code in ("t0", "t1") for unit in (1, 2, 3, 99)]
    assert moved(world, then, pairs, day(LAPSE)) == (("t0", 1), ("t0", 2), ("t1", 2))
    assert moved(world, then, pairs, day(LAPSE) - 1) == ()


def test_a_finding_that_grows_appears_with_what_it_grew_by() -> None:
    world = imagined(units=1, bases=(basis(1, "task:t0", end=day(LAPSE)),))
    grown = replace(world, bases=(*world.bases, basis(2, "task:t4", end=day(LAPSE))))
    appeared, vanished = compare(*(prove(each, START, END, ahead_days=0) for each in (world, grown)))
    assert ([one.tasks for one in appeared], vanished) == ([("t4",)], ())
    sooner = replace(world, bases=(basis(1, "task:t0", end=day("2027-02-01")),))
    appeared, vanished = compare(*(prove(each, START, END, ahead_days=0) for each in (world, sooner)))
    assert ([(one.since, one.until) for one in appeared], vanished) == ([(day("2027-02-01"), day(LAPSE))], ())

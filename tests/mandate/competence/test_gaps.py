"""Gaps: each thing that can be missing is found, with its tasks, from its first day to its last."""

from dataclasses import replace

from lienthong.mandate.competence.rules.check import prove
from lienthong.mandate.competence.values import DAWN, NEVER, AwayRow, Found, Snapshot
from tests.mandate.competence.imagined import (
    DIVIDES,
    END,
    FOUNDED,
    OTHER,
    START,
    assignment,
    basis,
    day,
    imagined,
    lead,
    post,
    told,
    vacated,
)

HEAD = "department_head"


def gaps(snapshot: Snapshot) -> tuple[Found, ...]:
    return tuple(one for one in prove(snapshot, START, END, ahead_days=0) if one.kind == "gap")


def only(snapshot: Snapshot) -> Found:
    (one,) = gaps(snapshot)
    return one


def test_a_register_in_which_nothing_is_missing_has_no_finding() -> None:
    assert prove(imagined(), START, END) == ()


def test_tasks_without_a_rule_are_found_in_every_unit_by_field() -> None:
    world = imagined(units=2)
    found = gaps(
        replace(world, rules=tuple(row for row in world.rules if row.subject_key != "field:Hộ tịch"))
    )
    assert told(found) == [("gap", "no_rule", 1), ("gap", "no_rule", 2)]
    assert (found[0].tasks, found[0].mend, found[0].subject) == (("t1", "t5"), "add_rule", "field:Hộ tịch")
    assert (found[0].since, found[0].until) == (FOUNDED, NEVER)


def test_a_rule_that_begins_later_ends_the_gap_on_its_first_day() -> None:
    world = imagined(units=1)
    rules = tuple(replace(row, start=day("2027-01-01")) if row.id == 1 else row for row in world.rules)
    one = only(replace(world, rules=rules))
    assert (one.code, one.since, one.until, one.tasks) == (
        "no_rule",
        FOUNDED,
        day("2027-01-01"),
        ("t0", "t4"),
    )


def test_an_instrument_that_lapses_takes_its_rules_with_it() -> None:
    world = imagined(units=1)
    lapsed = tuple(
        replace(row, end=day("2027-03-01")) if row.id == DIVIDES else row for row in world.instruments
    )
    found = gaps(replace(world, instruments=lapsed))
    assert {(one.code, one.since, one.until) for one in found} == {("no_rule", day("2027-03-01"), NEVER)}
    assert sorted(code for one in found for code in one.tasks) == sorted(task.code for task in world.tasks)


def test_a_lost_basis_names_the_instrument_that_ended() -> None:
    world = imagined(units=1, bases=(basis(1, "field:Đất đai"), basis(2, "task:t4", instrument_id=DIVIDES)))
    lapsed = tuple(
        replace(row, end=day("2027-03-01")) if row.id == OTHER else row for row in world.instruments
    )
    one = only(replace(world, instruments=lapsed))
    assert (one.code, one.tasks, one.mend) == ("no_basis", ("t0",), "extend_instrument")
    assert (one.subject, one.data, one.since) == ("2/NĐ", (("instrument", "2"),), day("2027-03-01"))


def test_a_basis_that_was_ended_before_it_began_hides_nothing() -> None:
    """The task goes by its field's basis, and the gap and the lapse name that one's instrument."""
    none = basis(2, "task:t0", instrument_id=DIVIDES, start=DAWN, end=DAWN)
    world = imagined(units=1, bases=(basis(1, "field:Đất đai"), none))
    lapsed = tuple(
        replace(row, end=day("2027-03-01")) if row.id == OTHER else row for row in world.instruments
    )
    one = only(replace(world, instruments=lapsed))
    assert (one.code, one.tasks, one.subject) == ("no_basis", ("t0", "t4"), "2/NĐ")
    assert one.mend == "extend_instrument"


def test_a_basis_that_has_not_begun_is_a_gap_until_it_does() -> None:
    world = imagined(units=1, bases=(basis(1, "task:t0", start=day("2027-01-01")),))
    one = only(world)
    assert (one.mend, one.since, one.until) == ("add_basis", FOUNDED, day("2027-01-01"))


def test_a_body_that_a_unit_lacks() -> None:
    world = imagined()
    bodies = tuple(row for row in world.bodies if (row.unit_id, row.kind) != (2, "economy"))
    one = only(replace(world, bodies=bodies))
    assert (one.code, one.unit_id, one.subject, one.mend) == ("no_body", 2, "economy", "add_body")


def test_a_body_without_a_head_and_without_an_assignment() -> None:
    world = imagined()
    head, worker = post(world, 1, HEAD, "economy"), post(world, 1, "specialist", "economy")
    headless = replace(world, posts=tuple(row for row in world.posts if row.id != head.id))
    assert (only(headless).code, only(headless).tasks, only(headless).mend) == (
        "no_post",
        ("t0", "t4"),
        "assign",
    )
    one = only(replace(headless, assignments=(assignment(1, worker, "task:t0"),)))
    assert one.tasks == ("t4",)


def test_a_post_that_has_it_in_person_and_does_not_exist() -> None:
    world = imagined(units=1)
    rules = tuple(replace(row, post_kind="records_clerk") if row.id == 1 else row for row in world.rules)
    assert gaps(replace(world, rules=rules)) == ()
    clerkless = tuple(row for row in world.posts if row.kind != "records_clerk")
    one = only(replace(world, rules=rules, posts=clerkless))
    assert (one.code, dict(one.data)["post_kind"], one.mend) == ("no_post", "records_clerk", "add_body")


def test_a_vacant_post_until_it_is_held_again() -> None:
    world = imagined()
    head = post(world, 1, HEAD, "economy")
    one = only(vacated(world, head, day("2026-12-01"), day("2027-01-01")))
    assert (one.code, one.since, one.until) == ("no_holder", day("2026-12-01"), day("2027-01-01"))
    assert (one.unit_id, dict(one.data)["post"], one.mend) == (1, str(head.id), "appoint")


def test_a_vacancy_that_began_before_is_told_from_its_true_beginning() -> None:
    world = imagined()
    one = only(vacated(world, post(world, 1, HEAD, "economy"), day("2026-01-15")))
    assert one.since == day("2026-01-15")


def test_a_vacancy_that_is_over_or_not_yet_proven_is_no_finding() -> None:
    world = imagined()
    head = post(world, 1, HEAD, "economy")
    assert gaps(vacated(world, head, day("2026-01-15"), START)) == ()
    assert gaps(vacated(world, head, END)) == ()


def test_an_absence_counts_only_without_a_substitute() -> None:
    world = imagined()
    head = post(world, 1, HEAD, "economy")
    away = AwayRow(head.id, None, day("2027-02-01"), day("2027-02-10"))
    one = only(replace(world, away=(away,)))
    assert (one.code, one.since, one.until) == ("no_holder", day("2027-02-01"), day("2027-02-10"))
    assert gaps(replace(world, away=(replace(away, substitute_id=head.id + 1),))) == ()


def test_an_absence_that_runs_into_a_vacancy_is_one_stretch() -> None:
    world = imagined()
    head = post(world, 1, HEAD, "economy")
    vacant = vacated(world, head, day("2027-02-10"), day("2027-04-01"))
    one = only(replace(vacant, away=(AwayRow(head.id, None, day("2027-02-01"), day("2027-02-12")),)))
    assert (one.since, one.until) == (day("2027-02-01"), day("2027-04-01"))


def test_a_unit_without_a_chair_has_nobody_to_hold_what_is_missing() -> None:
    world = imagined()
    posts = tuple(row for row in world.posts if (row.unit_id, row.kind) != (2, "chair"))
    rules = (*world.rules[:-1], lead(9, "field:Chứng thực", "type:ward", "committee"))
    found = gaps(replace(world, posts=posts, rules=rules))
    assert told(found) == [("gap", "no_chair", 2), ("gap", "no_rule", 3)]


def test_nothing_is_owed_before_a_task_or_after_a_unit() -> None:
    world = imagined(units=1, rules=())
    tasks = (replace(world.tasks[0], start=day("2027-01-01")),)
    units = (replace(world.units[0], facts=(replace(world.units[0].facts[0], end=day("2027-06-01")),)),)
    one = only(replace(world, tasks=tasks, units=units))
    assert (one.since, one.until) == (day("2027-01-01"), day("2027-06-01"))


def test_29_february_is_a_day_like_any_other() -> None:
    world = imagined()
    head = post(world, 1, HEAD, "economy")
    one = only(vacated(world, head, day("2028-02-29"), day("2028-03-01")))
    assert one.until - one.since == 1

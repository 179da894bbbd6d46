"""Broken delegations: each flaw by itself, from the first day to the last on which it stands."""

from dataclasses import replace

import pytest

from lienthong.mandate.competence.rules.check import prove
from lienthong.mandate.competence.values import NEVER, DelegationRow, Found, Snapshot
from tests.mandate.competence.imagined import (
    END,
    FOUNDED,
    START,
    assignment,
    day,
    delegation,
    imagined,
    post,
    vacated,
)

WORLD = imagined(units=1)
CHAIR, VICE, TAKER = post(WORLD, 1, "chair"), post(WORLD, 1, "vice_chair"), post(WORLD, 1, "centre_director")
CLERK = post(WORLD, 1, "records_clerk")
GIVEN = delegation(1, CHAIR, TAKER)


def broken(
    *rows: DelegationRow, world: Snapshot = WORLD, reported: dict[int, int] | None = None
) -> list[Found]:
    found = prove(replace(world, delegations=rows), START, END, reported_until=reported)
    return [one for one in found if one.kind == "broken"]


def test_what_the_chair_gave_in_order_is_not_broken() -> None:
    assert broken(GIVEN) == []


def test_a_vice_chair_in_charge_has_nothing_to_delegate() -> None:
    led = replace(WORLD, assignments=(assignment(1, VICE, "task:t0", duty="approval"),))
    (one,) = broken(delegation(1, VICE, TAKER), world=led)
    assert (one.code, one.tasks, one.mend) == ("no_competence", ("t0",), "revoke")
    assert (one.since, one.until) == (FOUNDED, day("2030-01-01"))


def test_the_competence_may_begin_or_end_within_the_term() -> None:
    rules = tuple(
        replace(row, post_kind="records_clerk", start=day("2027-05-01")) if row.id == 1 else row
        for row in WORLD.rules
    )
    clerks = replace(WORLD, rules=rules)
    (one,) = broken(GIVEN, world=clerks)
    assert (one.code, one.since, one.until) == ("no_competence", day("2027-05-01"), GIVEN.end)
    (other,) = broken(delegation(1, CLERK, TAKER), world=clerks)
    assert (other.since, other.until) == (FOUNDED, day("2027-05-01"))


def test_what_was_passed_on_names_the_delegation_that_it_came_by() -> None:
    found = broken(GIVEN, delegation(2, TAKER, CLERK, start=day("2027-01-01"), end=day("2027-02-01")))
    assert {one.code for one in found} == {"no_competence", "passed_on"}
    (one,) = [one for one in found if one.code == "passed_on"]
    assert (one.data, one.since, one.until) == (
        (("delegation", "2"), ("from", "1")),
        day("2027-01-01"),
        day("2027-02-01"),
    )


def test_a_condition_without_evidence() -> None:
    (one,) = broken(replace(GIVEN, unmet=("Đại học luật",)))
    assert (one.code, one.since, one.until) == ("condition_unmet", GIVEN.start, GIVEN.end)


@pytest.mark.parametrize(("who", "code"), [(CHAIR, "grantor_left"), (TAKER, "grantee_left")])
def test_it_ends_with_either_side_s_appointment(who: object, code: str) -> None:
    leaving = CHAIR if who is CHAIR else TAKER
    (one,) = broken(GIVEN, world=vacated(WORLD, leaving, day("2027-04-01"), day("2027-04-02")))
    assert (one.code, one.since, one.until) == (code, day("2027-04-01"), GIVEN.end)
    assert one.mend == "delegate_anew"


def test_a_flaw_that_is_over_is_no_finding() -> None:
    assert broken(replace(GIVEN, unmet=("x",), end=START)) == []


def test_a_report_is_overdue_from_the_end_of_its_period() -> None:
    given = replace(GIVEN, start=day("2026-01-31"), report_months=1)
    assert broken(given) == []
    (one,) = broken(given, reported={})
    assert (one.code, one.since, one.until, one.mend) == (
        "report_overdue",
        day("2026-02-28"),
        NEVER,
        "report",
    )
    assert broken(given, reported={1: day("2026-10-31")}) == []
    (late,) = broken(given, reported={1: day("2026-09-30")})
    assert late.since == day("2026-10-31")


def test_the_last_period_ends_with_the_term() -> None:
    given = replace(GIVEN, start=day("2026-01-01"), end=day("2026-04-15"), report_months=3)
    (one,) = broken(given, reported={1: day("2026-04-01")})
    assert one.since == day("2026-04-15")
    assert broken(given, reported={1: day("2026-04-15")}) == []

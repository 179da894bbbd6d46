"""The register in memory: how it is read, how quick it answers, on which days its answers change."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence.queries import answers, responsible_for, take_snapshot
from lienthong.mandate.competence.rules.resolve import Resolver
from lienthong.mandate.competence.values import DAWN, NEVER, DelegationRow, SeatRow, Snapshot
from tests.cast import ON, PROVINCE, SIX, TAN_HUNG, Cast

pytestmark = pytest.mark.django_db


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_it_takes_at_most_fourteen_statements(django_assert_max_num_queries: Any) -> None:
    with entered(SYSTEM), django_assert_max_num_queries(14):
        taken = take_snapshot(province=PROVINCE)
    assert len(taken.units) == 168
    assert {unit.province_code for unit in taken.units} == {PROVINCE}
    assert len(taken.tasks) > 200 and taken.rules and taken.seats


def test_the_country_and_named_units(cast: Cast) -> None:
    with entered(SYSTEM):
        assert len(take_snapshot(province=None).units) == 3_321
        named = take_snapshot(province=None, unit_codes=SIX)
    assert sorted(unit.code for unit in named.units) == sorted(SIX)
    assert {post.unit_id for post in named.posts} == {cast.unit_id(code) for code in SIX}


def test_open_ends_are_dawn_and_never(cast: Cast) -> None:
    with entered(SYSTEM):
        run("INSERT INTO competence_task (code, kind, name, field, level, valid_during)"
            " VALUES ('9.7', 'standing', 'thử', 'Thử', 'commune', '(,2028-03-01)')")  # fmt: skip
        run(
            "INSERT INTO competence_task (code, kind, name, field, level) VALUES ('9.8', 'standing', 'thử', 'Thử', 'province')"
        )
        taken = take_snapshot(province=None, unit_codes=[TAN_HUNG])
    (task,) = (task for task in taken.tasks if task.code.startswith("9."))
    assert (task.start, task.end) == (DAWN, date(2028, 3, 1).toordinal())
    assert max(rule.end for rule in taken.rules) == NEVER == date.max.toordinal() + 1


def test_a_task_outside_its_own_period_is_not_there(cast: Cast) -> None:
    with entered(SYSTEM):
        run("INSERT INTO competence_task (code, kind, name, field, level, valid_during)"
            " VALUES ('9.7', 'standing', 'thử', 'Chứng thực', 'commune', '[2028-02-29,2028-03-01)')")  # fmt: skip
        unit = cast.unit_id(TAN_HUNG)
        days = (date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1))
        said = [responsible_for("9.7", unit, day).finding for day in days]
        resolver = Resolver(take_snapshot(province=None, unit_codes=[TAN_HUNG]))
    assert said == ["no_task", "", "no_task"]
    assert [resolver.answer("9.7", unit, day.toordinal()).finding for day in days] == said
    assert days[1].toordinal() in resolver.breaks("9.7", unit, DAWN, NEVER)


def test_what_was_recorded_later_was_not_known_before(cast: Cast) -> None:
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    with entered(SYSTEM):
        unit = cast.unit_id(TAN_HUNG)
        assert take_snapshot(province=PROVINCE, known_at=long_ago).rules == ()
        assert responsible_for("1.001193", unit, ON, known_at=long_ago).finding == "no_rule"
        assert responsible_for("1.001193", unit, ON).finding == ""


def test_a_batch_answers_in_the_order_of_its_pairs_and_quickly(cast: Cast) -> None:
    with entered(SYSTEM):
        taken = take_snapshot(province=None, unit_codes=SIX)
        unit = cast.unit_id(TAN_HUNG)
        stated = responsible_for("1.001193", unit, ON)
    pairs = [(task.code, unit.id) for unit in taken.units for task in taken.tasks]
    began = time.perf_counter()
    found = list(answers(taken, pairs, ON))
    each = (time.perf_counter() - began) / len(pairs)
    assert [answer.unit_id for answer in found] == [unit_id for _task, unit_id in pairs]
    assert found[pairs.index(("1.001193", unit))] == stated
    assert each < 0.001, f"{each * 1e6:.0f} µs"  # the figure itself is measured by the bench


def test_a_delegation_ends_with_either_sides_appointment_and_does_not_come_back() -> None:
    paper = DelegationRow(1, 1, 10, 100, 20, 200, "7/UQ", (("9.7", "sign"),), (), None, 50, 90)
    seats = (
        SeatRow(10, 100, 1, 80),
        SeatRow(10, 101, 80, NEVER),
        SeatRow(20, 200, 40, 60),
        SeatRow(20, 200, 70, NEVER),
    )
    resolver = Resolver(_empty(seats))
    assert resolver.effective(paper) == [(50, 60)]
    assert Resolver(_empty((*seats, SeatRow(20, 200, 60, 70)))).effective(paper) == [(50, 80)]
    since_signed = replace(paper, signed=45)
    assert Resolver(_empty((SeatRow(10, 100, 50, 80), *seats[2:]))).effective(paper) == [(50, 60)]
    assert Resolver(_empty((SeatRow(10, 100, 50, 80), *seats[2:]))).effective(since_signed) == []
    unmet = DelegationRow(1, 1, 10, 100, 20, 200, "7/UQ", (), ("bằng cử nhân luật",), None, 50, 90)
    assert resolver.effective(unmet) == []
    assert (resolver.holder(10, 79), resolver.holder(10, 80), resolver.holder(30, 80)) == (100, 101, None)


def _empty(seats: tuple[SeatRow, ...]) -> Snapshot:
    return Snapshot(1, (), (), (), (), (), (), (), seats, (), (), ())

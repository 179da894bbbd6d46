"""What a simulation does where acts are refused or the database stops them: nothing is lost, nothing is hidden."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from lienthong.console.simulate import report, run
from lienthong.console.simulate.life import Life
from lienthong.console.simulate.run import Done, Order, Part, dossiers_there
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from tests.cast import ON, PROVINCE, TAN_HUNG, VINH_HOI

pytestmark = pytest.mark.django_db
DOSSIERS = 24
ORDER = Order(province=PROVINCE, first=ON, days=2, dossiers=DOSSIERS, online=0.14, seed=3, parts=1)
REFUSED = Refused(code="test_refused", sentence="Thử.")


class Cut(Exception):
    """The process was killed."""


@pytest.fixture(autouse=True)
def two_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "plan_codes", lambda order: (TAN_HUNG, VINH_HOI))


def part(monkeypatch: pytest.MonkeyPatch, faults: dict[tuple[int, int], list[Exception]]) -> Part:
    """The whole plan in one part; (life, step) -> what happens at each try of it."""
    made = Part(ORDER, 0)
    do = made.driver.do

    def breaking(life: Life, step: int, act: str, at: datetime) -> bool:
        waiting = faults.get((life.number, step))
        fault = waiting.pop(0) if waiting else None
        if isinstance(fault, Refused):
            raise fault
        did = do(life, step, act, at)
        if fault:
            # As a deadlock is met: what the act wrote stands until the transaction goes back.
            raise fault
        return did

    monkeypatch.setattr(made.driver, "do", breaking)
    return made


def step_of(act: str, besides: int = -1) -> tuple[int, int]:
    """A life of the plan that has this act before its last one and is not another; and which step it is."""
    made = Part(ORDER, 0)
    return next(
        (life.number, step)
        for _place, at, step in made.agenda
        for life in (made.lives[at],)
        if life.number != besides and life.acts[step][1] == act and step < len(life.acts) - 1
    )


def test_a_refusal_in_a_batch_that_is_rolled_back_loses_no_act_of_its_life(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "BATCH", 10_000)
    refused = step_of("take_up")
    faults: dict[tuple[int, int], list[Exception]] = {refused: [REFUSED, REFUSED]}
    made = part(monkeypatch, faults)
    _place, last, step = made.agenda[-1]
    faults[made.lives[last].number, step] = [DatabaseError("deadlock detected")]
    done = made.run()
    assert done.refused == Counter({"take_up: test_refused": 1}) and not any(faults.values())
    assert dossiers_there(ORDER) == DOSSIERS


def test_what_was_refused_is_remembered_over_a_cut_and_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH", 5)
    refused = step_of("receive")
    stopped = step_of("receive", besides=refused[0])
    faults: dict[tuple[int, int], list[Exception]] = {
        refused: [REFUSED, REFUSED],
        stopped: [DatabaseError("deadlock detected"), DatabaseError("deadlock detected")],
    }
    made = part(monkeypatch, faults)

    def cut(at: int, whole: int) -> None:
        if len(made.stopped) == 2:
            raise Cut

    with pytest.raises(Cut):
        made.run(cut)
    again = part(monkeypatch, {})
    done = again.run()
    words = {"receive: test_refused": 1, "database: deadlock detected": 1}
    assert done.acts > 0 and done.refused == Counter(words)
    assert dossiers_there(ORDER) == DOSSIERS - 2
    finished = part(monkeypatch, {}).run()
    assert finished.acts == 0 and finished.refused == Counter(words)
    said: list[str] = []
    assert report.report(ORDER, finished, 1.0, again.axis.at(0), say=said.append) == 1
    assert any("KHÔNG LÀM ĐƯỢC 1 lần: database: deadlock" in line for line in said)
    assert f"  THIẾU 2 hồ sơ trong số {DOSSIERS} hồ sơ của kế hoạch" in said


def test_dossiers_that_are_not_there_are_missed_even_where_nothing_was_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = part(monkeypatch, {})
    made.agenda = [entry for entry in made.agenda if entry[1] != 0]
    made.run()
    said: list[str] = []
    assert report.report(ORDER, Done(), 1.0, made.axis.at(0), say=said.append) == 1
    assert any("THIẾU 1 hồ sơ" in line for line in said)


def test_a_receipt_names_the_dossier_by_its_code_also_after_a_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "BATCH", 5)

    def cut(at: int, whole: int) -> None:
        if at > whole // 3:
            raise Cut

    with pytest.raises(Cut):
        part(monkeypatch, {}).run(cut)
    before = receipts()
    part(monkeypatch, {}).run()
    assert 0 < len(before) < len(receipts())
    assert all(printed == code for printed, code in receipts())


def receipts() -> list[tuple[Any, ...]]:
    """The code on each printed fee receipt beside that of its dossier."""
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.content->>'code', c.code FROM documents_issuedform f JOIN casework_case c ON c.id = f.case_id"
            " WHERE f.form = 'fee_receipt'"
        )
        return list(cursor.fetchall())


@pytest.mark.parametrize(
    "words", [("simulate", "--from", "31/02/2026"), ("generate", "--until", "hôm qua")], ids=str
)
def test_a_day_that_is_none_is_refused_in_one_sentence(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="Ngày không đúng"):
        call_command(*words)


@pytest.mark.parametrize(
    "words",
    [
        ("--days", "0"),
        ("--processes", "0"),
        ("--closed", "-1"),
        ("--open", "-1"),
        ("--online", "1.5"),
        ("--units", "-1"),
    ],
    ids=str,
)
def test_generate_refuses_what_cannot_be_before_it_writes(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="trở lên"):
        call_command("generate", *words)


def test_simulate_refuses_a_negative_number_of_units() -> None:
    with pytest.raises(CommandError, match="--units"):
        call_command("simulate", "--units", "-1")

"""`lienthong simulate`: the real actions, act by act; killed and run again it goes on and does nothing twice."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lienthong.console.simulate.axis import axis_from, first_of_last
from lienthong.console.simulate.city import citizen, load_city
from lienthong.console.simulate.life import Planner
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import calendar_for
from lienthong.lib.calendar import WorkCalendar
from tests.cast import ON, PROVINCE, TAN_HUNG, VINH_HOI
from tests.console.clone import Clone, cloned

SMALL = ("--units", "2", "--days", "2", "--dossiers", "30", "--from", "2026-11-02")


@pytest.fixture
def clone(django_db_setup: None, django_db_blocker: Any) -> Iterator[Clone]:
    with django_db_blocker.unblock(), cloned("simulate") as made:
        yield made


def test_it_drives_the_real_actions_and_is_killed_and_goes_on(clone: Clone) -> None:
    cut = clone.start("simulate", *SMALL, "--processes", "2")
    _wait_for(clone, 20)
    os.killpg(cut.pid, signal.SIGKILL)
    cut.communicate()
    before = clone.rows("SELECT count(*) FROM journal_entry")[0][0]
    code, said = clone.run("simulate", *SMALL, "--processes", "2")
    assert code == 0, said
    assert "Bất biến: không vi phạm." in said and "KHÔNG LÀM ĐƯỢC" not in said
    assert "30 hồ sơ, 2 ngày làm việc đến 03/11/2026" in said and "thao tác/giây" in said
    assert clone.rows("SELECT count(*) FROM casework_case") == [(30,)]
    acts, commands = clone.rows(
        "SELECT count(*), (SELECT count(*) FROM journal_command WHERE verb LIKE 'dossier.%%') FROM journal_entry"
    )[0]
    assert acts > before and commands >= 30
    # Acts take their moment from the clock; what was recorded keeps the real time.
    first, last, recorded = clone.rows(
        "SELECT min(acted_at)::date, max(acted_at)::date, min(recorded_at)::date FROM journal_entry"
        " WHERE case_id IS NOT NULL"
    )[0]
    assert (first, last) == (date(2026, 11, 2), date(2026, 11, 3)) and recorded != first
    again, told = clone.run("simulate", *SMALL, "--processes", "2")
    assert again == 0 and "lần chạy này: 0 thao tác" in told
    assert clone.rows("SELECT count(*) FROM journal_entry WHERE verb <> 'statistics.day_rolled'") == [
        (acts - _rolled(clone),)
    ]
    refused, why = clone.run("simulate", *SMALL[:4], "--dossiers", "31", "--processes", "2")
    assert refused != 0 and "một mô phỏng khác (30 hồ sơ" in why
    clone.rows("DELETE FROM scope_mark")
    earnest, why = clone.run("simulate", *SMALL)
    assert earnest != 0 and "không phải bản trình diễn" in why


@pytest.mark.parametrize("words", [("--days", "0"), ("--online", "1.5"), ("--dossiers", "0")])
def test_what_cannot_be_is_told(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="phải từ 1 trở lên"):
        call_command("simulate", *words)


@pytest.mark.django_db
def test_the_same_seed_plans_the_same_lives_and_every_act_of_the_house() -> None:
    with entered(SYSTEM):
        city, calendar = load_city(PROVINCE, ON, (TAN_HUNG, VINH_HOI)), calendar_for()
    axis = axis_from(calendar, ON, 10)
    planner = Planner(city, axis, 0.14)
    home, other = city.places[TAN_HUNG], city.places[VINH_HOI]
    seeds = range(1500)
    again = [planner.plan(Random(f"{seed}"), 0, home, [other], 0) for seed in seeds]
    assert [life.acts for life in again] == [
        planner.plan(Random(f"{seed}"), 0, home, [other], 0).acts for seed in seeds
    ]
    acts = {act for life in again for _place, act in life.acts}
    assert acts == {
        "receive", "lodge", "accept", "assign", "take_up", "submit", "approve", "complete", "return_result",
        "pay", "answer_at_once", "request_supplement", "receive_supplement", "request_payment",
        "settle_payment", "send_back", "ask_opinion", "give_opinion", "offer", "accept_offer", "refuse_offer",
        "extend", "refuse", "withdraw", "halt",
    }  # fmt: skip
    assert all(a[0] < b[0] for life in again for a, b in pairwise(life.acts))
    online = sum(life.channel == "online" for life in again) / len(again)
    assert 0.11 < online < 0.17
    moments = [axis.at(place) for life in again for place, _act in life.acts]
    assert all(calendar.is_working_day(at.date()) and 7 <= at.hour < 17 for at in moments)


def test_the_last_days_are_working_days_that_are_over() -> None:
    assert first_of_last(WorkCalendar(), date(2026, 11, 2), 5) == date(2026, 10, 26)


def test_nobody_could_be_real_and_no_two_have_one_card() -> None:
    numbers = [*range(2000), *range(1_000_000, 1_002_000), *range(2_000_000, 2_002_000)]
    cards = [citizen(number).papers[0].number for number in numbers]
    assert len(set(cards)) == len(cards) and all(card.startswith("000") and len(card) == 12 for card in cards)


def _wait_for(clone: Clone, acts: int) -> None:
    until = time.monotonic() + 240
    while time.monotonic() < until:
        places = clone.rows(
            "SELECT (value->>0)::int FROM scope_mark WHERE name IN ('simulate:0', 'simulate:1')"
        )
        if sum(int(str(place)) for (place,) in places) >= acts:
            return
        time.sleep(0.1)
    raise AssertionError("the simulation did not begin")


def _rolled(clone: Clone) -> int:
    ((count,),) = clone.rows("SELECT count(*) FROM journal_entry WHERE verb = 'statistics.day_rolled'")
    return int(str(count))

"""The one clock, and the working calendar: library, notices, office hours."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.models import Mark
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays import actions, queries
from lienthong.core.workdays.enums import DayKind
from lienthong.core.workdays.models import DayNotice, OfficeHours
from lienthong.lib.calendar import OFFICE_HOURS

HOLIDAYS = Path(__file__).resolve().parents[3] / "shared/data/holidays_vn_2025_2027.csv"
CLERK = Actor(account_id=7, unit_id=1, duties=frozenset({"reception"}))
PLACE = "27475"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


def mark_as_demonstration() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO scope_mark (name, value) VALUES ('demo', 'true') ON CONFLICT DO NOTHING")


def notice(day: date, kind: DayKind | None, **changes: Any) -> int:
    stated = {"name": "Nghỉ đột xuất", "source": "TB 1/TB-UBND", "confidence": "verified"}
    return actions.record_day_notice(
        **{"actor": SYSTEM, "key": uuid4(), "day": day, "kind": kind, **stated, **changes}
    )


def hours(**changes: Any) -> int:
    stated: dict[str, Any] = {
        "place": PLACE,
        "hours": [("07:00", "11:00"), ("13:00", "17:30")],
        "cutoff": "16:00",
        "valid_from": queries.today(),
        "source": "QĐ 5/QĐ-UBND",
        "confidence": "verified",
    }
    return actions.set_office_hours(**{"actor": SYSTEM, "key": uuid4(), **stated, **changes})


def test_the_clock_is_real_time_in_vietnam() -> None:
    assert abs(queries.now() - timezone.now()) < timedelta(seconds=5)
    assert queries.now().utcoffset() == timedelta(hours=7)


def test_the_clock_cannot_be_set_outside_a_demonstration() -> None:
    Mark.objects.filter(name="demo").delete()
    queries.forget()
    with (
        pytest.raises(RuntimeError, match="demonstration"),
        actions.acting_at(datetime(2026, 3, 2, tzinfo=UTC)),
    ):
        raise AssertionError("never entered")


def test_in_a_demonstration_the_simulator_sets_the_clock_and_gives_it_back() -> None:
    mark_as_demonstration()
    moment = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    with actions.acting_at(moment):
        assert queries.now() == moment
        assert queries.now().hour == 8
        assert queries.today() == date(2026, 3, 2)
    assert queries.now() != moment


def test_the_clock_and_a_kept_calendar_cost_no_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        queries.calendar_for(PLACE)
    with django_assert_num_queries(0):
        queries.now()
        queries.calendar_for(PLACE)


def test_without_rows_the_usual_hours_count() -> None:
    calendar = queries.calendar_for(PLACE)
    assert calendar.office_hours == OFFICE_HOURS
    assert calendar.cutoff is None


def test_every_known_day_off_and_make_up_day_is_in_the_calendar() -> None:
    if not HOLIDAYS.exists():
        pytest.skip("shared/data is not here: the whole list of holidays cannot be compared")
    actions.load_seeds()
    calendar = queries.calendar_for()
    rows = list(csv.DictReader(HOLIDAYS.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 46
    wrong = [
        r["date"]
        for r in rows
        if calendar.is_working_day(date.fromisoformat(r["date"])) != (r["kind"] == "work")
    ]
    assert wrong == []


def test_the_seeds_carry_the_swap_that_the_library_misses_and_load_once() -> None:
    with entered(SYSTEM):
        actions.load_seeds()
        assert actions.load_seeds() == {"day_notices": 0}
    calendar = queries.calendar_for()
    assert not calendar.is_working_day(date(2026, 1, 2))
    assert calendar.is_working_day(date(2026, 1, 10))
    assert calendar.labels[date(2026, 1, 10)] == "Làm bù cho ngày 02/01/2026"
    assert calendar.labels[date(2026, 2, 17)] == "Tết Nguyên Đán"
    assert calendar.labels[date(2026, 8, 22)] == queries.MAKE_UP_DAY


def test_a_notice_makes_a_day_off_and_a_later_one_takes_it_back() -> None:
    day = date(2026, 6, 10)
    with entered(SYSTEM):
        notice(day, DayKind.OFF)
        assert not queries.calendar_for().is_working_day(day)
        assert queries.calendar_for().labels[day] == "Nghỉ đột xuất"
        notice(day, None)
        assert queries.calendar_for().is_working_day(day)
    assert DayNotice.objects.filter(day=day).count() == 2


def test_a_notice_may_turn_a_holiday_of_the_library_into_a_working_day() -> None:
    with entered(SYSTEM):
        notice(date(2027, 11, 24), DayKind.WORK, name="Đi làm theo thông báo")
        assert queries.calendar_for().is_working_day(date(2027, 11, 24))


def test_the_same_key_writes_one_notice() -> None:
    key = uuid4()
    with entered(SYSTEM):
        first = notice(date(2026, 6, 11), DayKind.OFF, key=key)
        assert notice(date(2026, 6, 11), DayKind.OFF, key=key) == first
    assert DayNotice.objects.filter(day=date(2026, 6, 11)).count() == 1


def test_a_notice_is_journalled() -> None:
    with entered(SYSTEM):
        notice_id = notice(date(2026, 6, 12), DayKind.OFF)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT data->>'day' FROM journal_entry WHERE verb = 'workdays.day_noticed' AND subject_id = %s",
                [notice_id],
            )
            assert cursor.fetchall() == [("2026-06-12",)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"actor": CLERK}, "workdays.not_allowed"), ({"source": " "}, "workdays.source_missing")],
)
def test_a_notice_is_refused_with_a_sentence(changes: dict[str, Any], code: str) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        notice(date(2026, 6, 15), DayKind.OFF, **changes)
    assert refused.value.refusal.code == code
    assert not DayNotice.objects.filter(day=date(2026, 6, 15)).exists()


def test_a_place_has_its_own_hours_and_the_others_keep_theirs() -> None:
    with entered(SYSTEM):
        hours()
        own, other = queries.calendar_for(PLACE), queries.calendar_for("27655")
    assert own.office_hours[0] == (time(7), time(11))
    assert own.cutoff == time(16)
    assert other.office_hours == OFFICE_HOURS


def test_new_hours_end_the_former_ones_even_on_the_same_day() -> None:
    with entered(SYSTEM):
        hours()
        hours(cutoff="15:00")
        assert queries.calendar_for(PLACE).cutoff == time(15)
    assert OfficeHours.objects.filter(place=PLACE).count() == 2


@pytest.mark.parametrize(
    "stated",
    [
        {"hours": []},
        {"hours": [("11:30", "07:30")]},
        {"hours": [("07:30", "11:30"), ("11:00", "17:00")]},
        {"hours": [("7h30", "11:30")]},
        {"cutoff": "25:00"},
    ],
)
def test_malformed_hours_are_refused(stated: dict[str, Any]) -> None:
    with entered(SYSTEM), pytest.raises(Refused) as refused:
        hours(**stated)
    assert refused.value.refusal.code == "workdays.hours_malformed"

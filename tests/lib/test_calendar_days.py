"""The working calendar: its days, and arithmetic in them by law (property) and by example."""

import time as stopwatch
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.lib.calendar import (
    CalendarError,
    LimitUnit,
    TimeLimit,
    WorkCalendar,
    add_working_days,
    add_working_minutes,
    due_at,
    is_overdue,
    received_at,
    working_days_between,
    working_minutes_between,
)
from tests.lib.calendar_2026 import CALENDAR, DAY, at, in_office_hours, moments, working_days


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 1, 17), False),
        (date(2026, 2, 13), True),
        (date(2026, 2, 17), False),
        (date(2026, 2, 23), True),
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
    ],
)
def test_official_days_of_2026(day: date, worked: bool) -> None:
    assert CALENDAR.is_working_day(day) is worked


def test_explicit_work_wins_over_explicit_off() -> None:
    day = date(2026, 3, 7)
    assert WorkCalendar(off=frozenset({day}), work=frozenset({day})).is_working_day(day)


def test_a_swapped_day_counts_as_the_other_one() -> None:
    assert due_at(at("2025-12-31 09:00"), working_days(1), CALENDAR) == at("2026-01-05 17:00")
    assert due_at(at("2026-01-09 09:00"), working_days(1), CALENDAR) == at("2026-01-10 17:00")


def test_tet_2026_is_not_counted() -> None:
    assert due_at(at("2026-02-12 09:00"), working_days(3), CALENDAR) == at("2026-02-24 17:00")


def test_a_calendar_that_is_always_closed_says_so() -> None:
    closed = WorkCalendar(weekend=frozenset(range(7)))
    with pytest.raises(CalendarError):
        due_at(at("2026-03-02 09:00"), working_days(1), closed)


@pytest.mark.parametrize(
    "hours",
    [(), ((time(9), time(8)),), ((time(7), time(12)), (time(11), time(17))), ((time(7, 0, 5), time(9)),)],
)
def test_impossible_office_hours_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(CalendarError):
        WorkCalendar(office_hours=hours)


def test_a_naive_moment_is_refused() -> None:
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001
    with pytest.raises(CalendarError):
        due_at(naive, working_days(1), CALENDAR)
    with pytest.raises(CalendarError):
        is_overdue(at("2026-03-02 09:00"), naive)


def test_a_moment_of_another_zone_is_read_in_the_offices_own() -> None:
    assert received_at(datetime(2026, 3, 2, 2, 0, 59, tzinfo=UTC), CALENDAR) == at("2026-03-02 09:00")


@given(moments, st.integers(0, 60_000))
def test_adding_and_measuring_are_inverse(moment: datetime, minutes: int) -> None:
    end = add_working_minutes(moment, minutes, CALENDAR)
    assert working_minutes_between(moment, end, CALENDAR) == minutes
    assert minutes == 0 or in_office_hours(end)


@given(moments, moments)
def test_measuring_and_adding_are_inverse(a: datetime, b: datetime) -> None:
    first, last = sorted((a, b))
    reached = add_working_minutes(first, working_minutes_between(first, last, CALENDAR), CALENDAR)
    assert reached <= last
    assert working_minutes_between(reached, last, CALENDAR) == 0


@given(moments, moments, moments)
def test_measuring_adds_up(a: datetime, b: datetime, c: datetime) -> None:
    parts = working_minutes_between(a, b, CALENDAR) + working_minutes_between(b, c, CALENDAR)
    assert parts == working_minutes_between(a, c, CALENDAR)


@given(moments, st.integers(0, 20_000), st.integers(0, 20_000))
def test_adding_twice_is_adding_the_sum(moment: datetime, m: int, n: int) -> None:
    twice = add_working_minutes(add_working_minutes(moment, m, CALENDAR), n, CALENDAR)
    once = add_working_minutes(moment, m + n, CALENDAR)
    assert twice == once


@given(st.dates(date(2025, 11, 1), date(2026, 12, 1)), st.integers(0, 200))
def test_working_days_are_inverse(day: date, count: int) -> None:
    day = CALENDAR.working_day_from(day)
    assert working_days_between(day, add_working_days(day, count, CALENDAR), CALENDAR) == count
    assert working_days_between(add_working_days(day, count, CALENDAR), day, CALENDAR) == -count


def test_lunch_is_not_worked() -> None:
    assert working_minutes_between(at("2026-03-02 11:00"), at("2026-03-02 13:30"), CALENDAR) == 60
    assert add_working_minutes(at("2026-03-02 11:00"), 31, CALENDAR) == at("2026-03-02 13:01")
    assert add_working_minutes(at("2026-03-02 11:00"), 30, CALENDAR) == at("2026-03-02 11:30")


def test_time_is_added_forward_only() -> None:
    with pytest.raises(CalendarError):
        add_working_minutes(at("2026-03-02 11:00"), -1, CALENDAR)
    with pytest.raises(CalendarError):
        add_working_days(date(2026, 3, 2), -1, CALENDAR)
    with pytest.raises(CalendarError):
        TimeLimit(-1, LimitUnit.MONTH)


def test_ten_years_are_fast() -> None:
    begun = stopwatch.perf_counter()
    end = add_working_minutes(at("2026-03-02 09:00"), 2600 * DAY, CALENDAR)
    assert working_minutes_between(at("2026-03-02 09:00"), end, CALENDAR) == 2600 * DAY
    assert stopwatch.perf_counter() - begun < 1

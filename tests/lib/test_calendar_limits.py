"""Receipt and due date: cut-off hours, every unit of time, days off."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.lib.calendar import (
    LimitUnit,
    TimeLimit,
    WorkCalendar,
    due_at,
    is_overdue,
    received_at,
    working_days_between,
)
from tests.lib.calendar_2026 import (
    CALENDAR,
    OFF_2026,
    at,
    calendars,
    day_limits,
    in_office_hours,
    limits,
    moments,
    working_days,
)


@pytest.mark.parametrize(
    ("start", "received"),
    [
        ("2026-03-02 15:00", "2026-03-02 15:00"),
        ("2026-03-02 15:01", "2026-03-03 07:30"),
        ("2026-03-02 05:00", "2026-03-02 07:30"),
        ("2026-03-07 09:00", "2026-03-09 07:30"),
        ("2026-02-13 15:30", "2026-02-23 07:30"),
    ],
)
def test_receipt_with_a_cutoff_at_three(start: str, received: str) -> None:
    calendar = WorkCalendar(off=OFF_2026, cutoff=time(15))
    assert received_at(at(start), calendar) == at(received)


def test_certification_is_due_the_same_day_and_after_three_the_next() -> None:
    calendar = WorkCalendar(cutoff=time(15))
    assert due_at(at("2026-03-02 14:59"), working_days(0), calendar) == at("2026-03-02 17:00")
    assert due_at(at("2026-03-06 15:01"), working_days(0), calendar) == at("2026-03-09 17:00")


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        ("2026-03-02 09:00", 3, LimitUnit.WORKING_DAY, "2026-03-05 17:00"),
        ("2026-03-05 09:00", 3, LimitUnit.CALENDAR_DAY, "2026-03-09 17:00"),
        ("2026-03-02 09:00", 3, LimitUnit.CALENDAR_DAY, "2026-03-05 17:00"),
        ("2026-02-09 09:00", 7, LimitUnit.CALENDAR_DAY, "2026-02-23 17:00"),
        ("2026-03-02 16:00", 2, LimitUnit.WORKING_HOUR, "2026-03-03 08:30"),
        ("2026-03-06 16:00", 24, LimitUnit.CALENDAR_HOUR, "2026-03-07 16:00"),
        ("2026-01-30 09:00", 1, LimitUnit.MONTH, "2026-03-02 17:00"),
        ("2027-12-31 09:00", 2, LimitUnit.MONTH, "2028-02-29 17:00"),
        ("2028-02-29 09:00", 12, LimitUnit.MONTH, "2029-02-28 17:00"),
        ("2026-03-31 09:00", 1, LimitUnit.MONTH, "2026-04-30 17:00"),
    ],
)
def test_due_dates(start: str, amount: int, unit: LimitUnit, due: str) -> None:
    assert due_at(at(start), TimeLimit(amount, unit), CALENDAR) == at(due)


def test_an_office_may_let_calendar_days_end_on_a_day_off() -> None:
    strict = WorkCalendar(calendar_end_rolls=False)
    limit = TimeLimit(3, LimitUnit.CALENDAR_DAY)
    assert due_at(at("2026-03-05 09:00"), limit, strict) == at("2026-03-08 17:00")


@given(moments, day_limits, calendars)
def test_working_day_limits_end_in_office_hours_after_n_days(
    start: datetime, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    due = due_at(start, limit, calendar)
    received = received_at(start, calendar)
    assert in_office_hours(due) and due.time() == calendar.closing_time
    assert working_days_between(received.date(), due.date(), calendar) == limit.amount


@given(moments, moments, limits, calendars)
def test_later_receipt_is_never_due_earlier(
    a: datetime, b: datetime, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    first, last = sorted((a, b))
    assert due_at(first, limit, calendar) <= due_at(last, limit, calendar)


@given(moments, limits, st.integers(0, 20), calendars)
def test_a_longer_limit_is_never_due_earlier(
    start: datetime, limit: TimeLimit, more: int, calendar: WorkCalendar
) -> None:
    longer = TimeLimit(limit.amount + more, limit.unit)
    assert calendar.local(start) <= due_at(start, limit, calendar) <= due_at(start, longer, calendar)


def test_overdue_begins_after_the_due_moment() -> None:
    due = at("2026-03-02 17:00")
    assert not is_overdue(due, due)
    assert is_overdue(due, due + timedelta(seconds=1))
    assert not is_overdue(due, datetime(2026, 3, 2, 9, 59, tzinfo=UTC))

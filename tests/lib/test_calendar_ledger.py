"""The clock as a ledger: what a pause does to the due date and to what remains."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.lib.calendar import (
    CalendarError,
    LimitUnit,
    Pause,
    TimeLimit,
    WorkCalendar,
    add_working_days,
    add_working_minutes,
    clock_starts_at,
    due_at,
    due_with_pauses,
    remaining_at,
    working_minutes_between,
)
from lienthong.lib.calendar.days import VIETNAM
from tests.lib.calendar_2026 import (
    CALENDAR,
    DAY,
    at,
    calendars,
    day_limits,
    ledgers,
    limits,
    moments,
    working_days,
)


@given(ledgers(), limits, calendars)
def test_pauses_never_make_it_earlier(
    ledger: tuple[datetime, list[Pause]], limit: TimeLimit, calendar: WorkCalendar
) -> None:
    start, pauses = ledger
    dues = [due_with_pauses(start, limit, pauses[:n], calendar) for n in range(len(pauses) + 1)]
    assert dues == sorted(dues)


@given(ledgers(), limits, st.integers(0, 30_000), calendars)
def test_pausing_and_resuming_at_once_changes_nothing(
    ledger: tuple[datetime, list[Pause]], limit: TimeLimit, later: int, calendar: WorkCalendar
) -> None:
    start, pauses = ledger
    moment = (pauses[-1].end or start) if pauses else start
    blink = Pause(moment + timedelta(minutes=later), moment + timedelta(minutes=later))
    with_blink = due_with_pauses(start, limit, [*pauses, blink], calendar)
    assert with_blink == due_with_pauses(start, limit, pauses, calendar)


@given(moments, st.integers(1, 40), st.integers(0, 40), st.integers(1, DAY), st.integers(0, 30))
def test_a_pause_of_k_working_days_moves_the_due_date_by_k(
    start: datetime, amount: int, at_day: int, at_minute: int, k: int
) -> None:
    limit = working_days(amount)
    first = clock_starts_at(start, limit, CALENDAR).date()
    stop_on = add_working_days(first, min(at_day, amount - 1), CALENDAR)
    stopped = add_working_minutes(CALENDAR.opening(stop_on), at_minute, CALENDAR)
    resumed = datetime.combine(add_working_days(stop_on, k, CALENDAR), stopped.time(), VIETNAM)
    before = due_at(start, limit, CALENDAR)
    after = due_with_pauses(start, limit, [Pause(stopped, resumed)], CALENDAR)
    if stopped < before:
        assert after == CALENDAR.closing(add_working_days(before.date(), k, CALENDAR))
    else:
        assert after == before


@given(ledgers(), limits, st.integers(0, 30_000), calendars)
def test_remaining_does_not_move_while_paused(
    ledger: tuple[datetime, list[Pause]], limit: TimeLimit, length: int, calendar: WorkCalendar
) -> None:
    start, pauses = ledger
    begun = (pauses[-1].end or start) if pauses else start
    paused = [*pauses, Pause(begun)]
    now = remaining_at(start, limit, paused, begun, calendar)
    later = remaining_at(start, limit, paused, begun + timedelta(minutes=length), calendar)
    assert now == later
    assert now.is_paused and now.due is None


@given(ledgers(), day_limits, st.integers(0, 30_000), calendars)
def test_remaining_is_the_distance_to_the_due_date(
    ledger: tuple[datetime, list[Pause]], limit: TimeLimit, later: int, calendar: WorkCalendar
) -> None:
    start, pauses = ledger
    moment = ((pauses[-1].end or start) if pauses else start) + timedelta(minutes=later)
    left = remaining_at(start, limit, pauses, moment, calendar)
    due = due_with_pauses(start, limit, pauses, calendar)
    begins = clock_starts_at(start, limit, calendar)
    assert left.due == due
    assert left.is_working
    assert left.minutes == working_minutes_between(max(moment, begins), due, calendar)


def test_the_remaining_of_a_fresh_dossier_is_its_whole_limit() -> None:
    left = remaining_at(at("2026-03-02 09:00"), working_days(3), [], at("2026-03-02 16:00"), CALENDAR)
    assert (left.minutes, left.due) == (3 * DAY, at("2026-03-05 17:00"))


def test_remaining_counts_below_zero_when_overdue() -> None:
    left = remaining_at(at("2026-03-02 09:00"), working_days(1), [], at("2026-03-04 08:00"), CALENDAR)
    assert left.minutes == -30


def test_a_pause_on_the_uncounted_day_of_receipt_moves_nothing() -> None:
    pauses = [Pause(at("2026-03-02 10:00"), at("2026-03-02 16:00"))]
    assert due_with_pauses(at("2026-03-02 09:00"), working_days(3), pauses, CALENDAR) == at(
        "2026-03-05 17:00"
    )


def test_half_a_day_of_pause_moves_by_half_a_day() -> None:
    pauses = [Pause(at("2026-03-03 07:30"), at("2026-03-03 13:00"))]
    assert due_with_pauses(at("2026-03-02 09:00"), working_days(3), pauses, CALENDAR) == at(
        "2026-03-06 11:30"
    )


def test_a_pause_after_the_due_date_heals_nothing() -> None:
    pauses = [Pause(at("2026-03-09 09:00"), at("2026-03-12 09:00"))]
    assert due_with_pauses(at("2026-03-02 09:00"), working_days(3), pauses, CALENDAR) == at(
        "2026-03-05 17:00"
    )


@pytest.mark.parametrize(
    ("unit", "due"),
    [
        (LimitUnit.CALENDAR_DAY, "2026-03-16 17:00"),
        (LimitUnit.CALENDAR_HOUR, "2026-03-06 21:00"),
        (LimitUnit.WORKING_HOUR, "2026-03-05 13:30"),
    ],
)
def test_pauses_of_the_other_units(unit: LimitUnit, due: str) -> None:
    pauses = [Pause(at("2026-03-03 08:00"), at("2026-03-05 08:00"))]
    amount = {LimitUnit.CALENDAR_HOUR: 60}.get(unit, 11)
    assert due_with_pauses(at("2026-03-02 09:00"), TimeLimit(amount, unit), pauses, CALENDAR) == at(due)


@pytest.mark.parametrize(
    "pauses",
    [
        [Pause(at("2026-03-03 09:00"), at("2026-03-03 08:00"))],
        [Pause(at("2026-03-01 09:00"), at("2026-03-03 08:00"))],
        [Pause(at("2026-03-03 09:00")), Pause(at("2026-03-04 09:00"), at("2026-03-05 09:00"))],
        [Pause(at("2026-03-03 09:00"), at("2026-03-05 09:00")), Pause(at("2026-03-04 09:00"))],
    ],
)
def test_a_broken_ledger_is_refused(pauses: list[Pause]) -> None:
    with pytest.raises(CalendarError):
        remaining_at(at("2026-03-02 09:00"), working_days(3), pauses, at("2026-03-06 09:00"), CALENDAR)


def test_an_open_pause_has_no_due_date() -> None:
    with pytest.raises(CalendarError):
        due_with_pauses(at("2026-03-02 09:00"), working_days(3), [Pause(at("2026-03-03 09:00"))], CALENDAR)

"""How a due date came about, day by day."""

from datetime import date, datetime, time

from hypothesis import given

from lienthong.lib.calendar import (
    DayKind,
    DayReason,
    LimitUnit,
    Pause,
    TimeLimit,
    WorkCalendar,
    due_with_pauses,
    explain,
)
from tests.lib.calendar_2026 import CALENDAR, DAY, OFF_2026, at, calendars, ledgers, limits, working_days


def test_the_story_over_tet() -> None:
    lines = explain(at("2026-02-12 09:00"), working_days(3), [], CALENDAR)
    assert [line.day for line in lines] == [date(2026, 2, day) for day in range(12, 25)]
    assert [line.kind for line in lines if line.kind is not DayKind.OFF] == [
        DayKind.RECEIVED,
        DayKind.COUNTED,
        DayKind.COUNTED,
        DayKind.DUE,
    ]
    assert [line.number for line in lines if line.number] == [1, 2, 3]
    by_day = {line.day: line for line in lines}
    assert by_day[date(2026, 2, 14)].reason is DayReason.WEEKEND
    assert by_day[date(2026, 2, 17)].reason is DayReason.HOLIDAY
    assert by_day[date(2026, 2, 17)].label == "Tết Nguyên Đán"


def test_the_story_of_a_late_receipt_and_a_make_up_day() -> None:
    calendar = WorkCalendar(OFF_2026, CALENDAR.work, cutoff=time(15), labels=CALENDAR.labels)
    lines = explain(at("2026-01-08 16:00"), working_days(1), [], calendar)
    assert [(line.kind, line.reason) for line in lines] == [
        (DayKind.RECEIVED, DayReason.AFTER_CUTOFF),
        (DayKind.RECEIVED, DayReason.COUNTS_AS_RECEIVED),
        (DayKind.DUE, DayReason.MAKE_UP_DAY),
    ]
    assert lines[-1].label == "Làm bù cho 02/01/2026"


def test_the_story_of_a_pause_and_of_an_open_one() -> None:
    start, closed = at("2026-03-02 09:00"), Pause(at("2026-03-03 11:30"), at("2026-03-05 13:00"))
    lines = explain(start, working_days(2), [closed], CALENDAR)
    assert [(line.day.day, line.kind, line.number, line.minutes) for line in lines] == [
        (2, DayKind.RECEIVED, None, 0),
        (3, DayKind.COUNTED, 1, 240),
        (4, DayKind.PAUSED, None, 0),
        (5, DayKind.COUNTED, 2, 240),
        (6, DayKind.DUE, 3, 480),
    ]
    assert lines[1].reason is DayReason.PARTLY_PAUSED
    opened = explain(start, working_days(2), [Pause(at("2026-03-04 08:00"))], CALENDAR)
    assert [line.kind for line in opened] == [DayKind.RECEIVED, DayKind.COUNTED, DayKind.PAUSED]


def test_the_story_of_calendar_days_that_end_on_a_sunday() -> None:
    lines = explain(at("2026-03-05 09:00"), TimeLimit(2, LimitUnit.CALENDAR_DAY), [], CALENDAR)
    assert [(line.day.day, line.kind, line.number) for line in lines] == [
        (5, DayKind.RECEIVED, None),
        (6, DayKind.COUNTED, 1),
        (7, DayKind.COUNTED, 2),
        (8, DayKind.OFF, None),
        (9, DayKind.DUE, None),
    ]


@given(ledgers(), limits, calendars)
def test_every_story_runs_day_by_day_from_receipt_to_due(
    ledger: tuple[datetime, list[Pause]], limit: TimeLimit, calendar: WorkCalendar
) -> None:
    start, pauses = ledger
    lines = explain(start, limit, pauses, calendar)
    due = due_with_pauses(start, limit, pauses, calendar)
    days = [line.day for line in lines]
    assert days == sorted(days)
    assert len(set(days)) == (due.date() - start.date()).days + 1
    assert lines[0].kind is DayKind.RECEIVED and lines[-1].kind is DayKind.DUE
    assert lines[-1].day == due.date()
    assert [line.kind for line in lines].count(DayKind.DUE) == 1
    numbers = [line.number for line in lines if line.number]
    assert numbers == list(range(1, len(numbers) + 1))
    worked = sum(line.minutes for line in lines)
    if limit.unit.is_hours:
        assert worked == limit.amount * 60
    if limit.unit is LimitUnit.WORKING_DAY and limit.amount:
        assert worked == limit.amount * DAY

"""The clock of a case: laws that hold for every ledger (hypothesis), and the rows that feed it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from lienthong.facilities.casework.enums import ClockKind
from lienthong.facilities.casework.rules import due_from_ledger, minutes_left
from lienthong.lib.calendar import LimitUnit, TimeLimit, WorkCalendar, add_working_minutes, due_at

CALENDAR = WorkCalendar()
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=ZONE)


@dataclass
class Row:
    """What the clock needs of a ledger row."""

    kind: str
    from_at: datetime
    to_at: datetime | None = None
    amount: int | None = None
    unit: str = ""


limits = st.builds(
    TimeLimit, st.integers(1, 40), st.sampled_from([LimitUnit.WORKING_DAY, LimitUnit.WORKING_HOUR])
)
starts = st.integers(0, 200_000).map(lambda minutes: MONDAY + timedelta(minutes=minutes))


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[datetime, TimeLimit, list[Row]]:
    """A start, a limit, and closed pauses and extensions in order."""
    start, limit = draw(starts), draw(limits)
    at, rows = start + timedelta(days=1), list[Row]()
    for _ in range(draw(st.integers(0, 4))):
        at += timedelta(minutes=draw(st.integers(0, 5000)))
        if draw(st.booleans()):
            end = at + timedelta(minutes=draw(st.integers(0, 20_000)))
            rows.append(Row(ClockKind.PAUSE, at, end))
            at = end
        else:
            rows.append(
                Row(ClockKind.EXTENSION, at, None, draw(st.integers(1, 20)), LimitUnit.WORKING_DAY.value)
            )
    return start, limit, rows


@given(ledgers())
def test_no_ledger_makes_a_due_date_earlier(ledger: tuple[datetime, TimeLimit, list[Row]]) -> None:
    start, limit, rows = ledger
    due = due_at(start, limit, CALENDAR)
    for count in range(len(rows) + 1):
        later = due_from_ledger(start, limit, rows[:count], CALENDAR)
        assert later >= due
        due = later


@given(ledgers(), st.integers(0, 10_000))
def test_pausing_keeps_what_is_left(ledger: tuple[datetime, TimeLimit, list[Row]], later: int) -> None:
    """What a pause keeps, laid out again from the resumption, is the due date of the ledger."""
    start, limit, rows = ledger
    last = max([start + timedelta(days=1), *(row.to_at or row.from_at for row in rows)])
    stop = last + timedelta(minutes=later)
    due = due_from_ledger(start, limit, rows, CALENDAR)
    left = minutes_left(due, start, limit, stop, CALENDAR)
    resumed = stop + timedelta(days=3)
    paused = due_from_ledger(start, limit, [*rows, Row(ClockKind.PAUSE, stop, resumed)], CALENDAR)
    if left > 0 and not any(row.kind == ClockKind.EXTENSION for row in rows):
        assert paused == add_working_minutes(resumed, left, CALENDAR)
    assert paused >= due


def test_an_extension_counts_from_the_due_date_as_it_stood() -> None:
    limit = TimeLimit(3, LimitUnit.WORKING_DAY)
    row = Row(ClockKind.EXTENSION, MONDAY + timedelta(days=1), None, 2, LimitUnit.WORKING_DAY.value)
    assert due_from_ledger(MONDAY, limit, [], CALENDAR).date().isoformat() == "2026-11-05"
    assert due_from_ledger(MONDAY, limit, [row], CALENDAR).date().isoformat() == "2026-11-09"


def test_an_overdue_case_keeps_a_negative_rest() -> None:
    limit = TimeLimit(1, LimitUnit.WORKING_DAY)
    due = due_at(MONDAY, limit, CALENDAR)
    assert minutes_left(due, MONDAY, limit, due + timedelta(days=1), CALENDAR) < 0

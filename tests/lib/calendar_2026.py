"""The official days of 2026, and moments, limits and ledgers to draw from."""

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from lienthong.lib.calendar import LimitUnit, Pause, TimeLimit, WorkCalendar
from lienthong.lib.calendar.days import VIETNAM

TET_2026 = frozenset(date(2026, 2, day) for day in range(16, 21))
OFF_2026 = TET_2026 | {date(2026, 1, 1), date(2026, 1, 2), date(2026, 4, 27), date(2026, 8, 31)}
CALENDAR = WorkCalendar(
    off=OFF_2026,
    work=frozenset({date(2026, 1, 10), date(2026, 8, 22)}),
    labels={date(2026, 2, 17): "Tết Nguyên Đán", date(2026, 1, 10): "Làm bù cho 02/01/2026"},
)
DAY = CALENDAR.minutes_per_day


def at(text: str) -> datetime:
    """A moment of Vietnam's clock: "2026-03-02 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def working_days(amount: int) -> TimeLimit:
    return TimeLimit(amount, LimitUnit.WORKING_DAY)


SPAN = datetime(2025, 11, 1), datetime(2026, 12, 31)  # noqa: DTZ001
moments = st.datetimes(*SPAN, timezones=st.just(VIETNAM))
limits = st.builds(TimeLimit, st.integers(0, 40), st.sampled_from(LimitUnit))
day_limits = st.builds(working_days, st.integers(0, 60))
cutoffs = st.sampled_from([None, time(15), time(10, 30), time(20)])
calendars = st.builds(WorkCalendar, st.just(OFF_2026), st.just(CALENDAR.work), cutoff=cutoffs)


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[datetime, list[Pause]]:
    """A receipt and up to four closed pauses after it."""
    start = draw(moments)
    gaps = draw(st.lists(st.integers(0, 20_000), max_size=8))
    marks, mark = [], start
    for gap in gaps[: len(gaps) // 2 * 2]:
        mark += timedelta(minutes=gap)
        marks.append(mark)
    return start, [Pause(a, b) for a, b in zip(marks[::2], marks[1::2], strict=True)]


def in_office_hours(moment: datetime) -> bool:
    inside = any(a <= moment.time() <= b for a, b in CALENDAR.office_hours)
    return inside and CALENDAR.is_working_day(moment.date())

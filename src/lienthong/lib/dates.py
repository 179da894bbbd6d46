"""Dates and moments as Vietnamese offices write and type them. Moments are shown in Vietnam's time."""

import re
from datetime import date, datetime

from lienthong.lib.calendar.days import VIETNAM

# What a desk has to do with. Year 0026 is a slip of the hand; day 31/12/9999 has no day after it.
FIRST_YEAR, LAST_YEAR = 1900, 2199
_TYPED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)


class DateError(ValueError):
    """A text that is no date. `code` is stable, `sentence` is for the reader (Vietnamese)."""

    code = "date_form"
    sentence = "Ngày không đúng. Hãy nhập ngày, tháng, năm (1900 đến 2199), ví dụ 05/03/2026."

    def __init__(self) -> None:
        super().__init__(self.sentence)


def format_date(day: date) -> str:
    """05/03/2026; a moment gives its day in Vietnam."""
    return _local(day).strftime("%d/%m/%Y") if isinstance(day, datetime) else day.strftime("%d/%m/%Y")


def format_time(moment: datetime) -> str:
    """08:30 in Vietnam. Raises ValueError for a moment without a zone."""
    return _local(moment).strftime("%H:%M")


def format_moment(moment: datetime) -> str:
    """08:30 05/03/2026. Raises ValueError for a moment without a zone."""
    return f"{format_time(moment)} {format_date(moment)}"


def long_date(day: date) -> str:
    """As letters carry it: "ngày 05 tháng 3 năm 2026"; days below 10 and the months 1 and 2 get a zero."""
    if isinstance(day, datetime):
        day = _local(day).date()
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def parse_date(text: str) -> date:
    """A date as typed: 5/3/2026, 05-03-2026, 5.3.2026 or 05032026. Raises DateError."""
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        raise DateError
    day, month, year = (int(part) for part in match.groups() if part is not None)
    try:
        return usable(date(year, month, day))
    except ValueError as error:
        raise DateError from error


def usable(day: date) -> date:
    """The day itself, where its year is one that an office may mean. Raises DateError."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateError
    return day


def read_date(text: str) -> date:
    """A date as typed; also 2026-03-05, as links and commands carry it. Raises DateError."""
    if text[4:5] != "-":
        return parse_date(text)
    try:
        return usable(date.fromisoformat(text))
    except ValueError as error:
        raise DateError from error


def _local(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment without a zone cannot be shown")
    return moment.astimezone(VIETNAM)

"""The statements' common parts: parameters of a period, where the live part begins, the rows themselves."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from lienthong.core.workdays.queries import calendar_for
from lienthong.facilities.statistics.values import FIGURE_NAMES, Span
from lienthong.lib.calendar import add_working_days
from lienthong.lib.calendar.days import VIETNAM

SOON_DAYS = 2  # as far as a worklist's own word looks (casework.queries)
_ROLLED_NAMES = {"on_time": "finished_on_time", "apologies": "extensions"}
_FLOWS = (
    "received", "received_for_others", "finished", "on_time", "at_once", "refused", "halted", "withdrawn",
    "online", "apologies",
)  # fmt: skip


def rolled_sums() -> str:
    """Every figure as the sum of its rolled column; the stock has none (it is always this moment's)."""
    return ", ".join(
        f"sum({_ROLLED_NAMES.get(name, name)})" if name in _FLOWS else "0" for name in FIGURE_NAMES
    )


def live_from(at: datetime) -> date:
    """The first day that no roll-up has closed yet; never after today. One statement."""
    (day,) = next(rows_of("SELECT max(day) FROM statistics_dayroll WHERE unit_id = 0", {}))
    today = at.astimezone(VIETNAM).date()
    return min(day + timedelta(days=1), today) if day else date.min


def asked(kind: str, span: Span, live: date, at: datetime) -> dict[str, Any]:
    """The parameters of a period: what is rolled up ends where the live part begins."""
    calendar = calendar_for()
    soon = calendar.closing(add_working_days(at.astimezone(VIETNAM).date(), SOON_DAYS, calendar))
    return {
        "kind": kind,
        "begin": span.begin,
        "end": span.end,
        "live": live,
        "since": midnight(max(span.begin, live)),
        "until": midnight(span.end),
        "at": at,
        "soon": soon,
    }


def midnight(day: date) -> datetime:
    """The first moment of a day, in the office's own zone."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)


def rows_of(statement: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        yield from cursor.fetchall()

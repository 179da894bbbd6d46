"""A month of two units' work, given by the demonstration's own plays on a fixed day."""

from datetime import datetime

from lienthong.console.demo.courses import BUSY
from lienthong.console.demo.fill import fill
from lienthong.facilities.statistics.queries import span_of
from lienthong.lib.calendar.days import VIETNAM
from tests.cast import TAN_HUNG, VINH_HOI

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=VIETNAM)
MONTH = span_of("month", NOW.date())
KIND = "dossier"
PLAYS = len(BUSY)


def work(*codes: str) -> int:
    """One dossier of every course in each unit (Tân Hưng where none is named); how many."""
    return sum(
        fill(code, busy=[TAN_HUNG, VINH_HOI], scale=0, first=place, now=NOW)
        for place, code in enumerate(codes or (TAN_HUNG,))
    )

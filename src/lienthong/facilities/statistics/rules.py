"""What each figure counts: one SQL condition over a case, for the live figure, its list and the roll-up.

On time was decided by casework when the case ended (Case.on_time, QĐ 766/QĐ-TTg): not later than promised, the
time of supplements subtracted; an extension does not heal a missed promise; a second request for supplements
counts as late.
"""

from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from lienthong.core.registry.values import NotFound
from lienthong.core.shell.rules import vn_date
from lienthong.facilities.statistics.enums import Figure, Period
from lienthong.facilities.statistics.values import Span, online_condition

# The software's own thresholds for the colour beside a share on time, in percent; they are no term of law.
GOOD, FAIR = 95.0, 85.0
ROMAN = ("I", "II", "III", "IV")
EARLIEST = date(2000, 1, 1)
ON_TIME = "coalesce(c.on_time, false)"
# Taken in and handed over in one sitting: due the day it came, and finished on it.
AT_ONCE = """(c.limit_amount = 0 AND c.outcome = 'done'
 AND (c.closed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = (c.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)"""

OPENED = "c.opened_at >= %(since)s AND c.opened_at < %(until)s"
CLOSED = "c.closed_at >= %(since)s AND c.closed_at < %(until)s"
OPEN = "c.closed_at IS NULL"
# An apology letter moves the date: each is an extension in the ledger (NĐ 118/2025/NĐ-CP, mẫu 04).
EXTENDED = "e.kind = 'extension' AND e.from_at >= %(since)s AND e.from_at < %(until)s"
ASKED = "q.state = 'asked'"
LEGS = (OPENED, CLOSED, OPEN, EXTENDED, ASKED)
RECEIVER, RESPONSIBLE = "c.receiving_unit_id", "c.responsible_unit_id"
UNIT_OF = {
    OPENED: RECEIVER,
    EXTENDED: RESPONSIBLE,
    ASKED: "q.unit_id",
    CLOSED: RESPONSIBLE,
    OPEN: RESPONSIBLE,
}
SOURCE = {
    EXTENDED: "casework_clockentry e JOIN casework_case c ON c.id = e.case_id",
    ASKED: "casework_consultation q JOIN casework_case c ON c.id = q.case_id",
}

# Figure: which cases, and what more must hold.
CONDITIONS: dict[str, tuple[str, str]] = {
    Figure.RECEIVED: (OPENED, "true"),
    Figure.RECEIVED_FOR_OTHERS: (OPENED, f"{RESPONSIBLE} <> {RECEIVER}"),
    Figure.FINISHED: (CLOSED, "c.outcome = 'done'"),
    Figure.ON_TIME: (CLOSED, f"c.outcome = 'done' AND {ON_TIME}"),
    Figure.LATE: (CLOSED, f"c.outcome = 'done' AND NOT {ON_TIME}"),
    Figure.AT_ONCE: (CLOSED, AT_ONCE),
    Figure.REFUSED: (CLOSED, "c.outcome = 'refused'"),
    Figure.HALTED: (CLOSED, "c.outcome = 'halted'"),
    Figure.WITHDRAWN: (CLOSED, "c.outcome = 'withdrawn'"),
    Figure.IN_PROGRESS: (OPEN, "true"),
    Figure.DUE_SOON: (OPEN, "c.due_at >= %(at)s AND c.due_at <= %(soon)s"),
    Figure.OVERDUE: (OPEN, "c.due_at < %(at)s"),
    Figure.PAUSED: (OPEN, "c.due_at IS NULL"),
    Figure.ONLINE: (OPENED, "online"),
    Figure.APOLOGIES: (EXTENDED, "true"),
    Figure.OPINIONS: (ASKED, "true"),
}


def source_of(leg: str) -> str:
    """The rows of a leg, the case as `c`."""
    return SOURCE.get(leg, "casework_case c")


def more_of(figure: str) -> str:
    """What must hold besides the leg's own condition. Raises KeyError for an unknown word."""
    more = CONDITIONS[figure][1]
    return f"({online_condition()})" if more == "online" else more


def counted(figure: str, leg: str) -> str:
    """The figure as an aggregate over a leg; 0 where it belongs to another leg."""
    if CONDITIONS[figure][0] != leg:
        return "0"
    more = more_of(figure)
    return "count(*)" if more == "true" else f"count(*) FILTER (WHERE {more})"


def span_of(word: str, on: date) -> Span:
    """The period of this word that holds the day. An unknown word is the day itself."""
    match word:
        case Period.WEEK:
            begin = on - timedelta(days=on.weekday())
            return Span(word, begin, begin + timedelta(days=7))
        case Period.MONTH:
            return Span(word, on.replace(day=1), _months_on(on.replace(day=1), 1))
        case Period.QUARTER:
            begin = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
            return Span(word, begin, _months_on(begin, 3))
        case Period.YEAR:
            return Span(word, date(on.year, 1, 1), date(on.year + 1, 1, 1))
        case _:
            return Span(Period.DAY.value, on, on + timedelta(days=1))


def day_asked(word: str, today: date) -> date:
    """The day that an address names: today where it names none, one to come, or one before there were any."""
    try:
        on = date.fromisoformat(word)
    except ValueError:
        return today
    return on if EARLIEST <= on <= today else today


def word_asked(word: str) -> str:
    """A word of an address that a row is looked for by. Raises NotFound for one that no row can hold."""
    if "\0" in word:
        raise NotFound
    return word


def span_words(span: Span) -> str:
    """Which period: "tuần 16/11–22/11/2026", "tháng 11/2026", "quý IV/2026"."""
    match span.word:
        case Period.WEEK:
            return _("tuần %(first)s–%(last)s") % {
                "first": f"{span.begin:%d/%m}",
                "last": vn_date(span.last_day),
            }
        case Period.MONTH:
            return _("tháng %(month)s") % {"month": f"{span.begin:%m/%Y}"}
        case Period.QUARTER:
            quarter = ROMAN[(span.begin.month - 1) // 3]
            return _("quý %(quarter)s") % {"quarter": f"{quarter}/{span.begin.year}"}
        case Period.YEAR:
            return _("năm %(year)s") % {"year": span.begin.year}
        case _day:
            return _("ngày %(day)s") % {"day": vn_date(span.begin)}


def span_before(span: Span) -> Span:
    """The period of the same length before this one."""
    return span_of(span.word, span.begin - timedelta(days=1))


def buckets_of(span: Span) -> list[tuple[date, date]]:
    """How a period is drawn: days of a week or month, weeks of a quarter, months of a year."""
    edges, day = [span.begin], span.begin
    while day < span.end:
        if span.word == Period.YEAR:
            day = _months_on(day, 1)
        elif span.word == Period.QUARTER:
            day += timedelta(days=7 - day.weekday())
        else:
            day += timedelta(days=1)
        edges.append(min(day, span.end))
    return list(pairwise(edges))


def _months_on(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def round_up(count: int) -> int:
    """The next even 1, 2 or 5 with zeros: 186 gives 200."""
    power = 1
    while True:
        for step in (2, 4, 10):
            if count <= step * power:
                return step * power
        power *= 10

"""Words, tones and the geometry of the picture: pure functions."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lienthong.core.shell.rules import vn_date, vn_number
from lienthong.facilities.statistics.enums import Period
from lienthong.facilities.statistics.values import Span
from lienthong.fronts.overview.values import Chart, Tick

# The software's own thresholds for the colour beside a percentage; they are no term of law.
GOOD, FAIR = 95.0, 85.0
LEFT, RIGHT, TOP, BOTTOM = 40, 1060, 20, 160
ROMAN = ("I", "II", "III", "IV")
MOST_TICKS = 8


def tone_of(percent: float | None) -> str:
    """The bar's tone; none where nothing was finished."""
    if percent is None:
        return ""
    return "ok" if percent >= GOOD else "soon" if percent >= FAIR else "late"


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


def part_words(word: str, begin: date, end: date) -> str:
    """The name of a part of a period: a day, a week by its first and last day, a month."""
    last = end - timedelta(days=1)
    if word == Period.YEAR:
        return _("tháng %(month)s") % {"month": begin.month}
    return f"{begin:%d/%m}" if begin == last else f"{begin:%d/%m}–{last:%d/%m}"


def chart_of(
    span: Span, parts: Sequence[tuple[date, date]], now: Sequence[int], before: Sequence[int]
) -> Chart:
    """The period's course as a line beside the former one's."""
    places = max(len(parts), len(before), 2)
    top = _round_up(max([*now, *before, 1]))
    xs = [LEFT + (RIGHT - LEFT) * place / (places - 1) for place in range(places)]

    def y(count: int) -> float:
        return BOTTOM - (BOTTOM - TOP) * count / top

    def line(counts: Sequence[int]) -> str:
        return " ".join(f"{xs[place]:.0f},{y(count):.0f}" for place, count in enumerate(counts))

    words = [part_words(span.word, *part) for part in parts]
    step = -(-len(words) // MOST_TICKS)
    ticks = [Tick(f"{xs[n]:.0f}", "182", word, "middle") for n, word in enumerate(words) if n % step == 0]
    levels = [Tick("32", f"{y(level):.0f}", vn_number(level), "end") for level in (0, top // 2, top)]
    last = len(now) - 1
    title = _("Tiếp nhận: %(now)s trong %(period)s; kỳ trước %(before)s. Số từng phần ở bảng bên dưới.")
    told = {"now": vn_number(sum(now)), "period": span_words(span), "before": vn_number(sum(before))}
    return Chart(
        title=title % told,
        line=line(now),
        before=line(before),
        dot=(f"{xs[last]:.0f}", f"{y(now[last]):.0f}") if now else ("", ""),
        levels=tuple(levels),
        ticks=tuple(ticks),
        rows=tuple(
            (word, now[n] if n < len(now) else None, before[n] if n < len(before) else None)
            for n, word in enumerate(words)
        ),
    )


def _round_up(count: int) -> int:
    """The next even 1, 2 or 5 with zeros: 186 gives 200."""
    power = 1
    while True:
        for step in (2, 4, 10):
            if count <= step * power:
                return step * power
        power *= 10

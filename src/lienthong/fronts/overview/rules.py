"""Words, tones and the geometry of the picture: pure functions."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lienthong.core.shell.rules import vn_number
from lienthong.facilities.statistics.enums import Period
from lienthong.facilities.statistics.queries import FAIR, GOOD, round_up, span_words
from lienthong.facilities.statistics.values import Span
from lienthong.fronts.overview.values import Chart, Tick

LEFT, RIGHT, TOP, BOTTOM = 40, 1060, 20, 160
MOST_TICKS = 8


def tone_of(percent: float | None) -> str:
    """The bar's tone; none where nothing was finished."""
    if percent is None:
        return ""
    return "ok" if percent >= GOOD else "soon" if percent >= FAIR else "late"


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
    top = round_up(max([*now, *before, 1]))
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

"""The day's course as bars: pure geometry."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lienthong.core.shell.rules import vn_number
from lienthong.facilities.statistics.queries import round_up
from lienthong.facilities.statistics.values import Hour
from lienthong.fronts.cockpit.values import Bar, HourChart

LEFT, RIGHT, TOP, BOTTOM = 46, 556, 14, 170
FIRST, LAST = 7, 17  # an office's usual hours; more are drawn where there is something
WIDEST = 17.0


def hour_chart(hours: Sequence[Hour], upto: int | None) -> HourChart:
    """Two bars an hour: received and finished. `upto`: the running hour of today, after which nothing is said."""
    by_hour = {one.hour: one for one in hours}
    first = min([FIRST, *by_hour])
    last = max([LAST, *by_hour])
    top = round_up(max([1, *(max(one.received, one.finished) for one in hours)]))
    step = (RIGHT - LEFT) / (last - first + 1)
    width = min(WIDEST, step / 2 - 1.5)
    places = {hour: LEFT + step * (hour - first) + step / 2 for hour in range(first, last + 1)}

    def bar(count: int, x: float) -> Bar:
        height = (BOTTOM - TOP) * count / top
        return Bar(f"{x:.1f}", f"{BOTTOM - height:.1f}", f"{height:.1f}")

    shown = [by_hour.get(hour, Hour(hour, 0, 0)) for hour in places]
    told = {
        "received": vn_number(sum(one.received for one in hours)),
        "finished": vn_number(sum(one.finished for one in hours)),
    }
    return HourChart(
        title=_("Tiếp nhận %(received)s, xong %(finished)s trong ngày; số từng giờ ở bảng bên dưới.") % told,
        received=tuple(bar(one.received, places[one.hour] - width - 0.5) for one in shown if one.received),
        finished=tuple(bar(one.finished, places[one.hour] + 0.5) for one in shown if one.finished),
        hours=tuple((f"{x:.1f}", f"{hour}") for hour, x in places.items()),
        levels=tuple(
            (f"{BOTTOM - (BOTTOM - TOP) * part / 2:.1f}", vn_number(top * part // 2)) for part in (0, 1, 2)
        ),
        rows=tuple((_("%(hour)s giờ") % {"hour": one.hour}, one.received, one.finished) for one in shown),
        now=f"{places[upto]:.1f}" if upto in places else "",
        width=f"{width:.1f}",
    )

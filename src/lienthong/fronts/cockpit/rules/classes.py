"""Classes of the map: how values become a ramp, and its legend in words."""

from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from lienthong.core.shell.rules import vn_number
from lienthong.facilities.statistics.values import Figures
from lienthong.fronts.cockpit.enums import Measure
from lienthong.fronts.cockpit.values import Class

# The share that is still good, and steps below it; the software's own thresholds, no term of law.
ON_TIME_STEPS = (98.0, 95.0, 90.0, 80.0)
ONLINE_STEPS = (20.0, 40.0, 60.0, 80.0)
CLASSES = 5


def value_of(figures: Figures, measure: Measure) -> float | None:
    """What the map shows of a unit; None where there is nothing to speak of."""
    if measure is Measure.ON_TIME:
        return figures.percent_on_time
    if measure is Measure.ONLINE:
        return figures.percent_online
    return float(getattr(figures, measure.value))


def steps_of(measure: Measure, values: Sequence[float | None]) -> tuple[float, ...]:
    """The upper bounds of all classes but the last: fixed for shares, of equal numbers of units for counts."""
    if measure is Measure.ON_TIME:
        return ON_TIME_STEPS
    if measure is Measure.ONLINE:
        return ONLINE_STEPS
    counts = sorted(value for value in values if value)
    if not counts:
        return ()
    cuts = [
        counts[min(len(counts) - 1, len(counts) * part // (CLASSES - 1))] for part in range(1, CLASSES - 1)
    ]
    return tuple(sorted({0.0, *cuts} - {counts[-1]}))


def class_of(measure: Measure, steps: Sequence[float], value: float | None) -> str:
    """The tone of a value: "none", or r0 … r4 (the darker, the more; of shares on time, the less)."""
    if value is None:
        return "none"
    if measure is Measure.ON_TIME:
        return f"r{sum(value < step for step in steps)}"
    if measure is Measure.ONLINE:
        return f"r{sum(value >= step for step in steps)}"
    place = sum(value > step for step in steps)
    return f"r{place if len(steps) == CLASSES - 1 else _spread(place, len(steps))}"


def legend_of(measure: Measure, steps: Sequence[float]) -> tuple[Class, ...]:
    """The ramp in words, from light to dark."""
    none = Class("none", _("chưa có"))
    if measure is Measure.ON_TIME:
        words = [f"≥ {vn_number(steps[0])}%"]
        words += [f"{vn_number(low)}–{vn_number(high)}%" for high, low in pairwise(steps)]
        words.append(f"< {vn_number(steps[-1])}%")
        return (none, *(Class(f"r{place}", text) for place, text in enumerate(words)))
    if measure is Measure.ONLINE:
        words = [f"< {vn_number(steps[0])}%"]
        words += [f"{vn_number(low)}–{vn_number(high)}%" for low, high in pairwise(steps)]
        words.append(f"≥ {vn_number(steps[-1])}%")
        return (none, *(Class(f"r{place}", text) for place, text in enumerate(words)))
    return _count_legend(measure, steps)


def _count_legend(measure: Measure, steps: Sequence[float]) -> tuple[Class, ...]:
    if not steps:
        return (Class("r0", "0"),)
    bounds = [int(step) for step in steps]
    words = ["0" if bounds[0] == 0 else f"0–{vn_number(bounds[0])}"]
    for low, high in pairwise(bounds):
        words.append(vn_number(high) if high == low + 1 else f"{vn_number(low + 1)}–{vn_number(high)}")
    words.append(f"> {vn_number(bounds[-1])}")
    tones = [class_of(measure, steps, float(step)) for step in bounds]
    tones.append(class_of(measure, steps, float(bounds[-1]) + 1))
    return tuple(Class(tone, text) for tone, text in zip(tones, words, strict=True))


def _spread(place: int, steps: int) -> int:
    """Fewer classes than the ramp has: spread over it, so that the darkest is always used."""
    return round(place * (CLASSES - 1) / steps) if steps else 0

"""Units of like size: four classes of as many units, by what they received; each unit beside its class's middle."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from django.utils.translation import gettext as _

from lienthong.fronts.cockpit.values import Mark, Peer, SizeClass, UnitLine

CLASSES = 4


def size_classes(lines: Sequence[UnitLine], sizes: Mapping[int, int], address: str) -> tuple[SizeClass, ...]:
    """The classes, the largest units first; units that received nothing are the last class's."""
    ranked = sorted(lines, key=lambda line: -sizes.get(line.unit_id, 0))
    cuts = [len(ranked) * part // CLASSES for part in range(CLASSES + 1)]
    return tuple(
        _class(number, ranked[first:last], sizes, address)
        for number, (first, last) in enumerate(pairwise(cuts), start=1)
        if first < last
    )


def _class(number: int, lines: Sequence[UnitLine], sizes: Mapping[int, int], address: str) -> SizeClass:
    middles = {name: _middle([getattr(line.figures, name) for line in lines]) for name, *_rest in _shares()}
    peers = [Peer(line, sizes.get(line.unit_id, 0), _marks(line, middles, address)) for line in lines]
    peers.sort(key=lambda peer: (peer.marks[0].percent is None, peer.marks[0].percent or 0.0))
    counts = [peer.size for peer in peers]
    return SizeClass(number, min(counts), max(counts), tuple(peers))


def _shares() -> tuple[tuple[str, str, str, bool], ...]:
    """Share, its word, the figure behind it, and whether more is better."""
    return (
        ("percent_on_time", _("Đúng hạn"), "on_time", True),
        ("percent_overdue", _("Quá hạn trong số đang giải quyết"), "overdue", False),
        ("percent_online", _("Trực tuyến"), "online", True),
        ("percent_at_once", _("Lấy ngay trong số đã xong"), "at_once", True),
    )


def _marks(line: UnitLine, middles: Mapping[str, float | None], address: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            label,
            percent := getattr(line.figures, name),
            middles[name],
            _tone(percent, middles[name], more_is_better),
            f"{address}&unit={line.code}&figure={figure}" if getattr(line.figures, figure) else "",
        )
        for name, label, figure, more_is_better in _shares()
    )


def _middle(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(median(known), 1) if known else None


def _tone(percent: float | None, middle: float | None, more_is_better: bool) -> str:
    """Worse than the class's middle by more than five points: late; otherwise neutral or good."""
    if percent is None or middle is None:
        return ""
    ahead = percent - middle if more_is_better else middle - percent
    return "late" if ahead < -5 else "ok" if ahead >= 0 else ""

"""The proof: over all tasks and all units, from a day to a day, everything that is missing, doubled or ending."""

from collections.abc import Mapping

from lienthong.mandate.competence.rules.check_contradictions import overlaps
from lienthong.mandate.competence.rules.check_delegations import broken_delegations
from lienthong.mandate.competence.rules.check_gaps import gaps
from lienthong.mandate.competence.rules.check_ground import Ground, Window
from lienthong.mandate.competence.rules.check_lapses import lapses
from lienthong.mandate.competence.values import Found, Snapshot

AHEAD_DAYS = 120


def prove(
    snapshot: Snapshot,
    start: int,
    end: int,
    *,
    ahead_days: int = AHEAD_DAYS,
    reported_until: Mapping[int, int] | None = None,
) -> tuple[Found, ...]:
    """Every finding of the days `start` to before `end` (ordinals), and what ends within `ahead_days` of `start`.

    A gap that begins later than `end` is no finding, though the lapse that brings it may be one. `reported_until`:
    by delegation, the first day that no report covers yet; None: reports are not looked at.
    """
    ground, window = Ground(snapshot), Window(start, end, ahead_days)
    seen = gaps(ground, window)
    found = [
        *(gap for gap in seen if gap.since < end),
        *overlaps(ground, window),
        *lapses(ground, window, seen),
        *broken_delegations(ground, window, reported_until),
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Found) -> tuple[object, ...]:
    return one.kind, one.unit_id or 0, one.code, one.subject, one.since, one.data, one.tasks

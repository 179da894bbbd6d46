"""Accounting for every number of a series."""

from lienthong.core.numbering.models import Series
from lienthong.core.numbering.values import Issued


def issued_of(unit_id: int, kind: str, period: str) -> Issued:
    """What a unit's series has given out so far; nothing where it has not begun. Two statements."""
    series = Series.objects.filter(unit_id=unit_id, kind=kind, period=period).first()
    if series is None:
        return Issued(0, {})
    return Issued(series.last, dict(series.void_set.values_list("number", "reason")))

"""All units at once. The cost follows the number of units and what is open, not what was ever closed.

Every live leg is asked unit by unit (LATERAL), because the indexes of a case begin with its unit: a period
without its unit would read the whole history.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now as present
from lienthong.facilities.statistics.access import find_unit, sees_all
from lienthong.facilities.statistics.queries.rows import asked, live_from, rolled_sums, rows_of
from lienthong.facilities.statistics.rules import (
    CONDITIONS,
    EXTENDED,
    LEGS,
    OPEN,
    UNIT_OF,
    counted,
    source_of,
)
from lienthong.facilities.statistics.values import FIGURE_NAMES, Figures, Span
from lienthong.people.organisation.queries import unit_by_code, units_of_province

_STOCK = ("in_progress", "due_soon", "overdue", "paused")
_ROLLED = (
    "statistics_unitday r WHERE r.kind = %(kind)s AND r.day >= %(begin)s AND r.day < %(live)s"
    " AND r.day < %(end)s"
)


def all_units(
    actor: Actor,
    kind: str,
    span: Span,
    *,
    unit_ids: Sequence[int] | None = None,
    at: datetime | None = None,
) -> dict[int, Figures]:
    """The figures of every unit that the actor may see, by unit. Two statements, two more without `unit_ids`."""
    at = at or present()
    values = asked(kind, span, live_from(at), at) | {"units": _seen(actor, unit_ids, at)}
    return {int(key): Figures(*counts) for key, *counts in rows_of(_by_unit(), values)}


def all_fields(actor: Actor, kind: str, span: Span, *, at: datetime | None = None) -> dict[str, Figures]:
    """The flow of a period by field over all units, from the closed days alone. Raises NotFound. Two statements."""
    if not sees_all(actor):
        raise NotFound
    at = at or present()
    rows = rows_of(
        f"SELECT r.field, {rolled_sums()} FROM statistics_dayroll r WHERE r.kind = %(kind)s"
        " AND r.day >= %(begin)s AND r.day < %(live)s AND r.day < %(end)s AND r.unit_id <> 0 GROUP BY 1",
        asked(kind, span, live_from(at), at),
    )
    return {str(field): Figures(*map(int, counts)) for field, *counts in rows}


def _seen(actor: Actor, unit_ids: Sequence[int] | None, at: datetime) -> list[int]:
    """The units asked for, as far as the actor may see them. No statement where they are named."""
    if not sees_all(actor):
        return [find_unit(actor, None)]
    if unit_ids is not None:
        return list(unit_ids)
    own = unit_by_code(settings.PROVINCE, at.date()).id
    return [own, *(unit.id for unit in units_of_province(settings.PROVINCE, at.date()))]


def _by_unit() -> str:
    """One row a unit: roll-ups and live legs side by side, summed."""
    legs = [
        f"LEFT JOIN LATERAL (SELECT {rolled_sums()} FROM {_ROLLED} AND r.unit_id = u.id) {_alias(0)} ON true"
    ]
    for number, leg in enumerate(LEGS, start=1):
        legs.append(_joined(leg, _alias(number)))
    terms = [
        " + ".join(f"coalesce({alias}.{name}, 0)" for alias in _sources_of(name)) for name in FIGURE_NAMES
    ]
    sums = ", ".join(f"({term})::int" for term in terms)
    return f"SELECT u.id, {sums} FROM unnest(%(units)s::bigint[]) u (id) {' '.join(legs)}"


def _joined(leg: str, alias: str) -> str:
    if leg == OPEN:  # from the index alone (migration 0005)
        counts = ", ".join(name if name in _STOCK else "0" for name in FIGURE_NAMES)
        counted_now = "statistics_stock(%(kind)s, %(units)s::bigint[], %(at)s, %(soon)s)"
        heads = alias.replace("(", "(unit_id, ", 1)
        return f"LEFT JOIN (SELECT unit_id, {counts} FROM {counted_now}) {heads} ON {_own(alias)}"
    figures = ", ".join(counted(name, leg) for name in FIGURE_NAMES)
    where = f"c.kind = %(kind)s AND {leg}"
    if leg == EXTENDED:  # its index is by moment: once for all units
        heads = alias.replace("(", "(unit_id, ", 1)
        grouped = f"SELECT {UNIT_OF[leg]}, {figures} FROM {source_of(leg)} WHERE {where} GROUP BY 1"
        return f"LEFT JOIN ({grouped}) {heads} ON {_own(alias)}"
    own = f"SELECT {figures} FROM {source_of(leg)} WHERE {UNIT_OF[leg]} = u.id AND {where}"
    return f"LEFT JOIN LATERAL ({own}) {alias} ON true"


def _own(alias: str) -> str:
    return f"{alias.partition(' ')[0]}.unit_id = u.id"


def _alias(number: int) -> str:
    return f"l{number} ({', '.join(FIGURE_NAMES)})"


def _sources_of(name: str) -> tuple[str, str]:
    """Where a figure is summed from: the roll-ups, and the leg it is counted in."""
    return "l0", f"l{LEGS.index(CONDITIONS[name][0]) + 1}"

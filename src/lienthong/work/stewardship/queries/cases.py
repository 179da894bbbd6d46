"""The open cases that a finding touches, by the one authorised query of casework."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from lienthong.core.registry.queries import kind_of
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.access import cases_open_to
from lienthong.work.stewardship.models import Finding

_PAIRS = """
SELECT t.code, c.responsible_unit_id, count(*) FROM casework_case c
JOIN competence_task t ON t.id = c.task_id
WHERE c.closed_at IS NULL AND (%(unit)s::bigint IS NULL OR c.responsible_unit_id = %(unit)s::bigint)
GROUP BY 1, 2
"""


def open_pairs(unit_id: int | None = None) -> dict[tuple[str, int], int]:
    """How many cases are open by task and unit. One statement, bounded by what is open."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"unit": unit_id})
        return {(code, unit): number for code, unit, number in cursor.fetchall()}


def cases_touched(actor: Actor, finding: Finding, *, after: int = 0, limit: int = 50) -> list[dict[str, Any]]:
    """The open cases under a finding, oldest first; one row more than `limit`. One statement; no person's name."""
    if finding.data.get("cases"):
        ids = [int(one) for one in str(finding.data["cases"]).split(",")]
        return _shown(actor, Q(pk__in=ids), after, limit, is_open=False)
    return _shown(actor, _under(finding.tasks, finding.subject, finding.unit_id), after, limit)


def cases_of_pairs(
    actor: Actor, pairs: Iterable[tuple[str, int]], *, after: int = 0, limit: int = 50
) -> list[dict[str, Any]]:
    """The open cases of some (task, unit) pairs, as `cases_touched`. One statement."""
    wanted = Q(pk__in=[])
    by_unit: dict[int, list[str]] = {}
    for code, unit_id in pairs:
        by_unit.setdefault(unit_id, []).append(code)
    for unit_id, codes in by_unit.items():
        wanted |= Q(responsible_unit_id=unit_id, task__code__in=codes)
    return _shown(actor, wanted, after, limit)


def _under(tasks: Sequence[str], subject: str, unit_id: int | None) -> Q:
    kind, _colon, rest = subject.partition(":")
    if tasks:
        wanted = Q(task__code__in=tasks)
    elif kind == "task":
        wanted = Q(task__code=rest)
    elif kind == "field":
        wanted = Q(task__field=rest)
    else:
        wanted = Q(pk__in=[])
    return wanted & Q(responsible_unit_id=unit_id) if unit_id else wanted


def _shown(actor: Actor, wanted: Q, after: int, limit: int, *, is_open: bool = True) -> list[dict[str, Any]]:
    found = cases_open_to(actor).filter(wanted, pk__gt=after)
    if is_open:
        found = found.filter(closed_at__isnull=True)
    names = (
        "pk",
        "kind",
        "code",
        "title",
        "state",
        "responsible_unit_id",
        "opened_at",
        "due_at",
        "closed_at",
    )
    return [_line(row) for row in found.order_by("pk").values(*names)[: limit + 1]]


def _line(row: dict[str, Any]) -> dict[str, Any]:
    """The case in words; without a page where its kind has none (any more)."""
    try:
        kind = kind_of(row["kind"])
        url = reverse(kind.detail_url_name, args=[row["pk"]])
        return {**row, "state_label": kind.lifecycle.state_label(row["state"]), "url": url}
    except (LookupError, NoReverseMatch):
        return {**row, "state_label": row["state"], "url": ""}


def done_between(codes: Sequence[str], unit_id: int | None, first: date, before: datetime) -> list[Any]:
    """Cases opened from a day on and recorded before a moment: (id, task, unit, opened, body, post then named)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
SELECT c.id, t.code, c.responsible_unit_id, c.opened_at, (c.answer->>'body_id')::bigint,
       (c.answer->>'post_id')::bigint
FROM casework_case c JOIN competence_task t ON t.id = c.task_id
WHERE t.code = ANY(%(codes)s) AND (%(unit)s::bigint IS NULL OR c.responsible_unit_id = %(unit)s::bigint)
  AND c.opened_at >= %(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
  AND c.recorded_at < %(before)s AND c.answer <> '{}'::jsonb
ORDER BY c.id LIMIT 2000
""",
            {"codes": list(codes), "unit": unit_id, "first": first, "before": before},
        )
        return list(cursor.fetchall())

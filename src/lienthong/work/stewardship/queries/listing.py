"""The findings as lists, counts and the matrix. Every one starts from what the actor may see."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Q

from lienthong.core.scope.values import Actor
from lienthong.lib.text import sort_key
from lienthong.people.organisation.queries import unit_by_id, units_of_province
from lienthong.work.stewardship.access import findings_open_to, sees_all
from lienthong.work.stewardship.enums import Kind
from lienthong.work.stewardship.models import Finding, ProofRun
from lienthong.work.stewardship.queries.wording import lines_of
from lienthong.work.stewardship.rules.picture import matrix_of
from lienthong.work.stewardship.values import FindingLine, Matrix, Wanted

if TYPE_CHECKING:
    from django.db.models import QuerySet

_CELLS = """
SELECT f.field, s.unit_id, s.kind, count(*) FROM stewardship_finding s, unnest(s.touched_fields) f(field)
WHERE s.gone_at IS NULL AND (%(all)s OR s.unit_id = %(unit)s)
  AND (%(kind)s = '' OR s.kind = %(kind)s)
GROUP BY 1, 2, 3
"""
_FIELDS = """
SELECT field, count(*) FROM competence_task WHERE level = 'commune' AND field <> '' GROUP BY field
"""
_TASKS = """
SELECT code, name, field, kind FROM competence_task WHERE code = ANY(%(codes)s) ORDER BY field, code
"""


def last_run() -> ProofRun | None:
    """The newest check. One statement."""
    return ProofRun.objects.order_by("-id").first()


def units_seen(actor: Actor, on: date) -> dict[int, tuple[str, str]]:
    """(code, name) of the units whose findings the actor may see. One statement."""
    if sees_all(actor):
        return {unit.id: (unit.code, unit.name) for unit in units_of_province(settings.PROVINCE, on)}
    unit = unit_by_id(actor.unit_id or 0, on)
    return {unit.id: (unit.code, unit.name)}


def findings(
    actor: Actor, wanted: Wanted, units: Mapping[int, tuple[str, str]], on: date
) -> tuple[list[FindingLine], str]:
    """One page: what touches most cases first, and the mark of the next page. Two statements."""
    rows = _narrowed(actor, wanted, units, on).order_by("-cases_open", "since_on", "id")
    page = list(rows[wanted.after : wanted.after + wanted.limit + 1])
    more = str(wanted.after + wanted.limit) if len(page) > wanted.limit else ""
    return lines_of(actor, page[: wanted.limit], units), more


def counts(actor: Actor, wanted: Wanted, units: Mapping[int, tuple[str, str]], on: date) -> dict[str, int]:
    """How many of each kind, under the other filters. One statement."""
    every = Wanted(unit=wanted.unit, field=wanted.field, when=wanted.when, gone=wanted.gone)
    found = _narrowed(actor, every, units, on).order_by().values_list("kind").annotate(Count("pk"))
    return dict(found)


def fields_present(actor: Actor) -> list[str]:
    """The fields that present findings touch. One statement."""
    rows = findings_open_to(actor).filter(gone_at__isnull=True)
    found = rows.annotate(one=F("touched_fields")).values_list("one", flat=True)
    return sorted({field for fields in found for field in fields}, key=sort_key)


def one_line(actor: Actor, finding: Finding, on: date) -> FindingLine:
    """One finding in words. Two statements."""
    return lines_of(actor, [finding], units_seen(actor, on))[0]


def tasks_of(finding: Finding) -> list[tuple[str, str, str, str]]:
    """(code, name, field, kind) of the tasks that a finding touches. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TASKS, {"codes": finding.tasks})
        return list(cursor.fetchall())


def in_fields(tasks: Sequence[tuple[str, str, str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The tasks (code, name) field by field, in the order of the alphabet. No statement."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name, field, _kind in tasks:
        found.setdefault(field, []).append((code, name))
    return sorted(found.items(), key=lambda one: sort_key(one[0]))


def matrix(actor: Actor, units: Mapping[int, tuple[str, str]], kind: str = "") -> Matrix:
    """Fields of tasks by units, with what the proof found. Two statements."""
    cells = _rows(_CELLS, all=sees_all(actor), unit=actor.unit_id, kind=kind)
    shown = [(unit_id, code, name) for unit_id, (code, name) in units.items()]
    fields = sorted(_rows(_FIELDS), key=lambda row: sort_key(row[0]))
    return matrix_of([(field, number) for field, number in fields], shown, cells)


def _narrowed(
    actor: Actor, wanted: Wanted, units: Mapping[int, tuple[str, str]], on: date
) -> "QuerySet[Finding]":
    found = findings_open_to(actor).filter(gone_at__isnull=not wanted.gone)
    if wanted.kind in Kind.values:
        found = found.filter(kind=wanted.kind)
    if wanted.unit:
        found = found.filter(unit_id=_unit_id(units, wanted.unit))
    if wanted.field:
        found = found.filter(touched_fields__contains=[wanted.field])
    if wanted.when == "now":
        found = found.filter(Q(since_on__isnull=True) | Q(since_on__lte=on))
    elif wanted.when == "ahead":
        found = found.filter(since_on__gt=on)
    return found


def _unit_id(units: Mapping[int, tuple[str, str]], code: str) -> int:
    return next((unit_id for unit_id, (own, _name) in units.items() if own == code), 0)


def _rows(statement: str, **values: Any) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

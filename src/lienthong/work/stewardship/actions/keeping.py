"""Keeping what the proof found: a step of the act that proves, which has the actor and writes the journal."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from lienthong.work.stewardship.models import Finding
from lienthong.work.stewardship.values import Changed, Noted

KEPT = [
    "kind",
    "code",
    "unit",
    "subject",
    "tasks",
    "touched_fields",
    "since_on",
    "until_on",
    "mend",
    "data",
    "first_seen_at",
    "gone_at",
    "cases_open",
]
# The cases' own rows say how many; a finding takes its pairs from them: one pass over what is open.
_COUNT = """
WITH open AS (
  SELECT c.responsible_unit_id AS unit_id, t.code, t.field, count(*) AS number
  FROM casework_case c JOIN competence_task t ON t.id = c.task_id
  WHERE c.closed_at IS NULL GROUP BY 1, 2, 3
), counted AS (
  SELECT f.id, coalesce(sum(o.number), 0) AS number
  FROM stewardship_finding f LEFT JOIN open o
    ON (f.unit_id IS NULL OR f.unit_id = o.unit_id)
   AND (o.code = ANY(f.tasks) OR cardinality(f.tasks) = 0
        AND f.subject IN ('task:' || o.code, 'field:' || o.field))
  WHERE f.gone_at IS NULL AND f.kind <> 'meanwhile' GROUP BY f.id
)
UPDATE stewardship_finding f SET cases_open = counted.number
FROM counted WHERE counted.id = f.id AND f.cases_open <> counted.number
"""


def keep_findings(lines: Sequence[Noted], at: datetime) -> Changed:
    """Make the kept findings those of now: new, still there, gone; then count their cases. Five statements."""
    present = dict(Finding.objects.filter(gone_at__isnull=True).values_list("mark", "unit_id"))
    seen = dict(Finding.objects.filter(gone_at__isnull=True).values_list("mark", "first_seen_at"))
    rows = [_row(line, seen.get(line.mark, at)) for line in lines]
    Finding.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["mark"], update_fields=KEPT, batch_size=1000
    )
    marks = {line.mark for line in lines}
    gone = [mark for mark in present if mark not in marks]
    Finding.objects.filter(mark__in=gone).update(gone_at=at)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
    return Changed(
        found=len(rows),
        appeared=Counter(line.unit_id for line in lines if line.mark not in present),
        vanished=Counter(present[mark] for mark in gone),
    )


def _row(line: Noted, first_seen_at: datetime) -> Finding:
    cases = str(line.data.get("cases", ""))
    return Finding(
        mark=line.mark,
        kind=line.kind,
        code=line.code,
        unit_id=line.unit_id,
        subject=line.subject,
        tasks=list(line.tasks),
        touched_fields=list(line.fields),
        since_on=line.since_on,
        until_on=line.until_on,
        mend=line.mend,
        data=dict(line.data),
        first_seen_at=first_seen_at,
        gone_at=None,
        cases_open=len(cases.split(",")) if cases else 0,
    )

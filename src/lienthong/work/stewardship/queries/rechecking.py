"""Back-dated entries of the register, held against what was done before they were entered."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.canonical import digest
from lienthong.mandate.competence.enums import AssignedDuty
from lienthong.mandate.competence.queries import responsible_for
from lienthong.mandate.competence.values import Snapshot
from lienthong.work.stewardship.enums import Kind, Mend
from lienthong.work.stewardship.queries.approving import Right, without_warrant
from lienthong.work.stewardship.queries.cases import done_between
from lienthong.work.stewardship.values import Noted

MOST_ANSWERS = 500
CODE = "done_meanwhile"
# Present rows that say something else of days before the one on which they were entered, and from which day on.
# Of a row that replaces another what matters is the first day on which the two differ.
_CHANGED_FROM = """
CASE WHEN p.id IS NULL OR isempty(p.valid_during) THEN lower(x.valid_during)
     WHEN isempty(x.valid_during) THEN lower(p.valid_during)
     WHEN lower(x.valid_during) = lower(p.valid_during) AND {same}
     THEN least(coalesce(upper(x.valid_during), 'infinity'), coalesce(upper(p.valid_during), 'infinity'))
     ELSE least(lower(x.valid_during), lower(p.valid_during)) END
"""
_RULE_FROM = _CHANGED_FROM.format(same="(x.body_kind, x.post_kind) = (p.body_kind, p.post_kind)")
_ASSIGNED_FROM = _CHANGED_FROM.format(same="x.post_id = p.post_id")
_BACKDATED = f"""
SELECT kind, id, subject_key, unit_id, changed_from, recorded_at, duty FROM (
  SELECT 'rule' AS kind, x.id, x.subject_key, NULL::bigint AS unit_id, {_RULE_FROM} AS changed_from, x.recorded_at,
         '' AS duty
  FROM competence_competencerule x LEFT JOIN competence_competencerule p ON p.id = x.replaces_id
  WHERE x.superseded_at IS NULL
  UNION ALL
  SELECT 'assignment', x.id, x.subject_key, x.unit_id, {_ASSIGNED_FROM}, x.recorded_at, x.duty
  FROM competence_workassignment x LEFT JOIN competence_workassignment p ON p.id = x.replaces_id
  WHERE x.superseded_at IS NULL
) late
WHERE changed_from < (recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
  AND recorded_at > (SELECT min(recorded_at) FROM casework_case)
ORDER BY recorded_at, id
"""
# A revocation from a day already past: what was still done under the paper from that day on.
_REVOKED = """
SELECT d.id, d.unit_id, d.number, d.revoked_on, array_agg(DISTINCT e.case_id) FILTER (WHERE e.case_id IS NOT NULL)
FROM competence_delegation d JOIN journal_entry e
  ON e.data ? 'delegation_id' AND e.data->>'delegation_id' = d.id::text
WHERE d.revoked_on < (d.revoked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
  AND e.acted_at >= d.revoked_on::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
  AND e.verb NOT LIKE 'competence.%' AND e.verb NOT LIKE 'stewardship.%'
GROUP BY d.id ORDER BY d.id
"""


class Asked(NamedTuple):
    """What the register was asked already: who answers for a task, and who had the right to an act."""

    answers: dict[tuple[str, int, date], tuple[int | None, int | None]]
    rights: dict[Right, bool]


def done_meanwhile(snapshot: Snapshot) -> list[Noted]:
    """What was done before a back-dated entry that says otherwise: a finding each, with the cases.

    A delegation that is entered late only adds who may sign, so nothing done meanwhile becomes wrong by it; one that
    is revoked from a day already past is told with what was still done under it.
    """
    asked = Asked({}, {})
    found = [_of_entry(snapshot, row, asked) for row in _rows(_BACKDATED)]
    return [one for one in (*found, *map(_of_revocation, _rows(_REVOKED))) if one]


def recheck(kind: str, row_id: int, snapshot: Snapshot) -> Noted | None:
    """The same for one rule or assignment; None where nothing done meanwhile differs."""
    for row in _rows(_BACKDATED):
        if row[:2] == (kind, row_id):
            return _of_entry(snapshot, row, Asked({}, {}))
    return None


def _of_entry(snapshot: Snapshot, row: tuple[Any, ...], asked: Asked) -> Noted | None:
    kind, row_id, subject, unit_id, first, recorded_at, duty = row
    codes = _codes(snapshot, subject)
    if not codes:
        return None
    other: list[tuple[int, str]] = []
    if duty in ("", AssignedDuty.PROCESSING):
        other += _received_otherwise(codes, unit_id, first, recorded_at, asked)
    if duty != AssignedDuty.PROCESSING:
        other += without_warrant(codes, unit_id, first, recorded_at, asked.rights, MOST_ANSWERS)
    if not other:
        return None
    return _noted(kind, row_id, subject, unit_id, first, recorded_at, other, snapshot)


def _received_otherwise(
    codes: list[str], unit_id: int | None, first: date, before: datetime, asked: Asked
) -> list[tuple[int, str]]:
    """(case, task) of the cases that were given to others than the register now names."""
    return [
        (case_id, code)
        for case_id, code, unit, opened_at, body, post in done_between(codes, unit_id, first, before)
        if (now := _said_now(code, unit, opened_at, asked.answers)) and now != (body, post)
    ]


def _said_now(
    code: str,
    unit_id: int,
    opened_at: datetime,
    asked: dict[tuple[str, int, date], tuple[int | None, int | None]],
) -> tuple[int | None, int | None] | None:
    """(body, post) as the register names them now for the day of the act; None where too much is asked."""
    mark = (code, unit_id, opened_at.astimezone(VIETNAM).date())
    if mark not in asked:
        if len(asked) >= MOST_ANSWERS:
            return None
        answer = responsible_for(code, unit_id, mark[2])
        asked[mark] = (answer.body_id, answer.post_id)
    return asked[mark]


def _noted(
    kind: str,
    row_id: int,
    subject: str,
    unit_id: int | None,
    first: date,
    recorded_at: datetime,
    other: Iterable[tuple[int, str]],
    snapshot: Snapshot,
) -> Noted:
    cases = sorted({case_id for case_id, _code in other})
    tasks = tuple(sorted({code for _case, code in other}))
    fields = {task.code: task.field for task in snapshot.tasks}
    return Noted(
        mark=digest({"code": CODE, "kind": kind, "row": row_id}),
        kind=Kind.MEANWHILE.value,
        code=CODE,
        unit_id=unit_id,
        subject=subject,
        tasks=tasks,
        fields=tuple(sorted({fields[code] for code in tasks})),
        since_on=first,
        until_on=recorded_at.astimezone(VIETNAM).date(),
        mend=Mend.LOOK.value,
        data={kind: str(row_id), "cases": ",".join(map(str, cases))},
    )


def _of_revocation(row: tuple[Any, ...]) -> Noted | None:
    delegation_id, unit_id, number, revoked_on, cases = row
    if not cases:
        return None
    return Noted(
        mark=digest({"code": CODE, "kind": "delegation", "row": delegation_id}),
        kind=Kind.MEANWHILE.value,
        code=CODE,
        unit_id=unit_id,
        subject=f"delegation:{number}",
        tasks=(),
        fields=(),
        since_on=revoked_on,
        until_on=None,
        mend=Mend.LOOK.value,
        data={"delegation": str(delegation_id), "cases": ",".join(map(str, sorted(cases)))},
    )


def _codes(snapshot: Snapshot, subject: str) -> list[str]:
    kind, _colon, rest = subject.partition(":")
    by_field = defaultdict(list)
    for task in snapshot.tasks:
        by_field[task.field].append(task.code)
    return [rest] if kind == "task" else by_field[rest]


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())

"""What the nightly proof reads beside the register: what is reported, who is told, which days are rechecked."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from lienthong.people.organisation.enums import PostKind
from lienthong.work.stewardship.values import Entrusted

TOLD = (PostKind.CHAIR.value, PostKind.ADMINISTRATOR.value)
_REPORTED = """
SELECT delegation_id, max(last_on) FROM stewardship_delegationreport GROUP BY delegation_id
"""
_ENTRUSTED = """
SELECT d.id, d.unit_id, d.grantee_post_id, d.number, d.report_months, lower(d.valid_during),
       greatest(least(upper(d.valid_during), d.revoked_on), lower(d.valid_during)),
       (SELECT max(r.last_on) FROM stewardship_delegationreport r WHERE r.delegation_id = d.id)
FROM competence_delegation d
WHERE d.report_months IS NOT NULL AND lower(d.valid_during) < %(on)s::date
ORDER BY d.id
"""
_TOLD = """
SELECT p.id, p.unit_id, p.kind FROM organisation_post p
WHERE p.valid_during @> %(on)s::date
  AND (p.kind = ANY(%(kinds)s) AND p.unit_id = ANY(%(units)s) OR p.kind = %(city)s)
ORDER BY p.id
"""
# One row an act; the index journal_entry_delegated leads to them.
_ACTS = """
SELECT e.case_id, coalesce(c.code, ''), e.verb, e.acted_at, e.post_id
FROM journal_entry e LEFT JOIN casework_case c ON c.id = e.case_id
WHERE e.data ? 'delegation_id' AND e.data->>'delegation_id' = %(delegation)s::text
  AND e.acted_at >= %(since)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
  AND e.acted_at < (%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
  AND e.verb NOT LIKE 'competence.%%' AND e.verb NOT LIKE 'stewardship.%%'
ORDER BY e.acted_at, e.id
"""


def reported_until() -> dict[int, int]:
    """The first day (ordinal) of each delegation that no report covers yet. One statement."""
    return {delegation: last.toordinal() + 1 for delegation, last in _rows(_REPORTED)}


def entrusted(on: date) -> list[Entrusted]:
    """The delegations of which reports are asked and whose term has begun. One statement."""
    return [Entrusted(*row) for row in _rows(_ENTRUSTED, on=on)]


def acts_under(delegation_id: int, since: date, last: date) -> list[dict[str, Any]]:
    """What was done under a delegation from one day to another: matters by code, no person. One statement."""
    rows = _rows(_ACTS, delegation=delegation_id, since=since, last=last)
    return [
        {"case": case_id, "code": code, "act": verb, "at": acted_at.isoformat(), "post": post_id}
        for case_id, code, verb, acted_at, post_id in rows
    ]


def posts_told(unit_ids: Iterable[int], on: date) -> Sequence[tuple[int, int, bool]]:
    """(post, unit, whether it is the city's) of those who answer for the register. One statement."""
    city = PostKind.CITY_OFFICER.value
    rows = _rows(_TOLD, on=on, kinds=list(TOLD), units=list(unit_ids), city=city)
    return [(post_id, unit_id, kind == city) for post_id, unit_id, kind in rows]


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

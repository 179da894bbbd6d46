"""What was delegated to a post: for the lists of whoever acts under a paper."""

from datetime import date, datetime

from lienthong.core.scope.queries import ask
from lienthong.lib.calendar.days import VIETNAM
from lienthong.mandate.competence.queries.ground import SIDES

_TASKS = f"""
SELECT DISTINCT t.code
FROM competence_delegationside s
JOIN competence_delegation d ON d.id = s.delegation_id
JOIN competence_task t ON t.id = s.task_id {SIDES}
WHERE s.post_id = %(post)s::bigint AND s.side = 'grantee' AND s.act = %(act)s::text
  AND s.valid_during @> %(day)s::date AND d.grantee_person_id = %(person)s::bigint
  AND d.valid_during @> %(day)s::date AND (d.revoked_on IS NULL OR d.revoked_on > %(day)s::date)
  AND grantor.whole @> %(day)s::date AND grantee.whole @> %(day)s::date
  AND NOT EXISTS (SELECT FROM jsonb_array_elements(d.conditions) c
    WHERE btrim(coalesce(c ->> 'evidence', '')) = '')
ORDER BY t.code
"""


def tasks_delegated_to(post_id: int, person_id: int, act: str, at: datetime | date) -> list[str]:
    """Codes of the tasks that a post's person may do an act of by delegation on the day. One statement.

    The same four conditions as of a warrant: in range, not revoked, both persons in their posts without a break,
    every condition with its evidence. A list only: who acts is asked for the warrant.
    """
    day = at.astimezone(VIETNAM).date() if isinstance(at, datetime) else at
    values = {"post": post_id, "person": person_id, "act": str(act), "day": day}
    return [code for (code,) in ask(_TASKS, values)]

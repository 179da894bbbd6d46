"""Approvals and signatures that were given before a back-dated entry, held against the right to give them now."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from lienthong.lib.calendar.days import VIETNAM
from lienthong.mandate.competence.enums import DelegableAct
from lienthong.mandate.competence.queries import warrant_of
from lienthong.mandate.competence.values import Warrant

# The journal's words for what needs a warrant, and the act that the warrant is for.
ACTS = {
    "dossier.approved": DelegableAct.APPROVE.value,
    "dossier.answered_at_once": DelegableAct.APPROVE.value,
    "dossier.halted": DelegableAct.SIGN.value,
    "certification.signed": DelegableAct.SIGN.value,
    "certification.attested_at_once": DelegableAct.SIGN.value,
}
# Who decided stands in the entry: by account, or as the signer of what a clerk wrote down.
_DECIDED = """
SELECT e.case_id, t.code, c.responsible_unit_id, e.acted_at, e.verb, s.post_id,
       coalesce(a.person_id, h.person_id)
FROM casework_case c JOIN competence_task t ON t.id = c.task_id JOIN journal_entry e ON e.case_id = c.id
CROSS JOIN LATERAL (SELECT coalesce((e.data->>'signer_post_id')::bigint, e.post_id) AS post_id) s
LEFT JOIN identity_account a ON a.id = e.account_id AND NOT e.data ? 'signer_post_id'
LEFT JOIN organisation_appointment h ON h.post_id = s.post_id
  AND h.valid_during @> (e.acted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
WHERE t.code = ANY(%(codes)s) AND (%(unit)s::bigint IS NULL OR c.responsible_unit_id = %(unit)s::bigint)
  AND e.verb = ANY(%(verbs)s) AND e.recorded_at < %(before)s
  AND e.acted_at >= %(first)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
ORDER BY e.id LIMIT 2000
"""
Right = tuple[int, int, str, int, str, date]


def without_warrant(
    codes: Sequence[str],
    unit_id: int | None,
    first: date,
    before: datetime,
    asked: dict[Right, bool],
    most: int,
) -> list[tuple[int, str]]:
    """(case, task) decided from a day on and before a moment by whom the register now gives no right to it.

    One statement, and one to three for each signer, task and day; after `most` of them nothing more is asked.
    """
    values = {"codes": list(codes), "unit": unit_id, "first": first, "before": before, "verbs": list(ACTS)}
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, values)
        rows = cursor.fetchall()
    found = []
    for case_id, code, unit, acted_at, verb, post_id, person_id in rows:
        right = (post_id, person_id, code, unit, ACTS[verb], acted_at.astimezone(VIETNAM).date())
        if right not in asked and len(asked) < most:
            asked[right] = isinstance(warrant_of(*right), Warrant)
        if asked.get(right) is False:
            found.append((case_id, code))
    return found

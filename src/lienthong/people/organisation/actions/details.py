"""What an office keeps of its officers beside name and post."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.people.organisation.actions.overlaps import refusing_overlaps
from lienthong.people.organisation.rules import why_not_details
from lienthong.people.organisation.values import DetailDraft

_KEEP = """
INSERT INTO organisation_officerdetail (person_id, identity_number, phone, email)
SELECT x.person_id, coalesce(x.identity_number, ''), coalesce(x.phone, ''), coalesce(x.email, '')
FROM unnest(%(person)s::bigint[], %(identity_number)s::text[], %(phone)s::text[], %(email)s::text[])
  AS x (person_id, identity_number, phone, email)
ON CONFLICT (person_id) DO UPDATE SET
  identity_number = CASE WHEN excluded.identity_number = '' THEN organisation_officerdetail.identity_number
                         ELSE excluded.identity_number END,
  phone = CASE WHEN excluded.phone = '' THEN organisation_officerdetail.phone ELSE excluded.phone END,
  email = CASE WHEN excluded.email = '' THEN organisation_officerdetail.email ELSE excluded.email END
"""


@transaction.atomic
def set_officer_details(
    *, actor: Actor, unit_id: int, details: Sequence[DetailDraft], at: datetime | None = None
) -> None:
    """Keep identity number, telephone and e-mail of officers; what a draft leaves out stays. Two statements.

    The persons must hold a post of the acting unit by then: the database shows and takes no others.
    """
    for draft in details:
        refusal = why_not_details(draft)
        if refusal:
            raise Refused.because(refusal)
    names = ("identity_number", "phone", "email")
    columns = {name: [getattr(draft, name) for draft in details] for name in names}
    with refusing_overlaps(), connection.cursor() as cursor:
        cursor.execute(_KEEP, {"person": [draft.person_id for draft in details], **columns})
    data = {"count": len(details), "persons": [draft.person_id for draft in details]}
    record(
        "organisation.details_set", subject=Subject("unit", unit_id), actor=actor, at=at or now(), data=data
    )

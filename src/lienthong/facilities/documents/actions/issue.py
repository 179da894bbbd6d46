"""Issuing a form: its content is frozen; the PDF is drawn from it whenever it is asked for."""

import json
from datetime import datetime

from django.db import connection

from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents import rules
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.values import Form, as_json

_ISSUE = """
INSERT INTO documents_issuedform (case_id, unit_id, form, number, sequence, content, post_id, issued_at)
SELECT %(case)s, %(unit)s, %(form)s, %(number)s, coalesce(max(f.sequence), 0) + 1, %(content)s::jsonb,
       %(post)s, %(at)s
FROM documents_issuedform f WHERE f.case_id = %(case)s AND f.form = %(form)s
RETURNING id
"""


def issue_form(
    *,
    actor: Actor,
    case_id: int | None,
    unit_id: int,
    form: FormKind,
    content: Form,
    number: str = "",
    at: datetime | None = None,
) -> int:
    """Freeze a form of the actor's own unit; returns its id. One statement.

    A part of the calling act (a receipt of an intake, a letter of an extension), which holds the case's lock
    and writes the journal's row. Raises Refused for another unit's form.
    """
    refusal = rules.why_not_issue(actor, unit_id)
    if refusal:
        raise Refused.because(refusal, status=403)
    with connection.cursor() as cursor:
        cursor.execute(
            _ISSUE,
            {
                "case": case_id,
                "unit": unit_id,
                "form": form.value,
                "number": number,
                "content": json.dumps(as_json(content), ensure_ascii=False),
                "post": actor.post_id,
                "at": at or now(),
            },
        )
        return int(cursor.fetchone()[0])

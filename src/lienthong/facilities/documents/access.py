"""Fetching is the permission check: papers go with their case, forms also with their unit."""

from typing import TypeVar

from django.db import connection, models
from django.db.models import QuerySet

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.facilities.documents.models import Attachment, IssuedForm

Row = TypeVar("Row", bound=models.Model)

_SIGHT = "EXISTS (SELECT 1 FROM scope_sight s WHERE s.case_id = {table}.case_id AND s.unit_id = %s)"
_CASE = """
SELECT (lienthong_reach() = 'system' OR EXISTS (
         SELECT 1 FROM scope_sight s WHERE s.case_id = %(case)s AND s.unit_id = %(unit)s)),
       (SELECT count(*) FROM documents_attachment a WHERE a.case_id = %(case)s AND a.withdrawn_at IS NULL)
"""


def find_attachment(actor: Actor, attachment_id: int, *, lock: bool = False) -> Attachment:
    """The attachment with its file, withdrawn ones too. Raises NotFound. One statement."""
    rows = visible_attachments(actor).select_related("file").filter(pk=attachment_id)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound
    return found


def find_form(actor: Actor, form_id: int) -> IssuedForm:
    """The issued form. Raises NotFound. One statement."""
    found = _seen(
        IssuedForm.objects.filter(pk=form_id), actor, "OR documents_issuedform.unit_id = %s"
    ).first()
    if found is None:
        raise NotFound
    return found


def visible_attachments(actor: Actor) -> QuerySet[Attachment]:
    """The one authorised query behind look-up, list, reuse and download."""
    return _seen(Attachment.objects.all(), actor)


def files_in_case(actor: Actor, case_id: int) -> int:
    """How many papers a case holds. Raises NotFound where the actor's unit does not see it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_CASE, {"case": case_id, "unit": actor.unit_id})
        seen, kept = cursor.fetchone()
    if not seen:
        raise NotFound
    return int(kept)


def _seen(rows: QuerySet[Row], actor: Actor, wider: str = "") -> QuerySet[Row]:
    """The first wall; the second one stands in the tables' own policies."""
    if actor.reach == "system":
        return rows
    condition = f"({_SIGHT.format(table=rows.model._meta.db_table)} {wider})"
    return rows.extra(where=[condition], params=[actor.unit_id] * condition.count("%s"))

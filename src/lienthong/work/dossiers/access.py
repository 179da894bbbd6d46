"""Who may see a dossier: whoever may see its case (facilities/casework/access.py). Missing and forbidden look alike."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import JSONField, QuerySet

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.queries import ask, forget_register, present_register
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.access import OPEN_TO, cases_open_to, open_to_values
from lienthong.work.dossiers.models import Dossier

if TYPE_CHECKING:
    from django.db.models import Field

    from lienthong.facilities.casework.models import Case

# The one authorised query as `cases_open_to` has it, with the command's key taken by the same statement.
_TAKE_AND_LOCK = (
    """
WITH command AS (
  INSERT INTO journal_command (key, account_id, verb, digest)
  VALUES (%(key)s, %(account)s::bigint, %(verb)s, %(mark)s)
  ON CONFLICT (key, account_id) DO NOTHING RETURNING 1
)
SELECT (SELECT count(*) FROM command), (SELECT version FROM scope_registerversion WHERE id = 1), {columns}
FROM dossiers_dossier d JOIN casework_case c ON c.id = d.case_id
WHERE d.case_id = %(dossier)s::bigint AND """
    + OPEN_TO
    + " FOR UPDATE OF d, c"
)


def dossiers_open_to(actor: Actor) -> "QuerySet[Dossier]":
    """The one authorised query of this room."""
    return Dossier.objects.filter(case__in=cases_open_to(actor)).select_related("case")


def find_dossier(actor: Actor, dossier_id: int) -> Dossier:
    """The dossier with its case. Raises NotFound. One statement."""
    found = dossiers_open_to(actor).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound
    return found


def lock_dossier(actor: Actor, dossier_id: int) -> Dossier:
    """The dossier and its case, locked to the end of the act. Raises NotFound. One statement."""
    found = dossiers_open_to(actor).select_for_update(of=("self", "case")).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound
    return found


def taken_and_locked(actor: Actor, dossier_id: int, *, key: UUID, verb: str, mark: str) -> Dossier | None:
    """Take a command's key (journal `begin_command`) and lock the dossier with its case. One statement.

    What this process remembers of the register is forgotten where the register has changed since.
    None where the key came before, and where there is no such dossier for the actor: then the key is taken, and
    the caller, who raises, gives it back with the transaction.
    """
    statement, dossier_fields, case_fields = _shape()
    rows = ask(
        statement,
        {
            "key": key,
            "account": actor.account_id or 0,
            "verb": verb,
            "mark": mark,
            "dossier": dossier_id,
            **open_to_values(actor),
        },
    )
    if not rows or not rows[0][0]:
        return None
    if rows[0][1] != present_register().version:
        forget_register()
    cut = 2 + len(dossier_fields)
    dossier = Dossier.from_db("default", *_row(dossier_fields, rows[0][2:cut]))
    dossier.case = _case_model().from_db("default", *_row(case_fields, rows[0][cut:]))
    return dossier


@cache
def _shape() -> "tuple[str, list[Field[Any, Any]], list[Field[Any, Any]]]":
    """The statement with every column of both tables, and their fields in its order."""
    of_dossier = list(Dossier._meta.concrete_fields)
    of_case = list(_case_model()._meta.concrete_fields)
    columns = [
        *(f"d.{field.column}" for field in of_dossier),
        *(f"c.{field.column}" for field in of_case),
    ]
    return _TAKE_AND_LOCK.format(columns=", ".join(columns)), of_dossier, of_case


def _case_model() -> "type[Case]":
    model: Any = Dossier._meta.get_field("case").related_model
    return model  # type: ignore[no-any-return]


def _row(fields: "list[Field[Any, Any]]", values: tuple[Any, ...]) -> tuple[list[str], list[Any]]:
    """Names and values as a model takes them; Django hands jsonb over as text."""
    read = [
        json.loads(value) if isinstance(field, JSONField) and isinstance(value, str) else value
        for field, value in zip(fields, values, strict=True)
    ]
    return [field.attname for field in fields], read

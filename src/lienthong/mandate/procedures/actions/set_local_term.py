"""What an office sets where the source is silent: always with its citation, never overwriting.

Shapes of a value: papers [{name, originals, copies}], time_limit [{amount, unit, case, channel}], fees [{amount,
per, label}], steps [{state, who, share}] with shares that sum to 100, at_once true/false.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.instruments.enums import Confidence
from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import is_demonstration, now
from lienthong.mandate.procedures.actions.load_seeds import read_seed
from lienthong.mandate.procedures.enums import TermName
from lienthong.mandate.procedures.models import LocalTerm, Procedure
from lienthong.mandate.procedures.rules import normal_value, why_not_during, why_not_set_term, why_not_value

ILLUSTRATIVE = "giá trị minh họa"


@transaction.atomic
def set_local_term(
    *,
    actor: Actor,
    key: UUID,
    procedure_code: str,
    place: str,
    term: TermName,
    value: Any,
    citation: str,
    confidence: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    at: datetime | None = None,
) -> int:
    """Set a term of a procedure at a place ("" = the whole province), from a day on. Returns the row's id.

    `valid_until`: the first day on which it holds no more (a resolution's end), where its source says so.
    """
    at, valid_from = at or now(), valid_from or (at or now()).date()
    told = {"code": procedure_code, "place": place, "term": str(term), "citation": citation}
    body = {**told, "value": value, "confidence": confidence, "from": valid_from, "until": valid_until}
    former = begin_command(key, "procedures.term_set", body, actor)
    if former is not None:
        return int(former)
    refusal = why_not_set_term(actor, _code_of(actor.unit_id), place) or why_not_value(term, value, citation)
    if refusal := refusal or why_not_during(valid_from, valid_until):
        raise Refused.because(refusal)
    row = LocalTerm.objects.create(
        procedure=_procedure_of(procedure_code),
        place=place,
        term=term,
        citation=citation,
        confidence=confidence,
        value=normal_value(term, value),
        valid_during=DateRange(valid_from, valid_until),
        set_by=actor.account_id,
    )
    subject, closes = Subject("local_term", row.pk), (key, row.pk)
    record("procedures.term_set", subject=subject, actor=actor, at=at, data=told, closes=closes)
    return row.pk


@transaction.atomic
def load_illustrative() -> dict[str, int]:
    """Set the demonstration's papers, steps and missing times, each marked "giá trị minh họa". Idempotent.

    Raises RuntimeError outside a database marked as demonstration: no office may work by invented terms.
    """
    if not is_demonstration():
        raise RuntimeError("illustrative terms belong to a demonstration alone")
    ids = dict(Procedure.objects.values_list("code", "pk"))
    known = set(
        LocalTerm.objects.filter(confidence=Confidence.ILLUSTRATIVE).values_list("procedure_id", "term")
    )
    new = [
        LocalTerm(
            procedure_id=ids[code],
            term=term,
            value=normal_value(term, rows),
            citation=ILLUSTRATIVE,
            confidence=Confidence.ILLUSTRATIVE,
            valid_during=DateRange(None, None),
        )
        for (code, term), rows in _illustrative_rows().items()
        if code in ids and (ids[code], str(term)) not in known
    ]
    LocalTerm.objects.bulk_create(new)
    return {"illustrative_terms": len(new)}


def _procedure_of(code: str) -> Procedure:
    found = Procedure.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def _illustrative_rows() -> dict[tuple[str, TermName], list[dict[str, Any]]]:
    found: dict[tuple[str, TermName], list[dict[str, Any]]] = defaultdict(list)
    for row in read_seed("illustrative"):
        match row["kind"]:
            case "paper":
                term = TermName.PAPERS
                value = {
                    "name": row["name"],
                    "originals": int(row["originals"]),
                    "copies": int(row["copies"]),
                }
            case "limit":
                term, value = TermName.TIME_LIMIT, {"amount": int(row["amount"]), "unit": row["unit"]}
            case _:
                term = TermName.STEPS
                value = {"state": row["state"], "who": row["who"], "share": int(row["share"])}
        found[row["code"], term].append(value)
    return found


def _code_of(unit_id: int | None) -> str:
    """The place code of the actor's unit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM organisation_adminunit WHERE id = %s", [unit_id])
        row = cursor.fetchone()
    return str(row[0]) if row else ""

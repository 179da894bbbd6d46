"""What pages show of dossiers; every one starts from `access.dossiers_open_to`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from lienthong.core.journal.values import Happened
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.queries import keyset_mark, search, worklist
from lienthong.facilities.casework.values import Filter, WorkRow
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.records import names, records
from lienthong.mandate.competence.enums import DelegableAct
from lienthong.mandate.competence.queries.delegated import tasks_delegated_to
from lienthong.people.organisation.enums import PostKind
from lienthong.people.organisation.queries import posts_of_unit
from lienthong.people.organisation.values import PostCard
from lienthong.work.dossiers.access import dossiers_open_to, find_dossier
from lienthong.work.dossiers.enums import DossierState as S
from lienthong.work.dossiers.models import (
    Correction,
    Decision,
    Dossier,
    ExtensionLetter,
    Proposal,
    SupplementRequest,
)
from lienthong.work.dossiers.rules import KIND, LIFECYCLE, NATIONAL
from lienthong.work.dossiers.rules import LODGING as LODGING
from lienthong.work.dossiers.rules import chargeable as chargeable
from lienthong.work.dossiers.rules import charges_for as charges_for
from lienthong.work.dossiers.rules import limit_at as limit_at
from lienthong.work.dossiers.values import (
    CorrectionLine,
    DecisionLine,
    ExtensionLine,
    History,
    ProposalLine,
    RegisterLine,
    SupplementLine,
)

__all__ = [
    "KIND",
    "LIFECYCLE",
    "NATIONAL",
    "Filter",
    "Found",
    "WorkRow",
    "assignable_posts",
    "find_dossier",
    "history_of",
    "keyset_mark",
    "look_up",
    "of_applicant",
    "queue_to_approve",
    "register_lines",
    "search",
    "tell_status",
    "to_return",
    "worklist",
]

_REGISTER = (
    "pk", "case__code", "case__title", "case__subject_name", "applicant_id", "particulars__contact",
    "case__responsible_unit_id", "case__opened_at", "case__promised_at", "case__due_at", "returned_at",
    "return_mode", "returned_to", "case__state", "case__extensions", "supplement_count",
)  # fmt: skip
WORKERS = (PostKind.SPECIALIST, PostKind.DEPARTMENT_HEAD)


@dataclass(frozen=True, slots=True)
class Found:
    """What a citizen sees of a dossier: state and dates, no name, no paper."""

    code: str
    state: str
    procedure: str
    unit: str
    received_at: datetime
    promised_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    returned_at: datetime | None
    lacks: list[dict[str, str]] | None
    extensions: int
    return_mode: str = ""
    returning_unit: str = ""

    @property
    def national_status(self) -> str:
        """One of the ten words of the national portal, by its code."""
        return str(NATIONAL[self.state].value)


def assignable_posts(unit_id: int, on: date) -> list[PostCard]:
    """The posts of a unit to which a dossier can be given: those that process. One statement."""
    return posts_of_unit(unit_id, on, [kind.value for kind in WORKERS])


def queue_to_approve(actor: Actor, at: datetime, after: str = "", limit: int = 50) -> list[WorkRow]:
    """What waits for the acting post's decision: its own, and what is delegated to it, the most urgent first.

    Two statements.
    """
    tasks = tasks_delegated_to(actor.post_id or 0, actor.person_id or 0, DelegableAct.APPROVE, at)
    wanted = Filter(
        whose="mine", state=S.AWAITING_APPROVAL.value, after=after, limit=limit, tasks=tuple(tasks)
    )
    return worklist(actor, wanted, at)


def history_of(dossier_id: int) -> History:
    """Supplements, proposals, decisions, corrections and extensions. One statement.

    Ask only for a dossier that `access` found.
    """
    row = Dossier.objects.filter(pk=dossier_id).values_list(
        _children(SupplementRequest, SupplementLine),
        _children(Proposal, ProposalLine),
        _children(Decision, DecisionLine),
        _children(Correction, CorrectionLine),
        _children(ExtensionLetter, ExtensionLine),
    )[0]
    return History(
        records(SupplementLine, row[0]),
        records(ProposalLine, row[1]),
        records(DecisionLine, row[2]),
        records(CorrectionLine, row[3]),
        records(ExtensionLine, row[4]),
    )


def register_lines(
    actor: Actor, first_on: date, last_on: date, *, after: int = 0, limit: int = 50
) -> list[RegisterLine]:
    """What the acting unit received in a period, in the order of receipt (mẫu 07). One statement.

    One line more than `limit` is read, so that the caller knows whether there is more.
    """
    begin = datetime.combine(first_on, time.min, VIETNAM)
    end = datetime.combine(last_on + timedelta(days=1), time.min, VIETNAM)
    found = dossiers_open_to(actor).filter(
        case__receiving_unit_id=actor.unit_id,
        case__opened_at__gte=begin,
        case__opened_at__lt=end,
        pk__gt=after,
    )
    return [RegisterLine(*row) for row in found.order_by("pk").values_list(*_REGISTER)[: limit + 1]]


def to_return(actor: Actor, after_id: int = 0, limit: int = 50) -> Sequence[Dossier]:
    """Results that wait at the acting unit's counter, the oldest first. One statement."""
    found = dossiers_open_to(actor).filter(
        returning_unit_id=actor.unit_id, returned_at__isnull=True, case__state=S.COMPLETED, pk__gt=after_id
    )
    return list(found.order_by("pk")[: limit + 1])


def of_applicant(actor: Actor, party_id: int, limit: int = 20) -> Sequence[Dossier]:
    """A person's dossiers, newest first, as far as the actor may see them. One statement."""
    return list(dossiers_open_to(actor).filter(applicant_id=party_id).order_by("-pk")[:limit])


def look_up(*, token_digest: str = "", code: str = "", second_fact: str = "") -> Found | None:
    """What the public look-up shows: by the receipt's secret, or by code plus a second fact.

    The second fact is the last four digits of the identity number or of the telephone, or the birth date as
    ddmmyyyy. A code alone finds nothing; absent and forbidden are the same None. One statement, in a database
    function that runs as the owner and gives no name.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_look_up(%s, %s, %s)", [token_digest, code, second_fact])
        row: tuple[Any, ...] | None = cursor.fetchone()
    if row is None:
        return None
    found = Found(*row)
    # Django hands jsonb over as text.
    return replace(found, lacks=json.loads(found.lacks)) if isinstance(found.lacks, str) else found


def _children(model: Any, kind: type[Any]) -> ArraySubquery:
    """The rows of a dossier's child table, oldest first, as JSON of a plain value's fields."""
    columns = JSONObject(**{name: name for name in names(kind)})
    rows = model.objects.filter(dossier=OuterRef("pk")).order_by("id")
    return ArraySubquery(rows.values(line=columns))


# What other systems are told of: what changes the applicant's dossier for them, not the office's inner steps.
_TOLD = frozenset(
    f"dossier.{word}"
    for word in (
        "lodged", "received", "assigned", "taken_up", "supplement_requested", "supplement_received",
        "payment_requested", "payment_settled", "extended", "completed", "returned", "answered_at_once", "refused",
        "halted", "withdrawn", "taken_over",
    )
)  # fmt: skip
_OF_THE_CASE = """
SELECT u.code, c.due_at, d.result_number FROM casework_case c
JOIN dossiers_dossier d ON d.case_id = c.id JOIN organisation_adminunit u ON u.id = c.responsible_unit_id
WHERE c.id = %s
"""


def tell_status(case_id: int, entry: Happened) -> dict[str, Any] | None:
    """What a linked system is told of an entry: the status that the act gave, no personal data. One statement.

    None for what changes nothing for the applicant. The date is the one that holds when it is told.
    """
    state = str(entry.data.get("state", ""))
    if entry.verb not in _TOLD or state not in NATIONAL:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_OF_THE_CASE, [case_id])
        unit_code, due_at, number = cursor.fetchone()
    told = {
        "status": {"code": str(NATIONAL[state]), "label": str(NATIONAL[state].label)},
        "occurred_at": entry.acted_at.isoformat(),
        "due_at": due_at.astimezone(VIETNAM).isoformat() if due_at else None,
        "unit_code": unit_code,
    }
    return told | ({"result_number": number} if number and state in (S.COMPLETED, S.RETURNED) else {})

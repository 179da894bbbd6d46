"""What a case owes: charged by rule at intake, by hand with a citation, or waived."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.fees import access, rules
from lienthong.facilities.fees.models import Charge
from lienthong.facilities.fees.values import NewCharge
from lienthong.lib.money import format_dong

# Written only where the actor's unit sees the case.
_CHARGES = f"""
INSERT INTO fees_charge (case_id, unit_id, label, amount, citation, waived_reason, recorded_at)
SELECT %(case)s, %(owner)s, c.label, c.amount, c.citation, '', %(at)s
FROM unnest(%(labels)s::text[], %(amounts)s::bigint[], %(citations)s::text[])
  WITH ORDINALITY AS c (label, amount, citation, place)
WHERE {access.SEEN}
ORDER BY c.place
RETURNING id
"""

_LET_GO = f"""
WITH gone AS (
  UPDATE fees_charge SET waived_reason = %(reason)s
  WHERE case_id = %(case)s AND waived_reason = '' AND {access.SEEN}
    AND NOT EXISTS (SELECT 1 FROM fees_receipt r WHERE r.case_id = %(case)s AND r.voided_at IS NULL)
  RETURNING amount
) SELECT coalesce(sum(amount), 0) FROM gone
"""


def add_charges(
    *, actor: Actor, case_id: int, unit_id: int, charges: Sequence[NewCharge], at: datetime | None = None
) -> list[int]:
    """Write down what a case owes; returns the charges' ids. One statement for many, none for none.

    A part of the calling act (an intake), which writes the journal's row. Raises Refused (an amount that is
    not stated, another unit, no duty) and NotFound.
    """
    refusal = rules.why_not_charge(actor, unit_id, charges)
    if refusal:
        raise Refused.because(refusal, status=_status(refusal.code))
    if not charges:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _CHARGES,
            {
                "case": case_id,
                "owner": unit_id,
                "labels": [charge.label.strip() for charge in charges],
                "amounts": [charge.amount for charge in charges],
                "citations": [charge.citation.strip() for charge in charges],
                "at": at or now(),
                "reach": actor.reach,
                "unit": actor.unit_id,
            },
        )
        added = [int(row[0]) for row in cursor.fetchall()]
    if not added:
        raise NotFound
    return added


def charge_fee(
    *, actor: Actor, key: UUID, case_id: int, unit_id: int, charge: NewCharge, at: datetime | None = None
) -> int:
    """A clerk types a charge that no rule states, with its citation; returns its id. Four statements."""
    at = at or now()
    with transaction.atomic():
        body = {"case": case_id, "unit": unit_id, "label": charge.label, "amount": charge.amount}
        former = begin_command(key, "fee.charge", body | {"citation": charge.citation}, actor)
        if former is not None:
            return int(former)
        refusal = rules.why_not_typed(charge)
        if refusal:
            raise Refused.because(refusal, status=422)
        (added,) = add_charges(actor=actor, case_id=case_id, unit_id=unit_id, charges=[charge], at=at)
        record(
            "fee.charged",
            subject=Subject("charge", added, case_id),
            actor=actor,
            at=at,
            data={"amount": format_dong(charge.amount or 0)},
            particulars={"label": charge.label, "citation": charge.citation},
        )
        finish_command(key, actor, added)
    return added


def waive_charge(*, actor: Actor, key: UUID, charge_id: int, reason: str, at: datetime | None = None) -> None:
    """Miễn một khoản thu, with its reason. Seven statements. Raises Refused, NotFound."""
    at = at or now()
    with transaction.atomic():
        charge = access.find_charge(actor, charge_id)
        if begin_command(key, "fee.waive", {"charge": charge_id, "reason": reason}, actor) is not None:
            return
        access.hold(access.lock_of_case(charge.case_id))
        standing = access.find_standing(actor, charge.case_id, rules.day_of(at))
        line = next(line for line in standing.charges if line.id == charge_id)
        refusal = rules.why_not_waive(actor, line, reason, standing.dues)
        if refusal:
            raise Refused.because(refusal, status=_status(refusal.code))
        Charge.objects.filter(pk=charge_id).update(waived_reason=reason.strip())
        record(
            "fee.waived",
            subject=Subject("charge", charge_id, charge.case_id),
            actor=actor,
            at=at,
            data={"amount": format_dong(line.amount)},
            particulars={"label": line.label, "reason": reason.strip()},
        )
        finish_command(key, actor, charge_id)


def let_go(*, actor: Actor, case_id: int, reason: str) -> int:
    """Ask no more for what a case owes: it came to nothing; returns the đồng let go. One statement.

    A part of the calling act, which may do it and writes the journal's row. What was paid stays as it is: a
    receipt is voided by hand. Only where the actor's unit sees the case.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _LET_GO, {"case": case_id, "reason": reason.strip(), "reach": actor.reach, "unit": actor.unit_id}
        )
        return int(cursor.fetchone()[0])


def _status(code: str) -> int:
    return 403 if code in {"fee.no_duty", "fee.other_unit"} else 409

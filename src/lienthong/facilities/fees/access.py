"""Fetching is the permission check: dues go with the case, receipts also with the unit that took them."""

import json
from datetime import date

from django.db import connection

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.facilities.fees.models import Charge, DailyClose, Receipt
from lienthong.facilities.fees.values import ChargeLine, Dues, Standing

SEEN = """(%(reach)s = 'system' OR EXISTS (
  SELECT 1 FROM scope_sight s WHERE s.case_id = %(case)s AND s.unit_id = %(unit)s))"""
_STANDING = f"""
SELECT {SEEN},
  (SELECT coalesce(json_agg(json_build_array(c.id, c.unit_id, c.label, c.amount, c.citation, c.waived_reason)
                            ORDER BY c.id), '[]') FROM fees_charge c WHERE c.case_id = %(case)s),
  (SELECT coalesce(sum(r.amount), 0) FROM fees_receipt r WHERE r.case_id = %(case)s AND r.voided_at IS NULL),
  EXISTS (SELECT 1 FROM fees_dailyclose d WHERE d.unit_id = %(unit)s AND d.day = %(day)s)
"""


def find_standing(actor: Actor, case_id: int, day: date) -> Standing:
    """Charges, payments and whether the actor's unit has closed the day. Raises NotFound. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"reach": actor.reach, "case": case_id, "unit": actor.unit_id, "day": day})
        seen, charges, paid, closed = cursor.fetchone()
    if not seen:
        raise NotFound
    rows = json.loads(charges) if isinstance(charges, str) else charges
    lines = tuple(ChargeLine(*row) for row in rows)
    due = sum(line.amount for line in lines if not line.waived_reason)
    return Standing(Dues(due, int(paid)), lines, closed)


def find_charge(actor: Actor, charge_id: int) -> Charge:
    """A charge of a case that the actor's unit sees. Raises NotFound. One statement."""
    rows = Charge.objects.filter(pk=charge_id)
    found = (
        rows if actor.reach == "system" else rows.extra(where=[_own("fees_charge")], params=_twice(actor))
    ).first()
    if found is None:
        raise NotFound
    return found


def find_receipt(actor: Actor, receipt_id: int, *, lock: bool = False) -> Receipt:
    """A receipt that the actor's unit took or whose case it sees. Raises NotFound. One statement."""
    rows = Receipt.objects.filter(pk=receipt_id)
    rows = rows if actor.reach == "system" else rows.extra(where=[_own("fees_receipt")], params=_twice(actor))
    found = (rows.select_for_update() if lock else rows).first()
    if found is None:
        raise NotFound
    return found


def find_close(actor: Actor, day: date) -> DailyClose | None:
    """The close of a day of the actor's unit; None while it is open. One statement."""
    return DailyClose.objects.filter(unit_id=actor.unit_id or 0, day=day).first()


def hold(*names: str) -> None:
    """Wait for the named locks (a case's money, a unit's day); kept to the end of the act. One statement."""
    calls = ", ".join(["pg_advisory_xact_lock(hashtextextended(%s, 0))"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", list(names))


def lock_of_case(case_id: int) -> str:
    """Whoever changes a case's money holds this: so it is never paid twice, even at two counters."""
    return f"fees.case.{case_id}"


def lock_of_day(unit_id: int | None, day: date) -> str:
    """Whoever takes money holds this: so a day is not closed over a receipt that is being written."""
    return f"fees.day.{unit_id}.{day.isoformat()}"


def _own(table: str) -> str:
    return (
        f"({table}.unit_id = %s OR EXISTS (SELECT 1 FROM scope_sight s"
        f" WHERE s.case_id = {table}.case_id AND s.unit_id = %s))"
    )


def _twice(actor: Actor) -> list[int | None]:
    return [actor.unit_id, actor.unit_id]

"""Accounts of officers who hold no post any more: found by no seat, so by the unit that they left last."""

from datetime import date
from typing import Any

from django.db import connection

from lienthong.people.identity.values import FormerOfficer

# Whoever holds or will hold a post anywhere is administered there; the unit of the last one keeps the others.
_LEFT = """
SELECT ac.id, per.name, ac.username, ac.is_active, ac.locked_reason, last.title, last.until, last.unit_id
FROM identity_account ac
JOIN organisation_person per ON per.id = ac.person_id
JOIN LATERAL (
  SELECT p.unit_id, p.title, upper(ap.valid_during) AS until
  FROM organisation_appointment ap JOIN organisation_post p ON p.id = ap.post_id
  WHERE ap.person_id = ac.person_id ORDER BY 3 DESC NULLS FIRST, ap.id DESC LIMIT 1
) last ON last.until <= %(day)s::date
WHERE {}
ORDER BY ac.is_active DESC, last.until DESC, ac.id
"""
_OF_UNIT = """
last.unit_id = %(of)s AND ac.person_id IN (
  SELECT ap.person_id FROM organisation_appointment ap JOIN organisation_post p ON p.id = ap.post_id
  WHERE p.unit_id = %(of)s
)
"""


def former_officers(unit_id: int, day: date) -> list[FormerOfficer]:
    """Who left the unit last, holds no post on the day or later, and still has an account. One statement."""
    return _rows(_OF_UNIT, unit_id, day)


def former_officer(account_id: int, day: date) -> FormerOfficer | None:
    """The holder of an account who has no post any more; None where there is one. One statement."""
    return next(iter(_rows("ac.id = %(of)s", account_id, day)), None)


def _rows(of: str, value: int, day: date) -> list[FormerOfficer]:
    with connection.cursor() as cursor:
        cursor.execute(_LEFT.format(of), {"of": value, "day": day})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [FormerOfficer(*row) for row in rows]

"""Where a person, an account or a unit is administered."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from lienthong.people.identity.rules import Place

# Where a person's accounts are administered: the units of their present and coming posts; of somebody who holds
# none any more, the unit of the last one.
_PLACES = """
WITH held AS (
  SELECT ap.person_id, p.unit_id, coalesce(upper(ap.valid_during), 'infinity') AS until
  FROM organisation_appointment ap JOIN organisation_post p ON p.id = ap.post_id WHERE ap.person_id = ANY({})
), ranked AS (
  SELECT held.*, max(until) OVER (PARTITION BY person_id) AS latest FROM held
)
SELECT DISTINCT r.person_id, r.unit_id, u.parent_id FROM ranked r JOIN organisation_adminunit u ON u.id = r.unit_id
WHERE r.until > %(day)s::date OR r.until = r.latest
"""


def places_of_persons(person_ids: Collection[int], day: date) -> dict[int, list[Place]]:
    """The units that administer each person's account on a day, each with the unit above. At most one statement."""
    found: dict[int, list[Place]] = {}
    for person, unit, above in _rows(_PLACES.format("%(of)s"), list(person_ids), day) if person_ids else ():
        found.setdefault(person, []).append((unit, above))
    return found


def places_of_person(person_id: int, day: date) -> list[Place]:
    """The units that administer a person's account on a day, each with the unit above. One statement."""
    return places_of_persons([person_id], day).get(person_id, [])


def places_of_account(account_id: int, day: date) -> list[Place]:
    """The units that administer an account on a day, each with the unit above. One statement."""
    of_account = _PLACES.format("ARRAY(SELECT person_id FROM identity_account WHERE id = %(of)s)")
    return [(unit, above) for _person, unit, above in _rows(of_account, account_id, day)]


def _rows(statement: str, of: int | list[int], day: date) -> list[tuple[int, int, int | None]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"of": of, "day": day})
        return list(cursor.fetchall())


def place_of_unit(unit_id: int) -> Place:
    """A unit and the unit above it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, parent_id FROM organisation_adminunit WHERE id = %s", [unit_id])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else (0, None)

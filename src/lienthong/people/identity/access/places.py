"""Where a person, an account or a unit is administered."""

from datetime import date

from django.db import connection

from lienthong.people.identity.rules import Place

# Where a person's accounts are administered: the units of their present and coming posts; of somebody who holds
# none any more, the unit of the last one.
_PLACES = """
WITH held AS (
  SELECT p.unit_id, coalesce(upper(ap.valid_during), 'infinity') AS until
  FROM organisation_appointment ap JOIN organisation_post p ON p.id = ap.post_id WHERE ap.person_id = {}
)
SELECT DISTINCT h.unit_id, u.parent_id FROM held h JOIN organisation_adminunit u ON u.id = h.unit_id
WHERE h.until > %(day)s::date OR h.until = (SELECT max(until) FROM held)
"""


def places_of_person(person_id: int, day: date) -> list[Place]:
    """The units that administer a person's account on a day, each with the unit above. One statement."""
    return _places(_PLACES.format("%(of)s"), person_id, day)


def places_of_account(account_id: int, day: date) -> list[Place]:
    """The units that administer an account on a day, each with the unit above. One statement."""
    return _places(
        _PLACES.format("(SELECT person_id FROM identity_account WHERE id = %(of)s)"), account_id, day
    )


def _places(statement: str, of: int, day: date) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"of": of, "day": day})
        return [(row[0], row[1]) for row in cursor.fetchall()]


def place_of_unit(unit_id: int) -> Place:
    """A unit and the unit above it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, parent_id FROM organisation_adminunit WHERE id = %s", [unit_id])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else (0, None)

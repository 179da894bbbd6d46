"""Who works where, as the administrator of a unit and the city see it."""

from datetime import date
from typing import Any

from django.db import connection

from lienthong.people.identity.access import former_officers, seat_of, seats_of
from lienthong.people.identity.rules import why_not_former, why_not_seat
from lienthong.people.identity.values import UnitStaffing

__all__ = [
    "former_officers",
    "seat_of",
    "seats_of",
    "staffing_of_province",
    "why_not_former",
    "why_not_seat",
]

_UNITS = """
SELECT u.id, u.code, f.name,
       count(p.id), count(p.id) FILTER (WHERE ap.id IS NULL), count(DISTINCT ap.person_id),
       count(DISTINCT ap.person_id) FILTER (WHERE ac.id IS NULL),
       count(DISTINCT ac.id) FILTER (WHERE ac.is_active AND left(ac.password, 1) = '!'),
       count(DISTINCT ac.id) FILTER (WHERE NOT ac.is_active)
FROM organisation_adminunit u
JOIN organisation_unitfact f ON f.unit_id = u.id AND f.valid_during @> %(day)s::date
LEFT JOIN organisation_post p ON p.unit_id = u.id AND p.valid_during @> %(day)s::date
LEFT JOIN organisation_appointment ap ON ap.post_id = p.id AND ap.valid_during @> %(day)s::date
LEFT JOIN identity_account ac ON ac.person_id = ap.person_id
WHERE %(unit)s IN (u.id, u.parent_id)
GROUP BY u.id, u.code, u.level, f.name, f.sort_key
ORDER BY u.level DESC, f.sort_key COLLATE "C", u.code
"""


def staffing_of_province(unit_id: int, day: date) -> list[UnitStaffing]:
    """A province and its units with their counts, the province first. One statement."""
    return [UnitStaffing(*row) for row in _rows(_UNITS, unit=unit_id, day=day)]


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

"""The posts of a unit as they are on a day; whoever asks has been let in by `find_…`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from lienthong.people.identity.values import Seat

# A post that stands on the day or begins later; its present appointment, else the coming one beside it; the
# absence that runs, else the next one.
_SEATS = """
SELECT p.id, p.unit_id, p.body_id, b.name, p.kind, p.title, p.rank, upper(p.valid_during),
       ap.id, ap.person_id, coalesce(per.name, ''), lower(ap.valid_during), upper(ap.valid_during),
       coalesce(ap.instrument_text, ''),
       nx.person_id, coalesce(nx.name, ''), nx.starts_on,
       ab.id, lower(ab.valid_during), upper(ab.valid_during), ab.substitute_id, coalesce(sub.name, ''),
       coalesce(su.username, ''),
       ac.id, coalesce(ac.username, ''), coalesce(ac.is_active, false),
       coalesce(left(ac.password, 1) <> '!', false), coalesce(ac.locked_reason, ''), ac.last_login, inv.expires_at
FROM organisation_post p
JOIN organisation_body b ON b.id = p.body_id
LEFT JOIN organisation_appointment ap ON ap.post_id = p.id AND ap.valid_during @> %(day)s::date
LEFT JOIN organisation_person per ON per.id = ap.person_id
LEFT JOIN LATERAL (
  SELECT a.person_id, n.name, lower(a.valid_during) AS starts_on
  FROM organisation_appointment a JOIN organisation_person n ON n.id = a.person_id
  WHERE a.post_id = p.id AND a.valid_during >> daterange(%(day)s::date, %(day)s::date, '[]')
  ORDER BY 3 LIMIT 1
) nx ON true
LEFT JOIN LATERAL (
  SELECT x.* FROM organisation_absence x
  WHERE x.post_id = p.id AND NOT isempty(x.valid_during)
    AND NOT x.valid_during << daterange(%(day)s::date, NULL)
  ORDER BY lower(x.valid_during) LIMIT 1
) ab ON true
LEFT JOIN organisation_person sub ON sub.id = ab.substitute_id
LEFT JOIN identity_account su ON su.person_id = ab.substitute_id
LEFT JOIN identity_account ac ON ac.person_id = ap.person_id
LEFT JOIN LATERAL (
  SELECT i.expires_at FROM identity_invitation i WHERE i.account_id = ac.id AND i.used_at IS NULL
  ORDER BY i.issued_at DESC, i.id DESC LIMIT 1
) inv ON true
WHERE {} AND NOT p.valid_during << daterange(%(day)s::date, NULL)
ORDER BY p.unit_id, p.body_id, p.rank, p.id
"""


def seats_of(unit_ids: Sequence[int], day: date) -> list[Seat]:
    """Every post of the units on a day, with who sits there. One statement."""
    return [Seat(*row) for row in _rows(_SEATS.format("p.unit_id = ANY(%(of)s)"), of=list(unit_ids), day=day)]


def seat_of(post_id: int, day: date) -> Seat | None:
    """One post; None where there is none, or it is closed. One statement."""
    found = _rows(_SEATS.format("p.id = %(of)s"), of=post_id, day=day)
    return Seat(*found[0]) if found else None


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

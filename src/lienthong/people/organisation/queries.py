"""Units on a day, and who answers for a post at a moment. No personal data of citizens here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from time import monotonic
from typing import Any

from django.db import connection
from django.utils import timezone

from lienthong.core.registry.values import NotFound, Refusal
from lienthong.core.scope.queries import ask
from lienthong.lib.text import fold
from lienthong.people.organisation.enums import SuccessionExtent
from lienthong.people.organisation.models import (
    AdminUnit,
    Appointment,
    Body,
    OfficerDetail,
    ResidentialGroup,
)
from lienthong.people.organisation.rules import standard_bodies, why_not_details
from lienthong.people.organisation.values import (
    BodyCard,
    DetailDraft,
    Holder,
    Neighbour,
    PostCard,
    Sitting,
    Successor,
    UnitCard,
    UnitFound,
)

KEEP_SECONDS = 30.0
_CARDS: dict[tuple[str, int, date], tuple[float, UnitCard]] = {}
_CARD = """
SELECT u.id, u.code, u.era, u.level, f.unit_type, f.name, f.short_name, u.agency_code,
       p.id, coalesce(p.code, u.code), coalesce(pf.name, f.name), u.lat, u.lon
FROM organisation_adminunit u
JOIN organisation_unitfact f ON f.unit_id = u.id AND f.valid_during @> %(on)s::date
LEFT JOIN organisation_adminunit p ON p.id = u.parent_id
LEFT JOIN organisation_unitfact pf ON pf.unit_id = p.id AND pf.valid_during @> %(on)s::date
"""
# One row a unit: the fact of the day where it matches, else the newest that does. A unit of the past counts
# for a province where one of its parts lies there now.
_SEARCH = """
WITH found AS (
  SELECT DISTINCT ON (f.unit_id) f.*, f.valid_during @> %(on)s::date AS in_force
  FROM organisation_unitfact f
  WHERE f.search_key LIKE %(like)s AND NOT isempty(f.valid_during)
  ORDER BY f.unit_id, in_force DESC, upper(f.valid_during) DESC NULLS FIRST
)
SELECT u.id, u.code, u.era, f.unit_type, f.name, f.district, coalesce(pf.name, ''), f.in_force,
       coalesce(nf.name, '')
FROM found f
JOIN organisation_adminunit u ON u.id = f.unit_id
LEFT JOIN organisation_unitfact nf ON nf.unit_id = u.id AND nf.valid_during @> %(on)s::date
LEFT JOIN LATERAL (
  SELECT x.name FROM organisation_unitfact x WHERE x.unit_id = u.parent_id
  ORDER BY x.valid_during && f.valid_during DESC, upper(x.valid_during) DESC NULLS FIRST LIMIT 1
) pf ON true
WHERE %(province)s::text IS NULL OR EXISTS (
  SELECT 1 FROM organisation_adminunit p WHERE p.id IN (u.parent_id, u.id) AND p.code = %(province)s
    AND p.era = '2025'
) OR EXISTS (
  SELECT 1 FROM organisation_unitsuccession s
  JOIN organisation_adminunit n ON n.id = s.new_unit_id JOIN organisation_adminunit p ON p.id = n.parent_id
  WHERE s.old_unit_id = u.id AND p.code = %(province)s
)
ORDER BY f.in_force DESC, f.search_key NOT LIKE %(ending)s, position(%(text)s in f.search_key),
         f.sort_key, u.code
LIMIT %(limit)s
"""
_BECAME = """
SELECT s.old_unit_id, n.id, n.code, f.name, coalesce(pf.name, ''), s.extent, s.note
FROM organisation_unitsuccession s
JOIN organisation_adminunit n ON n.id = s.new_unit_id
JOIN organisation_unitfact f ON f.unit_id = n.id AND f.valid_during @> greatest(%(on)s::date, '2025-07-01')
LEFT JOIN organisation_unitfact pf
  ON pf.unit_id = n.parent_id AND pf.valid_during @> greatest(%(on)s::date, '2025-07-01')
WHERE s.old_unit_id = ANY(%(ids)s)
ORDER BY s.old_unit_id, f.sort_key, n.code
"""
_PREDECESSORS = """
SELECT DISTINCT ON (f.sort_key, u.code, s.extent)
       f.name || CASE WHEN f.district = '' THEN '' ELSE ', ' || f.district END, s.extent
FROM organisation_unitsuccession s
JOIN organisation_adminunit u ON u.id = s.old_unit_id
JOIN LATERAL (
  SELECT x.* FROM organisation_unitfact x WHERE x.unit_id = u.id AND NOT isempty(x.valid_during)
  ORDER BY upper(x.valid_during) DESC NULLS FIRST LIMIT 1
) f ON true
WHERE s.new_unit_id = %(unit)s AND s.old_unit_id <> s.new_unit_id
ORDER BY f.sort_key, u.code, s.extent
"""
# The rule of who answers (ARCHITECTURE, accountability): the holder; while away the substitute; else the head
# of the department; else the Chair; at the very last the Chair though away, so that a post of a unit that has
# a Chair always has somebody. A head or a Chair who is away is answered for by the own substitute. A substitute
# who no longer works in the unit answers for nobody.
_HOLDERS = """
WITH asked AS (
  SELECT id, unit_id, body_id, valid_during @> %(on)s::date AS stands
  FROM organisation_post WHERE id = ANY(%(ids)s)
), way AS (
  SELECT a.id AS asked, a.id AS post_id, 0 AS step FROM asked a WHERE a.stands
  UNION ALL
  SELECT a.id, h.id, 1 FROM asked a JOIN organisation_post h ON h.body_id = a.body_id
    AND h.kind IN ('department_head', 'centre_director') AND h.id <> a.id AND h.valid_during @> %(on)s::date
  UNION ALL
  SELECT a.id, c.id, s.step FROM asked a JOIN organisation_post c ON c.unit_id = a.unit_id
    AND c.kind = 'chair' AND c.valid_during @> %(on)s::date CROSS JOIN (VALUES (2), (3)) s (step)
), who AS (
  SELECT w.asked, w.post_id, w.step, ab.id IS NOT NULL AND w.step < 3 AS stands_in,
         CASE WHEN ab.id IS NULL OR w.step = 3 THEN ap.person_id WHEN EXISTS (
           SELECT FROM organisation_appointment own JOIN organisation_post o ON o.id = own.post_id
           JOIN asked ON asked.id = w.asked WHERE own.person_id = ab.substitute_id
             AND own.valid_during @> %(on)s::date AND o.unit_id = asked.unit_id
         ) THEN ab.substitute_id END AS person_id
  FROM way w
  LEFT JOIN organisation_appointment ap ON ap.post_id = w.post_id AND ap.valid_during @> %(on)s::date
  LEFT JOIN organisation_absence ab ON ab.post_id = w.post_id AND ab.valid_during @> %(on)s::date
)
SELECT DISTINCT ON (who.asked) who.asked, per.id, per.name, p.id, p.title,
       CASE WHEN who.step = 1 THEN 'department_head' WHEN who.step >= 2 THEN 'chair'
            WHEN who.stands_in THEN 'substitute' ELSE 'appointed' END
FROM who JOIN organisation_person per ON per.id = who.person_id JOIN organisation_post p ON p.id = who.post_id
ORDER BY who.asked, who.step, p.rank, p.id
"""
_POSTS = """
SELECT p.id, p.unit_id, p.body_id, p.kind, p.title, b.name, per.id, coalesce(per.name, '')
FROM organisation_post p JOIN organisation_body b ON b.id = p.body_id
LEFT JOIN organisation_appointment ap ON ap.post_id = p.id AND ap.valid_during @> %(on)s::date
LEFT JOIN organisation_person per ON per.id = ap.person_id
WHERE p.unit_id = %(unit)s AND p.valid_during @> %(on)s::date
  AND (%(kinds)s::text[] IS NULL OR p.kind = ANY(%(kinds)s))
ORDER BY p.body_id, p.rank, p.id
"""
_NEIGHBOURS = """
SELECT n.id, n.code, f.name, a.shared_m
FROM organisation_unitadjacency a
JOIN organisation_adminunit n ON n.id = CASE WHEN a.unit_a_id = %(unit)s THEN a.unit_b_id ELSE a.unit_a_id END
JOIN organisation_unitfact f ON f.unit_id = n.id AND f.valid_during @> %(on)s::date
WHERE %(unit)s IN (a.unit_a_id, a.unit_b_id)
ORDER BY a.shared_m DESC, n.code
"""


_NO_WILDCARDS = str.maketrans(dict.fromkeys("%_\\", " "))


def unit_by_code(code: str, on: date) -> UnitCard:
    """The unit that bears the code on a day. Raises NotFound where none does. One statement."""
    rows = _rows(f"{_CARD} WHERE u.code = %(code)s", code=code, on=on)
    if not rows:
        raise NotFound
    return UnitCard(*rows[0])


def unit_by_id(unit_id: int, on: date) -> UnitCard:
    """The unit with its facts of a day. Raises NotFound. At most one statement.

    What was read is kept by the process for half a minute: a unit's facts change some times a year, and every
    act of a counter asks for its own.
    """
    mark = (connection.settings_dict["NAME"], unit_id, on)
    kept = _CARDS.get(mark)
    if kept and kept[0] > monotonic():
        return kept[1]
    rows = _rows(f"{_CARD} WHERE u.id = %(id)s", id=unit_id, on=on)
    if not rows:
        raise NotFound
    _CARDS[mark] = (monotonic() + KEEP_SECONDS, UnitCard(*rows[0]))
    return _CARDS[mark][1]


def unit_as_stored(unit_id: int, on: date) -> UnitCard:
    """The unit with its facts of a day as the database has them at this moment. Raises NotFound. One statement."""
    rows = _rows(f"{_CARD} WHERE u.id = %(id)s", id=unit_id, on=on)
    if not rows:
        raise NotFound
    return UnitCard(*rows[0])


def forget_units() -> None:
    """Drop what the process remembers of units (a unit's own act has changed it)."""
    _CARDS.clear()


def answering_post(unit_id: int, body_id: int | None, on: date) -> int:
    """The post that answers for a body: its head, else the unit's Chair. Raises NotFound. One statement."""
    posts = posts_of_unit(unit_id, on, ["department_head", "centre_director", "chair"])
    heads = [post.id for post in posts if post.body_id == body_id and post.kind != "chair"]
    chairs = [post.id for post in posts if post.kind == "chair"]
    if not heads and not chairs:
        raise NotFound
    return (heads or chairs)[0]


def units_of_province(province_code: str, on: date) -> list[UnitCard]:
    """The commune-level units of a province on a day, by name in Vietnamese order. One statement."""
    order = f'{_CARD} WHERE p.code = %(code)s ORDER BY f.sort_key COLLATE "C", u.code'
    return [UnitCard(*row) for row in _rows(order, code=province_code, on=on)]


def search_units(text: str, on: date, province_code: str | None = None, limit: int = 20) -> list[UnitFound]:
    """Units whose present or former name holds the text (accents do not count), present ones first.

    A unit of the past says what became of it. Two statements at most.
    """
    pattern = fold(text.translate(_NO_WILDCARDS))
    if not pattern:
        return []
    values = {"text": pattern, "like": f"%{pattern}%", "ending": f"%{pattern}"}
    rows = _rows(_SEARCH, **values, on=on, province=province_code, limit=limit)
    became = became_of([row[0] for row in rows if not row[7] and not row[8]], on)
    return [replace(UnitFound(*row), became=became.get(row[0], ())) for row in rows]


def became_of(unit_ids: Sequence[int], on: date) -> dict[int, tuple[Successor, ...]]:
    """What became of old units, by unit. At most one statement."""
    found: dict[int, tuple[Successor, ...]] = {}
    for old, unit, code, name, province, extent, note in _rows(_BECAME, ids=list(unit_ids), on=on):
        label = str(SuccessionExtent(extent).label)
        successor = Successor(unit, code, name, province, extent, label, note)
        found[old] = (*found.get(old, ()), successor)
    return found


def predecessors_of(unit_id: int) -> list[tuple[str, str]]:
    """The old units that went into a unit: name with district, and how much of it. One statement."""
    rows = _rows(_PREDECESSORS, unit=unit_id)
    return [(name, str(SuccessionExtent(extent).label)) for name, extent in rows]


def unit_names(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """The names of units on a day. At most one statement."""
    statement = (
        "SELECT unit_id, name FROM organisation_unitfact"
        " WHERE unit_id = ANY(%(ids)s) AND valid_during @> %(on)s::date"
    )
    return dict(_rows(statement, ids=list(unit_ids), on=on))


def neighbours(unit_id: int, on: date) -> list[Neighbour]:
    """The units that touch a unit, longest shared boundary first. One statement."""
    return [Neighbour(*row) for row in _rows(_NEIGHBOURS, unit=unit_id, on=on)]


def holder_of(post_id: int, at: datetime) -> Holder | None:
    """Who answers for a post at a moment; None where its unit has no Chair either. One statement."""
    return holders_of([post_id], at).get(post_id)


def holders_of(post_ids: Iterable[int], at: datetime) -> dict[int, Holder]:
    """Who answers for each post at a moment. At most one statement."""
    rows = _rows(_HOLDERS, ids=list(post_ids), on=timezone.localdate(at))
    return {row[0]: Holder(*row[1:]) for row in rows}


def posts_of_unit(unit_id: int, on: date, kinds: Sequence[str] | None = None) -> list[PostCard]:
    """The posts of a unit on a day (of the given kinds only), with who is appointed. One statement."""
    chosen = list(kinds) if kinds is not None else None
    return [PostCard(*row) for row in _rows(_POSTS, unit=unit_id, on=on, kinds=chosen)]


def chair_of(unit_id: int, on: date) -> PostCard | None:
    """The post of a unit's Chair; None where it has none. One statement."""
    posts = posts_of_unit(unit_id, on, ["chair"])
    return posts[0] if posts else None


def bodies_of(unit_id: int, on: date) -> list[BodyCard]:
    """The bodies of a unit on a day. One statement."""
    rows = Body.objects.filter(unit_id=unit_id, valid_during__contains=on).order_by("pk")
    return [BodyCard(row.pk, row.unit_id, row.kind, row.name) for row in rows]


def bodies_of_units(unit_ids: Sequence[int], on: date) -> list[BodyCard]:
    """The bodies of several units on a day. One statement."""
    rows = Body.objects.filter(unit_id__in=unit_ids, valid_during__contains=on).order_by("pk")
    return [BodyCard(row.pk, row.unit_id, row.kind, row.name) for row in rows]


def usual_bodies(unit: UnitCard) -> list[str]:
    """The names of the bodies that a unit of this type has by NĐ 150/2025, before they are founded."""
    return [name for _kind, name in standard_bodies(unit.unit_type, unit.name)]


def officer_details(person_ids: Sequence[int]) -> dict[int, DetailDraft]:
    """Officers' own details by person, as far as the acting unit may see them; note the reading. One statement."""
    rows = OfficerDetail.objects.filter(person_id__in=person_ids)
    return {
        row.person_id: DetailDraft(row.person_id, row.identity_number, row.phone, row.email) for row in rows
    }


def persons_of_identities(numbers: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Officers by identity number (person, name), as far as the acting unit may see them. One statement."""
    rows = OfficerDetail.objects.filter(identity_number__in=[number for number in numbers if number])
    return {row.identity_number: (row.person_id, row.person.name) for row in rows.select_related("person")}


def why_not_officer_details(identity_number: str, phone: str, email: str) -> Refusal | None:
    """Why these cannot be kept of an officer ("" = not given). No statement."""
    return why_not_details(DetailDraft(0, identity_number, phone, email))


def sittings_of(post_id: int) -> list[Sitting]:
    """Who has sat in a post, the newest first. One statement."""
    rows = Appointment.objects.filter(post_id=post_id).select_related("person").order_by("-valid_during")
    return [
        Sitting(row.person.name, row.valid_during.lower, row.valid_during.upper, row.instrument_text)
        for row in rows
    ]


def groups_of(unit_id: int, on: date) -> list[tuple[int, str]]:
    """The residential groups of a unit on a day: (id, name). One statement."""
    groups = ResidentialGroup.objects.filter(unit_id=unit_id, valid_during__contains=on)
    return list(groups.order_by("pk").values_list("pk", "name"))


def unit_code_of(unit_id: int) -> str:
    """The code of a unit, one that is no more too. One statement."""
    return AdminUnit.objects.values_list("code", flat=True).get(pk=unit_id)


def agency_code_of(unit_id: int) -> str:
    """The agency code of a unit, "" where none is set. One statement."""
    return AdminUnit.objects.filter(pk=unit_id).values_list("agency_code", flat=True).first() or ""


def other_with_agency_code(code: str, unit_id: int) -> str:
    """The name of the unit apart from this one that bears an agency code, "" where none does. One statement."""
    found = AdminUnit.objects.filter(agency_code=code).exclude(pk=unit_id)
    row = found.values_list("code", "facts__name").order_by("-facts__valid_during").first()
    return row[1] or row[0] if row else ""


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    if "ids" in values and not values["ids"]:
        return []
    return ask(statement, values)

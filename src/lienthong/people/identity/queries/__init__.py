"""Who is acting, and who works where."""

from lienthong.people.identity.access import place_of_unit, places_of_account, places_of_person
from lienthong.people.identity.queries.acting import ActingPost, posts_of
from lienthong.people.identity.queries.roll import known_of, roll_cells, roll_fields, roll_plans
from lienthong.people.identity.queries.slips import slips_of
from lienthong.people.identity.queries.staff import seat_of, seats_of, staffing_of_province, why_not_seat

__all__ = [
    "ActingPost",
    "known_of",
    "place_of_unit",
    "places_of_account",
    "places_of_person",
    "posts_of",
    "roll_cells",
    "roll_fields",
    "roll_plans",
    "seat_of",
    "seats_of",
    "slips_of",
    "staffing_of_province",
    "why_not_seat",
]

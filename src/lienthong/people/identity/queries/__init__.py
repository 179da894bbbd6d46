"""Who is acting, and who works where."""

from lienthong.people.identity.access import (
    place_of_unit,
    places_of_account,
    places_of_person,
    places_of_persons,
)
from lienthong.people.identity.queries.acting import ActingPost, posts_by_account, posts_of
from lienthong.people.identity.queries.roll import known_of, roll_cells, roll_fields, roll_plans
from lienthong.people.identity.queries.slips import slips_of
from lienthong.people.identity.queries.staff import (
    former_officers,
    seat_of,
    seats_of,
    staffing_of_province,
    why_not_former,
    why_not_seat,
)

__all__ = [
    "ActingPost",
    "former_officers",
    "known_of",
    "place_of_unit",
    "places_of_account",
    "places_of_person",
    "places_of_persons",
    "posts_by_account",
    "posts_of",
    "roll_cells",
    "roll_fields",
    "roll_plans",
    "seat_of",
    "seats_of",
    "slips_of",
    "staffing_of_province",
    "why_not_former",
    "why_not_seat",
]

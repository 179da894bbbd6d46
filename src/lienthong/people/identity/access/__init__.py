"""Fetching is the permission check: the units, posts and accounts that the actor administers."""

from datetime import date

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.people.identity.access.leavers import former_officer, former_officers
from lienthong.people.identity.access.places import (
    place_of_unit,
    places_of_account,
    places_of_person,
    places_of_persons,
)
from lienthong.people.identity.access.seats import seat_of, seats_of
from lienthong.people.identity.rules import administers, why_not_administer
from lienthong.people.identity.values import FormerOfficer, Seat
from lienthong.people.organisation.queries import unit_by_code, unit_by_id
from lienthong.people.organisation.values import UnitCard

__all__ = [
    "find_administered_post",
    "find_administered_unit",
    "find_former_officer",
    "former_officers",
    "place_of_unit",
    "places_of_account",
    "places_of_person",
    "places_of_persons",
    "seat_of",
    "seats_of",
]


def find_administered_unit(actor: Actor, code: str, on: date) -> UnitCard:
    """The unit of a code ("" = the own one), if the actor administers it. Raises NotFound."""
    unit = unit_by_code(code, on) if code else unit_by_id(actor.unit_id or 0, on)
    if not administers(actor, (unit.id, unit.province_id)):
        raise NotFound
    return unit


def find_administered_post(actor: Actor, post_id: int, on: date) -> Seat:
    """A post, if the actor administers its unit. Raises NotFound. Two statements."""
    seat = seat_of(post_id, on)
    if seat is None:
        raise NotFound
    unit = unit_by_id(seat.unit_id, on)
    if not administers(actor, (unit.id, unit.province_id)):
        raise NotFound
    return seat


def find_former_officer(actor: Actor, account_id: int, on: date) -> FormerOfficer:
    """The holder of an account who has no post any more, if the actor administers the last unit. Raises NotFound."""
    officer = former_officer(account_id, on)
    if officer is None or why_not_administer(actor, places_of_account(account_id, on)):
        raise NotFound
    return officer

"""Posts, and who sits in them: the acts of whoever administers the unit.

The rows are organisation's; here is the right to change them, the key, and the promise that a case which is
open has somebody who answers for it. `burdened` are the posts with which open cases lie; the caller reads them,
because this room does not know of cases.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lienthong.core.journal.actions import begin_command, finish_command
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.people.identity.access import find_administered_post
from lienthong.people.identity.queries import place_of_unit, places_of_person, seats_of
from lienthong.people.identity.rules import (
    ELSEWHERE,
    NOBODY_ANSWERS,
    NOT_HERE,
    administers,
    why_not_kind,
    why_not_seat,
)
from lienthong.people.identity.values import Seat
from lienthong.people.organisation import actions as organisation
from lienthong.people.organisation.queries import bodies_of, holders_of, unit_by_id


@transaction.atomic
def open_post(
    *,
    actor: Actor,
    key: UUID,
    unit_id: int,
    body_id: int,
    kind: str,
    title: str,
    starts_on: date,
    rank: int = 0,
    at: datetime | None = None,
) -> int:
    """Set up a post in a body of the unit; returns its id."""
    moment = at or now()
    if not administers(actor, place_of_unit(unit_id)):
        raise NotFound
    body = {"unit": unit_id, "body": body_id, "kind": kind, "title": title, "from": starts_on, "rank": rank}
    former = begin_command(key, "identity.open_post", body, actor)
    if former is not None:
        return int(former)
    if body_id not in {one.id for one in bodies_of(unit_id, starts_on)}:
        raise NotFound
    _stop(why_not_kind(kind, unit_by_id(unit_id, moment.date()).level))
    post = organisation.create_post(
        actor=actor, body_id=body_id, kind=kind, title=title, starts_on=starts_on, rank=rank, at=moment
    )
    finish_command(key, actor, post)
    return post


@transaction.atomic
def close_post(
    *, actor: Actor, key: UUID, post_id: int, ends_on: date, open_cases: int, at: datetime | None = None
) -> None:
    """Close a post from a day on. Refused while somebody sits in it or open cases lie with it."""
    moment = at or now()
    find_administered_post(actor, post_id, moment.date())
    if begin_command(key, "identity.close_post", {"post": post_id, "on": ends_on}, actor) is not None:
        return
    organisation.close_post(actor=actor, post_id=post_id, ends_on=ends_on, open_cases=open_cases, at=moment)
    finish_command(key, actor, post_id)


@transaction.atomic
def appoint_officer(
    *,
    actor: Actor,
    key: UUID,
    post_id: int,
    starts_on: date,
    person_id: int | None = None,
    new_name: str = "",
    instrument_text: str = "",
    at: datetime | None = None,
) -> int:
    """Put an officer of the unit, or a new one (`new_name`), into a post from a day on; returns the person.

    Somebody who holds a post elsewhere is refused, unless the actor administers that unit as well: or one unit
    could make itself the administrator of another's accounts.
    """
    moment = at or now()
    seat = find_administered_post(actor, post_id, moment.date())
    body = {"post": post_id, "person": person_id, "new": new_name, "from": starts_on, "by": instrument_text}
    former = begin_command(key, "identity.appoint_officer", body, actor)
    if former is not None:
        return int(former)
    _stop(why_not_seat("appoint", actor, seat))
    if person_id is None:
        person_id = organisation.register_persons(
            actor=actor, unit_id=seat.unit_id, names=[new_name], at=moment
        )[0]
    else:
        _stop(_why_not_take(actor, person_id, moment.date()))
    organisation.appoint(
        actor=actor,
        post_id=post_id,
        person_id=person_id,
        starts_on=starts_on,
        instrument_text=instrument_text.strip(),
        at=moment,
    )
    finish_command(key, actor, person_id)
    return person_id


@transaction.atomic
def end_holding(
    *,
    actor: Actor,
    key: UUID,
    post_id: int,
    ends_on: date,
    burdened: Collection[int] = (),
    at: datetime | None = None,
) -> None:
    """From a day on the present holder no longer holds the post. Refused where nobody would answer then."""
    moment = at or now()
    seat = find_administered_post(actor, post_id, moment.date())
    if begin_command(key, "identity.end_holding", {"post": post_id, "on": ends_on}, actor) is not None:
        return
    _stop(why_not_seat("end_holding", actor, seat))
    organisation.end_appointment(
        actor=actor, appointment_id=seat.appointment_id or 0, ends_on=ends_on, at=moment
    )
    _stop(_why_nobody_answers(burdened, ends_on))
    finish_command(key, actor, post_id)


@transaction.atomic
def name_substitute(
    *,
    actor: Actor,
    key: UUID,
    post_id: int,
    substitute_id: int | None,
    starts_on: date,
    last_day: date,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Note that the holder is away from a day to a last day, and which officer of the unit stands in."""
    moment = at or now()
    seat = find_administered_post(actor, post_id, moment.date())
    body = {"post": post_id, "by": substitute_id, "from": starts_on, "to": last_day, "why": reason}
    if begin_command(key, "identity.name_substitute", body, actor) is not None:
        return
    _stop(why_not_seat("substitute", actor, seat))
    if substitute_id is not None:
        _stop(_why_not_stand_in(seat, substitute_id, max(starts_on, moment.date())))
    organisation.record_absence(
        actor=actor,
        post_id=post_id,
        starts_on=starts_on,
        ends_on=last_day + timedelta(days=1),
        substitute_id=substitute_id,
        reason=reason.strip(),
        at=moment,
    )
    finish_command(key, actor, post_id)


@transaction.atomic
def end_absence(*, actor: Actor, key: UUID, post_id: int, ends_on: date, at: datetime | None = None) -> None:
    """The holder is back on a day, before the absence ends."""
    moment = at or now()
    seat = find_administered_post(actor, post_id, moment.date())
    if begin_command(key, "identity.end_absence", {"post": post_id, "on": ends_on}, actor) is not None:
        return
    _stop(why_not_seat("end_absence", actor, seat))
    organisation.end_absence(actor=actor, absence_id=seat.absence_id or 0, ends_on=ends_on, at=moment)
    finish_command(key, actor, post_id)


def _why_not_take(actor: Actor, person_id: int, day: date) -> Refusal | None:
    """Why an officer cannot be given a post by the actor."""
    places = places_of_person(person_id, day)
    return None if all(administers(actor, place) for place in places) else ELSEWHERE


def _why_not_stand_in(seat: Seat, person_id: int, day: date) -> Refusal | None:
    """Why a person cannot stand in for the holder of a post: only who works in the same unit does."""
    return None if person_id in {one.person_id for one in seats_of([seat.unit_id], day)} else NOT_HERE


def _why_nobody_answers(burdened: Collection[int], day: date) -> Refusal | None:
    """Why a vacancy cannot be: a post with open cases would be without anybody who answers. One statement."""
    if not burdened:
        return None
    moment = datetime.combine(day, time(12), timezone.get_current_timezone())
    return None if set(burdened) <= set(holders_of(burdened, moment)) else NOBODY_ANSWERS


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused.because(refusal)

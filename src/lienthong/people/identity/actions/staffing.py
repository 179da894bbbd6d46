"""Staffing a unit in one act: bodies, posts, persons, appointments and accounts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.people.identity.actions.accounts import create_accounts
from lienthong.people.identity.actions.staff_plan import usual_staff
from lienthong.people.identity.values import StaffedPost, StaffLine
from lienthong.people.organisation.actions import (
    appoint_all,
    create_posts,
    found_bodies,
    register_persons,
)
from lienthong.people.organisation.queries import bodies_of, unit_by_id
from lienthong.people.organisation.values import AppointmentDraft, PostDraft, UnitCard

START = date(2025, 7, 1)


@transaction.atomic
def staff_units(
    *,
    actor: Actor,
    unit_ids: Iterable[int],
    password: str,
    starts_on: date = START,
    clerks: int = 2,
    specialists: int = 2,
    at: datetime | None = None,
) -> dict[int, list[StaffedPost]]:
    """Staff many units by the usual plan; the password is hashed once, so all these accounts share it.

    For trial runs and demonstrations: the persons are visibly fictitious. Refused where a unit is staffed.
    """
    hashed = make_password(password)
    moment = at or now()
    staffed = {}
    for unit_id in unit_ids:
        unit = unit_by_id(unit_id, moment.date())
        plan = usual_staff(unit.unit_type, unit.short_name, unit.code, clerks=clerks, specialists=specialists)
        staffed[unit_id] = staff_unit(
            actor=actor, unit=unit, plan=plan, password_hash=hashed, starts_on=starts_on, at=moment
        )
    return staffed


@transaction.atomic
def staff_unit(
    *,
    actor: Actor,
    unit: UnitCard,
    plan: Sequence[StaffLine],
    password_hash: str,
    starts_on: date = START,
    at: datetime | None = None,
) -> list[StaffedPost]:
    """Carry out a plan in one unit; the bodies are founded where it has none yet. About ten statements.

    `password_hash` comes from make_password. Returns one StaffedPost for each line, in its order.
    """
    moment = at or now()
    bodied = _bodies(actor, unit.id, plan, starts_on, moment)
    drafts = [
        PostDraft(body, line.kind, line.title, line.rank) for line, body in zip(plan, bodied, strict=True)
    ]
    posts = create_posts(actor=actor, unit_id=unit.id, starts_on=starts_on, at=moment, posts=drafts)
    own = {line.role: line for line in plan if not line.holder}
    names = [line.person for line in own.values()]
    persons = register_persons(actor=actor, unit_id=unit.id, names=names, at=moment)
    person_of = dict(zip(own, persons, strict=True))
    appointments = [
        AppointmentDraft(post, person_of[line.holder or line.role], starts_on)
        for line, post in zip(plan, posts, strict=True)
    ]
    appoint_all(actor=actor, unit_id=unit.id, at=moment, appointments=appointments)
    wanted = [(person_of[role], line.username, password_hash) for role, line in own.items()]
    accounts = create_accounts(actor=actor, unit_id=unit.id, at=moment, accounts=wanted)
    account_of = dict(zip(own, accounts, strict=True))
    return [
        _staffed(unit.id, line, own[line.holder or line.role], body, post, person_of, account_of)
        for line, body, post in zip(plan, bodied, posts, strict=True)
    ]


def _bodies(
    actor: Actor, unit_id: int, plan: Sequence[StaffLine], starts_on: date, at: datetime
) -> list[int]:
    """The body of each line; founded where the unit has none yet."""
    bodies = bodies_of(unit_id, starts_on) or found_bodies(
        actor=actor, unit_id=unit_id, starts_on=starts_on, at=at
    )
    body_of = {body.kind: body.id for body in reversed(bodies)} | {body.name: body.id for body in bodies}
    return [body_of[line.body_name or line.body_kind] for line in plan]


def _staffed(
    unit_id: int,
    line: StaffLine,
    who: StaffLine,
    body_id: int,
    post_id: int,
    person_of: dict[str, int],
    account_of: dict[str, int],
) -> StaffedPost:
    return StaffedPost(
        role=line.role,
        kind=line.kind,
        unit_id=unit_id,
        body_id=body_id,
        post_id=post_id,
        person_id=person_of[who.role],
        account_id=account_of[who.role],
        username=who.username,
        title=line.title,
        person=who.person,
    )

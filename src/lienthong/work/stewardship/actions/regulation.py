"""Drafting a unit's working regulation from the assignments and delegations of a day."""

from datetime import date
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.numbering.actions import issue_number
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.values import (
    Entrusting,
    LedBy,
    LedField,
    Letterhead,
    WorkingRegulation,
    as_json,
)
from lienthong.people.organisation.values import UnitCard
from lienthong.work.stewardship.access import find_unit
from lienthong.work.stewardship.models import RegulationDraft
from lienthong.work.stewardship.queries.unit_work import delegations_of, work_of
from lienthong.work.stewardship.rules.rights import why_not_draw_regulation
from lienthong.work.stewardship.values import Delegated, Work

SERIES = "regulation_draft"


@transaction.atomic
def draw_regulation(*, actor: Actor, key: UUID, unit_code: str, on: date) -> int:
    """Draft the working regulation of one's unit as the register has it on a day. The draft's id.

    Numbered in the unit's own series of the year. Raises NotFound, Refused.
    """
    at = now()
    former = begin_command(key, "stewardship.regulation_drawn", {"unit": unit_code, "on": on}, actor)
    if former is not None:
        return int(former)
    unit = find_unit(actor, unit_code, at.date())
    if refusal := why_not_draw_regulation(actor, unit.id):
        raise Refused.because(refusal, status=403)
    number = f"{issue_number(unit.id, SERIES, str(at.year)):02d}/DT-QC"
    row = RegulationDraft.objects.create(
        unit_id=unit.id,
        number=number,
        as_of_on=on,
        content=as_json(_content(unit, number, on, at.date())),
        post_id=actor.acting_post,
        drawn_at=at,
    )
    record(
        "stewardship.regulation_drawn",
        subject=Subject("regulation_draft", row.pk),
        actor=actor,
        at=at,
        data={"number": number, "as_of_on": on.isoformat()},
        closes=(key, row.pk),
    )
    return row.pk


def _content(unit: UnitCard, number: str, on: date, today: date) -> WorkingRegulation:
    work = work_of(unit, on)
    led: dict[str, list[Work]] = {}
    for one in work:
        if not one.finding:
            led.setdefault(one.leader, []).append(one)
    return WorkingRegulation(
        letterhead=Letterhead(
            parent_name=None,
            agency_name=f"ỦY BAN NHÂN DÂN {unit.name.upper()}",
            place=unit.short_name,
            number=None,
            issued_on=today,
        ),
        unit_name=unit.name,
        number=number,
        as_of_on=on,
        leaders=tuple(LedBy(leader=leader, fields=tuple(map(_field, rows))) for leader, rows in led.items()),
        delegations=tuple(map(_entrusting, delegations_of(unit.id, on))),
        lacking=tuple(_field(one) for one in work if one.finding),
    )


def _field(one: Work) -> LedField:
    post = ", ".join(part for part in (one.post, one.holder) if part)
    return LedField(field=one.field, body=one.body, post=post, tasks=len(one.tasks))


def _entrusting(one: Delegated) -> Entrusting:
    return Entrusting(
        number=one.number,
        signed_on=one.signed_on,
        grantor=f"{one.grantor_post} {one.grantor}",
        grantee=f"{one.grantee_post} {one.grantee}",
        acts=", ".join(one.acts),
        tasks=one.tasks,
        first_on=one.first_on,
        last_on=one.last_on,
    )

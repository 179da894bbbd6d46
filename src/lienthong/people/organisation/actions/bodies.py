"""Founding bodies and setting a unit's agency code."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.text import nfc
from lienthong.people.organisation.actions.overlaps import refusing_overlaps
from lienthong.people.organisation.models import AdminUnit, Body, UnitFact
from lienthong.people.organisation.queries import forget_units, other_with_agency_code
from lienthong.people.organisation.rules import (
    standard_bodies,
    why_not_agency_code,
    why_not_same_agency_code,
    why_not_set_agency_code,
)
from lienthong.people.organisation.values import BodyCard


@transaction.atomic
def found_bodies(
    *, actor: Actor, unit_id: int, starts_on: date, at: datetime | None = None
) -> list[BodyCard]:
    """Create the standard bodies of a unit by its type on that day. Refused where one exists already."""
    fact = UnitFact.objects.filter(unit_id=unit_id, valid_during__contains=starts_on).first()
    if fact is None:
        raise NotFound
    during = DateRange(starts_on, None)
    bodies = [
        Body(unit_id=unit_id, kind=kind, name=name, valid_during=during)
        for kind, name in standard_bodies(fact.unit_type, fact.name)
    ]
    with refusing_overlaps():
        Body.objects.bulk_create(bodies)
    record(
        "organisation.bodies_founded",
        subject=Subject("unit", unit_id),
        actor=actor,
        at=at or now(),
        data={"count": len(bodies), "bodies": [body.pk for body in bodies]},
    )
    return [BodyCard(body.pk, unit_id, body.kind, body.name) for body in bodies]


@transaction.atomic
def set_agency_code(*, actor: Actor, unit_id: int, agency_code: str, at: datetime | None = None) -> None:
    """Set the agency code (mã định danh điện tử) with which a unit's dossiers are numbered."""
    code = nfc(agency_code).strip().upper()
    refusal = why_not_set_agency_code(actor, unit_id) or why_not_agency_code(code)
    if refusal:
        raise Refused.because(refusal)
    unit = AdminUnit.objects.select_for_update().filter(pk=unit_id).first()
    if unit is None:
        raise NotFound
    if refusal := why_not_same_agency_code(other_with_agency_code(code, unit_id)):
        raise Refused.because(refusal)
    former, unit.agency_code = unit.agency_code, code
    with refusing_overlaps():
        unit.save(update_fields=["agency_code"])
    transaction.on_commit(forget_units)
    forget_units()
    record(
        "organisation.agency_code_set",
        subject=Subject("unit", unit_id),
        actor=actor,
        at=at or now(),
        data={"agency_code": code, "former": former},
    )

"""Receiving a dossier at a counter: number, responsible unit, holder, due date and receipt in one act."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.lifecycle.rules import why_not
from lienthong.core.numbering.actions import issue_number
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.actions.opening import open_case
from lienthong.facilities.casework.values import Opening
from lienthong.facilities.documents.actions import issue_form
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.fees.actions import add_charges
from lienthong.lib.codes import DossierCode
from lienthong.lib.dates import format_moment
from lienthong.mandate.competence.queries import responsible_for
from lienthong.mandate.procedures.queries import effective_terms, limits_for, why_not_usable
from lienthong.mandate.procedures.values import Terms
from lienthong.people.organisation.queries import unit_by_code, unit_by_id
from lienthong.people.organisation.values import UnitCard
from lienthong.people.parties.actions import admit_party, share_party
from lienthong.work.dossiers.actions.papers import receipt_content
from lienthong.work.dossiers.actions.tokens import lookup_digest, lookup_token
from lienthong.work.dossiers.enums import Channel, DossierState
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.rules import (
    KIND,
    LIFECYCLE,
    charges_for,
    limit_at,
    why_not_place,
    why_not_receive,
)
from lienthong.work.dossiers.values import Intake, Received

if TYPE_CHECKING:
    from lienthong.facilities.casework.models import Case

SERIES = "dossier"


@transaction.atomic
def receive_dossier(*, actor: Actor, key: UUID, intake: Intake) -> Received:
    """Take a dossier in (mẫu 01). At most ten statements.

    The receiving unit numbers it and the clock starts there; the responsible unit is the register's answer for
    the intake's place. Raises Refused: not your duty, procedure not in force or without its terms, party
    details impossible, a place outside the province, a channel the procedure does not have.
    """
    former = begin_command(key, "dossier.receive", _body(intake), actor)
    if former is not None:
        return Received.from_json(former)
    at = now()
    refusal = why_not(LIFECYCLE, "receive", "", actor) or why_not_receive(intake)
    if refusal:
        raise Refused.because(refusal, status=422)
    here, place = _units(actor, intake, at)
    terms = effective_terms(intake.procedure_code, place.code, at.date())
    refusal = why_not_usable(terms, intake.channel, at.date()) or why_not_place(
        here=here, place=place, boundary_free=terms.boundary_free if terms else None
    )
    if refusal or terms is None:
        raise Refused.because(refusal, status=422) if refusal else NotFound
    party_id = admit_party(actor=actor, party=intake.applicant, at=at)
    dossier = _open(actor, intake, terms, here, place, party_id, at)
    return _seal(actor, key, intake, dossier, terms, here, at)


def _body(intake: Intake) -> dict[str, object]:
    body = asdict(intake)
    body["applicant"] = {name: str(value) for name, value in body["applicant"].items()}
    return body


def _contact(intake: Intake) -> dict[str, str]:
    """Address and ways to reach the applicant as given on this day: what this dossier's papers print."""
    who = intake.applicant
    return {"address": who.address, "phone": who.phone, "email": who.email}


def _units(actor: Actor, intake: Intake, at: datetime) -> tuple[UnitCard, UnitCard]:
    here = unit_by_id(actor.unit_id or 0, at.date())
    if intake.place in ("", here.code):
        return here, here
    return here, unit_by_code(intake.place, at.date())


def _open(
    actor: Actor, intake: Intake, terms: Terms, here: UnitCard, place: UnitCard, party_id: int, at: datetime
) -> Dossier:
    case = _open_case(actor, intake, terms, here, place, party_id, at)
    if place.id != here.id:
        share_party(actor=actor, party_id=party_id, unit_ids=[place.id], reason="dossier")
    return Dossier.objects.create(
        case=case,
        version_id=terms.version_id,
        applicant_id=party_id,
        channel=intake.channel,
        terms=terms.as_json(),
        papers=[asdict(paper) for paper in intake.papers],
        particulars={**intake.particulars, "contact": _contact(intake)},
        note=intake.note,
        at_once=intake.at_once,
        lookup_digest=lookup_digest(lookup_token(case.code)),
        queue_ticket=intake.queue_ticket,
        return_mode=intake.return_mode,
        returning_unit_id=here.id,
    )


def _open_case(
    actor: Actor, intake: Intake, terms: Terms, here: UnitCard, place: UnitCard, party_id: int, at: datetime
) -> "Case":
    number = issue_number(here.id, SERIES, f"{at:%y%m%d}")
    code = str(DossierCode(here.agency_code, at.date(), number))
    limit, cutoff = limit_at(limits_for(terms, intake.channel), intake.limit_index)
    return open_case(
        Opening(
            kind=KIND,
            code=code,
            state=DossierState.RECEIVED,
            title=terms.name,
            subject_name=intake.applicant.name,
            party_id=party_id,
            task_id=terms.task_id,
            field=terms.field,
            receiving_unit_id=here.id,
            answer=responsible_for(terms.procedure_code, place.id, at),
            limit=limit,
            clock_start=at,
            at=at,
            place=here.code,
            cutoff=cutoff,
        )
    )


def _seal(
    actor: Actor, key: UUID, intake: Intake, dossier: Dossier, terms: Terms, here: UnitCard, at: datetime
) -> Received:
    """Charges, the receipt's frozen content, the journal's row and the command's result."""
    case = dossier.case
    charges = charges_for(terms.fees or (), intake)
    if charges:
        add_charges(actor=actor, case_id=case.pk, unit_id=here.id, charges=charges, at=at)
    token = lookup_token(case.code)
    receipt_id = issue_form(
        actor=actor,
        case_id=case.pk,
        unit_id=here.id,
        form=FormKind.INTAKE_RECEIPT,
        content=receipt_content(dossier, here, actor, sum(c.amount or 0 for c in charges), intake.quantity),
        at=at,
    )
    received = Received(case.pk, case.code, case.promised_at, receipt_id, token)
    record(
        "dossier.received",
        subject=Subject("dossier", case.pk, case.pk),
        actor=actor,
        at=at,
        data={
            "state": case.state,
            "channel": str(Channel(intake.channel).label),
            "due": format_moment(case.promised_at),
            "procedure": terms.procedure_code,
            "responsible_unit_id": case.responsible_unit_id,
        },
        closes=(key, received.as_json()),
    )
    return received

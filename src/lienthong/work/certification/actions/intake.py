"""What receiving and attesting at once share: the case, its documents and what it costs, inside their acts."""

from dataclasses import dataclass
from datetime import datetime

from lienthong.core.numbering.actions import issue_number
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.actions.opening import open_case
from lienthong.facilities.casework.values import Opening
from lienthong.facilities.fees.actions import add_charges
from lienthong.lib.calendar import LimitUnit, TimeLimit
from lienthong.mandate.competence.queries import responsible_for
from lienthong.mandate.procedures.queries import effective_terms, limits_for
from lienthong.mandate.procedures.values import Terms
from lienthong.people.organisation.queries import unit_by_id
from lienthong.people.organisation.values import UnitCard
from lienthong.people.parties.actions import admit_parties
from lienthong.work.certification.actions.step import demand
from lienthong.work.certification.enums import CertificationState, PlaceRule, PropertyKind
from lienthong.work.certification.models import Certification, CertifiedItem
from lienthong.work.certification.queries import act_rule, bans, rate_of
from lienthong.work.certification.rules import (
    KIND,
    charges_for,
    nobody_answers,
    why_not_act,
    why_not_coded,
    why_not_copy,
    why_not_items,
    why_not_long,
    why_not_place,
)
from lienthong.work.certification.values import ActRuleLine, CertificationRequest

SERIES = "certification"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a request rests on today: the unit, the catalogue's terms and the law's rule."""

    here: UnitCard
    terms: Terms
    rule: ActRuleLine


def ground_of(actor: Actor, request: CertificationRequest, at: datetime) -> Ground:
    """Ask the catalogue and the law's data. Four statements. Raises Refused where it cannot be taken in here."""
    day = at.date()
    here = unit_by_id(actor.unit_id or 0, day)
    terms, rule = effective_terms(request.task_code, here.code, day), act_rule(request.task_code, day)
    demand(why_not_act(rule, terms), why_not_coded(here), status=422)
    if terms is None or rule is None:
        raise NotFound
    demand(
        why_not_items(request.items, rule.act),
        why_not_long((request.note, 400), (request.applicant.address, 300)),
        why_not_copy(request.items, rule.act, bans(day) if any(item.ban for item in request.items) else {}),
        why_not_place(request, rule, here),
        status=422,
    )
    return Ground(here, terms, rule)


def take_in(
    actor: Actor, request: CertificationRequest, ground: Ground, at: datetime
) -> tuple[Certification, list[CertifiedItem], int]:
    """Party, case, documents and charges; the certification, its documents and the amount due. About nine statements."""
    party_id = _party(actor, request, at)
    certification = _opened(actor, request, ground, party_id, at)
    items = CertifiedItem.objects.bulk_create(
        CertifiedItem(
            certification=certification,
            sequence=place,
            document_name=item.document_name.strip(),
            issuer=item.issuer.strip(),
            issued_on=item.issued_on,
            pages=item.pages,
            copies=item.copies,
            signer=item.signer.strip(),
        )
        for place, item in enumerate(request.items, 1)
    )
    charges = charges_for(rate_of(request.task_code, at.date()), request.items)
    add_charges(actor=actor, case_id=certification.pk, unit_id=actor.unit_id or 0, charges=charges, at=at)
    return certification, items, sum(charge.amount or 0 for charge in charges)


def _party(actor: Actor, request: CertificationRequest, at: datetime) -> int:
    (found,) = admit_parties(actor=actor, parties=[request.applicant], at=at, reason="certification")
    if isinstance(found, Refusal):
        raise Refused.because(found, status=422)
    return found


def _opened(
    actor: Actor, request: CertificationRequest, ground: Ground, party_id: int, at: datetime
) -> Certification:
    limit, cutoff = _limit(ground.terms)
    answer = responsible_for(request.task_code, ground.here.id, at)
    is_placed = ground.rule.place_rule == PlaceRule.PROPERTY
    demand(None if answer.post_id else nobody_answers(), status=422)
    case = open_case(
        Opening(
            kind=KIND,
            code=_code(ground.here, at),
            state=CertificationState.RECEIVED.value,
            title=ground.terms.name,
            receiving_unit_id=ground.here.id,
            answer=answer,
            limit=limit,
            clock_start=at,
            at=at,
            subject_name=" ".join(request.applicant.name.split()),
            party_id=party_id,
            task_id=ground.terms.task_id,
            field=ground.terms.field,
            place=ground.here.code,
            cutoff=cutoff,
        )
    )
    return Certification.objects.create(
        case=case,
        task_code=request.task_code,
        act=ground.rule.act,
        book=ground.rule.book,
        applicant_id=party_id,
        address=request.applicant.address.strip(),
        property_kind=request.property_kind if is_placed else "",
        property_place=ground.here.code
        if is_placed and request.property_kind != PropertyKind.MOVABLE
        else "",
        note=request.note.strip(),
    )


def _limit(terms: Terms) -> tuple[TimeLimit, str]:
    """The limit of the catalogue with its cut-off hour; where it states none, the day it is received."""
    limits = limits_for(terms, "counter")
    if not limits:
        return TimeLimit(0, LimitUnit.WORKING_DAY), ""
    return TimeLimit(limits[0].amount or 0, LimitUnit(limits[0].unit)), limits[0].cutoff


def _code(here: UnitCard, at: datetime) -> str:
    """{agency code}-{yymmdd}-CT{sequence of the day}: its own series, so that it is never a dossier's."""
    return f"{here.agency_code}-{at:%y%m%d}-CT{issue_number(here.id, SERIES, f'{at:%y%m%d}'):04d}"

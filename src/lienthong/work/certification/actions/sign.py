"""Signing: the register is asked at that moment who may, its answer is frozen, and the numbers are issued."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from lienthong.core.numbering.actions import issue_numbers
from lienthong.core.registry.values import Refusal
from lienthong.core.scope.actions import one_act
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.actions.opening import end_case
from lienthong.facilities.casework.enums import Outcome
from lienthong.facilities.fees.queries import dues_of
from lienthong.mandate.competence.enums import Capacity, DelegableAct
from lienthong.mandate.competence.queries import warrant_of
from lienthong.mandate.competence.values import Warrant
from lienthong.people.organisation.queries import posts_of_unit, unit_by_id
from lienthong.people.parties.access import cards_of
from lienthong.people.parties.values import PaperDraft
from lienthong.work.certification.actions.paper import Signing, freeze_attestation
from lienthong.work.certification.actions.step import Step, begin_step, demand
from lienthong.work.certification.models import Attestation, BookEntry, Certification, CertifiedItem
from lienthong.work.certification.queries import closing_of
from lienthong.work.certification.rules import as_signed, closed_month, paper_among, signed_as
from lienthong.work.certification.values import Attested, BookNumber, SignedAs


@one_act
def sign_certification(*, actor: Actor, key: UUID, certification_id: int) -> Attested:
    """Sign what was received; the obligation of the unit ends here. About fifteen statements.

    Raises Refused where the register does not name the actor at this moment (the sentence names the paper that
    ended), NotFound.
    """
    step, former = begin_step(actor=actor, verb="sign", certification_id=certification_id, key=key)
    if step is None:
        return Attested.from_json(former)
    warrant, signed = demanded_warrant(actor, step.certification, step.at)
    items = list(CertifiedItem.objects.filter(certification=step.certification).order_by("sequence"))
    unit = unit_by_id(step.case.responsible_unit_id, step.at.date())
    signing = Signing(
        unit, warrant, signed, step.at, dues_of(step.case.pk).due, _paper_of(step.certification)
    )
    numbers = attest(actor, step.certification, signing, items)
    step.move()
    end_case(step.case, outcome=Outcome.DONE, at=step.at)
    attested = Attested(certification_id, step.case.code, warrant.capacity, numbers)
    tell(step, "certification.signed", warrant, attested)
    return attested


def demanded_warrant(actor: Actor, certification: Certification, at: datetime) -> tuple[Warrant, SignedAs]:
    """By what right the actor signs now, and in what form. Raises Refused with the sentence of the paper that ended."""
    unit_id = certification.case.responsible_unit_id
    sign = DelegableAct.SIGN.value
    found = warrant_of(actor.acting_post, actor.acting_person, certification.task_code, unit_id, sign, at)
    if isinstance(found, Refusal):
        demand(found, status=403)
    if not isinstance(found, Warrant):
        raise TypeError(found)
    posts = posts_of_unit(unit_id, at.date())
    warrant = as_signed(found, posts)
    return warrant, signed_as(warrant, posts)


def attest(
    actor: Actor, certification: Certification, signing: Signing, items: Sequence[CertifiedItem]
) -> tuple[BookNumber, ...]:
    """Freeze the warrant and the paper, and give each document its number in the book of the year. Five statements.

    A month is closed under the lock of its series of numbers: who waited for it is told here.
    """
    unit_id, book, at = certification.case.responsible_unit_id, certification.book, signing.at
    numbers = enter_in_book(items, unit_id=unit_id, book=book, at=at)
    demand(closed_month() if closing_of(unit_id, book, at.year, at.month) else None)
    warrant = signing.warrant
    Attestation.objects.create(
        certification=certification,
        post_id=warrant.post_id,
        person_id=warrant.person_id,
        capacity=warrant.capacity,
        delegation_id=warrant.delegation_id,
        warrant={**warrant.as_json(), "signed_as": asdict(signing.signed)},
        signed_at=at,
    )
    freeze_attestation(actor, certification, signing, items, numbers)
    return numbers


def enter_in_book(
    items: Sequence[CertifiedItem], *, unit_id: int, book: str, at: datetime
) -> tuple[BookNumber, ...]:
    """The next numbers of the unit's book and year, from 01 on 1 January. Two statements."""
    numbers = issue_numbers(unit_id, book, str(at.year), len(items))
    BookEntry.objects.bulk_create(
        BookEntry(unit_id=unit_id, book=book, year=at.year, number=number, item=item, issued_at=at)
        for item, number in zip(items, numbers, strict=True)
    )
    return tuple(
        BookNumber(item.pk, book, at.year, number) for item, number in zip(items, numbers, strict=True)
    )


def _paper_of(certification: Certification) -> PaperDraft | None:
    """The paper by which the applicant is known."""
    card = cards_of([certification.applicant_id]).get(certification.applicant_id)
    return paper_among(card.papers) if card else None


def tell(step: Step, event: str, warrant: Warrant, attested: Attested) -> None:
    """The journal's row of a signature, with the delegation that it was done under."""
    step.end(
        event,
        data={
            "capacity": str(Capacity(warrant.capacity).label),
            "capacity_word": str(warrant.capacity),
            "delegation_id": warrant.delegation_id,
            "signer_post_id": warrant.post_id,
            "numbers": ", ".join(number.words for number in attested.numbers),
            "numbers_count": len(attested.numbers),
        },
        result=attested.as_json(),
    )

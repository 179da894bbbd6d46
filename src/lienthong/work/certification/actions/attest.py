"""At once: received, signed, paid and handed over by the one who sits at the counter and may sign."""

from dataclasses import asdict, replace
from uuid import UUID, uuid5

from lienthong.core.journal.actions import begin_command
from lienthong.core.lifecycle.rules import why_not
from lienthong.core.scope.actions import one_act
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.actions.opening import end_case
from lienthong.facilities.casework.enums import Outcome
from lienthong.facilities.fees.values import Heading
from lienthong.work.certification.actions.ending import collect, hand_over
from lienthong.work.certification.actions.intake import ground_of, take_in
from lienthong.work.certification.actions.paper import Signing
from lienthong.work.certification.actions.sign import attest, demanded_warrant, tell
from lienthong.work.certification.actions.step import Step, demand
from lienthong.work.certification.rules import LIFECYCLE, paper_among, why_not_at_once
from lienthong.work.certification.values import Attested, CertificationRequest


@one_act
def attest_at_once(
    *,
    actor: Actor,
    key: UUID,
    request: CertificationRequest,
    method: str = "cash",
    returned_to: str = "",
    heading: Heading | None = None,
) -> Attested:
    """One act from scan to paper, for the delegate at the counter. `returned_to` "" is the applicant.

    `heading` freezes the fee's receipt (its code is filled in). Raises Refused as receiving and signing do, and
    for an act that is no at-once one.
    """
    demand(why_not(LIFECYCLE, "attest_at_once", "", actor))
    told = {"request": asdict(request), "method": method, "to": returned_to}
    former = begin_command(key, "certification.attest_at_once", told, actor)
    if former is not None:
        return Attested.from_json(former)
    at = now()
    ground = ground_of(actor, request, at)
    demand(why_not_at_once(ground.terms.at_once), status=422)
    certification, items, amount = take_in(actor, request, ground, at)
    step = Step(actor, "attest_at_once", key, certification, at)
    warrant, signed = demanded_warrant(actor, certification, at)
    shown = paper_among(request.applicant.papers)
    signing = Signing(ground.here, warrant, signed, at, amount, shown)
    numbers = attest(actor, certification, signing, items)
    named = replace(heading, code=step.case.code) if heading else None
    receipt_id = collect(step, amount=amount, method=method, heading=named, key=uuid5(key, "payment"))
    hand_over(step, returned_to or step.case.subject_name, owed=0, at_once=True)
    step.move()
    end_case(step.case, outcome=Outcome.DONE, at=at)
    attested = Attested(step.case.pk, step.case.code, warrant.capacity, numbers, receipt_id)
    tell(step, "certification.attested_at_once", warrant, attested)
    return attested

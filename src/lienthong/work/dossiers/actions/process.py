"""Assign, take up, propose, submit, approve, send back, complete: the matter on its way to a result."""

from uuid import UUID

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import one_act
from lienthong.core.scope.queries import present_register
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.actions.opening import end_case
from lienthong.facilities.casework.enums import Outcome
from lienthong.mandate.competence.enums import DelegableAct
from lienthong.mandate.competence.queries import responsible_for
from lienthong.work.dossiers.actions.step import Step, begin_step
from lienthong.work.dossiers.enums import DecisionKind
from lienthong.work.dossiers.models import Decision, Proposal
from lienthong.work.dossiers.queries import assignable_posts
from lienthong.work.dossiers.rules import why_not_assign, why_not_reason


@one_act
def assign_dossier(
    *, actor: Actor, dossier_id: int, key: UUID, to_post_id: int, version: int | None = None
) -> int:
    """Give the matter to an officer of the responsible unit. At most eight statements."""
    step, former = begin_step(
        actor=actor, verb="assign", dossier_id=dossier_id, key=key, body={"to": to_post_id}, version=version
    )
    if step is None:
        return int(former)
    unit_id, day = step.case.responsible_unit_id, step.at.date()
    # Asked at this moment: the lock's statement told the register's version, and what is of another was forgotten.
    cards = present_register().kept(("assignable", unit_id, day), lambda: assignable_posts(unit_id, day))
    posts = {card.id: card for card in cards}
    refusal = why_not_assign(known=to_post_id in posts)
    if refusal:
        raise Refused.because(refusal, status=422)
    step.move(holder_id=to_post_id)
    step.end("dossier.assigned", data={"to": posts[to_post_id].title, "to_post_id": to_post_id})
    return dossier_id


@one_act
def take_up_dossier(*, actor: Actor, dossier_id: int, key: UUID, version: int | None = None) -> int:
    """Begin to work on the matter: the taker holds it from now on."""
    step, former = begin_step(actor=actor, verb="take_up", dossier_id=dossier_id, key=key, version=version)
    if step is None:
        return int(former)
    step.move(holder_id=actor.post_id)
    step.end("dossier.taken_up")
    return dossier_id


@one_act
def propose_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    key: UUID,
    grants: bool,
    text: str,
    basis: str,
    submit: bool = False,
    version: int | None = None,
) -> int:
    """Propose to grant or to deny, on a named law; `submit` walks on to the leader in the same act."""
    body = {"grants": grants, "text": text, "basis": basis}
    verb = "propose_and_submit" if submit else "propose"
    step, former = begin_step(
        actor=actor, verb=verb, dossier_id=dossier_id, key=key, body=body, version=version
    )
    if step is None:
        return int(former)
    refusal = why_not_reason(text, "nội dung đề xuất") or why_not_reason(basis, "căn cứ pháp lý của đề xuất")
    if refusal:
        raise Refused.because(refusal, status=422)
    Proposal.objects.create(
        dossier=step.dossier,
        grants=grants,
        text=text,
        basis=basis,
        post_id=actor.acting_post,
        proposed_at=step.at,
    )
    data = {"proposal": "giải quyết" if grants else "không giải quyết"}
    if submit:
        _to_leader(step)
        step.end(
            "dossier.submitted", data={**data, "to_post_id": step.case.holder_id}, particulars={"text": text}
        )
    else:
        step.move()
        step.end("dossier.proposed", data=data, particulars={"text": text})
    return dossier_id


@one_act
def submit_dossier(*, actor: Actor, dossier_id: int, key: UUID, version: int | None = None) -> int:
    """Put the proposal before the leader in charge, whom the register names at this moment."""
    step, former = begin_step(actor=actor, verb="submit", dossier_id=dossier_id, key=key, version=version)
    if step is None:
        return int(former)
    _to_leader(step)
    step.end("dossier.submitted", data={"to_post_id": step.case.holder_id})
    return dossier_id


@one_act
def approve_dossier(*, actor: Actor, dossier_id: int, key: UUID, version: int | None = None) -> int:
    """Approve what was proposed. The register is asked at this moment; answer and warrant are frozen into the act."""
    step, former = begin_step(actor=actor, verb="approve", dossier_id=dossier_id, key=key, version=version)
    if step is None:
        return int(former)
    proposal, paper = _decide(step, DecisionKind.APPROVED, "")
    step.move(holder_id=proposal.post_id)
    told = {"proposal": "giải quyết" if proposal.grants else "không giải quyết"}
    step.end("dossier.approved", data={**told, **paper})
    return dossier_id


@one_act
def send_back_dossier(
    *, actor: Actor, dossier_id: int, key: UUID, reason: str, version: int | None = None
) -> int:
    """Return the proposal to who made it, with the reason."""
    step, former = begin_step(
        actor=actor,
        verb="send_back",
        dossier_id=dossier_id,
        key=key,
        body={"reason": reason},
        version=version,
    )
    if step is None:
        return int(former)
    refusal = why_not_reason(reason, "lý do trả lại")
    if refusal:
        raise Refused.because(refusal, status=422)
    proposal, paper = _decide(step, DecisionKind.SENT_BACK, reason)
    step.move(holder_id=proposal.post_id)
    step.end("dossier.sent_back", data=paper, particulars={"reason": reason})
    return dossier_id


@one_act
def complete_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    key: UUID,
    result_number: str,
    result_summary: str,
    version: int | None = None,
) -> int:
    """The result is there: the unit's obligation ends, on time or late; the result waits to be collected."""
    body = {"number": result_number, "summary": result_summary}
    step, former = begin_step(
        actor=actor, verb="complete", dossier_id=dossier_id, key=key, body=body, version=version
    )
    if step is None:
        return int(former)
    refusal = why_not_reason(result_number, "số, ký hiệu của kết quả")
    if refusal:
        raise Refused.because(refusal, status=422)
    step.move()
    end_case(step.case, outcome=Outcome.DONE, at=step.at)
    step.note(result_number=result_number, result_summary=result_summary)
    step.end("dossier.completed", data={"number": result_number}, particulars={"summary": result_summary})
    return dossier_id


def _to_leader(step: Step) -> None:
    answer = responsible_for(step.dossier.terms["procedure_code"], step.case.responsible_unit_id, step.at)
    step.move(holder_id=answer.leader_post_id)


def _decide(step: Step, kind: DecisionKind, reason: str) -> tuple[Proposal, dict[str, int]]:
    """Ask who is competent now and by what right the actor decides; refuse anybody else; keep both with the decision."""
    warrant = step.warrant(DelegableAct.APPROVE)
    answer = responsible_for(step.dossier.terms["procedure_code"], step.case.responsible_unit_id, step.at)
    proposal = step.dossier.proposals.latest("id")
    Decision.objects.create(
        dossier=step.dossier,
        kind=kind,
        proposal=proposal,
        reason=reason,
        post_id=step.actor.acting_post,
        person_id=step.actor.acting_person,
        answer={**answer.as_json(), "warrant": warrant.as_json()},
        decided_at=step.at,
    )
    return proposal, warrant.journalled()

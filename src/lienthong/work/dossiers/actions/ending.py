"""How a dossier ends: refused, halted, withdrawn, returned, or answered at once."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction

from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.actions.opening import end_case
from lienthong.facilities.casework.enums import Outcome
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.fees.queries import dues_of
from lienthong.mandate.competence.enums import DelegableAct
from lienthong.mandate.competence.queries import responsible_for, warrants_for
from lienthong.mandate.competence.values import Answer, Warrant
from lienthong.people.organisation.queries import unit_by_id
from lienthong.work.dossiers.actions.papers import for_whom, halt_content, refusal_content
from lienthong.work.dossiers.actions.step import Step, begin_step
from lienthong.work.dossiers.enums import DecisionKind, ReturnMode
from lienthong.work.dossiers.models import Decision, Proposal
from lienthong.work.dossiers.rules import (
    NOT_THE_SIGNER,
    why_not_at_once,
    why_not_reason,
    why_not_request_supplement,
    why_not_return,
)
from lienthong.work.dossiers.values import Lack


@transaction.atomic
def refuse_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    key: UUID,
    reasons: Sequence[Lack],
    guidance: str = "",
    version: int | None = None,
) -> int:
    """Refuse a dossier (mẫu 03), every reason with its basis; returns the form's id."""
    rows = [asdict(reason) for reason in reasons]
    step, former = begin_step(
        actor=actor,
        verb="refuse",
        dossier_id=dossier_id,
        key=key,
        body={"reasons": rows, "guidance": guidance},
        version=version,
    )
    if step is None:
        return int(former)
    refusal = why_not_request_supplement(rows)
    if refusal:
        raise Refused.because(refusal, status=422)
    step.move()
    end_case(step.case, outcome=Outcome.REFUSED, at=step.at)
    unit = unit_by_id(actor.unit_id or step.case.receiving_unit_id, step.at.date())
    content = refusal_content(step.dossier, unit, actor, rows, guidance, step.at)
    form_id = step.issue(FormKind.REFUSAL_SLIP, content, unit_id=unit.id)
    step.end("dossier.refused", data={"reasons": len(rows)}, result=form_id)
    return form_id


@transaction.atomic
def halt_dossier(
    *, actor: Actor, dossier_id: int, key: UUID, reason: str, basis: str, version: int | None = None
) -> int:
    """Stop for good (mẫu 05): a halt is an end, not a pause. Returns the form's id."""
    step, former = begin_step(
        actor=actor,
        verb="halt",
        dossier_id=dossier_id,
        key=key,
        body={"reason": reason, "basis": basis},
        version=version,
    )
    if step is None:
        return int(former)
    for words, what in ((reason, "lý do dừng giải quyết"), (basis, "căn cứ dừng giải quyết")):
        refusal = why_not_reason(words, what)
        if refusal:
            raise Refused.because(refusal, status=422)
    warrant = step.warrant(DelegableAct.SIGN)
    step.move()
    end_case(step.case, outcome=Outcome.HALTED, at=step.at)
    unit = unit_by_id(step.case.responsible_unit_id, step.at.date())
    on_behalf = for_whom(warrant, unit.id, step.at)
    content = halt_content(
        step.dossier, unit, actor, reason=reason, basis=basis, at=step.at, on_behalf=on_behalf
    )
    form_id = step.issue(FormKind.HALT_NOTICE, content, unit_id=unit.id)
    data = {"capacity": warrant.capacity, **warrant.journalled()}
    step.end("dossier.halted", data=data, particulars={"reason": reason, "basis": basis}, result=form_id)
    return form_id


@transaction.atomic
def withdraw_dossier(
    *, actor: Actor, dossier_id: int, key: UUID, reason: str, version: int | None = None
) -> int:
    """The applicant takes the dossier back."""
    step, former = begin_step(
        actor=actor, verb="withdraw", dossier_id=dossier_id, key=key, body={"reason": reason}, version=version
    )
    if step is None:
        return int(former)
    refusal = why_not_reason(reason, "lý do người nộp rút hồ sơ")
    if refusal:
        raise Refused.because(refusal, status=422)
    step.move()
    end_case(step.case, outcome=Outcome.WITHDRAWN, at=step.at)
    step.end("dossier.withdrawn", particulars={"reason": reason})
    return dossier_id


@transaction.atomic
def return_result(
    *,
    actor: Actor,
    dossier_id: int,
    key: UUID,
    returned_to: str,
    mode: str = ReturnMode.COUNTER,
    version: int | None = None,
) -> int:
    """Hand the result over: who collected it, at which counter or by post. Fees come first."""
    body = {"to": returned_to, "mode": mode}
    step, former = begin_step(
        actor=actor, verb="return_result", dossier_id=dossier_id, key=key, body=body, version=version
    )
    if step is None:
        return int(former)
    _hand_over(step, returned_to, mode)
    step.move()
    step.end(
        "dossier.returned",
        data={"mode": str(ReturnMode(mode).label), "unit_id": actor.unit_id},
        particulars={"returned_to": returned_to},
    )
    return dossier_id


@transaction.atomic
def answer_at_once(
    *,
    actor: Actor,
    dossier_id: int,
    key: UUID,
    signer_post_id: int,
    result_number: str,
    result_summary: str,
    returned_to: str,
    version: int | None = None,
) -> int:
    """An at-once matter, in one sitting: decided by a competent signer, completed and returned in one act.

    The register is asked at this moment whether the signer may; its answer is frozen into the decision.
    """
    body = {"signer": signer_post_id, "number": result_number, "to": returned_to}
    step, former = begin_step(
        actor=actor, verb="answer_at_once", dossier_id=dossier_id, key=key, body=body, version=version
    )
    if step is None:
        return int(former)
    answer, warrants = _asked(step)
    warrant = next((one for one in warrants if one.post_id == signer_post_id), None)
    refusal = why_not_at_once(at_once=step.dossier.at_once) or why_not_reason(
        result_number, "số, ký hiệu của kết quả"
    )
    if refusal or warrant is None:
        raise Refused.because(refusal or NOT_THE_SIGNER, status=422)
    _hand_over(step, returned_to, ReturnMode.COUNTER)
    _decide(step, answer, warrant, result_summary)
    step.move()
    end_case(step.case, outcome=Outcome.DONE, at=step.at)
    step.note(result_number=result_number, result_summary=result_summary)
    step.end(
        "dossier.answered_at_once",
        data={"number": result_number, "signer_post_id": signer_post_id, **warrant.journalled()},
        particulars={"returned_to": returned_to},
    )
    return dossier_id


def _asked(step: Step) -> tuple[Answer, tuple[Warrant, ...]]:
    """The register's answer at this moment, and who may sign the result."""
    asked = (step.dossier.terms["procedure_code"], step.case.responsible_unit_id)
    return responsible_for(*asked, step.at), warrants_for(*asked, DelegableAct.APPROVE, step.at)


def _decide(step: Step, answer: Answer, warrant: Warrant, summary: str) -> None:
    """Keep what was decided, by whom, the register's answer and the signer's warrant at that moment."""
    proposal = Proposal.objects.create(
        dossier=step.dossier,
        grants=True,
        text=summary or step.dossier.terms["name"],
        basis="Thủ tục giải quyết ngay",
        post_id=step.actor.acting_post,
        proposed_at=step.at,
    )
    Decision.objects.create(
        dossier=step.dossier,
        kind=DecisionKind.APPROVED,
        proposal=proposal,
        post_id=warrant.post_id,
        person_id=warrant.person_id,
        answer={**answer.as_json(), "warrant": warrant.as_json()},
        decided_at=step.at,
    )


def _hand_over(step: Step, returned_to: str, mode: str) -> None:
    refusal = why_not_return(returned_to=returned_to, open_dues=dues_of(step.case.pk).open)
    if refusal:
        raise Refused.because(refusal)
    step.note(
        returned_at=step.at,
        returned_to=returned_to,
        return_mode=mode,
        returned_by_post_id=step.actor.post_id,
        returning_unit_id=step.actor.unit_id,
    )

"""Extending: at most the working days that the law's data states, with a paper for the applicant (Đ.21)."""

from datetime import datetime
from uuid import UUID

from lienthong.core.scope.actions import one_act
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.actions.clock import extend_clock
from lienthong.lib.calendar import LimitUnit
from lienthong.lib.dates import format_moment
from lienthong.work.certification.actions.step import Step, begin_step, demand
from lienthong.work.certification.queries import act_rule
from lienthong.work.certification.rules import why_not_extend, why_not_long, why_not_waiting

MOST_NUMBER = 60


@one_act
def extend_certification(
    *, actor: Actor, key: UUID, certification_id: int, days: int, reason: str, document: str = ""
) -> datetime:
    """Move the promise by working days; the new one. `document` is the number of the paper that says so.

    Raises Refused beyond what the law's data allows, NotFound.
    """
    body = {"days": days, "reason": reason, "document": document}
    step, former = begin_step(
        actor=actor,
        verb="extend",
        certification_id=certification_id,
        key=key,
        body=body,
        lifecycle=False,
    )
    if step is None:
        return datetime.fromisoformat(former)
    _demand_room(step, days, reason, document)
    due = extend_clock(
        step.case,
        actor=actor,
        at=step.at,
        amount=days,
        unit=LimitUnit.WORKING_DAY.value,
        document=document or f"Phiếu hẹn {step.case.code}",
        reason=reason,
    )
    step.case.version += 1
    step.end(
        "certification.extended",
        data={"days": days, "due": format_moment(due)},
        particulars={"reason": reason.strip()},
        result=due.isoformat(),
    )
    return due


def _demand_room(step: Step, days: int, reason: str, document: str) -> None:
    rule = act_rule(step.certification.task_code, step.at.date())
    rows = step.case.clock.filter(kind="extension").values_list("amount", flat=True)
    demand(
        why_not_waiting(step.case.state),
        why_not_extend(
            step.actor,
            days=days,
            so_far=sum(amount or 0 for amount in rows),
            most=rule.extension_days if rule else None,
            reason=reason,
        ),
        why_not_long((document, MOST_NUMBER)),
        status=422,
    )

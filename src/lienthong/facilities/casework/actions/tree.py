"""A case may have children in other units, one obligation each; the parent ends when all have ended."""

from uuid import UUID

from django.db import transaction

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.access import find_case, lock_case
from lienthong.facilities.casework.actions.opening import end_case, save_case
from lienthong.facilities.casework.enums import Outcome
from lienthong.facilities.casework.rules import why_not_release


@transaction.atomic
def release_child(*, actor: Actor, case_id: int, key: UUID, reason: str) -> int:
    """No longer ask for one obligation: the unit that leads the parent says so in writing.

    Raises Refused (not the lead, already ended, no reason, no child of anything) and NotFound.
    """
    former = begin_command(key, "release_child", {"case": case_id, "reason": reason}, actor)
    if former is not None:
        return int(former)
    at, child = now(), lock_case(actor, case_id)
    parent = find_case(actor, child.parent_id) if child.parent_id else None
    refusal = why_not_release(
        is_lead=parent is not None and parent.responsible_unit_id == actor.unit_id,
        is_child=parent is not None,
        closed=child.closed_at is not None,
        reason=reason,
    )
    if refusal:
        raise Refused.because(refusal)
    end_case(child, outcome=Outcome.RELEASED, at=at)
    child.version += 1
    save_case(child)
    record(
        "case.released",
        subject=Subject("case", child.pk, child.parent_id),
        actor=actor,
        at=at,
        data={"code": child.code, "child_id": child.pk},
        particulars={"reason": reason},
        closes=(key, child.pk),
    )
    return child.pk

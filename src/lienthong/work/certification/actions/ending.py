"""How a certification ends: handed over with its fee paid, refused with an article, or withdrawn."""

from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from lienthong.core.scope.actions import one_act
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.actions.opening import end_case
from lienthong.facilities.casework.enums import Outcome
from lienthong.facilities.fees.actions import let_go, take_payment
from lienthong.facilities.fees.queries import dues_of
from lienthong.facilities.fees.values import Heading
from lienthong.work.certification.actions.step import Step, begin_step, demand
from lienthong.work.certification.rules import why_not_reason, why_not_refuse, why_not_return


@one_act
def return_certification(
    *,
    actor: Actor,
    key: UUID,
    certification_id: int,
    returned_to: str,
    method: str = "",
    heading: Heading | None = None,
) -> int:
    """Hand the signed papers over; with `method` what is still owed is collected in the same act.

    Raises Refused while fees are open, NotFound.
    """
    body = {"to": returned_to, "method": method}
    step, former = begin_step(
        actor=actor, verb="return", certification_id=certification_id, key=key, body=body
    )
    if step is None:
        return int(former)
    owed = dues_of(certification_id).open
    if method:
        collect(step, amount=owed, method=method, heading=heading, key=uuid5(key, "payment"))
    hand_over(step, returned_to, owed=0 if method else owed)
    step.move()
    step.end(
        "certification.returned",
        data={"post_id": actor.post_id},
        particulars={"returned_to": returned_to.strip()},
        result=certification_id,
    )
    return certification_id


@one_act
def refuse_certification(*, actor: Actor, key: UUID, certification_id: int, reason: str, article: str) -> int:
    """Refuse what was received, with the reason and the article; the fee that was charged is not asked for."""
    body = {"reason": reason, "article": article}
    step, former = begin_step(
        actor=actor, verb="refuse", certification_id=certification_id, key=key, body=body
    )
    if step is None:
        return int(former)
    demand(why_not_refuse(actor, reason, article), status=422)
    step.note(refused_article=article.strip())
    step.move()
    end_case(step.case, outcome=Outcome.REFUSED, at=step.at)
    let_go(actor=actor, case_id=certification_id, reason=_("Từ chối chứng thực"))
    step.end(
        "certification.refused",
        data={"article": article.strip()},
        particulars={"reason": reason.strip()},
        result=certification_id,
    )
    return certification_id


@one_act
def withdraw_certification(*, actor: Actor, key: UUID, certification_id: int, reason: str) -> int:
    """The applicant takes the request back before it is signed; the fee that was charged is not asked for."""
    step, former = begin_step(
        actor=actor, verb="withdraw", certification_id=certification_id, key=key, body={"reason": reason}
    )
    if step is None:
        return int(former)
    demand(why_not_reason(reason), status=422)
    step.move()
    end_case(step.case, outcome=Outcome.WITHDRAWN, at=step.at)
    let_go(actor=actor, case_id=certification_id, reason=_("Người yêu cầu rút"))
    step.end(
        "certification.withdrawn",
        data={},
        particulars={"reason": reason.strip()},
        result=certification_id,
    )
    return certification_id


def collect(step: Step, *, amount: int, method: str, heading: Heading | None, key: UUID) -> int | None:
    """Take what is still owed; the receipt's id, None where nothing is."""
    if amount <= 0:
        return None
    receipt = take_payment(
        actor=step.actor,
        key=key,
        case_id=step.case.pk,
        amount=amount,
        method=method,
        heading=heading,
        at=step.at,
    )
    return receipt.pk


def hand_over(step: Step, returned_to: str, *, owed: int, at_once: bool = False) -> None:
    """Who took the papers, when and from whom. Raises Refused while fees are open."""
    demand(why_not_return(returned_to=returned_to, open_dues=max(owed, 0)))
    step.note(
        returned_at=step.at,
        returned_to=returned_to.strip(),
        returned_by_post_id=step.actor.post_id,
        is_at_once=at_once,
    )

"""Receiving at the counter: party, documents, charge and promise in one act; the numbers come with the signature."""

from dataclasses import asdict
from uuid import UUID

from lienthong.core.journal.actions import begin_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.lifecycle.rules import why_not
from lienthong.core.scope.actions import one_act
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.dates import format_moment
from lienthong.work.certification.actions.intake import ground_of, take_in
from lienthong.work.certification.actions.step import demand
from lienthong.work.certification.rules import LIFECYCLE
from lienthong.work.certification.values import CertificationRequest, Received


@one_act
def receive_certification(*, actor: Actor, key: UUID, request: CertificationRequest) -> Received:
    """Take a request in: same day, after the cut-off hour the next working day. About sixteen statements.

    Raises Refused: not your duty, no such act, an original that may not be copied (with its article), a
    transaction whose land or house lies elsewhere, party details impossible.
    """
    demand(why_not(LIFECYCLE, "receive", "", actor))
    former = begin_command(key, "certification.receive", asdict(request), actor)
    if former is not None:
        return Received.from_json(former)
    at = now()
    certification, _items, amount = take_in(actor, request, ground_of(actor, request, at), at)
    case = certification.case
    received = Received(case.pk, case.code, case.promised_at, amount)
    record(
        "certification.received",
        subject=Subject("certification", case.pk, case.pk),
        actor=actor,
        at=at,
        data={
            "state": case.state,
            "task": request.task_code,
            "items": len(request.items),
            "due": format_moment(case.promised_at),
        },
        closes=(key, received.as_json()),
    )
    return received

"""What follows from what was found: the only place where an answer is composed.

The statement over the database and the Resolver over a snapshot both find what stands, and ask it here.
"""

from collections.abc import Iterable
from typing import NamedTuple

from lienthong.mandate.competence.enums import AssignedDuty, Finding
from lienthong.mandate.competence.values import Answer, Link, Partner
from lienthong.people.organisation.enums import BodyKind, PostKind

CHAIR = PostKind.CHAIR.value
HEADS = {
    BodyKind.SERVICE_CENTRE.value: PostKind.CENTRE_DIRECTOR.value,
    BodyKind.COMMITTEE.value: CHAIR,
    BodyKind.PARTY_COMMITTEE.value: PostKind.PARTY_SECRETARY.value,
}
PROCESSING, APPROVAL = AssignedDuty.PROCESSING.value, AssignedDuty.APPROVAL.value
_NO_TASK, _NO_BASIS, _NO_RULE = Finding.NO_TASK.value, Finding.NO_BASIS.value, Finding.NO_RULE.value
_NO_BODY, _NO_POST = Finding.NO_BODY.value, Finding.NO_POST.value
_NO_HOLDER, _NO_CHAIR = Finding.NO_HOLDER.value, Finding.NO_CHAIR.value


class Seat(NamedTuple):
    """A post that was found, who answers for it (None: nobody), and the paper that assigned it."""

    post_id: int
    person_id: int | None
    link: Link | None = None


class Standing(NamedTuple):
    """What was found on the way from the task to a person. `post_kind`: whose the rule says it is in person."""

    has_task: bool
    is_lapsed: bool
    has_rule: bool
    post_kind: str
    body_id: int | None
    law: tuple[Link, ...]
    processing: Seat | None = None
    approval: Seat | None = None
    head: Seat | None = None
    in_person: Seat | None = None
    chair: Seat | None = None
    coordinating: tuple[Partner, ...] = ()


def concluded(unit_id: int, stands: Standing) -> Answer:
    """The answer that follows from what stands; the Chair where anything is missing."""
    own = stands.in_person if stands.post_kind else stands.processing or stands.head
    chair = stands.chair
    finding = _missing(stands, own)
    post, person_id = chair, _person_of(chair)
    if own is not None and finding in ("", _NO_HOLDER):
        post, person_id = own, _person_of(own, stands.head, chair)
    leading = leader(stands, finding)
    assigned = () if stands.post_kind else (stands.processing,)
    return Answer(
        unit_id,
        stands.body_id,
        post.post_id if post else None,
        person_id,
        leading.post_id if leading else None,
        _person_of(leading, chair),
        (*stands.law, *(seat.link for seat in (*assigned, approving(stands)) if seat and seat.link)),
        finding if post else _NO_CHAIR,
        stands.coordinating,
    )


def approving(stands: Standing) -> Seat | None:
    """The leader in charge by assignment; none where another post than the Chair has it in person."""
    return None if stands.post_kind not in ("", CHAIR) and stands.in_person else stands.approval


def leader(stands: Standing, finding: str) -> Seat | None:
    """Who approves: the leader in charge, the post that has it in person, else the Chair."""
    assigned = approving(stands)
    if assigned is None and stands.post_kind and finding in ("", _NO_HOLDER):
        return stands.in_person or stands.chair
    return assigned or stands.chair


def own_post(stands: Standing) -> Seat | None:
    """Whose the competence is: the post that has it by rule, else the Chair."""
    is_clear = stands.has_task and not stands.is_lapsed and stands.has_rule
    return (stands.in_person if is_clear and stands.post_kind else None) or stands.chair


def head_kind(body_kind: str) -> str:
    """The kind of post that heads a body of this kind."""
    return HEADS.get(body_kind, PostKind.DEPARTMENT_HEAD.value)


def partners(found: Iterable[Partner]) -> tuple[Partner, ...]:
    """Each body once, the narrower rule first."""
    kept: dict[tuple[str, str], Partner] = {}
    for one in found:
        kept.setdefault((one.body_kind, one.post_kind), one)
    return tuple(kept.values())


def _missing(stands: Standing, own: Seat | None) -> str:
    """The first thing missing on the way from the task to a person; "" where nothing is."""
    if not stands.has_task:
        return _NO_TASK
    if stands.is_lapsed:
        return _NO_BASIS
    if not stands.has_rule:
        return _NO_RULE
    if stands.body_id is None:
        return _NO_BODY
    if own is None:
        return _NO_POST
    return "" if own.person_id is not None else _NO_HOLDER


def _person_of(*seats: Seat | None) -> int | None:
    for seat in seats:
        if seat is not None and seat.person_id is not None:
            return seat.person_id
    return None

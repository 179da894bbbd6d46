"""In what form one signs: KT., TL. or TUQ. above the title, for whom, and whose name (NĐ 30/2020/NĐ-CP Đ.13). Pure."""

from collections.abc import Sequence
from dataclasses import replace

from lienthong.mandate.competence.enums import Capacity
from lienthong.mandate.competence.values import Warrant
from lienthong.people.organisation.values import PostCard
from lienthong.people.parties.enums import PaperKind
from lienthong.people.parties.values import PaperDraft
from lienthong.work.certification.values import SignedAs

MARKS = {
    Capacity.DEPUTY.value: "KT.",
    Capacity.BY_ORDER.value: "TL.",
    Capacity.DELEGATED.value: "TUQ.",
}


def as_signed(warrant: Warrant, posts: Sequence[PostCard]) -> Warrant:
    """The warrant as it is printed: who stands in for an absent head signs for that head, not as the head."""
    seat = _seat(warrant.post_id, posts)
    if warrant.capacity != Capacity.OWN or seat is None or seat.person_id == warrant.person_id:
        return warrant
    return replace(warrant, capacity=Capacity.DEPUTY.value, for_post_id=warrant.post_id)


def signed_as(warrant: Warrant, posts: Sequence[PostCard]) -> SignedAs:
    """The words of the signature block from the posts of the unit on the act's day.

    The title is that of the seat, or, for who stands in for its absent holder, that of the person's own post.
    """
    seat, own = _seat(warrant.post_id, posts), _own(warrant.person_id, posts)
    shown = seat if seat and (own is None or seat.person_id == warrant.person_id) else own
    mark = MARKS.get(warrant.capacity, "")
    whose = _seat(warrant.for_post_id, posts)
    return SignedAs(
        title=shown.title if shown else "",
        on_behalf=f"{mark} {whose.title if whose else ''}".strip() if mark else "",
        name=own.person_name if own else "",
    )


def paper_among(papers: Sequence[PaperDraft]) -> PaperDraft | None:
    """The paper that people are asked for first: the citizen card, else the first one."""
    cards = [paper for paper in papers if paper.kind == PaperKind.CITIZEN_CARD]
    return next(iter(cards or papers), None)


def _seat(post_id: int | None, posts: Sequence[PostCard]) -> PostCard | None:
    return next((post for post in posts if post.id == post_id), None)


def _own(person_id: int, posts: Sequence[PostCard]) -> PostCard | None:
    """The person's first post in the unit: leaders stand before the others."""
    mine = [post for post in posts if post.person_id == person_id]
    return min(mine, key=lambda post: _LEADERS.get(post.kind, 2), default=None)


_LEADERS = {"chair": 0, "vice_chair": 1}

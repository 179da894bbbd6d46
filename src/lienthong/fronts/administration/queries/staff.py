"""What the staff pages show: the posts of a unit by body, one post, the city's table of units."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lienthong.facilities.casework.access import open_by_post
from lienthong.people.identity.queries import seats_of
from lienthong.people.identity.values import Seat
from lienthong.people.organisation.enums import PostKind
from lienthong.people.organisation.values import UnitCard

HEADS = frozenset({PostKind.DEPARTMENT_HEAD, PostKind.CENTRE_DIRECTOR})


@dataclass(frozen=True, slots=True)
class Standing:
    """Tình trạng tài khoản: its word, tone and what to do about it."""

    word: str
    tone: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A post in the list: the seat, its kind in words, the account, and how many open cases lie with it."""

    seat: Seat
    kind: str
    account: Standing
    cases: int


@dataclass(frozen=True, slots=True)
class Roll:
    """The posts of a unit, by body; the counts of what asks for an act."""

    unit: UnitCard
    bodies: tuple[tuple[str, tuple[Line, ...]], ...]
    posts: int
    vacant: int
    without_account: int
    waiting: int
    locked: int


# The lists that the page offers: word -> which lines.
LISTS: dict[str, Callable[[Line], bool]] = {
    "vacant": lambda line: line.seat.is_vacant,
    "without": lambda line: not line.seat.is_vacant and line.seat.account_id is None,
    "waiting": lambda line: line.seat.is_active and not line.seat.has_password,
    "locked": lambda line: line.seat.account_id is not None and not line.seat.is_active,
}


def roll_of(unit: UnitCard, at: datetime, wanted: str = "") -> Roll:
    """The posts of a unit as they are today; `wanted` narrows the list. Two statements."""
    cases = open_by_post([unit.id])
    lines = [line_of(seat, cases, at) for seat in seats_of([unit.id], at.date())]
    shown = [line for line in lines if wanted not in LISTS or LISTS[wanted](line)]
    counts = {word: sum(map(belongs, lines)) for word, belongs in LISTS.items()}
    return Roll(
        unit=unit,
        bodies=_by_body(shown),
        posts=len(lines),
        vacant=counts["vacant"],
        without_account=counts["without"],
        waiting=counts["waiting"],
        locked=counts["locked"],
    )


def line_of(seat: Seat, cases: dict[int, int], at: datetime) -> Line:
    """One post in words."""
    kind = str(PostKind(seat.kind).label) if seat.kind in PostKind.values else seat.kind
    return Line(seat, kind, standing_of(seat, at), cases.get(seat.post_id, 0))


def standing_of(seat: Seat, at: datetime) -> Standing:
    """How the holder's account is."""
    if seat.is_vacant:
        return Standing("", "")
    if seat.account_id is None:
        return Standing(_("Chưa có"), "waiting")
    if not seat.is_active:
        return Standing(_("Đã khóa"), "stopped", seat.locked_reason)
    if seat.has_password:
        return Standing(_("Đang dùng") if seat.last_login else _("Chưa đăng nhập"), "done")
    if seat.invited_until is None:
        return Standing(_("Chưa cấp phiếu"), "waiting")
    if seat.invited_until <= at:
        return Standing(_("Phiếu hết hạn"), "waiting")
    return Standing(_("Chờ nhận phiếu"), "new")


def answers_instead(seats: Sequence[Seat], post: Seat) -> str:
    """Who answers for a post when nobody sits in it: the head of its body, else the Chair; "" for nobody."""
    others = [seat for seat in seats if seat.post_id != post.post_id and not seat.is_vacant]
    for seat in others:
        if seat.body_id == post.body_id and seat.kind in HEADS:
            return f"{seat.person} ({seat.title})"
    for seat in others:
        if seat.kind == PostKind.CHAIR:
            return f"{seat.person} ({seat.title})"
    return ""


def officers_among(seats: Sequence[Seat], without: int | None = None) -> list[tuple[int, str]]:
    """The officers who sit in these posts, by name, each with one title: what a form offers to choose from."""
    found = {
        seat.person_id: f"{seat.person} · {seat.title}"
        for seat in reversed(seats)
        if seat.person_id is not None and seat.person_id != without
    }
    return sorted(found.items(), key=lambda pair: pair[1])


def _by_body(lines: Sequence[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    names = dict.fromkeys(line.seat.body_name for line in lines)
    return tuple((name, tuple(line for line in lines if line.seat.body_name == name)) for name in names)

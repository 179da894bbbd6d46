"""Why an act on a post, its holder or the holder's account is not possible now: for the button and the request."""

from collections.abc import Collection

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.people.identity.rules.accounts import (
    HAS_ACCOUNT,
    LOCKED,
    NOT_AWAY,
    NOTHING_WAITS,
    VACANT,
    Place,
    why_not_hold,
)
from lienthong.people.identity.values import FormerOfficer, Seat

NO_ACCOUNT = Refusal("account.none", "Người này chưa có tài khoản. Hãy lập tài khoản trước.")
NOT_LOCKED = Refusal("account.not_locked", "Tài khoản không bị khóa. Không cần làm.")
NOT_TAKEN = Refusal("account.not_taken", "Tài khoản chưa được nhận lần nào. Hãy cấp phiếu mời mới.")
ALREADY_LOCKED = Refusal("account.locked", "Tài khoản này đã bị khóa. Không cần làm lại.")
OWN = Refusal("account.own", "Không tự khóa được tài khoản của chính mình. Hãy nhờ người quản trị khác.")


def why_not_seat(
    verb: str, actor: Actor, seat: Seat, open_cases: int = 0, places: Collection[Place] = ()
) -> Refusal | None:
    """Why a verb cannot be done to a post as it is today; the action itself also looks at what is typed.

    `places` are all those that administer the holder's account.
    """
    if verb == "appoint":
        return _held(seat) if seat.person_id and seat.held_until is None else None
    if verb == "close_post":
        return _close(seat, open_cases)
    if seat.is_vacant and not (verb == "end_absence" and seat.absence_id):
        return VACANT  # who stands in until a successor comes can be sent back all the same
    match verb:
        case "end_holding" if seat.held_until:
            return Refusal(
                "appointment.ends", f"Đã ghi thôi giữ từ {seat.held_until:%d/%m/%Y}. Không cần làm lại."
            )
        case "end_absence" if seat.absence_id is None:
            return NOT_AWAY
        case "invite":
            return HAS_ACCOUNT if seat.account_id else why_not_hold(actor, places)
        case "slip" | "reset" | "lock" | "unlock":
            return _account(verb, actor, seat) or why_not_hold(actor, places)
    return None


def why_not_former(verb: str, officer: FormerOfficer) -> Refusal | None:
    """Why the account of somebody who has left cannot be locked, or opened again."""
    if verb == "unlock":
        return NOT_LOCKED if officer.is_active else None
    return None if officer.is_active else ALREADY_LOCKED


def _account(verb: str, actor: Actor, seat: Seat) -> Refusal | None:
    if seat.account_id is None:
        return NO_ACCOUNT
    if verb == "unlock":
        return NOT_LOCKED if seat.is_active else None
    if verb == "lock" and seat.account_id == actor.account_id:
        return OWN
    if not seat.is_active:
        return ALREADY_LOCKED if verb == "lock" else LOCKED
    if verb == "slip":
        return NOTHING_WAITS if seat.has_password else None
    if verb == "reset":
        return None if seat.has_password else NOT_TAKEN
    return None


def _held(seat: Seat) -> Refusal:
    return Refusal("post.held_now", f"{seat.person} đang giữ vị trí này. Hãy cho thôi giữ trước.")


def _close(seat: Seat, open_cases: int) -> Refusal | None:
    if open_cases:
        return Refusal(
            "post.has_cases",
            f"Vị trí đang giữ {open_cases} vụ việc chưa xong. Hãy phân công lại các vụ việc đó trước.",
        )
    if seat.person_id and seat.held_until is None:
        return _held(seat)
    if seat.closes_on:
        return Refusal("post.closed", f"Vị trí này đã đóng từ {seat.closes_on:%d/%m/%Y}. Không cần làm lại.")
    return None

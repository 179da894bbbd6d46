"""Which duties a kind of post carries, and why an act on an account is not possible."""

import re
from collections.abc import Collection

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.people.identity.enums import Duty
from lienthong.people.organisation.enums import Level, PostKind

# A unit, and the unit above it (None: none).
Place = tuple[int, int | None]
_LEADER = frozenset({Duty.APPROVAL, Duty.DISPATCH, Duty.OVERVIEW})
DUTIES: dict[str, frozenset[str]] = {
    PostKind.PARTY_SECRETARY: frozenset({Duty.OVERVIEW}),
    PostKind.CHAIR: _LEADER | {Duty.ADMINISTRATION},
    PostKind.VICE_CHAIR: _LEADER,
    PostKind.CENTRE_DIRECTOR: frozenset({Duty.DISPATCH, Duty.OVERVIEW, Duty.RECEPTION, Duty.FEES}),
    PostKind.CENTRE_DEPUTY: frozenset({Duty.DISPATCH, Duty.OVERVIEW, Duty.RECEPTION, Duty.FEES}),
    PostKind.DEPARTMENT_HEAD: frozenset({Duty.DISPATCH, Duty.PROCESSING, Duty.OVERVIEW}),
    PostKind.SPECIALIST: frozenset({Duty.PROCESSING}),
    PostKind.ONE_STOP_CLERK: frozenset({Duty.RECEPTION, Duty.FEES}),
    PostKind.RECORDS_CLERK: frozenset({Duty.RECORDS}),
    PostKind.ADMINISTRATOR: frozenset({Duty.ADMINISTRATION, Duty.OVERVIEW}),
    PostKind.CITY_OFFICER: frozenset({Duty.CITY}),
    PostKind.OTHER: frozenset(),
}

_USERNAME = re.compile(r"[a-z0-9][a-z0-9.\-]{2,59}")
TAKEN = Refusal(
    "account.taken",
    "Tên đăng nhập đã có, hoặc người này đã có tài khoản. Hãy chọn tên khác hoặc dùng tài khoản đã có.",
)

ELSEWHERE = Refusal(
    "officer.elsewhere",
    "Người này đang giữ vị trí ở đơn vị khác. Hãy chờ đơn vị đó cho thôi giữ, hoặc nhờ thành phố bố trí.",
)
STILL_ELSEWHERE = Refusal(
    "account.elsewhere",
    "Người này còn giữ vị trí ở đơn vị khác, nên riêng đơn vị không lập, sửa, khóa được tài khoản. Hãy nhờ thành phố.",
)
SUBSTITUTE_REFUSED = Refusal("roll.substitute_refused", "Người thay ở một dòng không nhập được.")
NOT_HERE = Refusal("officer.not_here", "Người này không giữ vị trí nào ở đơn vị. Hãy chọn người của đơn vị.")
NOBODY_ANSWERS = Refusal(
    "vacancy.nobody_answers",
    "Từ ngày đó có vụ việc chưa xong mà không ai trả lời: không người giữ, người thay, trưởng phòng, Chủ tịch."
    " Hãy bố trí người kế nhiệm hoặc người thay trước.",
)
NO_INVITATION = Refusal(
    "invitation.unknown",
    "Mã không đúng, đã dùng hoặc đã hết hạn. Hãy gõ lại đúng như trên phiếu; nếu vẫn không được, xin quản trị"
    " đơn vị cấp phiếu mới.",
)
TOO_MANY_CODES = Refusal(
    "invitation.too_many",
    "Đã gõ sai mã quá nhiều lần từ nơi này. Hãy đợi 5 phút rồi gõ lại đúng như trên phiếu.",
)
NOTHING_WAITS = Refusal(
    "invitation.nothing", "Không có tài khoản nào đang chờ nhận. Tài khoản đã dùng thì hãy đặt lại mật khẩu."
)
VACANT = Refusal("post.vacant", "Vị trí này hôm nay không có người giữ. Không cần làm.")
NOT_AWAY = Refusal("post.not_away", "Vị trí này không có lần vắng mặt nào đang hoặc sắp diễn ra.")
HAS_ACCOUNT = Refusal(
    "account.exists", "Người này đã có tài khoản. Muốn cấp phiếu mới, hãy đặt lại mật khẩu."
)
LOCKED = Refusal("account.is_locked", "Tài khoản đang bị khóa. Hãy mở khóa trước.")

NOT_YOUR_POST = Refusal(
    "post.not_yours", "Hôm nay bạn không giữ vị trí này. Hãy chọn một vị trí trong danh sách."
)


def duties_of(post_kind: str) -> frozenset[str]:
    """The duties of a kind of post (PostKind word); none for an unknown kind."""
    return DUTIES.get(post_kind, frozenset())


def reach_of(post_kind: str) -> str:
    """Whose rows a post of this kind sees: its unit's, or the province's."""
    return "province" if post_kind == PostKind.CITY_OFFICER else "unit"


def administers(actor: Actor, place: Place) -> bool:
    """Whether the actor may staff a unit: their own as its administrator; the city each of its units."""
    if actor.reach == "system":
        return True
    if actor.unit_id is None:
        return False
    return (actor.may(Duty.ADMINISTRATION) and actor.unit_id == place[0]) or (
        actor.may(Duty.CITY) and actor.unit_id in place
    )


def why_not_administer(actor: Actor, places: Collection[Place]) -> Refusal | None:
    """Why the actor cannot manage the accounts of who works at these places (one of them is enough)."""
    if actor.reach == "system" or any(administers(actor, place) for place in places):
        return None
    return Refusal(
        "account.not_administrator",
        "Chỉ quản trị của đơn vị, hoặc thành phố, lập và sửa được tài khoản của đơn vị đó. Hãy liên hệ họ.",
    )


def why_not_hold(actor: Actor, places: Collection[Place]) -> Refusal | None:
    """Why the actor cannot take hold of the one account that serves all these places: each must be theirs.

    Or the administrator of one post would set the password with which the person acts from another.
    """
    if actor.reach == "system" or all(administers(actor, place) for place in places):
        return None
    return STILL_ELSEWHERE


def why_not_kind(kind: str, level: str) -> Refusal | None:
    """Why a kind of post cannot be in a unit of this level: the city's officers see every unit of it."""
    if kind not in PostKind.values:
        return Refusal("post.kind", "Không có loại vị trí này. Hãy chọn trong danh sách.")
    if kind == PostKind.CITY_OFFICER and level != Level.PROVINCE:
        return Refusal(
            "post.city_only", "Vị trí chuyên viên thành phố chỉ lập ở cấp tỉnh. Hãy chọn loại vị trí khác."
        )
    return None


def why_not_username(username: str) -> Refusal | None:
    """Why a text cannot be a user name."""
    if _USERNAME.fullmatch(username):
        return None
    return Refusal(
        "account.username",
        "Tên đăng nhập dài 3 đến 60 ký tự, gồm chữ thường không dấu, số, dấu chấm, gạch nối.",
    )


def why_not_lock(actor: Actor, account_id: int, reason: str, *, is_active: bool) -> Refusal | None:
    """Why an account cannot be locked now."""
    if actor.account_id == account_id:
        return Refusal(
            "account.own", "Không tự khóa được tài khoản của chính mình. Hãy nhờ người quản trị khác."
        )
    if not is_active:
        return Refusal("account.locked", "Tài khoản này đã bị khóa. Không cần làm lại.")
    if not reason:
        return Refusal("account.reason", "Chưa có lý do khóa. Hãy ghi lý do rồi làm lại.")
    return None

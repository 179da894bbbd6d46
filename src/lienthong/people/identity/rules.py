"""Which duties a kind of post carries, and why an act on an account is not possible."""

import re
from collections.abc import Collection

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.people.identity.enums import Duty
from lienthong.people.organisation.enums import PostKind

_LEADER = frozenset({Duty.APPROVAL, Duty.DISPATCH, Duty.OVERVIEW})
DUTIES: dict[str, frozenset[str]] = {
    PostKind.PARTY_SECRETARY: frozenset({Duty.OVERVIEW}),
    PostKind.CHAIR: _LEADER,
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

NOT_YOUR_POST = Refusal(
    "post.not_yours", "Hôm nay bạn không giữ vị trí này. Hãy chọn một vị trí trong danh sách."
)


def duties_of(post_kind: str) -> frozenset[str]:
    """The duties of a kind of post (PostKind word); none for an unknown kind."""
    return DUTIES.get(post_kind, frozenset())


def reach_of(post_kind: str) -> str:
    """Whose rows a post of this kind sees: its unit's, or the province's."""
    return "province" if post_kind == PostKind.CITY_OFFICER else "unit"


def why_not_administer(actor: Actor, unit_ids: Collection[int]) -> Refusal | None:
    """Why the actor cannot manage accounts of these units: only their administrators can, and the system."""
    if actor.reach == "system":
        return None
    if actor.may(Duty.ADMINISTRATION) and actor.unit_id in unit_ids:
        return None
    return Refusal(
        "account.not_administrator",
        "Chỉ quản trị của đơn vị mới lập và sửa được tài khoản của đơn vị đó. Hãy liên hệ quản trị đơn vị.",
    )


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

"""What a notice or a day's hours must be before they are stored."""

from collections.abc import Sequence
from datetime import time
from itertools import pairwise

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor

Hours = Sequence[tuple[str, str]]


def why_not_change_days(actor: Actor, place: str, own_place: str) -> Refusal | None:
    """What binds every unit the city says (and the system loads); who administers a unit speaks for it alone."""
    own = actor.may("administration") and place != "" and place == own_place
    if actor.reach == "system" or actor.may("city") or own:
        return None
    return Refusal(
        "workdays.not_allowed",
        _(
            "Bạn không được sửa lịch làm việc ở đây: quản trị đơn vị sửa lịch của đơn vị mình, thành phố sửa lịch "
            "chung. Hãy báo cơ quan đó."
        ),
    )


def why_not_notice(name: str, source: str) -> Refusal | None:
    """A day changes only with a name for the explanation and the notice it rests on."""
    if name.strip() and source.strip():
        return None
    return Refusal(
        "workdays.source_missing",
        _("Chưa có tên ngày hoặc số văn bản thông báo. Hãy ghi cả hai, vì hạn trả kết quả dựa vào đó."),
    )


def why_not_hours(hours: Hours, cutoff: str) -> Refusal | None:
    """Open periods of one day: whole minutes, ascending, apart; the cut-off a time of day or empty."""
    try:
        edges = [_minute(edge) for period in hours for edge in period]
        if cutoff:
            _minute(cutoff)
    except ValueError:
        edges = []
    if edges and len(edges) % 2 == 0 and all(a < b for a, b in pairwise(edges)):
        return None
    return Refusal(
        "workdays.hours_malformed",
        _("Giờ làm việc chưa đúng. Hãy ghi từng buổi theo thứ tự, dạng 07:30 đến 11:30, không chồng nhau."),
    )


def _minute(text: str) -> time:
    if len(text) != len("07:30"):
        raise ValueError(text)
    return time.fromisoformat(text)

"""Why an item cannot be ticked, or a unit cannot go live."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.people.organisation.enums import Level
from lienthong.work.readiness.enums import COMPUTED, Item

LONGEST_NOTE = 400
NEEDED_POSTS = (
    "chair",
    "department_head",
    "specialist",
    "one_stop_clerk",
    "records_clerk",
    "administrator",
)


def why_not_tick(
    actor: Actor, unit_id: int, item: str, *, is_done: bool, seen_on: date, note: str, on: date
) -> Refusal | None:
    """Whoever administers the unit, or the city, says what was seen; what can be counted is counted."""
    if not (actor.may("city") or (actor.may("administration") and actor.unit_id == unit_id)):
        return Refusal(
            "readiness.not_allowed",
            _("Chỉ quản trị của đơn vị hoặc cơ quan thành phố ghi được mục này. Hãy báo quản trị đơn vị."),
        )
    if item in COMPUTED:
        return Refusal(
            "readiness.computed",
            _("Mục “{item}” do hệ thống tự tính. Hãy bổ sung những gì mục này còn thiếu.").format(
                item=Item(item).label
            ),
        )
    if seen_on > on:
        return Refusal("readiness.future", _("Ngày kiểm tra ở sau hôm nay. Hãy ghi ngày đã kiểm tra."))
    if not is_done and not note.strip():
        return Refusal("readiness.no_reason", _("Chưa đạt thì phải ghi còn thiếu gì. Hãy ghi vào ô ghi chú."))
    if len(note) > LONGEST_NOTE:
        return Refusal("readiness.note_long", _("Ghi chú dài quá 400 ký tự. Hãy viết ngắn lại."))
    return None


def why_not_see(actor: Actor, unit_id: int) -> bool:
    """Whether a unit's checklist is hidden from the actor: it is the unit's own and the city's."""
    return not (actor.reach in ("system", "province") or actor.unit_id == unit_id)


def why_not_open_board(actor: Actor, level: str) -> Refusal | None:
    """Why the acting post has no checklist to open: at the city's level only its officers see those of the units."""
    if level == Level.COMMUNE or actor.may("city"):
        return None
    return Refusal(
        "readiness.city_officers",
        _("Bảng kiểm sẵn sàng do chuyên viên thành phố theo dõi. Hãy nhờ chuyên viên thành phố cho xem."),
    )


def live_already() -> Refusal:
    """A unit goes live once."""
    return Refusal("readiness.live_already", _("Đơn vị đã vận hành chính thức. Không cần làm lại."))


def why_not_go_live(
    actor: Actor, *, is_live: bool, missing: Sequence[str], reason: str, live_on: date, opened_on: date
) -> Refusal | None:
    """A unit goes live when everything is ready; the city may decide otherwise and says why."""
    if not actor.may("city"):
        return Refusal(
            "readiness.live_not_allowed",
            _("Chỉ cơ quan thành phố quyết định đưa đơn vị vào vận hành. Hãy báo thành phố khi đã đủ mục."),
        )
    if is_live:
        return live_already()
    if live_on < opened_on:
        return Refusal("readiness.live_past", _("Ngày vận hành không ở trước hôm nay. Hãy chọn lại ngày."))
    if missing and not reason.strip():
        names = ", ".join(str(Item(item).label) for item in missing)
        return Refusal(
            "readiness.missing",
            _(
                "Còn {count} mục chưa đạt: {names}. Hãy hoàn thành, hoặc ghi lý do vẫn đưa vào vận hành."
            ).format(count=len(missing), names=names),
        )
    return None

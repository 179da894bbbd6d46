"""Why something of the steward's is not possible now."""

from django.utils.translation import gettext as _

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor


def why_not_prove(actor: Actor) -> Refusal | None:
    """The whole register is checked by the system each night, and by the city at any time."""
    if actor.reach == "system" or actor.may("city"):
        return None
    return Refusal(
        "stewardship.prove_not_allowed",
        _(
            "Chỉ cơ quan thành phố chạy kiểm tra cho mọi đơn vị. Kết quả được cập nhật mỗi đêm; "
            "hãy báo thành phố nếu cần sớm hơn."
        ),
    )


def why_not_prove_draft(actor: Actor, draft_unit_id: int | None) -> Refusal | None:
    """A draft is checked by whoever may keep it: the city any, a unit its own."""
    keeps = actor.may("administration") or actor.may("approval")
    if actor.reach == "system" or actor.may("city") or (keeps and draft_unit_id == actor.unit_id):
        return None
    return Refusal(
        "stewardship.draft_not_allowed",
        _("Bạn không được kiểm tra phương án này. Hãy nhờ người quản trị đơn vị hoặc cơ quan thành phố."),
    )


def why_not_draw_regulation(actor: Actor, unit_id: int) -> Refusal | None:
    """A working regulation is drafted in one's own unit, by who leads or administers it."""
    leads = actor.may("administration") or actor.may("approval") or actor.may("dispatch")
    if actor.unit_id == unit_id and leads:
        return None
    return Refusal(
        "stewardship.regulation_not_allowed",
        _("Chỉ lãnh đạo hoặc người quản trị của đơn vị lập dự thảo quy chế. Hãy báo đơn vị đó."),
    )

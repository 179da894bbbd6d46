"""What can happen to a unit's readiness, in sentences."""

from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("readiness.ticked", _("Bảng kiểm sẵn sàng: đạt mục “{item}”")),
    Event("readiness.unticked", _("Bảng kiểm sẵn sàng: chưa đạt mục “{item}”")),
    Event("readiness.gone_live", _("Đưa đơn vị vào vận hành chính thức từ ngày {live_on}")),
)

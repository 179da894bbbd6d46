from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("workdays.day_noticed", _("Ghi thông báo cho ngày {day}: {kind}")),
    Event("workdays.hours_set", _("Đặt giờ làm việc của {place} từ ngày {valid_from}")),
)

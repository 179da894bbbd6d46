from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("instruments.registered", _("Ghi nhận văn bản {number} (nguồn: {source})")),
    Event("instruments.linked", _("Ghi nhận văn bản {number} {relation} văn bản {older}")),
    Event("instruments.end_set", _("Văn bản {number} hết hiệu lực từ {ends_on} theo {by}")),
    Event("instruments.end_lifted", _("Văn bản {number} không còn ngày hết hiệu lực, theo {by}")),
)

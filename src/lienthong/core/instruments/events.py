from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(Event("instruments.registered", _("Ghi nhận văn bản {number} (nguồn: {source})")))

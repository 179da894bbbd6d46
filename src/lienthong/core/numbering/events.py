"""What the journal tells of numbers."""

from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(Event("numbering.voided", _("Bỏ số {number} của dãy {series}, kỳ {period}")))

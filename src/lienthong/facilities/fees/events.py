"""What can happen to fees, in sentences. Typed reasons are in the erasable particulars."""

from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("fee.charged", _("Ghi khoản phải thu: {amount}")),
    Event("fee.waived", _("Miễn khoản thu {amount}")),
    Event("fee.paid", _("Thu {amount} ({method}), biên lai {number}")),
    Event("fee.voided", _("Hủy biên lai {number}, {amount}")),
    Event("fee.day_closed", _("Chốt sổ thu ngày {day}: {count} biên lai, {total}")),
)

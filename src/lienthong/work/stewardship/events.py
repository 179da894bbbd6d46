"""What can happen to the proof of the register, in sentences."""

from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event(
        "stewardship.proved",
        _("Kiểm tra sổ thẩm quyền: {found} phát hiện, {appeared} mới, {vanished} đã hết"),
    ),
    Event("stewardship.draft_proved", _("Kiểm tra phương án: {appeared} phát hiện mới, {vanished} mất đi")),
    Event(
        "stewardship.reported",
        _("Lập báo cáo việc làm theo ủy quyền từ {first_on} đến {last_on}: {acts} việc"),
    ),
    Event("stewardship.regulation_drawn", _("Lập dự thảo quy chế làm việc số {number}")),
)

"""What can happen to messages, in sentences. No address, no name."""

from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("notification.sent", _("Đã báo người nộp qua {channel}: {template}")),
    Event("notification.failed", _("Không báo được người nộp qua {channel}: {template}")),
    Event("notification.resent", _("Yêu cầu gửi lại tin: {template}")),
    Event("notification.template_set", _("Đặt mẫu tin {template} từ ngày {from}")),
    Event("notification.rule_set", _("Đặt giờ yên lặng {quiet}, giữ địa chỉ {keep} ngày")),
    Event("notification.tried", _("Gửi thử qua {channel}: {outcome}")),
    Event("notification.addresses_erased", _("Xóa địa chỉ của {count} tin đã gửi")),
    Event("notification.digest_written", _("Lập bản tin việc đến hạn ngày {day} cho {count} vị trí")),
    Event("notification.alerts_read", _("Đánh dấu đã đọc tin mới")),
    Event("notification.digest_mail_set", _("Đặt thư nhận bản tin việc đến hạn")),
)

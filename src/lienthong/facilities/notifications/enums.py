from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TemplateName(TextChoices):
    """Việc được báo cho người nộp: one text each."""

    RECEIVED = "received", _("đã tiếp nhận")
    LODGED = "lodged", _("đã nhận hồ sơ trực tuyến")
    LACKING = "lacking", _("cần bổ sung giấy tờ")
    PAYMENT = "payment", _("cần nộp phí, lệ phí")
    LATE = "late", _("xin lỗi, hẹn lại")
    READY = "ready", _("đã có kết quả")
    RETURNED = "returned", _("đã trả kết quả")
    REFUSED = "refused", _("không tiếp nhận")
    HALTED = "halted", _("dừng giải quyết")


class Placeholder(TextChoices):
    """Chỗ trống của mẫu tin: the closed list. Nothing about a person is in it, and nothing may be added that is."""

    CODE = "mã", _("mã hồ sơ")
    UNIT = "đơn vị", _("tên đơn vị")
    DUE = "hạn", _("ngày, giờ hẹn trả")
    LINK = "tra cứu", _("địa chỉ trang tra cứu")


class MessageState(TextChoices):
    WAITING = "waiting", _("đang chờ gửi")
    SENDING = "sending", _("đang gửi")
    SENT = "sent", _("đã gửi")
    FAILED = "failed", _("không gửi được")
    UNCERTAIN = "uncertain", _("chưa rõ đã đến chưa")
    NOT_WANTED = "not_wanted", _("người nộp không nhận tin")


# Not settled: what an office still has to look at, or the sender to send.
OPEN_STATES = (MessageState.WAITING, MessageState.SENDING, MessageState.FAILED, MessageState.UNCERTAIN)


class Verdict(StrEnum):
    """What became of one attempt: what a carrier (mail server, provider) said, or did not say."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # this message will never be taken
    LATER = "later"  # this message, not now
    DOWN = "down"  # the carrier itself does not work; nothing was handed over
    UNKNOWN = "unknown"  # handed over, and no answer came


class AlertKind(TextChoices):
    """Việc báo cho cán bộ trong khung trang."""

    ASSIGNED = "assigned", _("Việc mới giao")
    OFFERED = "offered", _("Đơn vị khác đề nghị chuyển đến")
    TO_APPROVE = "to_approve", _("Chờ bạn phê duyệt")
    SENT_BACK = "sent_back", _("Lãnh đạo trả lại")
    SUPPLEMENTED = "supplemented", _("Người nộp đã bổ sung")
    DIGEST = "digest", _("Việc đến hạn")
    REGISTER = "register", _("Sổ thẩm quyền")


class AlertTo(StrEnum):
    """Who is told: the post that the entry names, the case's holder, or who dispatches in the named unit."""

    POST = "post"
    HOLDER = "holder"
    DISPATCH = "dispatch"

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """Kênh nộp: the portal's joint comes with its own issue; its word has its place."""

    COUNTER = "counter", _("trực tiếp")
    ONLINE = "online", _("trực tuyến")
    POST = "post", _("bưu chính công ích")


class DossierState(TextChoices):
    SUBMITTED = "submitted", _("Mới đăng ký")
    RECEIVED = "received", _("Đã tiếp nhận")
    ASSIGNED = "assigned", _("Đã phân công")
    IN_PROGRESS = "in_progress", _("Đang xử lý")
    SUPPLEMENT_REQUESTED = "supplement_requested", _("Chờ bổ sung giấy tờ")
    PAYMENT_REQUESTED = "payment_requested", _("Chờ nộp phí, lệ phí")
    PROPOSED = "proposed", _("Đã đề xuất")
    AWAITING_APPROVAL = "awaiting_approval", _("Chờ phê duyệt")
    APPROVED = "approved", _("Đã phê duyệt")
    COMPLETED = "completed", _("Đã xử lý xong")
    RETURNED = "returned", _("Đã trả kết quả")
    REFUSED = "refused", _("Không được tiếp nhận")
    HALTED = "halted", _("Dừng xử lý")
    WITHDRAWN = "withdrawn", _("Công dân rút hồ sơ")


class NationalStatus(TextChoices):
    """Mười trạng thái của Cổng Dịch vụ công quốc gia, by their codes."""

    SUBMITTED = "1", _("Mới đăng ký")
    ACCEPTED = "2", _("Được tiếp nhận")
    REJECTED = "3", _("Không được tiếp nhận")
    IN_PROGRESS = "4", _("Đang xử lý")
    SUPPLEMENT_REQUESTED = "5", _("Yêu cầu bổ sung giấy tờ")
    PAYMENT_REQUESTED = "6", _("Yêu cầu thực hiện nghĩa vụ tài chính")
    WITHDRAWN = "7", _("Công dân yêu cầu rút hồ sơ")
    HALTED = "8", _("Dừng xử lý")
    COMPLETED = "9", _("Đã xử lý xong")
    RETURNED = "10", _("Đã trả kết quả")


class ReturnMode(TextChoices):
    COUNTER = "counter", _("tại quầy")
    POST = "post", _("qua bưu chính công ích")
    ONLINE = "online", _("bản điện tử")


class DecisionKind(TextChoices):
    APPROVED = "approved", _("phê duyệt")
    SENT_BACK = "sent_back", _("trả lại")

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Period(TextChoices):
    DAY = "day", _("Hôm nay")
    WEEK = "week", _("Tuần")
    MONTH = "month", _("Tháng")
    QUARTER = "quarter", _("Quý")
    YEAR = "year", _("Năm")


class Figure(TextChoices):
    """A number that opens its list; the words are those of values.Figures."""

    RECEIVED = "received", _("Đã tiếp nhận")
    RECEIVED_FOR_OTHERS = "received_for_others", _("Tiếp nhận hộ đơn vị khác")
    IN_PROGRESS = "in_progress", _("Đang giải quyết")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    OVERDUE = "overdue", _("Quá hạn")
    PAUSED = "paused", _("Đang tạm dừng tính hạn")
    FINISHED = "finished", _("Đã giải quyết xong")
    ON_TIME = "on_time", _("Xong đúng hạn")
    LATE = "late", _("Xong trễ hạn")
    AT_ONCE = "at_once", _("Lấy ngay")
    REFUSED = "refused", _("Từ chối")
    HALTED = "halted", _("Dừng giải quyết")
    WITHDRAWN = "withdrawn", _("Người nộp rút")
    ONLINE = "online", _("Nộp trực tuyến")
    APOLOGIES = "apologies", _("Văn bản xin lỗi")
    OPINIONS = "opinions", _("Đang nợ ý kiến phối hợp")

    @property
    def is_stock(self) -> bool:
        """Whether it tells of this moment, not of a period."""
        return self in (Figure.IN_PROGRESS, Figure.DUE_SOON, Figure.OVERDUE, Figure.PAUSED, Figure.OPINIONS)

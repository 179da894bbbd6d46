from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Measure(TextChoices):
    """What the table is ordered by and the map is coloured by: a column of the city's table."""

    RECEIVED = "received", _("Tiếp nhận")
    IN_PROGRESS = "in_progress", _("Đang giải quyết")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    OVERDUE = "overdue", _("Quá hạn")
    FINISHED = "finished", _("Đã xong")
    ON_TIME = "on_time", _("Đúng hạn")
    ONLINE = "online", _("Trực tuyến")
    AT_ONCE = "at_once", _("Lấy ngay")
    APOLOGIES = "apologies", _("Xin lỗi")
    OPINIONS = "opinions", _("Nợ ý kiến")

    @property
    def is_share(self) -> bool:
        """Whether it is a percentage."""
        return self in (Measure.ON_TIME, Measure.ONLINE)


class Finding(TextChoices):
    """What checking a boundary file can find; `is_fatal` ones forbid using it."""

    UNREADABLE = "unreadable", _("không đọc được")
    PROJECTED = "projected", _("tọa độ phẳng tính bằng mét")
    SWAPPED = "swapped", _("kinh độ và vĩ độ bị đảo")
    OUTSIDE = "outside", _("nằm ngoài Việt Nam")
    SHAPE = "shape", _("không phải hình vùng")
    TWICE = "twice", _("trùng đơn vị")
    UNKNOWN = "unknown", _("không phải đơn vị của tỉnh, thành phố này")
    REPAIRED = "repaired", _("đường ranh tự cắt, đã sửa")
    MISSING = "missing", _("chưa có ranh giới")
    OVERLAP = "overlap", _("chồng lấn")
    HOLE = "hole", _("khoảng trống giữa các đơn vị")

    @property
    def is_fatal(self) -> bool:
        """Whether the file cannot be used until it is put right."""
        return self in (
            Finding.UNREADABLE,
            Finding.PROJECTED,
            Finding.SWAPPED,
            Finding.OUTSIDE,
            Finding.SHAPE,
            Finding.TWICE,
        )


class WallView(TextChoices):
    """What the wall shows, one after the other."""

    MAP = "map", _("Bản đồ")
    WORST = "worst", _("Cần quan tâm")
    TABLE = "table", _("Bảng đơn vị")
    DAY = "day", _("Trong ngày")

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Item(TextChoices):
    """Mục của bảng kiểm sẵn sàng, in the order in which an office goes through them."""

    PREMISES = "premises", _("trụ sở, quầy")
    LINES = "lines", _("đường truyền")
    SOFTWARE = "software", _("máy, phần mềm")
    PEOPLE = "people", _("cán bộ, tài khoản")
    SEALS = "seals", _("con dấu, chữ ký số")
    OFFICE = "office", _("mã định danh, giờ làm việc")
    PROCEDURES = "procedures", _("thủ tục đã thiết lập")
    TRIAL = "trial", _("hồ sơ chạy thử")


# What the database can know is computed; the rest an officer looks at and says so.
COMPUTED = frozenset({Item.PEOPLE, Item.OFFICE, Item.PROCEDURES, Item.TRIAL})

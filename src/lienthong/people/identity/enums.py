from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Duty(TextChoices):
    """What a post may do: the words that transitions, pages and menus ask for."""

    RECEPTION = "reception", _("tiếp nhận và trả kết quả")
    PROCESSING = "processing", _("xử lý hồ sơ")
    DISPATCH = "dispatch", _("phân công")
    APPROVAL = "approval", _("phê duyệt")
    RECORDS = "records", _("văn thư, ghi số kết quả")
    FEES = "fees", _("thu phí, lệ phí")
    OVERVIEW = "overview", _("xem số liệu đơn vị")
    ADMINISTRATION = "administration", _("quản trị đơn vị")
    CITY = "city", _("theo dõi toàn thành phố")

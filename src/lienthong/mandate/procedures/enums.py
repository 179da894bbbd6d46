from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ExecutingBody(TextChoices):
    COMMUNE_COMMITTEE = "commune_committee", _("Ủy ban nhân dân cấp xã")
    COMMUNE_POLICE = "commune_police", _("Công an cấp xã")
    VERTICAL_AGENCY = "vertical_agency", _("cơ quan ngành dọc")
    OTHER = "other", _("cơ quan khác")


class OnlineServiceLevel(TextChoices):
    FULL = "full", _("toàn trình")
    PARTIAL = "partial", _("một phần")
    NONE = "none", _("không trực tuyến")
    NOT_STATED = "not_stated", _("nguồn không nêu")


class TermName(TextChoices):
    """What an office may set where the source is silent, each with a citation."""

    PAPERS = "papers", _("thành phần hồ sơ")
    TIME_LIMIT = "time_limit", _("thời hạn giải quyết")
    FEES = "fees", _("phí, lệ phí")
    STEPS = "steps", _("quy trình nội bộ")
    AT_ONCE = "at_once", _("lấy ngay")


class StepRole(TextChoices):
    """Who acts in a step of an office's own process."""

    CLERK = "clerk", _("cán bộ một cửa")
    SPECIALIST = "specialist", _("chuyên viên")
    HEAD = "head", _("trưởng phòng")
    LEADER = "leader", _("lãnh đạo")
    RECORDS = "records", _("văn thư")
    COUNTER = "counter", _("quầy trả kết quả")


class ImportOutcome(TextChoices):
    """What became of a row of the national portal's export."""

    LOADED = "loaded", _("nhập mới")
    UNCHANGED = "unchanged", _("không đổi")
    NEW_VERSION = "new_version", _("phiên bản mới")
    REJECTED = "rejected", _("không nhập")

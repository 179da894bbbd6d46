"""Words of the register's steward."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a finding is: the four of the proof, and what was done before the register said so."""

    GAP = "gap", _("khoảng trống")
    OVERLAP = "overlap", _("chồng chéo")
    BROKEN = "broken", _("ủy quyền có lỗi")
    LAPSE = "lapse", _("sắp hết căn cứ")
    MEANWHILE = "meanwhile", _("việc đã làm trước khi ghi sổ")


class Mend(TextChoices):
    """The act that mends a finding, as its link says it."""

    APPOINT = "appoint", _("Bố trí người giữ vị trí")
    ASSIGN = "assign", _("Phân công")
    ADD_RULE = "add_rule", _("Thêm quy định phân định")
    ADD_BASIS = "add_basis", _("Ghi văn bản giao thẩm quyền")
    ADD_BODY = "add_body", _("Lập bộ phận, vị trí")
    EXTEND = "extend_instrument", _("Ghi hiệu lực mới của văn bản")
    DELEGATE = "delegate_anew", _("Ủy quyền lại")
    REVOKE = "revoke", _("Thu hồi ủy quyền")
    REPORT = "report", _("Lập báo cáo ủy quyền")
    SETTLE = "settle", _("Quyết định cơ quan chủ trì")
    LOOK = "look", _("Xem lại các hồ sơ")

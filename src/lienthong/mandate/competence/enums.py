from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskKind(TextChoices):
    PROCEDURE = "procedure", _("thủ tục hành chính")
    STANDING = "standing", _("nhiệm vụ thường xuyên")


class RuleRole(TextChoices):
    LEAD = "lead", _("chủ trì")
    COORDINATING = "coordinating", _("phối hợp")


class Reach(TextChoices):
    """Whom a rule binds. The order is the total order of rules: the narrower wins."""

    UNIT = "unit", _("đơn vị được nêu tên")
    TYPE_IN_PROVINCE = "type_in_province", _("loại đơn vị trong một tỉnh")
    PROVINCE = "province", _("mọi đơn vị của tỉnh")
    TYPE = "type", _("loại đơn vị trong cả nước")
    COUNTRY = "country", _("mọi đơn vị cấp xã")


class Finding(TextChoices):
    """Điểm trống của sổ thẩm quyền: what the register lacks; the Chair answers until it is filled."""

    NO_TASK = "no_task", _("nhiệm vụ chưa có trong sổ thẩm quyền")
    NO_RULE = "no_rule", _("chưa có quy định phân định cho nhiệm vụ và lĩnh vực này")
    NO_BODY = "no_body", _("đơn vị chưa có cơ quan, bộ phận được giao")
    NO_POST = "no_post", _("bộ phận chưa có vị trí được phân công, chưa có người đứng đầu")
    NO_HOLDER = "no_holder", _("vị trí đang trống, chưa có người thay")
    NO_CHAIR = "no_chair", _("đơn vị chưa có vị trí Chủ tịch UBND")


class AssignedDuty(TextChoices):
    """What a post is assigned to within its unit."""

    PROCESSING = "processing", _("thụ lý")
    APPROVAL = "approval", _("lãnh đạo phụ trách, phê duyệt")

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TaskKind(TextChoices):
    PROCEDURE = "procedure", _("thủ tục hành chính")
    STANDING = "standing", _("nhiệm vụ thường xuyên")


class RuleRole(TextChoices):
    LEAD = "lead", _("chủ trì")
    COORDINATING = "coordinating", _("phối hợp")


class Division(TextChoices):
    """By which way a task came to the level that has it (Luật 72/2025/QH15: phân quyền, phân cấp)."""

    BY_LAW = "by_law", _("do luật giao")
    DEVOLUTION = "devolution", _("phân quyền")
    DECENTRALISATION = "decentralisation", _("phân cấp")
    NOT_STATED = "not_stated", _("nguồn không nêu")


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
    NO_BASIS = "no_basis", _("văn bản giao thẩm quyền cho nhiệm vụ này đã hết hiệu lực")
    NO_RULE = "no_rule", _("chưa có quy định phân định cho nhiệm vụ và lĩnh vực này")
    NO_BODY = "no_body", _("đơn vị chưa có cơ quan, bộ phận được giao")
    NO_POST = "no_post", _("bộ phận chưa có vị trí được phân công, chưa có người đứng đầu")
    NO_HOLDER = "no_holder", _("vị trí đang trống, chưa có người thay")
    NO_CHAIR = "no_chair", _("đơn vị chưa có vị trí Chủ tịch UBND")


class AssignedDuty(TextChoices):
    """What a post is assigned to within its unit."""

    PROCESSING = "processing", _("thụ lý")
    APPROVAL = "approval", _("lãnh đạo phụ trách, phê duyệt")
    BY_ORDER = "by_order", _("ký thừa lệnh")


class NormKind(TextChoices):
    """What a norm says of delegating."""

    PERMITS = "permits", _("được ủy quyền")
    FORBIDS = "forbids", _("không được ủy quyền")


class DelegableAct(TextChoices):
    """The acts that are delegated one by one."""

    APPROVE = "approve", _("phê duyệt kết quả")
    SIGN = "sign", _("ký văn bản, chứng thực")


class Side(TextChoices):
    """Whose side of a delegation."""

    GRANTOR = "grantor", _("bên ủy quyền")
    GRANTEE = "grantee", _("bên được ủy quyền")


class ConditionKind(TextChoices):
    """What a delegate must have (practice of the provinces since 2025)."""

    DEGREE = "degree", _("trình độ chuyên môn")
    PRACTICE = "practice", _("số năm công tác")
    TRAINING = "training", _("chứng chỉ bồi dưỡng")
    OTHER = "other", _("điều kiện khác")


class Capacity(TextChoices):
    """By what right a person signs, and how the paper says so (NĐ 30/2020/NĐ-CP Đ.13)."""

    OWN = "own", _("thẩm quyền của mình")
    DEPUTY = "deputy", _("được phân công, ký thay (KT.)")
    BY_ORDER = "by_order", _("ký thừa lệnh (TL.)")
    DELEGATED = "delegated", _("được ủy quyền, ký thừa ủy quyền (TUQ.)")


class DraftState(TextChoices):
    """Whether a draft is still worked on."""

    OPEN = "open", _("đang soạn")
    CLOSED = "closed", _("đã đóng")


class ChangeKind(TextChoices):
    """What a draft supposes."""

    INSTRUMENT_ENDS = "instrument_ends", _("văn bản hết hiệu lực")
    INSTRUMENT_EXTENDS = "instrument_extends", _("văn bản được kéo dài")
    BASIS_ADDED = "basis_added", _("nhiệm vụ dựa trên văn bản")
    RULE_ADDED = "rule_added", _("quy định mới")
    RULE_ENDED = "rule_ended", _("quy định chấm dứt")
    ASSIGNMENT_ENDED = "assignment_ended", _("phân công chấm dứt")
    DELEGATION_ENDED = "delegation_ended", _("ủy quyền chấm dứt")
    POST_VACANT = "post_vacant", _("vị trí trống")
    UNITS_MERGED = "units_merged", _("sáp nhập đơn vị")


class FindingKind(TextChoices):
    """What the proof looks for."""

    GAP = "gap", _("khoảng trống")
    OVERLAP = "overlap", _("chồng chéo")
    LAPSE = "lapse", _("sắp hết căn cứ")
    BROKEN_DELEGATION = "broken", _("ủy quyền có lỗi")

from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("competence.task_registered", _("Đăng ký nhiệm vụ {code}")),
    Event(
        "competence.rule_added", _("Thêm quy định phân định thẩm quyền: {subject} – {body}, từ {valid_from}")
    ),
    Event("competence.rule_amended", _("Sửa quy định phân định thẩm quyền {subject}, từ {valid_from}")),
    Event("competence.basis_added", _("Ghi căn cứ giao thẩm quyền {subject}, từ {valid_from}")),
    Event("competence.basis_ended", _("Căn cứ giao thẩm quyền {subject} hết từ {valid_to}")),
    Event("competence.rule_ended", _("Chấm dứt quy định phân định thẩm quyền {subject} từ {valid_to}")),
    Event("competence.work_assigned", _("Phân công {subject} cho một vị trí việc làm, từ {valid_from}")),
    Event("competence.work_ended", _("Chấm dứt phân công {subject} từ {valid_to}")),
    Event("competence.work_reassigned", _("Phân công lại {count} việc theo {decision}, từ {valid_from}")),
    Event("competence.delegated", _("Ủy quyền theo văn bản {number}, từ {valid_from} đến trước {valid_to}")),
    Event("competence.delegation_revoked", _("Chấm dứt ủy quyền theo văn bản {number} từ {from_day}")),
    Event("competence.norm_added", _("Thêm quy định về ủy quyền ({kind}), từ {valid_from}")),
    Event("competence.norm_ended", _("Chấm dứt quy định về ủy quyền ({kind}) từ {valid_to}")),
    Event("competence.draft_opened", _("Mở phương án giả định “{title}”")),
    Event("competence.change_added", _("Thêm thay đổi vào phương án “{title}”")),
    Event("competence.change_withdrawn", _("Rút thay đổi khỏi phương án “{title}”")),
    Event("competence.draft_closed", _("Đóng phương án “{title}”")),
)

from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("competence.task_registered", _("Đăng ký nhiệm vụ {code}")),
    Event(
        "competence.rule_added", _("Thêm quy định phân định thẩm quyền: {subject} – {body}, từ {valid_from}")
    ),
    Event("competence.rule_ended", _("Chấm dứt quy định phân định thẩm quyền {subject} từ {valid_to}")),
    Event("competence.work_assigned", _("Phân công {subject} cho một vị trí việc làm, từ {valid_from}")),
    Event("competence.work_ended", _("Chấm dứt phân công {subject} từ {valid_to}")),
)

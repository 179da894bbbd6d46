from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event(
        "procedures.imported",
        _(
            "Nhập danh mục thủ tục: {loaded} mới, {new_version} phiên bản mới, {unchanged} không đổi, "
            "{rejected} không nhập"
        ),
    ),
    Event("procedures.term_set", _("Ấn định {term} của thủ tục {code}; căn cứ: {citation}")),
)

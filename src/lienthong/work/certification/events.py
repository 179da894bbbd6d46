"""What can happen to a certification and to its books, in sentences."""

from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("certification.received", _("Tiếp nhận yêu cầu chứng thực: {items} giấy tờ, hẹn trả {due}")),
    Event("certification.signed", _("Ký chứng thực ({capacity}), số {numbers}")),
    Event("certification.attested_at_once", _("Chứng thực và trả ngay ({capacity}), số {numbers}")),
    Event("certification.returned", _("Trả giấy tờ đã chứng thực")),
    Event("certification.refused", _("Từ chối chứng thực, căn cứ {article}")),
    Event("certification.withdrawn", _("Người yêu cầu rút yêu cầu chứng thực")),
    Event("certification.extended", _("Kéo dài thời hạn chứng thực {days} ngày làm việc, hẹn lại {due}")),
    Event("certification.number_voided", _("Bỏ số chứng thực {number} {book} năm {year}, cấp lại số {anew}")),
    Event("certification.rate_corrected", _("Sửa mức thu chứng thực của thủ tục {task} từ ngày {from}")),
    Event(
        "certification.ban_corrected",
        _("Sửa danh mục bản chính không được chứng thực ({code}) từ ngày {from}"),
    ),
    Event("certification.month_closed", _("Khóa {book} tháng {month}/{year}: {count} số")),
)

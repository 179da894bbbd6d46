"""What can happen to papers, in sentences. Names of papers and files are in the erasable particulars."""

from django.utils.translation import gettext_noop as _

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("document.attached", _("Thêm một giấy tờ vào hồ sơ (tệp {kind}, {size_kb} KB, {scan})")),
    Event("document.withdrawn", _("Bỏ một giấy tờ khỏi hồ sơ; tệp và lý do vẫn được lưu")),
    Event("document.reused", _("Dùng lại một giấy tờ mà người nộp đã cung cấp trước đây")),
    Event("document.ordered", _("Người nộp gửi {count} tệp bằng đường dẫn; hệ thống sẽ tải về và quét")),
    Event("document.not_fetched", _("Không tải được một tệp người nộp gửi bằng đường dẫn: {reason}")),
    Event("document.infected", _("Phần mềm quét thấy mã độc trong một tệp; tệp đã bị cách ly")),
)

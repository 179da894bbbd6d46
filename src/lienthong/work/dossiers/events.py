"""What can happen to a dossier, in sentences."""

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("dossier.lodged", "Nộp trực tuyến, hẹn trả {due}"),
    Event("dossier.received", "Tiếp nhận hồ sơ ({channel}), hẹn trả {due}"),
    Event("dossier.assigned", "Phân công cho {to}"),
    Event("dossier.taken_up", "Nhận xử lý"),
    Event("dossier.proposed", "Đề xuất: {proposal}"),
    Event("dossier.submitted", "Trình lãnh đạo phê duyệt"),
    Event("dossier.approved", "Phê duyệt"),
    Event("dossier.sent_back", "Trả lại để làm lại"),
    Event("dossier.completed", "Xử lý xong, kết quả số {number}"),
    Event("dossier.returned", "Trả kết quả {mode}"),
    Event("dossier.answered_at_once", "Giải quyết và trả kết quả ngay, kết quả số {number}"),
    Event(
        "dossier.supplement_requested",
        "Yêu cầu bổ sung lần {sequence}: {lacks} nội dung; tạm dừng tính thời hạn",
    ),
    Event("dossier.supplement_received", "Đã nhận bổ sung; thời hạn tính tiếp, hẹn trả {due}"),
    Event("dossier.payment_requested", "Yêu cầu nộp phí, lệ phí; tạm dừng tính thời hạn"),
    Event("dossier.payment_settled", "Đã nộp phí, lệ phí; thời hạn tính tiếp, hẹn trả {due}"),
    Event(
        "dossier.payment_notified",
        "Cổng báo người nộp đã thanh toán {amount} (mã thanh toán {reference}); biên lai {number}",
    ),
    Event("dossier.refused", "Từ chối tiếp nhận"),
    Event("dossier.halted", "Dừng giải quyết"),
    Event("dossier.withdrawn", "Người nộp rút hồ sơ"),
    Event("dossier.extended", "Xin lỗi và gia hạn lần {sequence}, hẹn lại {due}"),
    Event("dossier.corrected", "Đính chính {field}"),
    Event("dossier.taken_over", "Tiếp quản từ hệ thống cũ, giữ nguyên mã và lần hẹn trả {due}"),
    Event(
        "dossier.list_taken_over",
        "Nhập hồ sơ đang giải quyết từ {source}: {new} mới, {unchanged} đã có, {rejected} không nhập",
    ),
)

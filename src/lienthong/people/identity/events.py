"""What happens to accounts, and the sentence that tells it."""

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("identity.accounts_created", "Lập {count} tài khoản cho đơn vị."),
    Event("identity.account_locked", "Khóa tài khoản."),
    Event("identity.account_unlocked", "Mở khóa tài khoản."),
    Event("identity.invited", "Cấp {count} phiếu mời nhận tài khoản."),
    Event("identity.account_reset", "Đặt lại mật khẩu: mật khẩu cũ hết hiệu lực, cấp phiếu một lần."),
    Event("identity.invitation_taken", "Cán bộ tự đặt mật khẩu bằng phiếu đã cấp."),
    Event(
        "identity.roll_loaded",
        "Nạp danh sách cán bộ: {new} dòng mới, {changed} thay đổi, {rejected} không nhập.",
    ),
    Event("identity.post_chosen", "Chọn vị trí đang làm việc."),
)

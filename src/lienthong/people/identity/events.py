"""What happens to accounts, and the sentence that tells it."""

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("identity.account_created", "Lập tài khoản."),
    Event("identity.accounts_created", "Lập {count} tài khoản cho đơn vị."),
    Event("identity.account_locked", "Khóa tài khoản."),
    Event("identity.account_unlocked", "Mở khóa tài khoản."),
    Event("identity.password_set", "Đặt lại mật khẩu."),
    Event("identity.post_chosen", "Chọn vị trí đang làm việc."),
)

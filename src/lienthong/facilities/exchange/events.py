"""What can happen at the joint to other systems, in sentences."""

from lienthong.core.journal.events import Event, register_events

register_events(
    Event("exchange.client_registered", "Đăng ký bên kết nối số {client}"),
    Event("exchange.client_stopped", "Ngừng bên kết nối số {client}"),
    Event("exchange.client_resumed", "Cho bên kết nối số {client} hoạt động lại"),
    Event("exchange.token_issued", "Cấp mã truy cập …{hint} cho bên kết nối số {client}, hết hạn {expires}"),
    Event("exchange.token_revoked", "Thu hồi mã truy cập …{hint} của bên kết nối số {client}"),
    Event("exchange.subscribed", "Thêm nơi nhận thông báo {host} của bên kết nối số {client}"),
    Event("exchange.secret_rotated", "Đổi khóa ký của nơi nhận {host}"),
    Event("exchange.subscription_paused", "Tạm dừng gửi tới {host}: {reason}"),
    Event("exchange.subscription_resumed", "Gửi lại tới {host}"),
    Event("exchange.delivery_resent", "Cho gửi lại {count} thông báo của bên kết nối số {client}"),
)

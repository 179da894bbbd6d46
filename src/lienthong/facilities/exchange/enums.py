from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ClientKind(TextChoices):
    """Bên kết nối: who stands behind a client of the API."""

    PORTAL = "portal", _("Cổng Dịch vụ công")
    OFFICE = "office", _("phần mềm của đơn vị")
    SECTOR = "sector", _("hệ thống chuyên ngành")


class ApiScope(TextChoices):
    """What a token opens; the last two act for an officer's post, which the token names."""

    LODGE = "dossiers:lodge", _("nộp hồ sơ")
    READ = "dossiers:read", _("đọc trạng thái hồ sơ của mình")
    SUPPLEMENT = "dossiers:supplement", _("nộp bổ sung")
    PAY = "dossiers:pay", _("báo đã nộp phí, lệ phí")
    WITHDRAW = "dossiers:withdraw", _("rút hồ sơ")
    DESK_READ = "desk:read", _("đọc danh sách việc của một vị trí")
    DESK_ACT = "desk:act", _("thao tác thay một vị trí")


class DeliveryState(TextChoices):
    DELIVERED = "delivered", _("đã giao")
    WAITING = "waiting", _("đang chờ gửi")
    STUCK = "stuck", _("bị kẹt")


class Trouble(TextChoices):
    """Why a receiver did not take an event: what the exchange page says of it, and what to do."""

    ADDRESS = "address", _("Địa chỉ nhận không được phép: phải là https và không nằm trong mạng riêng.")
    DNS = "dns", _("Không tìm thấy tên máy nhận. Kiểm tra tên miền trong địa chỉ nhận.")
    CONNECT = "connect", _("Không kết nối được máy nhận, hoặc kết nối bị ngắt giữa chừng.")
    TLS = "tls", _("Chứng thư TLS của máy nhận không hợp lệ. Bên nhận cần sửa chứng thư.")
    TIMEOUT = "timeout", _("Máy nhận không trả lời kịp.")
    BUSY = "busy", _("Máy nhận báo quá tải.")
    SERVER = "server", _("Máy nhận báo lỗi của chính nó.")
    REFUSED = "refused", _("Máy nhận từ chối thông báo này.")
    REDIRECT = "redirect", _("Máy nhận chuyển hướng đi nơi khác; hệ thống không đi theo. Sửa địa chỉ nhận.")
    GONE = "gone", _("Máy nhận báo đã ngừng nhận (410). Nơi nhận được tạm dừng.")


# Troubles of the receiver as a whole, not of one event: when it answers again, what they stopped goes on.
OF_THE_RECEIVER = frozenset(
    {
        Trouble.ADDRESS,
        Trouble.DNS,
        Trouble.CONNECT,
        Trouble.TLS,
        Trouble.TIMEOUT,
        Trouble.BUSY,
        Trouble.SERVER,
        Trouble.REDIRECT,
        Trouble.GONE,
    }
)

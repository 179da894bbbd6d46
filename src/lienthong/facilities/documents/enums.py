from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScanState(TextChoices):
    """A file that was not scanned is "not scanned", never "clean"."""

    NOT_SCANNED = "not_scanned", _("chưa quét")
    CLEAN = "clean", _("đã quét, không thấy mã độc")
    INFECTED = "infected", _("có mã độc")


class FormKind(TextChoices):
    """Bảy mẫu của Phụ lục I NĐ 118/2025/NĐ-CP, the fee receipt, and the papers of certification."""

    INTAKE_RECEIPT = "intake_receipt", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT_REQUEST = "supplement_request", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL_SLIP = "refusal_slip", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    APOLOGY_LETTER = "apology_letter", _("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết")
    HALT_NOTICE = "halt_notice", _("Thông báo dừng giải quyết hồ sơ")
    CONTROL_SLIP = "control_slip", _("Phiếu kiểm soát quá trình giải quyết hồ sơ")
    DOSSIER_REGISTER = "dossier_register", _("Sổ theo dõi hồ sơ")
    FEE_RECEIPT = "fee_receipt", _("Biên lai thu phí, lệ phí")
    ATTESTATION = "attestation", _("Lời chứng")
    BOOK_CLOSING = "book_closing", _("Sổ chứng thực đóng theo tháng")


class OrderState(TextChoices):
    """Tệp gửi bằng đường dẫn: what came of it."""

    WAITING = "waiting", _("chờ tải về")
    FETCHED = "fetched", _("đã tải về")
    FAILED = "failed", _("không tải được")

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    """How a case ended."""

    DONE = "done", _("đã giải quyết xong")
    REFUSED = "refused", _("từ chối")
    HALTED = "halted", _("dừng giải quyết")
    WITHDRAWN = "withdrawn", _("người nộp rút")
    RELEASED = "released", _("không yêu cầu nữa")


class ClockKind(TextChoices):
    PAUSE = "pause", _("tạm dừng tính thời hạn")
    EXTENSION = "extension", _("gia hạn")


class HandOverState(TextChoices):
    OFFERED = "offered", _("đang đề nghị")
    ACCEPTED = "accepted", _("đã nhận")
    REFUSED = "refused", _("từ chối nhận")
    WITHDRAWN = "withdrawn", _("rút đề nghị")
    ARBITRATED = "arbitrated", _("do bên phân xử quyết định")


class Dispute(TextChoices):
    """Why an arbiter has to decide which unit answers for a case."""

    REFUSED = "refused", _("bên được đề nghị không nhận")
    SILENT = "silent", _("quá hạn trả lời đề nghị")
    BOUND = "bound", _("đã hết số lần được chuyển")


class ConsultationState(TextChoices):
    ASKED = "asked", _("đang chờ ý kiến")
    ANSWERED = "answered", _("đã có ý kiến")
    CANCELLED = "cancelled", _("không cần nữa")

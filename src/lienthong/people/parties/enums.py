from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartyKind(TextChoices):
    PERSON = "person", _("cá nhân")
    FIRM = "firm", _("tổ chức, doanh nghiệp")


class PaperKind(TextChoices):
    CITIZEN_CARD = "citizen_card", _("căn cước (12 số)")
    OLD_ID = "old_id", _("chứng minh nhân dân (9 số)")
    PASSPORT = "passport", _("hộ chiếu")
    FIRM_CODE = "firm_code", _("mã số doanh nghiệp")
    OTHER = "other", _("giấy tờ khác")


class ContactChannel(TextChoices):
    NONE = "none", _("không nhận tin")
    SMS = "sms", _("tin nhắn SMS")
    ZALO = "zalo", _("Zalo")
    EMAIL = "email", _("thư điện tử")


class Sex(TextChoices):
    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")
    UNSTATED = "", _("không nêu")

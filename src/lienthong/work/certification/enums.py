from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActKind(TextChoices):
    """Loại việc chứng thực (NĐ 23/2015/NĐ-CP)."""

    COPY = "copy", _("chứng thực bản sao từ bản chính")
    SIGNATURE = "signature", _("chứng thực chữ ký")
    TRANSLATOR = "translator", _("chứng thực chữ ký người dịch")
    TRANSACTION = "transaction", _("chứng thực giao dịch")


class Book(TextChoices):
    """Sổ chứng thực (NĐ 23/2015/NĐ-CP Đ.13): a book a year; its word is also the kind of its series of numbers."""

    COPIES = "SCT/BS", _("Sổ chứng thực bản sao từ bản chính")
    SIGNATURES = "SCT/CK,ĐC", _("Sổ chứng thực chữ ký, điểm chỉ")
    TRANSLATORS = "SCT/CKND", _("Sổ chứng thực chữ ký người dịch")
    TRANSACTIONS = "SCT/HĐ,GD", _("Sổ chứng thực hợp đồng, giao dịch")


class PlaceRule(TextChoices):
    """Where an act may be certified."""

    ANYWHERE = "anywhere", _("nơi nào cũng được")
    PROPERTY = "property", _("nơi có đất, nhà; động sản thì nơi nào cũng được")


class PropertyKind(TextChoices):
    """What a transaction is about."""

    MOVABLE = "movable", _("động sản")
    LAND = "land", _("quyền sử dụng đất")
    HOUSE = "house", _("nhà ở")


class FeeBasis(TextChoices):
    """What a fee is counted by."""

    PAGE = "page", _("trang")
    DOCUMENT = "document", _("trường hợp (một giấy tờ, văn bản)")
    CASE = "case", _("việc")


class CertificationState(TextChoices):
    RECEIVED = "received", _("Đã tiếp nhận, chờ ký")
    SIGNED = "signed", _("Đã ký chứng thực, chờ trả")
    RETURNED = "returned", _("Đã trả")
    REFUSED = "refused", _("Từ chối chứng thực")
    WITHDRAWN = "withdrawn", _("Người yêu cầu rút")


class Retained(TextChoices):
    """What is kept, and how long (NĐ 23/2015/NĐ-CP Đ.14)."""

    BOOKS = "books", _("sổ chứng thực")
    COPY = "copy", _("bản sao đã chứng thực")
    SIGNATURE = "signature", _("giấy tờ chứng thực chữ ký")
    TRANSACTION = "transaction", _("giao dịch đã chứng thực")

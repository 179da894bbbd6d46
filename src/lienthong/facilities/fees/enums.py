from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaymentMethod(TextChoices):
    CASH = "cash", _("tiền mặt")
    TRANSFER = "transfer", _("chuyển khoản")
    CARD = "card", _("thẻ")

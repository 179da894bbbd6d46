"""What the open web must remember of its visitors: failed look-ups of one day, as digests."""

from django.db import models
from django.db.models import Q


class LookupFailure(models.Model):
    """Lần tra cứu hồ sơ không thành (chống dò mã): kept one day, without the code and without the address.

    Both digests are keyed with the server's secret, so that the table tells nobody's code and nobody's address.
    `code_digest` is "" where a false QR was opened: only the address counts then.
    """

    code_digest = models.CharField(max_length=64, blank=True, default="")
    address_digest = models.CharField(max_length=64)
    failed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["code_digest", "-failed_at"], name="failure_of_code", condition=~Q(code_digest="")
            ),
            models.Index(fields=["address_digest", "-failed_at"], name="failure_of_address"),
            models.Index(fields=["failed_at"], name="failure_by_age"),
        ]

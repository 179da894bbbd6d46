"""Numbers issued inside the act's transaction; every number is accounted for: used or voided."""

from django.db import models


class Series(models.Model):
    """Dãy số (mã hồ sơ theo ngày, số văn bản theo năm …) of one unit, kind and period."""

    unit_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    period = models.CharField(max_length=10)
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "kind", "period"], name="one_series_a_period")
        ]


class Void(models.Model):
    """Số bỏ, kèm lý do: a number that was issued and not used."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT)
    number = models.IntegerField()
    reason = models.CharField(max_length=300)
    voided_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="one_void_a_number")]

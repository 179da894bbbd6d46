"""Fees: what is due for a case, what was paid, and the day's close. Amounts in đồng (integers)."""

from django.db import models
from django.db.models.functions import Now

from lienthong.facilities.fees.enums import PaymentMethod


class Charge(models.Model):
    """Khoản phí, lệ phí của một vụ việc, with the rule that it rests on."""

    case_id = models.BigIntegerField(db_index=True)
    unit_id = models.BigIntegerField()
    label = models.CharField(max_length=300)
    amount = models.BigIntegerField()
    citation = models.CharField(max_length=300, blank=True, default="")
    waived_reason = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount__gte=0), name="charge_not_negative")]


class Receipt(models.Model):
    """Biên lai thu: one number a receipt, per unit and year; a void keeps its number and its reason."""

    case_id = models.BigIntegerField(db_index=True)
    unit_id = models.BigIntegerField()
    number = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    method = models.CharField(max_length=10, choices=PaymentMethod.choices)
    post_id = models.BigIntegerField(null=True)
    paid_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True, default="")
    close = models.ForeignKey("DailyClose", null=True, on_delete=models.PROTECT, related_name="receipts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "number"], name="one_receipt_a_number"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="receipt_positive"),
        ]
        indexes = [models.Index(fields=["unit_id", "paid_at"], name="receipt_of_day")]


class DailyClose(models.Model):
    """Chốt sổ thu trong ngày của một đơn vị: count and total as they stood, the cash as counted, by whom."""

    unit_id = models.BigIntegerField()
    day = models.DateField()
    receipts_count = models.IntegerField()
    total = models.BigIntegerField()
    counted_cash = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_id", "day"], name="one_close_a_day")]

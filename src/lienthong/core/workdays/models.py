"""Working days: the holidays library, corrected by notices that an office enters."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now

from lienthong.core.workdays.enums import DayKind


class DayNotice(models.Model):
    """Thông báo ngày nghỉ, làm bù, hoán đổi: overrides the library for one day; `place` "" = every unit.

    The newest row of a day and place counts (nothing is deleted), a place's own before every unit's; `kind` null
    takes an earlier notice back.
    """

    day = models.DateField()
    place = models.CharField(max_length=12, default="", blank=True)
    kind = models.CharField(max_length=4, choices=DayKind.choices, null=True)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=20)
    entered_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["day", "-id"], name="day_notice_newest")]


class OfficeHours(models.Model):
    """Giờ làm việc của đơn vị: `hours` [["07:30","11:30"],["13:00","17:00"]]; `place` "" = every unit.

    `cutoff` (HH:MM or ""): what arrives later counts as received on the next working day.
    """

    place = models.CharField(max_length=12, default="", blank=True)
    hours = models.JSONField()
    cutoff = models.CharField(max_length=5, default="", blank=True)
    valid_during = DateRangeField()
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=20)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_office_hours_a_place",
                expressions=[("place", RangeOperators.EQUAL), ("valid_during", RangeOperators.OVERLAPS)],
            )
        ]

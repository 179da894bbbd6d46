"""Closed days, rolled up hourly; today is counted live from the rows themselves."""

from django.db import models
from django.db.models.functions import Now


class DayRoll(models.Model):
    """Số liệu một ngày đã khóa của một đơn vị, theo loại việc và lĩnh vực: what happened on that day.

    `in_progress` and `overdue_open` are the stock at the day's end; the others are the day's flow. The row of
    unit 0 says that the day was rolled up, even where nothing happened.
    """

    unit_id = models.BigIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=30)
    field = models.CharField(max_length=200)
    received = models.IntegerField(default=0)
    received_for_others = models.IntegerField(default=0)
    finished = models.IntegerField(default=0)
    finished_on_time = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    halted = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)
    at_once = models.IntegerField(default=0)
    extensions = models.IntegerField(default=0)
    in_progress = models.IntegerField(default=0)
    overdue_open = models.IntegerField(default=0)
    online = models.IntegerField(default=0)
    rolled_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "day", "kind", "field"], name="one_roll_a_day_kind_and_field"
            )
        ]
        indexes = [models.Index(fields=["day", "unit_id"], name="roll_of_day")]


class UnitDay(models.Model):
    """Số liệu một ngày đã khóa của cả đơn vị: the day's roll-ups of a unit and kind, all fields together.

    What the table of all units sums: a year of 168 units is 61,000 rows, by field it would be a million.
    """

    unit_id = models.BigIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=30)
    received = models.IntegerField(default=0)
    received_for_others = models.IntegerField(default=0)
    finished = models.IntegerField(default=0)
    finished_on_time = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    halted = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)
    at_once = models.IntegerField(default=0)
    extensions = models.IntegerField(default=0)
    in_progress = models.IntegerField(default=0)
    overdue_open = models.IntegerField(default=0)
    online = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "day", "kind"], name="one_day_a_unit_and_kind")
        ]


class StaleDay(models.Model):
    """Ngày đã chốt phải đếm lại: from `first_day` on the roll-ups no longer say what the rows say.

    Written by an act that puts something into the past; gone once the days since were counted anew.
    """

    first_day = models.DateField()

"""Whether a unit is ready to work on the system: what an officer saw, and the city's word that it goes live."""

from django.db import models
from django.db.models.functions import Now

from lienthong.work.readiness.enums import Item


class Tick(models.Model):
    """Ghi nhận một mục của bảng kiểm sẵn sàng (M11): seen by an officer on a day.

    The newest row of a unit and item counts; nothing is deleted.
    """

    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=12, choices=Item.choices)
    is_done = models.BooleanField()
    seen_on = models.DateField()
    note = models.CharField(max_length=400, blank=True, default="")
    post_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="not_ready_with_reason", condition=models.Q(is_done=True) | ~models.Q(note="")
            )
        ]
        indexes = [models.Index(fields=["unit", "item", "-id"], name="tick_newest")]


class GoLive(models.Model):
    """Đưa một đơn vị vào vận hành chính thức: once, by the city; `missing` what was not green, with the reason."""

    unit = models.OneToOneField("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    live_on = models.DateField()
    missing = models.JSONField(default=list)
    reason = models.CharField(max_length=400, blank=True, default="")
    post_id = models.BigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="live_while_missing_with_reason",
                condition=models.Q(missing=[]) | ~models.Q(reason=""),
            )
        ]

"""Legal basis as data: every term, fee and period points here."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from lienthong.core.instruments.enums import Confidence, InstrumentKind, LinkKind


class Instrument(models.Model):
    """Văn bản căn cứ (luật, nghị định, thông tư, quyết định …): what a rule rests on.

    `valid_during` is a half-open range of days; an open end means "no end stated".
    """

    slug = models.SlugField(max_length=80, unique=True)
    number = models.CharField(max_length=120)
    title = models.TextField()
    kind = models.CharField(max_length=20, choices=InstrumentKind.choices)
    issued_on = models.DateField(null=True)
    valid_during = DateRangeField(null=True)
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    source_note = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return self.number


class InstrumentLink(models.Model):
    """Quan hệ giữa hai văn bản (sửa đổi, thay thế, kéo dài hiệu lực): what a later one does to an earlier one.

    `since` null: the source states no day. It says so only: what an instrument's end brings is told by its validity.
    """

    newer = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    older = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LinkKind.choices)
    since = models.DateField(null=True)
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    source_note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newer", "older", "kind"], name="one_link_a_kind"),
            models.CheckConstraint(name="linked_to_another", condition=~models.Q(newer=models.F("older"))),
        ]

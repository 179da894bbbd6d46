"""Legal basis as data: every term, fee and period points here."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from lienthong.core.instruments.enums import Confidence, InstrumentKind


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

"""The catalogue of procedures, versioned by validity and by sequence, frozen into the dossier at intake."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models.functions import Now

from lienthong.core.instruments.enums import Confidence
from lienthong.mandate.procedures.enums import ExecutingBody, OnlineServiceLevel, TermName


class Procedure(models.Model):
    """Thủ tục hành chính (TTHC): the code that stays; what it says is in its versions."""

    code = models.CharField(max_length=40, unique=True)
    task = models.OneToOneField("competence.Task", on_delete=models.PROTECT, related_name="procedure")

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """Nội dung công bố của một thủ tục trong một thời kỳ; a same-day fix is a higher `sequence`.

    JSON shapes (null = the source does not state it; see `values.py`): `time_limits`
    [{amount, unit|null, case, channel, text, confidence, citation}], `fees` [{amount|null, per, label, text,
    confidence, citation}], `papers` [{name, originals, copies, case}], `steps` [{state, who, share}].
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    sequence = models.IntegerField(default=1)
    valid_during = DateRangeField()
    name = models.TextField()
    search_key = models.TextField()
    field = models.CharField(max_length=200, db_index=True)
    level = models.CharField(max_length=120, blank=True, default="")
    executing_body = models.CharField(max_length=20, choices=ExecutingBody.choices)
    executing_text = models.CharField(max_length=400, blank=True, default="")
    channels = ArrayField(models.CharField(max_length=12), default=list)
    subjects = models.TextField(blank=True, default="")
    result = models.TextField(blank=True, default="")
    online_level = models.CharField(max_length=12, choices=OnlineServiceLevel.choices)
    at_once = models.BooleanField(null=True)
    boundary_free = models.BooleanField(null=True)
    boundary_note = models.CharField(max_length=300, blank=True, default="")
    time_limits = models.JSONField(null=True)
    fees = models.JSONField(null=True)
    papers = models.JSONField(null=True)
    steps = models.JSONField(null=True)
    decision = models.ForeignKey("instruments.Instrument", null=True, on_delete=models.PROTECT)
    source_url = models.CharField(max_length=300, blank=True, default="")
    source_note = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "sequence"], name="one_version_a_sequence")
        ]


class LocalTerm(models.Model):
    """Giá trị do cơ quan ấn định khi nguồn không nêu: with its citation; `place` "" = the whole province.

    The newest row of a term, place and day counts; nothing is deleted.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="local_terms")
    place = models.CharField(max_length=12, default="", blank=True)
    term = models.CharField(max_length=12, choices=TermName.choices)
    value = models.JSONField()
    citation = models.CharField(max_length=300)
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    valid_during = DateRangeField()
    set_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["procedure", "term", "-id"], name="local_term_newest")]

"""Who is responsible for what, where and when, by which instrument: the register's first form."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now

from lienthong.core.instruments.enums import Confidence
from lienthong.mandate.competence.enums import Reach, RuleRole, TaskKind
from lienthong.people.organisation.enums import BodyKind


class Task(models.Model):
    """Nhiệm vụ: anything a unit must do; a procedure is one, a standing duty is another."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=TaskKind.choices)
    name = models.TextField()
    field = models.CharField(max_length=200, db_index=True)
    instrument = models.ForeignKey("instruments.Instrument", null=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.code


class CompetenceRule(models.Model):
    """Phân định thẩm quyền: task or field x units x role -> body inside the unit, dated, with its instrument.

    `subject_key` is "task:<code>" or "field:<name>", `reach_key` "country", "type:<type>", "province:<code>",
    "type_in_province:<type>:<code>" or "unit:<code>": never null, so that a second lead of equal reach
    conflicts in the exclusion constraint.
    """

    subject_key = models.CharField(max_length=240)
    reach = models.CharField(max_length=20, choices=Reach.choices)
    reach_key = models.CharField(max_length=60)
    role = models.CharField(max_length=14, choices=RuleRole.choices, default=RuleRole.LEAD)
    body_kind = models.CharField(max_length=20, choices=BodyKind.choices)
    valid_during = DateRangeField()
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT)
    article = models.CharField(max_length=120, blank=True, default="")
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_lead_a_reach",
                expressions=[
                    ("subject_key", RangeOperators.EQUAL),
                    ("reach_key", RangeOperators.EQUAL),
                    ("valid_during", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(role="lead"),
            )
        ]


class WorkAssignment(models.Model):
    """Phân công trong đơn vị: a post answers for a task or a field, or leads it."""

    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    subject_key = models.CharField(max_length=240)
    duty = models.CharField(max_length=20)
    post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    valid_during = DateRangeField()
    instrument_text = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_post_a_duty",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("subject_key", RangeOperators.EQUAL),
                    ("duty", RangeOperators.EQUAL),
                    ("valid_during", RangeOperators.OVERLAPS),
                ],
            )
        ]

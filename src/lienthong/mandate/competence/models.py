"""Who is responsible for what, where and when, by which instrument: the register's first form."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models.functions import Now

from lienthong.core.instruments.enums import Confidence
from lienthong.mandate.competence.enums import (
    ChangeKind,
    DelegableAct,
    Division,
    DraftState,
    NormKind,
    Reach,
    RuleRole,
    Side,
    TaskKind,
)
from lienthong.people.organisation.enums import BodyKind, Level, PostKind


def kept(what: str, *fixed: str) -> list[pgtrigger.Trigger]:
    """Triggers of a table whose rows stay as they were entered: no deletion, no change of the `fixed` columns."""
    return [
        pgtrigger.Protect(name=f"no_{what}_is_deleted", operation=pgtrigger.Delete),
        pgtrigger.Protect(
            name=f"no_{what}_is_edited", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(*fixed)
        ),
    ]


class Task(models.Model):
    """Nhiệm vụ: anything a unit must do; a procedure is one, a standing duty is another.

    `valid_during` null: the source states no period.
    """

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=TaskKind.choices)
    name = models.TextField()
    field = models.CharField(max_length=200, db_index=True)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.COMMUNE)
    valid_during = DateRangeField(null=True)
    instrument = models.ForeignKey("instruments.Instrument", null=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.code


class TaskBasis(models.Model):
    """Căn cứ giao thẩm quyền: the instrument by which a task, or a field, is the commune level's at all.

    A task without a row: not stated, and nothing is concluded from it. A task with rows of its own goes by them,
    else by its field's; where all of those have ended, or their instruments have, the task has lost its basis.
    """

    subject_key = models.CharField(max_length=240, db_index=True)
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=120, blank=True, default="")
    division = models.CharField(max_length=16, choices=Division.choices, default=Division.NOT_STATED)
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    valid_during = DateRangeField()
    note = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(db_default=Now())
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        triggers = kept("basis", "subject_key", "instrument", "valid_during", "recorded_at")


class CompetenceRule(models.Model):
    """Phân định thẩm quyền: task or field x units x role -> body inside the unit, dated, with its instrument.

    `subject_key` is "task:<code>" or "field:<name>", `reach_key` "country", "type:<type>", "province:<code>",
    "type_in_province:<type>:<code>" or "unit:<code>": never null, so that a second lead of equal reach
    conflicts in the exclusion constraint. `post_kind`: the body's post that has it in person ("" = the body).
    `valid_during` is when it holds, `recorded_at` until `superseded_at` when the register said so: nothing is
    edited, an end or an amendment is a new row that `replaces` the former one. It holds no longer than its
    instrument does.
    """

    subject_key = models.CharField(max_length=240)
    reach = models.CharField(max_length=20, choices=Reach.choices)
    reach_key = models.CharField(max_length=60)
    role = models.CharField(max_length=14, choices=RuleRole.choices, default=RuleRole.LEAD)
    division = models.CharField(max_length=16, choices=Division.choices, default=Division.NOT_STATED)
    body_kind = models.CharField(max_length=20, choices=BodyKind.choices)
    post_kind = models.CharField(max_length=20, choices=PostKind.choices, blank=True, default="")
    valid_during = DateRangeField()
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT)
    article = models.CharField(max_length=120, blank=True, default="")
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    note = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(db_default=Now())
    superseded_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_lead_a_reach",
                expressions=[
                    ("subject_key", RangeOperators.EQUAL),
                    ("reach_key", RangeOperators.EQUAL),
                    ("valid_during", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(role="lead", superseded_at__isnull=True),
            ),
            models.CheckConstraint(
                name="rule_superseded_once_recorded",
                condition=models.Q(superseded_at__isnull=True)
                | models.Q(superseded_at__gte=models.F("recorded_at")),
            ),
        ]
        triggers = kept(
            "rule",
            "subject_key",
            "reach_key",
            "role",
            "body_kind",
            "post_kind",
            "valid_during",
            "instrument",
            "article",
            "recorded_at",
        )


class WorkAssignment(models.Model):
    """Phân công trong đơn vị: a post answers for a task or a field, leads it, or signs by order.

    A field given to the Chair or a Vice Chair (`approval`) is an assignment, never a delegation. Dated versions:
    `recorded_at`, `superseded_at` and `replaces` as in CompetenceRule; `decision_on` the day of the paper.
    """

    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    subject_key = models.CharField(max_length=240)
    duty = models.CharField(max_length=20)
    post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    valid_during = DateRangeField()
    instrument_text = models.CharField(max_length=200, blank=True, default="")
    decision_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    superseded_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

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
                condition=models.Q(superseded_at__isnull=True),
            )
        ]
        triggers = kept(
            "assignment",
            "unit",
            "subject_key",
            "duty",
            "post",
            "valid_during",
            "instrument_text",
            "recorded_at",
        )


class DelegationNorm(models.Model):
    """Quy định về ủy quyền (Luật 72/2025/QH15 Đ.14 …): between whom it is permitted, and what is never delegated.

    `permits`: a post of `grantor_kind` to one of `grantee_kind` in the same unit. `forbids`: `subject_key` ("" =
    everything) by that grantor. Whatever no row permits is refused.
    """

    kind = models.CharField(max_length=10, choices=NormKind.choices)
    subject_key = models.CharField(max_length=240, blank=True, default="")
    grantor_kind = models.CharField(max_length=20, choices=PostKind.choices)
    grantee_kind = models.CharField(max_length=20, choices=PostKind.choices, blank=True, default="")
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=120, blank=True, default="")
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    valid_during = DateRangeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_key", "grantor_kind", "grantee_kind", "valid_during"],
                name="one_norm_a_pair",
            )
        ]


class Delegation(models.Model):
    """Ủy quyền (Luật 72/2025/QH15 Đ.14; NĐ 280/2025/NĐ-CP): a post's competence exercised by another, for a term.

    The persons are those who held both posts when it was given: it ends with either side's appointment.
    `conditions`: [{"kind": a ConditionKind word, "text", "amount": int|null, "evidence"}]; one without evidence is
    unmet. `report_months` null: the paper states no report. `valid_during` always has an end; a revocation ends
    it earlier (`revoked_on` the first day without it), nothing else changes.
    """

    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    grantor_post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    grantor_person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    grantee_post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    grantee_person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    valid_during = DateRangeField()
    number = models.CharField(max_length=100)
    signed_on = models.DateField()
    norm = models.ForeignKey(DelegationNorm, on_delete=models.PROTECT, related_name="+")
    conditions = models.JSONField(default=list)
    report_months = models.SmallIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())
    revoked_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delegation_has_an_end",
                condition=models.Q(valid_during__upper_inf=False, valid_during__lower_inf=False),
            ),
            models.CheckConstraint(
                name="delegation_to_another_post",
                condition=~models.Q(grantor_post=models.F("grantee_post")),
            ),
            models.CheckConstraint(
                name="revoked_with_a_day",
                condition=models.Q(revoked_on__isnull=True, revoked_at__isnull=True)
                | models.Q(revoked_on__isnull=False, revoked_at__isnull=False),
            ),
        ]
        triggers = kept(
            "delegation",
            "unit",
            "grantor_post",
            "grantor_person",
            "grantee_post",
            "grantee_person",
            "valid_during",
            "number",
            "signed_on",
            "norm",
            "conditions",
            "report_months",
            "recorded_at",
        )


class DelegationSide(models.Model):
    """Một bên của ủy quyền, theo từng nhiệm vụ và việc: the grantor's or the grantee's, with the effective period.

    Two rows a task and act. The same post on the other side of the same task and act at the same time cannot be
    stored: what was delegated is never passed on.
    """

    delegation = models.ForeignKey(Delegation, on_delete=models.PROTECT, related_name="sides")
    side = models.CharField(max_length=8, choices=Side.choices)
    post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=DelegableAct.choices)
    valid_during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="never_passed_on",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("task", RangeOperators.EQUAL),
                    ("act", RangeOperators.EQUAL),
                    ("side", RangeOperators.NOT_EQUAL),
                    ("valid_during", RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(
                fields=["delegation", "side", "task", "act"], name="one_side_a_task_and_act"
            ),
        ]
        triggers = kept("side", "delegation", "side", "post", "task", "act")


class RefusedLead(models.Model):
    """Lần ghi trùng thẩm quyền bị từ chối: a second lead that somebody tried to enter, kept though it was refused."""

    subject_key = models.CharField(max_length=240)
    reach_key = models.CharField(max_length=60)
    body_kind = models.CharField(max_length=20, choices=BodyKind.choices)
    valid_during = DateRangeField()
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, related_name="+")
    standing = models.ForeignKey(CompetenceRule, null=True, on_delete=models.PROTECT, related_name="+")
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())


class Draft(models.Model):
    """Phương án giả định: a set of changes that is checked before it takes effect; it changes nothing."""

    name = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.OPEN)
    unit_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())


class DraftChange(models.Model):
    """Một thay đổi của phương án, with how sure its maker is of it.

    `data` by kind (ids are of rows, days ISO): instrument_ends / instrument_extends {instrument, on}; basis_added
    {subject_key, instrument, article, from, to|null}; rule_added {subject_key, reach_key, body_kind, post_kind,
    instrument, from, to|null}; rule_ended {rule, on}; assignment_ended {assignment, on}; delegation_ended
    {delegation, on}; post_vacant {post, from, to|null}; units_merged {units: [ids], into: id, on}.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind.choices)
    data = models.JSONField()
    confidence = models.CharField(max_length=20, choices=Confidence.choices, default=Confidence.ASSUMPTION)
    note = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

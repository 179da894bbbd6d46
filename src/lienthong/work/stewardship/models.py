"""Where the register meets the cases: what the proof found, what was done by delegation, what was drawn from it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lienthong.work.stewardship.enums import Kind


class Finding(models.Model):
    """Phát hiện trong sổ thẩm quyền: one cause, from the night it was first seen until it is gone.

    `mark`: digest of what makes it the same finding from night to night. `since_on` null: no first day is known,
    `until_on` null: no end in sight. `unit` null: it concerns every unit. `tasks` empty: all that rest on
    `subject`. `mend` is the word of the act that mends it, `data` the ids that act needs.
    """

    mark = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=40)
    unit = models.ForeignKey("organisation.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.TextField()
    tasks = ArrayField(models.CharField(max_length=40), default=list)
    touched_fields = ArrayField(models.CharField(max_length=200), default=list)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    mend = models.CharField(max_length=30)
    data = models.JSONField(default=dict)
    first_seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    cases_open = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "kind", "since_on"],
                name="finding_present",
                condition=models.Q(gone_at__isnull=True),
            )
        ]


class ProofRun(models.Model):
    """Lần kiểm tra sổ thẩm quyền: when, over which days, what it found, what is new and what is gone."""

    ran_at = models.DateTimeField()
    from_on = models.DateField()
    until_on = models.DateField()
    units = models.IntegerField()
    tasks = models.IntegerField()
    found = models.IntegerField()
    appeared = models.IntegerField()
    vanished = models.IntegerField()
    took_ms = models.IntegerField()


class DelegationReport(models.Model):
    """Báo cáo việc đã làm theo ủy quyền (M20): of one delegation and period, produced by itself when it is over.

    `rows`: [{"case", "code", "act", "at", "post"}]: matters by code, no person.
    """

    delegation = models.ForeignKey("competence.Delegation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    acts = models.IntegerField()
    rows = models.JSONField(default=list)
    produced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delegation", "first_on"], name="one_report_a_period"),
            models.CheckConstraint(
                name="report_period_in_order", condition=models.Q(last_on__gte=models.F("first_on"))
            ),
        ]


class RegulationDraft(models.Model):
    """Dự thảo quy chế làm việc của một đơn vị: drawn from the assignments and delegations of a day.

    `content` is what the paper carries, frozen; the PDF is drawn from it. Signing comes later.
    """

    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    as_of_on = models.DateField()
    content = models.JSONField()
    post_id = models.BigIntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="one_regulation_a_number")]


class DraftProof(models.Model):
    """Kết quả kiểm tra một phương án giả định: what would appear, vanish and move; the last one counts.

    `unit_id` as the draft's own (null: the city's). `changes` how many changes of the draft it has seen.
    """

    draft = models.OneToOneField("competence.Draft", on_delete=models.PROTECT, related_name="+")
    unit_id = models.BigIntegerField(null=True)
    content = models.JSONField()
    changes = ArrayField(models.BigIntegerField(), default=list)
    proved_at = models.DateTimeField()
    took_ms = models.IntegerField()

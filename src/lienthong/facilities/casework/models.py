"""The heart: anything that a unit must finish by a date is one row here, whatever its kind.

The database keeps the promise: an open case has one responsible unit, one holder and, unless it is paused,
one due date; a paused one has its remaining time instead.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lienthong.facilities.casework.enums import ClockKind, ConsultationState, HandOverState, Outcome


class Case(models.Model):
    """Vụ việc: exactly one responsible unit, one holder (a post), one due date.

    The clock: `clock_start` when the limit began to run, in the calendar of `place` (a unit's code), with
    `cutoff` (HH:MM) the hour after which a receipt counts for the next working day, where the matter's own
    rule sets one; `promised_at` the first promise, never changed; `remaining` working minutes (calendar
    limits: wall-clock minutes) left while paused. `late_by_rule`: a rule counts it as late whatever its dates
    (QĐ 766: a second supplement request); `on_time` is decided once, when the case ends.
    Task, units, body and holder come from the register, whose rows are never deleted (a trigger refuses): checking
    them again with every case would lock a unit's row for each of its acts (docs/adr/0008).
    `version` counts acts, so that a stale page is told. `subject_name` is the party's name as on the paper at
    intake; `search_key` folded.
    """

    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=60, unique=True)
    state = models.CharField(max_length=30)
    title = models.TextField()
    subject_name = models.CharField(max_length=200, blank=True, default="")
    search_key = models.CharField(max_length=300, blank=True, default="")
    party_id = models.BigIntegerField(null=True, db_index=True)
    task = models.ForeignKey(
        "competence.Task",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    field = models.CharField(max_length=200, blank=True, default="")
    receiving_unit = models.ForeignKey(
        "organisation.AdminUnit",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    responsible_unit = models.ForeignKey(
        "organisation.AdminUnit",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    body = models.ForeignKey(
        "organisation.Body",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    holder = models.ForeignKey(
        "organisation.Post",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children", db_index=False
    )
    answer = models.JSONField(default=dict)
    finding = models.CharField(max_length=40, blank=True, default="")
    opened_at = models.DateTimeField()
    clock_start = models.DateTimeField()
    limit_amount = models.IntegerField()
    limit_unit = models.CharField(max_length=14)
    cutoff = models.CharField(max_length=5, blank=True, default="")
    place = models.CharField(max_length=12, blank=True, default="")
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    remaining = models.IntegerField(null=True)
    held_since = models.DateTimeField()
    hops = models.SmallIntegerField(default=0)
    extensions = models.SmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    late_by_rule = models.BooleanField(default=False)
    on_time = models.BooleanField(null=True)
    version = models.IntegerField(default=1)
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="open_case_has_holder", condition=Q(closed_at__isnull=False) | Q(holder__isnull=False)
            ),
            models.CheckConstraint(
                name="open_case_has_due_or_remaining",
                condition=Q(closed_at__isnull=False)
                | Q(due_at__isnull=False, remaining__isnull=True)
                | Q(due_at__isnull=True, remaining__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_case_has_outcome",
                condition=(Q(closed_at__isnull=True) & Q(outcome=""))
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="closed_case_is_on_time_or_late",
                condition=Q(closed_at__isnull=True, on_time__isnull=True)
                | Q(closed_at__isnull=False, on_time__isnull=False),
            ),
            models.CheckConstraint(
                name="case_ends_after_it_begins",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(name="case_hops_counted", condition=Q(hops__gte=0)),
        ]
        indexes = [
            # The kind is no key of it, it goes along in the leaves: units' stock is counted from the index alone.
            models.Index(
                fields=["responsible_unit", "due_at", "id"],
                name="case_open_of_unit",
                condition=Q(closed_at__isnull=True),
                include=["kind"],
            ),
            models.Index(
                fields=["holder", "due_at", "id"],
                name="case_open_of_holder",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["responsible_unit", "closed_at"],
                name="case_closed_of_unit",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["holder", "closed_at"],
                name="case_closed_of_holder",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(fields=["parent"], name="case_of_parent", condition=Q(parent__isnull=False)),
            models.Index(fields=["responsible_unit", "-opened_at"], name="case_of_unit_newest"),
            models.Index(fields=["receiving_unit", "-opened_at"], name="case_received_newest"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="first_promise_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("promised_at", "code", "kind", "opened_at", "receiving_unit"),
            ),
            pgtrigger.Protect(name="no_case_is_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="hops_only_grow",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__hops__lt=pgtrigger.F("old__hops")),
            ),
            pgtrigger.Trigger(
                name="only_lawful_states",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.AnyChange("state"),
                func=pgtrigger.Func(
                    """
                    IF NOT EXISTS (SELECT 1 FROM lifecycle_transition t WHERE t.kind = NEW.kind
                                   AND t.from_state = OLD.state AND t.to_state = NEW.state) THEN
                        RAISE EXCEPTION 'lienthong: no transition % -> % for %', OLD.state, NEW.state, NEW.kind
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ClockEntry(models.Model):
    """Dòng sổ thời hạn: a pause (from, to) or an extension (more of the limit's unit), with reason and paper.

    The due date is computed from these rows and the working calendar; it is never edited.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clock")
    kind = models.CharField(max_length=10, choices=ClockKind.choices)
    reason = models.CharField(max_length=30)
    note = models.CharField(max_length=400, blank=True, default="")
    document = models.CharField(max_length=100, blank=True, default="")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    amount = models.IntegerField(null=True)
    unit = models.CharField(max_length=14, blank=True, default="")
    post_id = models.BigIntegerField(null=True)
    closed_by_post_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="one_open_pause_a_case", condition=Q(kind="pause", to_at__isnull=True)
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_begins",
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")),
            ),
            models.CheckConstraint(
                name="extension_has_amount",
                condition=~Q(kind="extension") | (Q(amount__gt=0) & ~Q(unit="")),
            ),
        ]


class HandOver(models.Model):
    """Bàn giao vụ việc giữa hai đơn vị: offered, then accepted or refused with a reason. Never by silence."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hand_overs")
    from_unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=HandOverState.choices, default=HandOverState.OFFERED)
    reason = models.TextField()
    answer_by = models.DateTimeField()
    offered_at = models.DateTimeField()
    offered_by_post_id = models.BigIntegerField()
    answered_at = models.DateTimeField(null=True)
    answered_by_post_id = models.BigIntegerField(null=True)
    answer_reason = models.TextField(blank=True, default="")
    proposed_unit = models.ForeignKey(
        "organisation.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="one_open_offer_a_case", condition=Q(state="offered")
            ),
            models.CheckConstraint(name="offer_to_another_unit", condition=~Q(from_unit=F("to_unit"))),
            models.CheckConstraint(
                name="refusal_has_reason", condition=~Q(state="refused") | ~Q(answer_reason="")
            ),
        ]


class Consultation(models.Model):
    """Lấy ý kiến phối hợp: another unit or department answers by its own date; the case stays where it is."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey("organisation.Body", null=True, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by_post_id = models.BigIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=ConsultationState.choices, default=ConsultationState.ASKED
    )
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by_post_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answered_opinion_has_text", condition=~Q(state="answered") | ~Q(answer="")
            )
        ]
        indexes = [models.Index(fields=["unit", "due_at"], name="opinion_owed", condition=Q(state="asked"))]


class Arbiter(models.Model):
    """Bên phân xử của một vụ việc: written by the plan's room (coordination); else the city decides."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="arbiter", primary_key=True)
    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    max_hops = models.SmallIntegerField(default=2)
    source = models.CharField(max_length=100)

"""One-stop dossiers: the details of a case whose kind is "dossier"."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lienthong.core.journal.queries import frozen
from lienthong.work.dossiers.enums import Channel, DecisionKind, ReturnMode


class Dossier(models.Model):
    """Hồ sơ một cửa (NĐ 118/2025/NĐ-CP). Its accountability and clock are the case's.

    `terms` is the procedure as it stood at intake (see procedures/values.py Terms): kept once for all dossiers
    with the same terms (`frozen_id`, core/journal Frozen), or in the row itself; `papers` the list
    [{name, originals, copies, given_originals, given_copies, note}] ticked at the counter.
    """

    case = models.OneToOneField(
        "casework.Case", on_delete=models.PROTECT, primary_key=True, related_name="dossier"
    )
    version = models.ForeignKey(
        "procedures.ProcedureVersion",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    applicant = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    own_terms = models.JSONField(null=True, db_column="terms")
    frozen_id = models.BigIntegerField(null=True)
    papers = models.JSONField(default=list)
    particulars = models.JSONField(default=dict)
    note = models.TextField(blank=True, default="")
    at_once = models.BooleanField(default=False)
    step = models.SmallIntegerField(default=0)
    lookup_digest = models.CharField(max_length=64, unique=True)
    queue_ticket = models.CharField(max_length=20, blank=True, default="")
    supplement_count = models.SmallIntegerField(default=0)
    resume_state = models.CharField(max_length=30, blank=True, default="")
    result_number = models.CharField(max_length=100, blank=True, default="")
    result_summary = models.TextField(blank=True, default="")
    return_mode = models.CharField(max_length=8, choices=ReturnMode.choices, default=ReturnMode.COUNTER)
    returning_unit = models.ForeignKey(
        "organisation.AdminUnit",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    returned_at = models.DateTimeField(null=True)
    returned_to = models.CharField(max_length=200, blank=True, default="")
    returned_by_post_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="returned_dossier_has_taker", condition=Q(returned_at__isnull=True) | ~Q(returned_to="")
            ),
            models.CheckConstraint(
                name="dossier_has_terms",
                condition=Q(own_terms__isnull=False, frozen_id__isnull=True)
                | Q(own_terms__isnull=True, frozen_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["applicant", "-case"], name="dossier_of_applicant"),
            models.Index(
                fields=["returning_unit"], name="dossier_to_return", condition=Q(returned_at__isnull=True)
            ),
        ]

    @property
    def terms(self) -> dict[str, Any]:
        """The procedure as it stood at intake. At most one statement, and none once the process has read it."""
        if self.frozen_id is None:
            return dict(self.own_terms or {})
        return dict(frozen(self.frozen_id))

    @terms.setter
    def terms(self, terms: dict[str, Any]) -> None:
        self.own_terms = terms


class SupplementRequest(models.Model):
    """Phiếu yêu cầu bổ sung (mẫu 02): one sheet lists every lack with its legal basis."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplements")
    sequence = models.SmallIntegerField()
    lacks = models.JSONField()
    requested_at = models.DateTimeField()
    post_id = models.BigIntegerField()
    answered_at = models.DateTimeField(null=True)
    answer_note = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "sequence"], name="one_supplement_a_sequence")
        ]


class Proposal(models.Model):
    """Đề xuất của công chức xử lý: grant or deny, why, and on which law."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="proposals")
    grants = models.BooleanField()
    text = models.TextField()
    basis = models.CharField(max_length=400)
    post_id = models.BigIntegerField()
    proposed_at = models.DateTimeField()


class Decision(models.Model):
    """Phê duyệt hoặc trả lại của lãnh đạo; `answer` freezes who was competent at that moment and why."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    reason = models.TextField(blank=True, default="")
    post_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    answer = models.JSONField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sent_back_with_reason", condition=~Q(kind="sent_back") | ~Q(reason="")
            )
        ]


class Correction(models.Model):
    """Đính chính lỗi nhập liệu: the old value is kept (as personal data, in the row's own columns)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="corrections")
    name = models.CharField(max_length=40)
    old = models.TextField()
    new = models.TextField()
    reason = models.CharField(max_length=300)
    post_id = models.BigIntegerField()
    corrected_at = models.DateTimeField()


class ExtensionLetter(models.Model):
    """Văn bản xin lỗi và gia hạn (mẫu 04): numbered and counted; the first promise stays."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="extension_letters")
    sequence = models.SmallIntegerField()
    number = models.CharField(max_length=60)
    cause = models.TextField()
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    post_id = models.BigIntegerField()
    issued_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "sequence"], name="one_extension_a_sequence"),
            models.CheckConstraint(
                name="extension_moves_forward", condition=Q(new_due_at__gt=models.F("old_due_at"))
            ),
        ]

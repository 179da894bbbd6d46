"""Papers: what was handed in (files by SHA-256) and what was issued (the content is frozen)."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from lienthong.facilities.documents.enums import FormKind, OrderState, ScanState


class StoredFile(models.Model):
    """Tệp lưu theo SHA-256 dưới var/files: the same bytes are kept once."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    scan_state = models.CharField(max_length=12, choices=ScanState.choices, default=ScanState.NOT_SCANNED)
    scan_note = models.CharField(max_length=200, blank=True, default="")
    stored_at = models.DateTimeField(db_default=Now())


class Attachment(models.Model):
    """Giấy tờ trong hồ sơ: a file of a case, under the name of the paper that it is (thành phần hồ sơ)."""

    case_id = models.BigIntegerField(db_index=True)
    party_id = models.BigIntegerField(null=True, db_index=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    paper = models.CharField(max_length=300)
    paper_key = models.CharField(max_length=300)
    file_name = models.CharField(max_length=200)
    reused_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    post_id = models.BigIntegerField(null=True)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class IssuedForm(models.Model):
    """Biểu mẫu đã lập (NĐ 118/2025 Phụ lục I): its content as it was; the PDF is drawn from it."""

    case_id = models.BigIntegerField(null=True, db_index=True)
    unit_id = models.BigIntegerField()
    form = models.CharField(max_length=20, choices=FormKind.choices)
    number = models.CharField(max_length=60, blank=True, default="")
    sequence = models.IntegerField(default=1)
    content = models.JSONField()
    post_id = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_id", "form", "sequence"], name="one_form_a_sequence")
        ]


class FileOrder(models.Model):
    """Tệp chờ tải về: a file that a portal offers by a link; kept until it is fetched or given up.

    The address may hold a secret of the portal: it is blanked as soon as it is no longer needed.
    """

    case_id = models.BigIntegerField(db_index=True)
    party_id = models.BigIntegerField(null=True)
    url = models.CharField(max_length=1000, blank=True)
    file_name = models.CharField(max_length=200)
    paper = models.CharField(max_length=400, blank=True, default="")
    state = models.CharField(max_length=8, choices=OrderState.choices, default=OrderState.WAITING)
    tries = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True, default="")
    attachment = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT)
    ordered_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], name="file_order_waiting", condition=Q(state="waiting")
            )
        ]

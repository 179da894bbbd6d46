"""The journal: one row an act, in the act's transaction; timeline, audit and outbox at once."""

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """Nhật ký tác nghiệp: what was done, by which post, to what. Holds no personal data.

    `acted_at` is the act's one `now`; `recorded_at` is always the real time; `xid` lets a listener read in
    an order that late commits cannot break.
    """

    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    case_id = models.BigIntegerField(null=True)
    account_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    acted_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))
    data = models.JSONField(default=dict)
    particulars_digest = models.CharField(max_length=64, default="", blank=True)
    xid = models.BigIntegerField(db_default=models.Func(function="lienthong_xid"))

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "id"], name="entry_of_case"),
            models.Index(fields=["xid", "id"], name="entry_in_order"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Particular(models.Model):
    """Dữ liệu cá nhân của một dòng nhật ký: erasable; the entry keeps only its digest."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True)
    case_id = models.BigIntegerField(null=True)
    data = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)
    erased_reason = models.CharField(max_length=300, default="", blank=True)


class Command(models.Model):
    """Lệnh đã nhận (khóa chống lặp): same key and body gives the first result, another body is refused."""

    key = models.UUIDField()
    account_id = models.BigIntegerField()
    verb = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    result = models.JSONField(null=True)
    recorded_at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "account_id"], name="one_command_a_key")]


class Frozen(models.Model):
    """Nội dung chụp lại một lần, dùng chung: what many acts freeze alike (a procedure's terms of a day).

    Found by the SHA-256 of its canonical JSON; never changed, so a process may remember it for good.
    """

    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    frozen_at = models.DateTimeField(db_default=Now())


class Cursor(models.Model):
    """Con trỏ của một bộ theo dõi nhật ký (reactions): how far it has read, and what went wrong."""

    listener = models.CharField(max_length=60, primary_key=True)
    xid = models.BigIntegerField(default=0)
    entry_id = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(db_default=Now())


class Stumble(models.Model):
    """Lỗi khi xử lý một dòng nhật ký: kept and shown; the case it belongs to waits, others go on."""

    listener = models.CharField(max_length=60)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT)
    case_id = models.BigIntegerField(null=True)
    tries = models.IntegerField(default=1)
    error = models.TextField()
    next_try_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listener", "entry"], name="one_stumble_an_entry")]


class Reading(models.Model):
    """Nhật ký đọc dữ liệu cá nhân (Luật 91/2025/QH15): who looked at what, refusals too."""

    account_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=60)
    allowed = models.BooleanField()
    recorded_at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="reading_of_subject")]

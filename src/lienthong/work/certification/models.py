"""Certification: the details of a case whose kind is "certification", its numbers and what the law says as data."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from lienthong.core.instruments.enums import Confidence
from lienthong.mandate.competence.enums import Capacity
from lienthong.work.certification.enums import ActKind, Book, FeeBasis, PlaceRule, PropertyKind, Retained


class Certification(models.Model):
    """Việc chứng thực (NĐ 23/2015/NĐ-CP, sửa đổi bởi NĐ 280/2025/NĐ-CP). Its clock and holder are the case's.

    `address` is the applicant's as given on this day, for the papers; `property_place` the code of the unit where
    the land or house lies. `refused_article` the law that a refusal names.
    """

    case = models.OneToOneField(
        "casework.Case", on_delete=models.PROTECT, primary_key=True, related_name="certification"
    )
    task_code = models.CharField(max_length=40)
    act = models.CharField(max_length=12, choices=ActKind.choices)
    book = models.CharField(max_length=12, choices=Book.choices)
    applicant = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+", db_index=False)
    address = models.CharField(max_length=300, blank=True, default="")
    property_kind = models.CharField(max_length=8, choices=PropertyKind.choices, blank=True, default="")
    property_place = models.CharField(max_length=12, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")
    is_at_once = models.BooleanField(default=False)
    refused_article = models.CharField(max_length=200, blank=True, default="")
    returned_at = models.DateTimeField(null=True)
    returned_to = models.CharField(max_length=200, blank=True, default="")
    returned_by_post_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())


class CertifiedItem(models.Model):
    """Giấy tờ được chứng thực (NĐ 23/2015/NĐ-CP Đ.20; TT 01/2020/TT-BTP Đ.4): one original, or one document type
    of one person; it takes one number in the book, whatever the number of copies.
    """

    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="items")
    sequence = models.SmallIntegerField()
    document_name = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300, blank=True, default="")
    issued_on = models.DateField(null=True)
    pages = models.IntegerField(default=1)
    copies = models.IntegerField(default=1)
    signer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certification", "sequence"], name="one_item_a_place"),
            models.CheckConstraint(
                name="item_has_pages_and_copies", condition=Q(pages__gte=1, copies__gte=1)
            ),
        ]


class BookEntry(models.Model):
    """Dòng sổ chứng thực (NĐ 23/2015/NĐ-CP Đ.13): a number of a unit's book and year, and the item that bears it.

    Nothing is edited or deleted: a number that is not used is voided with its reason, and the item takes another.
    """

    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    book = models.CharField(max_length=12, choices=Book.choices)
    year = models.SmallIntegerField()
    number = models.IntegerField()
    item = models.ForeignKey(CertifiedItem, on_delete=models.PROTECT, related_name="entries")
    issued_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "book", "year", "number"], name="one_entry_a_number"),
            models.UniqueConstraint(
                fields=["item"], name="one_number_an_original", condition=Q(voided_at__isnull=True)
            ),
            models.CheckConstraint(
                name="entry_voided_with_reason",
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "book", "issued_at"], name="entry_of_month")]
        triggers = [
            pgtrigger.Protect(name="no_entry_is_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="no_entry_is_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("unit", "book", "year", "number", "item", "issued_at"),
            ),
        ]


class Attestation(models.Model):
    """Lời chứng đã ký: who signed, by what right (NĐ 280/2025/NĐ-CP), and the warrant as it stood at that moment.

    `signature` null: signed on paper; the place of the electronic signature.
    """

    certification = models.OneToOneField(Certification, on_delete=models.PROTECT, related_name="attestation")
    post = models.ForeignKey("organisation.Post", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=10, choices=Capacity.choices)
    delegation_id = models.BigIntegerField(null=True, db_index=True)
    warrant = models.JSONField()
    signed_at = models.DateTimeField()
    signature = models.JSONField(null=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="no_attestation_is_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="no_attestation_is_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "certification", "post", "person", "capacity", "delegation_id", "warrant", "signed_at"
                ),
            ),
        ]


class MonthClosing(models.Model):
    """Khóa sổ chứng thực hằng tháng (NĐ 23/2015/NĐ-CP Đ.13: sổ điện tử in, đóng quyển hằng tháng).

    `digest`: SHA-256 of the month's rows as they stood; a row changed afterwards is found out.
    """

    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    book = models.CharField(max_length=12, choices=Book.choices)
    year = models.SmallIntegerField()
    month = models.SmallIntegerField()
    first_number = models.IntegerField(null=True)
    last_number = models.IntegerField(null=True)
    count = models.IntegerField()
    voided = models.IntegerField()
    digest = models.CharField(max_length=64)
    post_id = models.BigIntegerField()
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "book", "year", "month"], name="one_closing_a_month"),
            models.CheckConstraint(name="closing_of_a_month", condition=Q(month__gte=1, month__lte=12)),
        ]
        triggers = [
            pgtrigger.Protect(name="no_closing_is_changed", operation=pgtrigger.Delete | pgtrigger.Update)
        ]


class ActRule(models.Model):
    """Quy định về một việc chứng thực: which act a task is, its book, where it may be done, how far it is extended.

    `extension_days` null: not stated.
    """

    task_code = models.CharField(max_length=40)
    act = models.CharField(max_length=12, choices=ActKind.choices)
    book = models.CharField(max_length=12, choices=Book.choices)
    place_rule = models.CharField(max_length=10, choices=PlaceRule.choices)
    extension_days = models.SmallIntegerField(null=True)
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=120, blank=True, default="")
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    note = models.CharField(max_length=300, blank=True, default="")
    valid_during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_rule_an_act",
                expressions=[("task_code", RangeOperators.EQUAL), ("valid_during", RangeOperators.OVERLAPS)],
            )
        ]


class FeeRate(models.Model):
    """Mức thu phí chứng thực: amounts with their source; `article` "" where the source does not state it."""

    task_code = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    basis = models.CharField(max_length=10, choices=FeeBasis.choices)
    amount = models.IntegerField()
    tier_from = models.IntegerField(null=True)
    tier_amount = models.IntegerField(null=True)
    most = models.IntegerField(null=True)
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=120, blank=True, default="")
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    note = models.CharField(max_length=300, blank=True, default="")
    valid_during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_rate_a_task",
                expressions=[("task_code", RangeOperators.EQUAL), ("valid_during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="rate_tier_whole",
                condition=Q(amount__gte=0)
                & (
                    Q(tier_from__isnull=True, tier_amount__isnull=True)
                    | Q(tier_from__gte=1, tier_amount__gte=0, tier_amount__lte=F("amount"))
                ),
            ),
        ]


class RefusedOriginal(models.Model):
    """Bản chính không được dùng làm cơ sở để chứng thực bản sao (NĐ 23/2015/NĐ-CP Đ.22)."""

    code = models.CharField(max_length=30)
    text = models.TextField()
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=120, blank=True, default="")
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    note = models.CharField(max_length=300, blank=True, default="")
    valid_during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_ban_a_code",
                expressions=[("code", RangeOperators.EQUAL), ("valid_during", RangeOperators.OVERLAPS)],
            )
        ]


class RetentionRule(models.Model):
    """Thời hạn lưu trữ giấy tờ chứng thực (NĐ 23/2015/NĐ-CP Đ.14); `years` null while it is kept: for good."""

    subject = models.CharField(max_length=12, choices=Retained.choices, unique=True)
    is_kept = models.BooleanField()
    years = models.SmallIntegerField(null=True)
    instrument = models.ForeignKey("instruments.Instrument", on_delete=models.PROTECT, related_name="+")
    article = models.CharField(max_length=120, blank=True, default="")
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    note = models.CharField(max_length=300, blank=True, default="")

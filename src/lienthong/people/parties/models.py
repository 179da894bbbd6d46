"""Citizens and firms: the personal data of the system lives here, and as little of it as acts need."""

from django.db import models
from django.db.models.functions import Now

from lienthong.people.parties.enums import ContactChannel, PaperKind, PartyKind, Sex


class Party(models.Model):
    """Người nộp hồ sơ: công dân hoặc tổ chức. `search_key` is the name without tones."""

    kind = models.CharField(max_length=10, choices=PartyKind.choices)
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=240)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True, default="")
    address = models.CharField(max_length=400, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="", db_index=True)
    email = models.CharField(max_length=200, blank=True, default="")
    channel = models.CharField(max_length=6, choices=ContactChannel.choices, default=ContactChannel.NONE)
    recorded_at = models.DateTimeField(db_default=Now())


class IdentityPaper(models.Model):
    """Giấy tờ định danh: a number belongs to one party."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=14, choices=PaperKind.choices)
    number = models.CharField(max_length=30)
    issued_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="one_party_a_paper_number")]


class Custody(models.Model):
    """Đơn vị đang giữ thông tin của một người: opens the party's row to that unit, with the reason."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="custodies")
    unit_id = models.BigIntegerField()
    reason = models.CharField(max_length=30)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "unit_id"], name="one_custody_a_unit")]

"""Which unit may see which matter. Written by the rooms above, read by every row's policy."""

from django.db import models
from django.db.models.functions import Now


class Sight(models.Model):
    """Quyền xem vụ việc của một đơn vị: one row opens one case to one unit (why, since when)."""

    case_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    reason = models.CharField(max_length=30)
    since = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case_id", "unit_id"], name="one_sight_a_unit")]


class Mark(models.Model):
    """Dấu của cơ sở dữ liệu: what this database is (demonstration, province, seeds loaded)."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField()


class RegisterVersion(models.Model):
    """Phiên bản của sổ (đơn vị, vị trí, thẩm quyền, thủ tục, lịch): one row, changed with every change of it.

    What a process remembers of the register counts as long as this number stands (queries.present_register).
    """

    id = models.SmallIntegerField(primary_key=True)
    version = models.BigIntegerField()

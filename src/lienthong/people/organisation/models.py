"""Who the State is here: units, bodies, posts and persons, all of them dated."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from lienthong.people.organisation.enums import BodyKind, Level, PostKind, SuccessionExtent, UnitType


class AdminUnit(models.Model):
    """Đơn vị hành chính (QĐ 19/2025/QĐ-TTg). A code means a territory only together with its era.

    `era` is "2025" since 1 July 2025, "2021" for the predecessors. Names and types are dated: UnitFact.
    """

    code = models.CharField(max_length=5)
    era = models.CharField(max_length=4)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    area_km2 = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    agency_code = models.CharField(max_length=35, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "era"], name="one_unit_a_code_and_era"),
            # Two units that number with one code would issue the same case code, and neither could go on.
            models.UniqueConstraint(
                fields=["agency_code"],
                name="one_unit_an_agency_code",
                condition=~models.Q(agency_code=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.era}"


class UnitFact(models.Model):
    """Tên và loại đơn vị trong một thời kỳ, theo văn bản: the dated facts of a unit.

    `search_key` is the name folded (no tones, đ->d); `sort_key` the stored Vietnamese order.
    """

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="facts")
    unit_type = models.CharField(max_length=12, choices=UnitType.choices)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=100)
    district = models.CharField(max_length=120, blank=True, default="")
    search_key = models.CharField(max_length=240, db_index=True)
    sort_key = models.CharField(max_length=400)
    valid_during = DateRangeField()
    instrument = models.ForeignKey("instruments.Instrument", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_fact_a_unit_and_day",
                expressions=[("unit", RangeOperators.EQUAL), ("valid_during", RangeOperators.OVERLAPS)],
            )
        ]


class UnitSuccession(models.Model):
    """Sắp xếp, sáp nhập ĐVHC: what became of an old unit (bảng chuyển đổi của Cục Thống kê)."""

    old_unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="successors")
    new_unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="predecessors")
    extent = models.CharField(max_length=30, choices=SuccessionExtent.choices)
    note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["old_unit", "new_unit", "extent", "note"], name="one_succession_a_pair"
            )
        ]


class UnitAdjacency(models.Model):
    """Địa bàn giáp ranh: two units that touch, with the shared boundary in metres."""

    unit_a = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    unit_b = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="+")
    shared_m = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_a", "unit_b"], name="one_adjacency_a_pair")]


class ResidentialGroup(models.Model):
    """Thôn, tổ dân phố (NĐ 185/2026): a place below the unit."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="residential_groups")
    name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=240)
    valid_during = DateRangeField()


class Body(models.Model):
    """Cơ quan, tổ chức trong đơn vị: Đảng ủy, HĐND, UBND, MTTQ, công an, phòng, trung tâm (NĐ 150/2025)."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=20, choices=BodyKind.choices)
    name = models.CharField(max_length=200)
    valid_during = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_body_a_kind_and_unit",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("valid_during", RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """Vị trí việc làm: what answers for a matter; who sits in it is an Appointment."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.PROTECT, related_name="posts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=20, choices=PostKind.choices)
    title = models.CharField(max_length=200)
    rank = models.IntegerField(default=0)
    valid_during = DateRangeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "kind", "rank"], name="post_of_unit")]

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """Cán bộ, công chức, viên chức: a person who may hold a post."""

    name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=240)
    degree = models.CharField(max_length=120, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class OfficerDetail(models.Model):
    """Thông tin riêng của cán bộ: số định danh, điện thoại, thư điện tử (Luật 91/2025/QH15); each may be empty.

    Apart from Person, behind a policy: seen by the units in which the person holds or held a post.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="detail")
    identity_number = models.CharField(max_length=12, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity_number"],
                name="one_officer_an_identity",
                condition=~models.Q(identity_number=""),
            )
        ]


class Appointment(models.Model):
    """Bổ nhiệm, bố trí: one holder of a post at a time, kept by the database."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    valid_during = DateRangeField()
    instrument_text = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_holder_a_post",
                expressions=[("post", RangeOperators.EQUAL), ("valid_during", RangeOperators.OVERLAPS)],
            )
        ]


class Absence(models.Model):
    """Vắng mặt và người thay: while it runs, the substitute answers for the post."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    valid_during = DateRangeField()
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_substitute_a_post",
                expressions=[("post", RangeOperators.EQUAL), ("valid_during", RangeOperators.OVERLAPS)],
            )
        ]

"""The office's own layer of boundaries: what the map draws. A picture only, never a basis for routing."""

from django.db import models


class BoundaryLayer(models.Model):
    """Lớp ranh giới đơn vị hành chính do cơ quan nạp: where it comes from, when, under which terms.

    The newest layer of a province is the one that is drawn; former ones stay.
    """

    province_code = models.CharField(max_length=5)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=300)
    dated_on = models.DateField()
    digest = models.CharField(max_length=64)
    unit_count = models.IntegerField()
    imported_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["province_code", "-id"], name="layer_of_province")]

    def __str__(self) -> str:
        return f"{self.province_code} {self.source}"


class UnitBoundary(models.Model):
    """Ranh giới của một đơn vị trong một lớp: `geometry` as it came (repaired), `web` simplified for the page."""

    layer = models.ForeignKey(BoundaryLayer, on_delete=models.PROTECT, related_name="boundaries")
    unit = models.ForeignKey("organisation.AdminUnit", on_delete=models.PROTECT, related_name="+")
    geometry = models.JSONField()
    web = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["layer", "unit"], name="one_boundary_a_layer_and_unit")
        ]

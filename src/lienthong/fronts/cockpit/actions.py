"""Loading the office's own layer of boundaries: first looked at, then applied."""

from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.fronts.cockpit.models import BoundaryLayer, UnitBoundary
from lienthong.fronts.cockpit.rules.geometry import check_layer, why_not_apply, why_not_name
from lienthong.fronts.cockpit.values import Checked
from lienthong.people.organisation.queries import units_of_province


def check_boundaries(*, actor: Actor, content: bytes, at: datetime | None = None) -> Checked:
    """What a GeoJSON file holds for the units of the province, and all that is wrong with it. Writes nothing.

    One statement. Raises Refused for whoever may not load a layer.
    """
    _demand_right(actor)
    return check_layer(content, units_of_province(settings.PROVINCE, (at or now()).date()))


def import_boundaries(
    *, actor: Actor, content: bytes, source: str, licence: str, dated_on: date, at: datetime | None = None
) -> Checked:
    """Check the file and keep its shapes as the newest layer; `is_kept` is false where that says the same already.

    Raises Refused for a file with a fatal finding, or without source and terms of use; nothing is kept then.
    """
    at = at or now()
    checked = check_boundaries(actor=actor, content=content, at=at)
    refusal = why_not_apply(checked) or why_not_name(source, licence)
    if refusal:
        raise Refused.because(refusal, status=422)
    with transaction.atomic():
        newest = BoundaryLayer.objects.filter(province_code=settings.PROVINCE).order_by("-id").first()
        if newest is not None and _told(newest) == _tells(checked, source.strip(), licence.strip(), dated_on):
            return checked
        _keep(actor, checked, source.strip(), licence.strip(), dated_on, at)
    return replace(checked, is_kept=True)


def _told(layer: BoundaryLayer) -> tuple[object, ...]:
    """What a layer says; the file alone does not decide it: the register may have learnt of a unit since."""
    units = frozenset(layer.boundaries.values_list("unit_id", flat=True))
    return layer.digest, layer.source, layer.licence, layer.dated_on, units


def _tells(checked: Checked, source: str, licence: str, dated_on: date) -> tuple[object, ...]:
    return checked.digest, source, licence, dated_on, frozenset(one.unit_id for one in checked.shapes)


def _keep(actor: Actor, checked: Checked, source: str, licence: str, dated_on: date, at: datetime) -> None:
    layer = BoundaryLayer.objects.create(
        province_code=settings.PROVINCE,
        source=source,
        licence=licence,
        dated_on=dated_on,
        digest=checked.digest,
        unit_count=len(checked.shapes),
        imported_at=at,
    )
    UnitBoundary.objects.bulk_create(
        UnitBoundary(layer=layer, unit_id=one.unit_id, geometry=one.geometry, web=one.web)
        for one in checked.shapes
    )
    record(
        "cockpit.boundaries_imported",
        subject=Subject("boundary_layer", layer.pk),
        actor=actor,
        at=at,
        data={"units": len(checked.shapes), "source": source, "sha256": checked.digest},
    )


def _demand_right(actor: Actor) -> None:
    if actor.reach != "system":
        raise Refused(
            code="boundaries.no_duty",
            sentence=_("Lớp ranh giới do người vận hành nạp bằng lệnh lienthong import boundaries."),
            status=403,
        )

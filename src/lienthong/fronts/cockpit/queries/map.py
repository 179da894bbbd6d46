"""What the map draws: the office's layer, else cells from the positions; and how each unit is coloured."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection

from lienthong.fronts.cockpit.enums import Measure
from lienthong.fronts.cockpit.models import BoundaryLayer, UnitBoundary
from lienthong.fronts.cockpit.queries.table import lists_of
from lienthong.fronts.cockpit.rules.cells import cells_of, frame_of
from lienthong.fronts.cockpit.rules.classes import class_of, legend_of, steps_of, value_of
from lienthong.fronts.cockpit.rules.table import cell_of
from lienthong.fronts.cockpit.values import CityTable, Class, Layer
from lienthong.people.organisation.queries import units_of_province

# What a process has drawn, by version: a layer changes some times a year.
_DRAWN: dict[tuple[str, str], bytes] = {}
MOST_KEPT = 4


def layer_of(at: datetime) -> Layer:
    """The newest layer of the province, else the schema of the day. One statement."""
    newest = BoundaryLayer.objects.filter(province_code=settings.PROVINCE).order_by("-id").first()
    if newest is None:
        return Layer(f"cells-{settings.PROVINCE}-{at:%Y%m%d}")
    return Layer(f"layer-{newest.pk}-{newest.digest[:12]}", newest.source, newest.licence, newest.dated_on)


def drawn_map(at: datetime) -> bytes:
    """The shapes of all units as GeoJSON with the frame of the picture. At most three statements."""
    layer = layer_of(at)
    mark = (str(connection.settings_dict["NAME"]), layer.version)
    if mark not in _DRAWN:
        while len(_DRAWN) >= MOST_KEPT:
            _DRAWN.pop(next(iter(_DRAWN)), None)
        _DRAWN[mark] = _drawn(layer, at)
    return _DRAWN[mark]


def _drawn(layer: Layer, at: datetime) -> bytes:
    if layer.is_schematic:
        units = units_of_province(settings.PROVINCE, at.date())
        shapes, names = cells_of(units), {unit.code: unit.name for unit in units}
    else:
        rows = UnitBoundary.objects.filter(layer_id=int(layer.version.split("-")[1])).select_related("unit")
        shapes = {row.unit.code: row.web for row in rows}
        names = {unit.code: unit.name for unit in units_of_province(settings.PROVINCE, at.date())}
    frame, far = frame_of(shapes)
    features = [
        {"type": "Feature", "id": code, "properties": {"name": names.get(code, code)}, "geometry": geometry}
        for code, geometry in shapes.items()
    ]
    whole = {"type": "FeatureCollection", "frame": frame, "far": far, "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def map_etag(at: datetime) -> str:
    """What changes when the drawing does."""
    return f'"{sha256(layer_of(at).version.encode()).hexdigest()[:20]}"'


def coloured(table: CityTable, measure: Measure) -> tuple[dict[str, Any], tuple[Class, ...]]:
    """Each unit's tone, number and list for the map, by code; and the legend. No statement."""
    values = {line.code: value_of(line.figures, measure) for line in table.lines}
    steps = steps_of(measure, list(values.values()))
    address = lists_of(table)
    units: dict[str, Any] = {}
    for line in table.lines:
        cell = cell_of(measure, line.figures, f"{address}&unit={line.code}")
        tone = class_of(measure, steps, values[line.code])
        units[line.code] = {"tone": tone, "text": cell.text, "href": cell.href, "name": line.name}
    return units, _used(legend_of(measure, steps), units)


def _used(legend: Sequence[Class], units: dict[str, Any]) -> tuple[Class, ...]:
    """The word for "nothing to speak of" only where some unit is so."""
    tones = {one["tone"] for one in units.values()}
    return tuple(one for one in legend if one.tone != "none" or "none" in tones)

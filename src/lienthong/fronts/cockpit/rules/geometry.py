"""Boundaries as files bring them: read, checked, repaired, simplified. Pure functions over plain values."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from math import cos, radians
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from lienthong.core.registry.values import Refusal
from lienthong.core.shell.rules import vn_number
from lienthong.fronts.cockpit.enums import Finding
from lienthong.fronts.cockpit.rules.naming import named_units
from lienthong.fronts.cockpit.values import Checked, Found, Shape
from lienthong.people.organisation.values import UnitCard

# Vietnam with its islands and its sea, in degrees.
WEST, SOUTH, EAST, NORTH = 102.0, 6.0, 118.0, 24.0
WEB_TOLERANCE = 0.0004  # about 40 m: finer is not seen on a city's map
DECIMALS = 5  # about a metre
LEAST_M2 = 10_000.0  # overlaps and holes below a hectare are the width of a pen
METRES_A_DEGREE = 111_320.0
MOST_BYTES = 60_000_000
MOST_NAMED = 12

Shapes = dict[int, BaseGeometry]


def check_layer(content: bytes, units: Sequence[UnitCard]) -> Checked:
    """What a GeoJSON file holds for these units, and all that is wrong with it."""
    digest = sha256(content).hexdigest()
    features, found = _features(content)
    shapes, more = _matched(features, units)
    found += _gathered(more)
    if not any(one.finding.is_fatal for one in found):
        found += [*_missing(units, shapes), *_overlaps(units, shapes), *_holes(shapes)]
    by_id = {unit.id: unit for unit in units}
    web = _simplified(shapes)
    drawn = tuple(
        Shape(
            key, by_id[key].code, by_id[key].name, _geojson(kept, DECIMALS + 1), _geojson(web[key], DECIMALS)
        )
        for key, kept in shapes.items()
    )
    return Checked(digest, len(features), drawn, tuple(found))


def why_not_apply(checked: Checked) -> Refusal | None:
    """Why a checked file cannot become the layer."""
    if checked.is_usable:
        return None
    fatal = [one.sentence for one in checked.found if one.finding.is_fatal]
    why = fatal[0] if fatal else _("Không đối tượng nào khớp mã hay tên đơn vị của tỉnh, thành phố này.")
    more = _(" Còn %(count)s lỗi nữa.") % {"count": len(fatal) - 1} if len(fatal) > 1 else ""
    words = _("Chưa nạp được tệp ranh giới; bản đồ giữ nguyên. %(why)s%(more)s") % {"why": why, "more": more}
    return Refusal("boundaries.unusable", words)


def why_not_name(source: str, licence: str) -> Refusal | None:
    """Why a layer cannot be kept without saying where it comes from."""
    if source.strip() and licence.strip():
        return None
    words = _(
        "Hãy ghi nguồn của lớp ranh giới (--source) và điều kiện sử dụng (--licence); chúng hiện dưới bản đồ."
    )
    return Refusal("boundaries.unnamed", words)


def _features(content: bytes) -> tuple[list[dict[str, Any]], list[Found]]:
    """The file's features. What is no GeoJSON at all is one finding."""
    if len(content) > MOST_BYTES:
        return [], [
            Found(Finding.UNREADABLE, _("Tệp lớn hơn 60 MB. Hãy đơn giản hóa đường ranh rồi nạp lại."))
        ]
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except ValueError:
        return [], [Found(Finding.UNREADABLE, _("Tệp không phải GeoJSON (JSON hỏng hoặc không phải UTF-8)."))]
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or read.get("type") != "FeatureCollection":
        words = _("Tệp không phải FeatureCollection của GeoJSON. Hãy xuất lại lớp dữ liệu ở dạng GeoJSON.")
        return [], [Found(Finding.UNREADABLE, words)]
    return [one for one in features if isinstance(one, dict)], []


def _matched(features: list[dict[str, Any]], units: Sequence[UnitCard]) -> tuple[Shapes, list[Found]]:
    """The shape of each unit that the file names, by official code or by name."""
    shapes: Shapes = {}
    found: list[Found] = []
    named = named_units([feature.get("properties") for feature in features], units)
    for number, (feature, unit) in enumerate(zip(features, named, strict=True), start=1):
        where = unit.name if unit else _("đối tượng thứ %(number)s") % {"number": number}
        drawn, faults = _shape_of(feature.get("geometry"), where)
        # What is no unit's is not drawn: its faults forbid nothing.
        found += faults if unit is not None else []
        if unit is None:
            words = _(
                "%(where)s (%(said)s): không khớp mã hay tên đơn vị nào của tỉnh, thành phố này; bỏ qua."
            )
            said = {"where": where.capitalize(), "said": _said(feature.get("properties"))}
            found.append(Found(Finding.UNKNOWN, words % said))
        elif unit.id in shapes:
            words = _("%(unit)s có hai hình trong tệp. Hãy gộp thành một hình nhiều vùng (MultiPolygon).")
            found.append(Found(Finding.TWICE, words % {"unit": unit.name}))
        elif drawn is not None:
            shapes[unit.id] = drawn
    return shapes, found


def _gathered(found: list[Found]) -> list[Found]:
    """A fault that every shape has is one fault: the first few by name, then how many more."""
    kept: list[Found] = []
    for kind in Finding:
        same = [one for one in found if one.finding is kind]
        kept += same[:MOST_NAMED]
        if len(same) > MOST_NAMED:
            words = _("… và %(count)s đối tượng nữa: %(kind)s.")
            kept.append(Found(kind, words % {"count": len(same) - MOST_NAMED, "kind": kind.label}))
    return kept


def _said(properties: Any) -> str:
    values = properties.values() if isinstance(properties, dict) else ()
    return ", ".join(str(value)[:40] for value in list(values)[:2]) or _("không có thuộc tính")


def _shape_of(geometry: Any, where: str) -> tuple[BaseGeometry | None, list[Found]]:
    """The area, repaired where its rings cross; None where it cannot be drawn."""
    unreadable = _("%(where)s: hình không đọc được. Hãy xuất lại đối tượng này.") % {"where": where}
    try:
        drawn = shapely.force_2d(shape(geometry))
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, shapely.errors.ShapelyError):
        return None, [Found(Finding.SHAPE, unreadable)]
    if drawn.geom_type not in ("Polygon", "MultiPolygon"):
        words = _("%(where)s: là %(kind)s, không phải vùng (Polygon, MultiPolygon).")
        return None, [Found(Finding.SHAPE, words % {"where": where, "kind": drawn.geom_type})]
    if drawn.is_empty:
        return None, [Found(Finding.SHAPE, unreadable)]
    misplaced = _misplaced(drawn, where)
    if misplaced:
        return None, [misplaced]
    if drawn.is_valid:
        return drawn, []
    return _repaired(drawn, where)


def _misplaced(drawn: BaseGeometry, where: str) -> Found | None:
    """Coordinates that are no degrees, swapped, or elsewhere."""
    west, south, east, north = drawn.bounds
    flat = max(abs(south), abs(north)) > 90 and not _within(south, west, north, east)
    if max(abs(west), abs(east)) > 180 or flat:
        words = _(
            "%(where)s: tọa độ %(x)s, %(y)s là tọa độ phẳng (mét, có thể VN-2000). Hãy xuất lại ở hệ WGS 84 (EPSG:4326)."
        )
        return Found(Finding.PROJECTED, words % {"where": where, "x": f"{west:.0f}", "y": f"{south:.0f}"})
    if _within(west, south, east, north):
        return None
    if _within(south, west, north, east):
        words = _("%(where)s: kinh độ và vĩ độ bị đảo chỗ. GeoJSON ghi kinh độ trước: [106.7, 10.8].")
        return Found(Finding.SWAPPED, words % {"where": where})
    words = _("%(where)s: nằm ngoài Việt Nam (kinh độ %(x)s, vĩ độ %(y)s). Hãy kiểm tra hệ tọa độ.")
    return Found(Finding.OUTSIDE, words % {"where": where, "x": f"{west:.2f}", "y": f"{south:.2f}"})


def _within(west: float, south: float, east: float, north: float) -> bool:
    return west >= WEST and east <= EAST and south >= SOUTH and north <= NORTH


def _repaired(drawn: BaseGeometry, where: str) -> tuple[BaseGeometry | None, list[Found]]:
    """A crossing ring made valid; only its areas are kept."""
    made = shapely.make_valid(drawn)
    areas = [part for part in getattr(made, "geoms", [made]) if part.geom_type in ("Polygon", "MultiPolygon")]
    kept = shapely.union_all(areas)
    if kept.is_empty:
        words = _("%(where)s: đường ranh không khép thành vùng nào. Hãy vẽ lại.") % {"where": where}
        return None, [Found(Finding.SHAPE, words)]
    words = _("%(where)s: đường ranh tự cắt, đã sửa; diện tích sau sửa %(area)s km².")
    return kept, [
        Found(Finding.REPAIRED, words % {"where": where, "area": vn_number(round(area_m2(kept) / 1e6, 1))})
    ]


def _missing(units: Sequence[UnitCard], shapes: Shapes) -> Iterator[Found]:
    names = [unit.name for unit in units if unit.id not in shapes]
    if names:
        more = (
            _(" và %(count)s đơn vị nữa") % {"count": len(names) - MOST_NAMED}
            if len(names) > MOST_NAMED
            else ""
        )
        words = _("%(count)s đơn vị chưa có ranh giới trong tệp: %(names)s%(more)s.")
        told = {"count": len(names), "names": ", ".join(names[:MOST_NAMED]), "more": more}
        yield Found(Finding.MISSING, words % told)


def _overlaps(units: Sequence[UnitCard], shapes: Shapes) -> Iterator[Found]:
    """Pairs of units that claim the same ground."""
    names = {unit.id: unit.name for unit in units}
    keys, drawn = list(shapes), list(shapes.values())
    if not drawn:
        return
    for one, other in shapely.STRtree(drawn).query(drawn, predicate="intersects").T.tolist():
        if one < other:
            area = area_m2(shapely.intersection(drawn[one], drawn[other]))
            if area > LEAST_M2:
                words = _("%(one)s và %(other)s chồng lấn %(area)s ha.")
                told = {"one": names[keys[one]], "other": names[keys[other]], "area": _hectares(area)}
                yield Found(Finding.OVERLAP, words % told)


def _holes(shapes: Shapes) -> Iterator[Found]:
    """Ground inside the whole that belongs to nobody."""
    if not shapes:
        return
    whole = shapely.union_all(list(shapes.values()))
    for part in getattr(whole, "geoms", [whole]):
        for ring in part.interiors:
            hole = shapely.polygons(ring)
            if area_m2(hole) > LEAST_M2:
                at = hole.representative_point()
                words = _("Khoảng trống %(area)s ha quanh %(lon)s, %(lat)s không thuộc đơn vị nào trong tệp.")
                told = {"area": _hectares(area_m2(hole)), "lon": f"{at.x:.4f}", "lat": f"{at.y:.4f}"}
                yield Found(Finding.HOLE, words % told)


def _simplified(shapes: Shapes) -> Shapes:
    """Fewer points; edges that two units share stay shared."""
    if not shapes:
        return {}
    drawn = list(shapes.values())
    simple = shapely.coverage_simplify(drawn, WEB_TOLERANCE)
    return {
        key: new if not new.is_empty else old for key, new, old in zip(shapes, simple, drawn, strict=True)
    }


def _geojson(drawn: BaseGeometry, decimals: int) -> dict[str, Any]:
    """The geometry with coordinates of so many decimals, repeated points left out."""
    plain = mapping(drawn)
    parts = plain["coordinates"] if plain["type"] == "MultiPolygon" else [plain["coordinates"]]
    rounded = [[_ring(ring, decimals) for ring in part] for part in parts]
    return {"type": plain["type"], "coordinates": rounded if plain["type"] == "MultiPolygon" else rounded[0]}


def _ring(ring: Sequence[Sequence[float]], decimals: int) -> list[list[float]]:
    points = [[round(x, decimals), round(y, decimals)] for x, y in ring]
    return [points[0], *(after for before, after in pairwise(points) if after != before)]


def area_m2(drawn: BaseGeometry) -> float:
    """About how large an area is: degrees measured at its own latitude."""
    if drawn.is_empty:
        return 0.0
    middle = radians((drawn.bounds[1] + drawn.bounds[3]) / 2)
    return float(drawn.area) * METRES_A_DEGREE**2 * cos(middle)


def _hectares(area: float) -> str:
    return vn_number(round(area / 10_000, 1))

"""Cells drawn from the units' positions, where the office has loaded no layer: a schema, labelled so."""

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry import mapping

from lienthong.people.organisation.values import UnitCard

WIDEST, NARROWEST, REACH = 0.09, 0.008, 1.9
ROUND = 0.004
APART = 0.2


def cells_of(units: Sequence[UnitCard]) -> dict[str, dict[str, Any]]:
    """A cell a unit, by code: its Voronoi cell within reach of where it and its neighbours lie."""
    placed = [unit for unit in units if unit.lat is not None and unit.lon is not None]
    points = [shapely.points(unit.lon, unit.lat) for unit in placed]
    if len(points) < 3:
        return {unit.code: _plain(point.buffer(WIDEST)) for unit, point in zip(placed, points, strict=True)}
    ground = _ground(points)
    drawn = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=ground.buffer(1), ordered=True)
    return {
        unit.code: _plain(shapely.intersection(cell, ground))
        for unit, cell in zip(placed, drawn.geoms, strict=True)
    }


def frame_of(drawn: dict[str, Any]) -> tuple[list[float], list[str]]:
    """The frame [west, south, east, north] of where most units lie, and the codes of those far outside it."""
    shapes = {code: shapely.geometry.shape(one) for code, one in drawn.items()}
    if not shapes:
        return [WEST_OF_ALL, 8.0, 110.0, 23.4], []
    near = shapely.union_all([one.buffer(APART) for one in shapes.values()])
    groups = list(getattr(near, "geoms", [near]))
    members = [[code for code, one in shapes.items() if group.intersects(one)] for group in groups]
    most = max(members, key=len)
    bounds = shapely.union_all([shapes[code].envelope for code in most]).bounds
    return [round(edge, 4) for edge in bounds], [code for code in shapes if code not in set(most)]


WEST_OF_ALL = 102.1


def _ground(points: list[Any]) -> Any:
    """Where the cells end: around each point as far as its neighbours are, rounded."""
    tree = shapely.STRtree(points)
    around = []
    for point in points:
        near = tree.query_nearest(
            point, max_distance=5, return_distance=True, exclusive=True, all_matches=False
        )
        distance = float(near[1][0]) if len(near[1]) else WIDEST
        around.append(point.buffer(min(WIDEST, max(NARROWEST, distance * REACH))))
    return shapely.union_all(around).buffer(ROUND * 6).buffer(-ROUND * 6)


def _plain(cell: Any) -> dict[str, Any]:
    """As GeoJSON, to about ten metres."""
    kept = shapely.set_precision(shapely.simplify(cell, ROUND / 8), 1e-4)
    plain: dict[str, Any] = dict(mapping(kept))
    return plain

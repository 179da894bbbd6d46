"""Boundary files of three made-up squares, right and wrong in every way that an office may send."""

import json
from typing import Any

from lienthong.people.organisation.values import UnitCard

SIDE = 0.01


def unit(number: int) -> UnitCard:
    """A ward of a made-up province."""
    name = f"Phường Số {number}"
    return UnitCard(
        number,
        f"0000{number}",
        "2025",
        "commune",
        "ward",
        name,
        f"Số {number}",
        "",
        9,
        "79",
        "TP",
        10.8,
        106.7,
    )


UNITS = [unit(1), unit(2), unit(3)]


def square(place: int, *, shift: float = 0.0, side: float = SIDE) -> list[list[list[float]]]:
    """The ground of the unit at a place in a row, closed ring."""
    west, south = 106.7 + SIDE * (place - 1) - shift, 10.8
    ring = [
        [west, south],
        [west + side, south],
        [west + side, south + side],
        [west, south + side],
        [west, south],
    ]
    return [ring]


def feature(code: str, ground: Any, kind: str = "Polygon") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": ground}
    return {"type": "Feature", "properties": {"ma_xa": code}, "geometry": geometry}


def layer(*features: dict[str, Any]) -> bytes:
    """A file of these features; without any, the three squares as they should be."""
    whole = list(features) or [feature(one.code, square(one.id)) for one in UNITS]
    return json.dumps({"type": "FeatureCollection", "features": whole}).encode()

"""Khổ giấy, lề, cỡ chữ: every measure of a paper in one table, each with its source and how sure it is.

Nothing here was read in the decree itself. An office that finds another figure changes this table alone.
"""

from __future__ import annotations

from typing import NamedTuple


class Measure(NamedTuple):
    name: str
    value: float
    unit: str
    source: str
    confidence: str


_DECREE = "NĐ 30/2020, Phụ lục I"
_CHOICE = "lựa chọn của phần mềm"
_SECOND_HAND = "chưa đối chiếu bản gốc"
_FREE = "không quy định"

MEASURES: tuple[Measure, ...] = (
    Measure("page_width", 210, "mm", f"{_DECREE}: A4", _SECOND_HAND),
    Measure("page_height", 297, "mm", f"{_DECREE}: A4", _SECOND_HAND),
    Measure("margin_top", 20, "mm", f"{_DECREE}: 20-25 mm", _SECOND_HAND),
    Measure("margin_bottom", 20, "mm", f"{_DECREE}: 20-25 mm", _SECOND_HAND),
    Measure("margin_left", 30, "mm", f"{_DECREE}: 30-35 mm", _SECOND_HAND),
    Measure("margin_right", 15, "mm", f"{_DECREE}: 15-20 mm", _SECOND_HAND),
    Measure("body", 13, "pt", f"{_DECREE}: 13-14", _SECOND_HAND),
    Measure("country", 12, "pt", f"{_DECREE}: quốc hiệu 12-13, đậm", _SECOND_HAND),
    Measure("motto", 13, "pt", f"{_DECREE}: tiêu ngữ 13-14, đậm", _SECOND_HAND),
    Measure("agency", 12, "pt", f"{_DECREE}: tên cơ quan 12-13", _SECOND_HAND),
    Measure("title", 14, "pt", f"{_DECREE}: tên loại 13-14, đậm", _SECOND_HAND),
    Measure("recipients_head", 12, "pt", f"{_DECREE}: nơi nhận 12, đậm nghiêng", _SECOND_HAND),
    Measure("recipients", 11, "pt", f"{_DECREE}: nơi nhận 11", _SECOND_HAND),
    Measure("table", 11.5, "pt", _CHOICE, _FREE),
    Measure("register", 9.5, "pt", _CHOICE, _FREE),
    Measure("small", 9, "pt", _CHOICE, _FREE),
    Measure("letterhead_left", 68, "mm", _CHOICE, _FREE),
    Measure("qr", 27, "mm", _CHOICE, _FREE),
    Measure("signing_space", 21, "mm", _CHOICE, _FREE),
)


def by_name() -> dict[str, dict[str, float | str]]:
    """Name -> value and unit, as the templates read them."""
    return {m.name: {"value": m.value, "unit": m.unit} for m in MEASURES}

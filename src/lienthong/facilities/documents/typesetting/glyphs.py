"""Which characters a TrueType font can draw: its own character map (OpenType `cmap`, formats 4 and 12)."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=8)
def drawable(font: Path) -> frozenset[int]:
    """Code points that the font maps to a glyph."""
    data = font.read_bytes()
    start = _table(data, b"cmap")
    count = struct.unpack_from(">H", data, start + 2)[0]
    found: set[int] = set()
    for index in range(count):
        offset = struct.unpack_from(">L", data, start + 4 + 8 * index + 4)[0]
        found |= _read_map(data, start + offset)
    return frozenset(found)


def _table(data: bytes, tag: bytes) -> int:
    for index in range(struct.unpack_from(">H", data, 4)[0]):
        name, _, offset, _ = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise ValueError(f"font without a {tag.decode()} table")


def _read_map(data: bytes, at: int) -> set[int]:
    kind = struct.unpack_from(">H", data, at)[0]
    if kind == 4:
        return _segments(data, at)
    if kind == 12:
        groups = struct.unpack_from(">L", data, at + 12)[0]
        ranges = (struct.unpack_from(">LLL", data, at + 16 + 12 * i) for i in range(groups))
        return {code for first, last, _ in ranges for code in range(first, last + 1)}
    return set()


def _segments(data: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", data, at + 14 + shift)
        for shift in (0, 2 + 2 * count, 2 + 4 * count, 2 + 6 * count)
    )
    found: set[int] = set()
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        base = at + 16 + 6 * count + 2 * index + offset
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = struct.unpack_from(">H", data, base + 2 * (code - first))[0] if offset else code + delta
            if glyph & 0xFFFF:
                found.add(code)
    return found

"""The matrix of fields and units, and how it is drawn: numbers for SVG, no row, no markup."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lienthong.work.stewardship.enums import Kind
from lienthong.work.stewardship.values import Matrix, Rank

# The worst first: what a cell shows where several kinds meet.
ORDER = (Kind.GAP, Kind.OVERLAP, Kind.BROKEN, Kind.MEANWHILE, Kind.LAPSE)
CELL, HEAD = 14, 132


@dataclass(frozen=True, slots=True)
class Shape:
    """Các ô cùng loại: one path of the drawing, and its class."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bản vẽ ma trận: its size, a column's place and name, a row's place, the paths."""

    width: int
    height: int
    columns: tuple[tuple[int, str, str], ...]
    rows: tuple[int, ...]
    shapes: tuple[Shape, ...]


def ranks(rows: Iterable[tuple[str, int | None, str, int]]) -> dict[tuple[str, int | None], Rank]:
    """(field, unit, kind, number) summed to the worst kind and the number of all."""
    found: dict[tuple[str, int | None], Rank] = {}
    for field, unit_id, kind, number in rows:
        former = found.get((field, unit_id), Rank())
        found[field, unit_id] = Rank(_worse(former.kind, kind), former.count + number)
    return found


def matrix_of(
    fields: Sequence[tuple[str, int]],
    units: Sequence[tuple[int, str, str]],
    rows: Iterable[tuple[str, int | None, str, int]],
) -> Matrix:
    """The matrix: what concerns every unit stands apart, so that the rest can be read."""
    ranked = ranks(rows)
    return Matrix(
        tuple(fields),
        tuple(units),
        {(field, unit): rank for (field, unit), rank in ranked.items() if unit is not None},
        {field: rank for (field, unit), rank in ranked.items() if unit is None},
    )


def drawn(matrix: Matrix) -> Drawing:
    """Where everything stands. A gap is hatched, an overlap has two colours, the rest a mark of its own."""
    columns = {unit_id: place for place, (unit_id, _code, _name) in enumerate(matrix.units)}
    lines = {field: place for place, (field, _tasks) in enumerate(matrix.fields)}
    paths: dict[str, list[str]] = {}
    for (field, unit_id), rank in matrix.cells.items():
        if field in lines and unit_id in columns:
            paths.setdefault(rank.kind, []).append(_square(columns[unit_id], lines[field]))
    return Drawing(
        width=len(columns) * CELL,
        height=len(lines) * CELL,
        columns=tuple(
            (columns[unit_id] * CELL + CELL // 2, code, name) for unit_id, code, name in matrix.units
        ),
        rows=tuple(place * CELL for place in range(len(lines))),
        shapes=tuple(Shape(kind.value, "".join(paths[kind.value])) for kind in ORDER if kind.value in paths),
    )


def encoded(matrix: Matrix) -> Mapping[str, str]:
    """The same for the page's script: a line of the cells' letters by field's number, "." where nothing is."""
    letters = {kind.value: letter for kind, letter in zip(ORDER, "gobml", strict=True)}
    return {
        str(number): "".join(
            letters.get(matrix.cells.get((field, unit_id), Rank()).kind, ".")
            for unit_id, _c, _n in matrix.units
        )
        for number, (field, _tasks) in enumerate(matrix.fields)
    }


def _square(column: int, line: int) -> str:
    return f"M{column * CELL + 1} {line * CELL + 1}h{CELL - 2}v{CELL - 2}h-{CELL - 2}z"


def _worse(one: str, other: str) -> str:
    order = [kind.value for kind in ORDER]
    return min((word for word in (one, other) if word), key=order.index)

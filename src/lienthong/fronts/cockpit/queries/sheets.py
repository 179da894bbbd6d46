"""The same tables as spreadsheets: one visible sheet, codes as text, nothing that is not on the screen."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from lienthong.facilities.statistics.values import Figures, Listed
from lienthong.fronts.cockpit.enums import Measure
from lienthong.fronts.cockpit.rules.classes import value_of
from lienthong.fronts.cockpit.values import UnitLine
from lienthong.lib.spreadsheet import Column, ColumnKind, write_sheet


def city_sheet(title: str, lines: Sequence[UnitLine], total: Figures) -> BytesIO:
    """The units in the order of the screen, and their sum."""
    columns = [Column(_("Mã đơn vị")), Column(_("Đơn vị")), *map(_column, Measure)]
    rows = [(line.code, line.name, *_cells(line.figures)) for line in lines]
    return _written(
        title, columns, [*rows, ("", _("Cộng %(count)s đơn vị") % {"count": len(lines)}, *_cells(total))]
    )


def list_sheet(title: str, rows: Sequence[Listed], note: str) -> BytesIO:
    """The list behind a number; `note` says where it was cut."""
    columns = [
        Column(_("Mã hồ sơ")),
        Column(_("Thủ tục")),
        Column(_("Trạng thái")),
        Column(_("Đơn vị giải quyết")),
        Column(_("Tiếp nhận"), ColumnKind.DATETIME),
        Column(_("Hạn"), ColumnKind.DATETIME),
        Column(_("Xong"), ColumnKind.DATETIME),
        Column(_("Thời hạn")),
    ]
    lines: list[tuple[object, ...]] = [
        (r.code, r.title, r.state, r.unit, r.opened_at, r.due_at, r.closed_at, r.due.words) for r in rows
    ]
    return _written(title, columns, [*lines, (note, *[None] * 7)] if note else lines)


def _column(measure: Measure) -> Column:
    return Column(str(measure.label), ColumnKind.PERCENT if measure.is_share else ColumnKind.INTEGER)


def _cells(figures: Figures) -> list[object]:
    return [_cell(value_of(figures, measure), measure) for measure in Measure]


def _cell(value: float | None, measure: Measure) -> object:
    if value is None:
        return None
    return value / 100 if measure.is_share else int(value)


def _written(title: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> BytesIO:
    target = BytesIO()
    write_sheet(target, title, columns, rows)
    return target

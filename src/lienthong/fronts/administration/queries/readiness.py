"""The board of all units and the checklist of one, as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from lienthong.fronts.administration.queries.settings_reports import written
from lienthong.lib.spreadsheet import Column, ColumnKind
from lienthong.people.organisation.queries import units_of_province
from lienthong.work.readiness.enums import Item
from lienthong.work.readiness.queries import standings
from lienthong.work.readiness.values import Standing

SHOWS = ("all", "missing", "green", "live")


@dataclass(frozen=True, slots=True)
class Board:
    """Bảng sẵn sàng của các đơn vị: the lines that are shown, and counts over all units."""

    lines: tuple[Standing, ...]
    units: int
    green: int
    live: int
    by_item: tuple[tuple[str, str, int], ...]


def board(on: date, *, show: str = "all", item: str = "", order: str = "") -> Board:
    """Every unit of the province, narrowed and ordered as asked. Six statements."""
    everyone = standings(units_of_province(settings.PROVINCE, on), on)
    counts = tuple(
        (str(word), str(label), sum(one.cell(word).is_ready for one in everyone))
        for word, label in Item.choices
    )
    return Board(
        lines=_ordered([one for one in everyone if _is_shown(one, show, item)], order),
        units=len(everyone),
        green=sum(not one.missing for one in everyone),
        live=sum(one.live_on is not None for one in everyone),
        by_item=counts,
    )


def board_sheet(found: Board) -> bytes:
    """The board's lines as a spreadsheet: of each item whether it is ready, and what is missing."""
    columns = [
        Column(_("Mã đơn vị")),
        Column(_("Đơn vị")),
        Column(_("Còn thiếu"), ColumnKind.INTEGER),
        *(Column(str(label).capitalize()) for _word, label in Item.choices),
        Column(_("Vận hành từ"), ColumnKind.DATE),
    ]
    rows = [
        (
            one.unit.code,
            one.unit.name,
            len(one.missing),
            *(_("đạt") if cell.is_ready else _told(cell.words, cell.lacks) for cell in one.cells),
            one.live_on,
        )
        for one in found.lines
    ]
    return written(_("Bảng sẵn sàng"), columns, rows)


def _told(words: str, lacks: Sequence[str]) -> str:
    return "; ".join(lacks) or words


def _is_shown(one: Standing, show: str, item: str) -> bool:
    if item and one.cell(item).is_ready:
        return False
    return {
        "missing": bool(one.missing),
        "green": not one.missing,
        "live": one.live_on is not None,
    }.get(show, True)


def _ordered(lines: list[Standing], order: str) -> tuple[Standing, ...]:
    """By name; "missing": the most missing first; "ready": the fewest."""
    if order == "missing":
        return tuple(sorted(lines, key=lambda one: -len(one.missing)))
    return tuple(sorted(lines, key=lambda one: len(one.missing))) if order == "ready" else tuple(lines)

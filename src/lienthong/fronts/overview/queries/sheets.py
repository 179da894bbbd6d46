"""The same tables as spreadsheets: one visible sheet, codes as text, nothing that is not on the screen."""

from collections.abc import Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from lienthong.facilities.statistics.queries import span_words
from lienthong.facilities.statistics.values import Listed
from lienthong.fronts.overview.queries.pages import Page
from lienthong.fronts.overview.values import Line
from lienthong.lib.spreadsheet import Column, ColumnKind, write_sheet

Cells = tuple[object, ...]


def overview_sheet(page: Page) -> BytesIO:
    """The table by field, its total, and the parts of the picture below."""
    lines = [_cells(line) for line in (*page.lines, page.total)]
    parts = page.chart.rows if page.chart else ()
    drawn: list[Cells] = [(word, now, *[None] * 7, before) for word, now, before in parts]
    columns = [*_columns(_("Lĩnh vực, phần của kỳ")), Column(_("Tiếp nhận, kỳ trước"), ColumnKind.INTEGER)]
    title = f"{page.unit_name}, {span_words(page.asked.span)}"
    return _written(title, columns, [*((*cells, None) for cells in lines), *drawn])


def list_sheet(rows: Sequence[Listed], note: str) -> BytesIO:
    """The list behind a figure."""
    columns = [
        Column(_("Mã hồ sơ")),
        Column(_("Thủ tục")),
        Column(_("Người nộp")),
        Column(_("Trạng thái")),
        Column(_("Đơn vị giải quyết")),
        Column(_("Tiếp nhận"), ColumnKind.DATETIME),
        Column(_("Hạn"), ColumnKind.DATETIME),
        Column(_("Xong"), ColumnKind.DATETIME),
        Column(_("Thời hạn")),
    ]
    lines: list[Cells] = [
        (r.code, r.title, r.applicant, r.state, r.unit, r.opened_at, r.due_at, r.closed_at, r.due.words)
        for r in rows
    ]
    return _written(_("Danh sách"), columns, [*lines, (note, *[None] * 8)] if note else lines)


def _columns(first: str) -> list[Column]:
    counts = (
        _("Tiếp nhận"),
        _("Đang giải quyết"),
        _("Sắp đến hạn"),
        _("Quá hạn"),
        _("Đã xong"),
        _("Xong trễ"),
    )
    return [
        Column(first),
        *(Column(word, ColumnKind.INTEGER) for word in counts),
        Column(_("Đúng hạn"), ColumnKind.PERCENT),
        Column(_("Lấy ngay"), ColumnKind.INTEGER),
    ]


def _cells(line: Line) -> Cells:
    f, percent = line.figures, line.figures.percent_on_time
    share = None if percent is None else percent / 100
    return (line.name, f.received, f.in_progress, f.due_soon, f.overdue, f.finished, f.late, share, f.at_once)


def _written(title: str, columns: Sequence[Column], rows: Sequence[Cells]) -> BytesIO:
    target = BytesIO()
    write_sheet(target, title, columns, rows)
    return target

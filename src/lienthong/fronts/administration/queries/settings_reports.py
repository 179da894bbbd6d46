"""The report of an import as the page and a spreadsheet tell it, and the empty file to fill in."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from lienthong.lib.spreadsheet import Column, ColumnKind, write_sheet
from lienthong.lib.table_in import Field, Outcome, Report, ReportLine

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 400
ORDER = {Outcome.REJECTED: 0, Outcome.CHANGED: 1, Outcome.NEW: 2, Outcome.UNCHANGED: 3}


@dataclass(frozen=True, slots=True)
class Shown:
    """Các dòng đưa lên trang: those that need eyes first; `left` more are in the spreadsheet."""

    lines: tuple[ReportLine, ...]
    left: int


def shown_lines(report: Report) -> Shown:
    """Rows not taken, then those with something to tell, then the rest, as far as a page holds."""
    ordered = sorted(
        report.lines,
        key=lambda line: (
            line.outcome != Outcome.REJECTED,
            not line.sentences,
            ORDER[line.outcome],
            line.number,
        ),
    )
    return Shown(tuple(ordered[:MOST_SHOWN]), max(0, len(ordered) - MOST_SHOWN))


def report_sheet(report: Report) -> bytes:
    """Every row in its order, with what becomes of it and why."""
    columns = [
        Column("Dòng", ColumnKind.INTEGER),
        Column("Nội dung"),
        Column("Kết quả"),
        Column("Lý do, lưu ý"),
        Column("Mã lỗi"),
    ]
    rows = [
        (line.number, line.told, line.outcome.label, " ".join(line.sentences), " ".join(line.codes))
        for line in report.lines
    ]
    return written("Báo cáo từng dòng", columns, rows)


def report_link(report: Report) -> str:
    """The report's spreadsheet as an address that holds it: what was done cannot be asked for a second time."""
    return f"data:{SHEET};base64,{b64encode(report_sheet(report)).decode()}"


def template_sheet(title: object, fields: Sequence[Field], rows: Sequence[Sequence[object]]) -> bytes:
    """A file with the fields' columns."""
    return written(str(title), [one.column() for one in fields], rows)


def written(title: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> bytes:
    """One sheet as bytes."""
    target = BytesIO()
    write_sheet(target, title, columns, rows)
    return target.getvalue()

"""A predecessor's list as it is read: its columns, and a row of it as the action takes it."""

from collections.abc import Sequence
from typing import Any

from lienthong.lib.table_in import Field, FieldKind, Report, ReportLine, Row, Table, rejected
from lienthong.people.parties.enums import PaperKind, PartyKind
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.dossiers.enums import Channel
from lienthong.work.dossiers.values import Predecessor

CHANNELS = {str(label): word for word, label in Channel.choices}
FIELDS = (
    Field("code", "Mã hồ sơ", needed=True, also=("Số hồ sơ", "Mã số hồ sơ"), longest=60),
    Field("procedure_code", "Mã thủ tục", also=("Mã TTHC",), longest=40),
    Field("procedure_name", "Tên thủ tục", also=("Thủ tục", "Tên TTHC", "Thủ tục hành chính"), longest=2000),
    Field("name", "Người nộp", needed=True, also=("Họ và tên", "Tên người nộp", "Chủ hồ sơ"), longest=200),
    Field("card", "Số căn cước", digits=12, also=("CCCD", "Số định danh cá nhân"), longest=30),
    Field("firm_code", "Mã số doanh nghiệp", digits=10, also=("Mã số thuế", "MST"), longest=30),
    Field("address", "Địa chỉ", longest=400),
    Field("phone", "Điện thoại", digits=10, also=("Số điện thoại", "SĐT"), longest=20),
    Field("received", "Ngày nhận", FieldKind.MOMENT, needed=True, also=("Ngày tiếp nhận",)),
    Field(
        "promised", "Ngày hẹn trả", FieldKind.MOMENT, needed=True, also=("Hẹn trả", "Ngày hẹn trả kết quả")
    ),
    Field("extended_to", "Gia hạn đến", FieldKind.MOMENT),
    Field("state_word", "Trạng thái", needed=True, also=("Tình trạng", "Trạng thái hồ sơ"), longest=100),
    Field("paused_from", "Tạm dừng từ", FieldKind.MOMENT, also=("Ngày yêu cầu bổ sung",)),
    Field("department", "Phòng đang xử lý", also=("Phòng ban", "Bộ phận xử lý"), longest=200),
    Field("holder", "Cán bộ đang giữ", also=("Cán bộ xử lý", "Người đang xử lý"), longest=200),
    Field("channel", "Kênh nộp", FieldKind.WORD, words=CHANNELS, also=("Hình thức nộp",)),
    Field("note", "Ghi chú", longest=2000),
)
EXAMPLE = (
    "CU-2026-000123",
    "1.001193",
    "",
    "Công dân 0123",
    "001090000123",
    "",
    "Khu phố 1",
    "0900000123",
    "02/11/2026",
    "06/11/2026",
    "",
    "Đang xử lý",
    "",
    "",
    "",
    "trực tiếp",
    "Dòng ví dụ: xóa trước khi nhập",
)


def example() -> list[Sequence[object]]:
    """One row that shows how a list is filled in; its person is visibly made up."""
    return [EXAMPLE]


def predecessors_of(table: Table) -> tuple[list[Predecessor], list[ReportLine]]:
    """The rows that could be read, and a line for each that could not."""
    rows = [_predecessor(row) for row in table.rows if not row.problems]
    bad = [rejected(row, str(row.values.get("code") or "")) for row in table.rows if row.problems]
    return rows, bad


def report_of(
    lines: Sequence[ReportLine], bad: Sequence[ReportLine], table: Table, *, applied: bool
) -> Report:
    """All rows in their order."""
    ordered = sorted([*lines, *bad], key=lambda line: line.number)
    return Report(tuple(ordered), applied, table.unused)


def _predecessor(row: Row) -> Predecessor:
    cells: dict[str, Any] = {name: value for name, value in row.values.items() if value is not None}
    given = {
        name: cells[name] for name in ("extended_to", "paused_from", "department", "holder") if name in cells
    }
    return Predecessor(
        row=row.number,
        code=cells["code"],
        applicant=_applicant(cells),
        received=cells["received"],
        promised=cells["promised"],
        state_word=cells["state_word"],
        procedure_code=cells.get("procedure_code", "").replace(" ", ""),
        procedure_name=cells.get("procedure_name", ""),
        channel=cells.get("channel", Channel.COUNTER),
        note=cells.get("note", ""),
        **given,
    )


def _applicant(cells: dict[str, Any]) -> PartyDraft:
    card, firm = cells.get("card", ""), cells.get("firm_code", "")
    papers = [PaperDraft(PaperKind.CITIZEN_CARD, card)] if card else []
    papers += [PaperDraft(PaperKind.FIRM_CODE, firm)] if firm else []
    return PartyDraft(
        name=cells["name"],
        kind=PartyKind.FIRM if firm and not card else PartyKind.PERSON,
        papers=tuple(papers),
        address=cells.get("address", ""),
        phone=cells.get("phone", ""),
    )

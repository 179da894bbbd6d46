"""Bản xuất thủ tục hành chính của Cổng Dịch vụ công quốc gia: read it, invent nothing.

Every row of the file comes out once: as a `ProcedureRow`, or as a `Rejected` with the reason in a sentence.
What the portal does not state ("Không có thông tin", a bare number without a unit) stays "not stated".
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import IO

from lienthong.lib.portal_cells import NOTHING, read_fees, read_results, read_subjects, read_time_limits
from lienthong.lib.portal_channels import Channel, Offer, known_channels, read_offers
from lienthong.lib.portal_rows import Body, ProcedureRow, Rejected

COLUMNS = (
    "code",
    "name",
    "field",
    "level",
    "ministry",
    "decision",
    "kind",
    "subjects",
    "executing_agency",
    "channels",
    "time_limits",
    "fees",
    "channel_detail",
    "result",
    "url",
)
COMMUNE_LEVEL = "Cấp xã"
PROCEDURE_CODE = re.compile(r"\d\.\d{6}")
PROMULGATION_TITLE = re.compile(r"^Công bố Danh mục\b.*thủ tục hành chính", re.IGNORECASE)
COMMITTEE = re.compile(r"(Ủy ban Nhân dân|UBND)\s+(cấp\s+)?(xã|phường)", re.IGNORECASE)
POLICE_MINISTRY = "Bộ Công an"
# Fields in which the portal marks customs, tax, treasury, insurance and courts as "commune level".
VERTICAL_FIELDS = frozenset(
    {
        "Hải quan",
        "Thuế",
        "Kho bạc Nhà nước",
        "Tòa án",
        "Bảo hiểm",
        "Hàng hải và đường thủy nội địa",
        "Thực hiện chính sách BHXH",
        "Thực hiện chính sách BHYT",
        "Chi trả các chế độ BHXH",
        "Thu BHXH, BHYT, BHTN, BH tai nạn lao động, BNN",
        "Cấp sổ BHXH, thẻ BHYT",
    }
)
# Listed under Bộ Công an in the export though their text has the commune Chair decide.
NOT_POLICE_FIELDS = frozenset({"Chính sách", "Nông nghiệp", "Người có công"})


class ExportUnreadable(ValueError):
    """Tệp không phải bản xuất thủ tục của Cổng Dịch vụ công quốc gia."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def read_export(stream: IO[bytes] | IO[str]) -> Iterator[ProcedureRow | Rejected]:
    """Yield each data row of the export, parsed or rejected, in the order of the file."""
    reader = csv.reader(io.StringIO(_text_of(stream), newline=""))
    header = _header_of(reader)
    seen: dict[str, int] = {}
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Rejected(number, "", "row_unreadable", "Dòng này không đọc được theo định dạng CSV.")
            continue
        if cells:
            yield _read_row(number, header, cells, seen)


def _text_of(stream: IO[bytes] | IO[str]) -> str:
    content = stream.read()
    if isinstance(content, bytes):
        try:
            content = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ExportUnreadable(
                "portal_export.not_utf8",
                "Tệp không ở bảng mã UTF-8. Hãy xuất lại từ Cổng Dịch vụ công quốc gia.",
            ) from error
    return unicodedata.normalize("NFC", content).removeprefix("\ufeff")


def _header_of(reader: Iterator[list[str]]) -> list[str]:
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise ExportUnreadable(
            "portal_export.columns_missing",
            f"Tệp thiếu cột: {', '.join(missing)}. Hãy chọn bản xuất thủ tục của Cổng Dịch vụ công quốc gia.",
        )
    return header


def _read_row(
    number: int, header: list[str], cells: list[str], seen: dict[str, int]
) -> ProcedureRow | Rejected:
    if len(cells) != len(header):
        return Rejected(
            number,
            cells[0].strip(),
            "row_width",
            f"Dòng có {len(cells)} ô, tiêu đề có {len(header)} cột.",
        )
    row = {name: _stated(cell) for name, cell in zip(header, cells, strict=True)}
    refusal = _why_not_read(row, seen)
    if refusal:
        return Rejected(number, row["code"], *refusal)
    seen[row["code"]] = number
    return _procedure(number, row)


def _stated(cell: str) -> str:
    text = " ".join(cell.split())
    return "" if text == NOTHING else text


def _why_not_read(row: dict[str, str], seen: dict[str, int]) -> tuple[str, str] | None:
    code, name = row["code"], row["name"]
    if not PROCEDURE_CODE.fullmatch(code):
        return "code_malformed", f"Mã thủ tục “{code}” không đúng dạng 0.000000."
    if code in seen:
        return "code_repeated", f"Mã thủ tục {code} đã có ở dòng {seen[code]}."
    if not name:
        return "name_missing", "Dòng không có tên thủ tục."
    if PROMULGATION_TITLE.match(name):
        return "promulgation_title", "Tên là của quyết định công bố danh mục, không phải của một thủ tục."
    if COMMUNE_LEVEL not in row["level"]:
        return "not_commune_level", f"Cấp thực hiện là “{row['level'] or 'không nêu'}”, không có cấp xã."
    return None


def _procedure(number: int, row: dict[str, str]) -> ProcedureRow:
    offers, truncated = read_offers(row["channel_detail"])
    body, named = body_of(row)
    return ProcedureRow(
        row_number=number,
        code=row["code"],
        name=row["name"],
        field=row["field"],
        levels=tuple(level.strip() for level in row["level"].split(",")),
        ministry=row["ministry"],
        decision=row["decision"],
        kind=row["kind"],
        subjects=read_subjects(row["subjects"]),
        body=body,
        body_named=named,
        executing_text=row["executing_agency"],
        channels=_channels(row["channels"], offers),
        time_limits=read_time_limits(row["time_limits"], offers),
        fees=read_fees(row["fees"], offers),
        results=read_results(row["result"]),
        url=row["url"],
        detail_truncated=truncated,
    )


def _channels(cell: str, offers: tuple[Offer, ...]) -> tuple[Channel, ...]:
    return known_channels([*cell.split(";"), *(offer.channel.label for offer in offers)])


def body_of(row: dict[str, str]) -> tuple[Body, bool]:
    """Cơ quan thực hiện: who carries it out, and whether the export itself names that body."""
    agency = row["executing_agency"].replace("Uỷ", "Ủy")
    if COMMITTEE.search(agency):
        return Body.COMMITTEE, True
    if row["field"] in VERTICAL_FIELDS:
        return Body.VERTICAL, bool(agency)
    if "công an" in agency.lower() and row["ministry"] == POLICE_MINISTRY:
        return Body.POLICE, True
    if row["ministry"] == POLICE_MINISTRY and row["field"] not in NOT_POLICE_FIELDS:
        return Body.POLICE, False
    if agency and row["level"] != COMMUNE_LEVEL:
        return Body.OTHER, True
    return Body.COMMITTEE, False

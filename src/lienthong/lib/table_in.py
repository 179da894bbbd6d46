"""A sheet as rows of typed cells, and what became of each row.

`lib.spreadsheet` reads a file; here its columns are found by their heads (tone, case and spaces do not count),
each cell is read as its field says, and whatever cannot be trusted is told by row, in sentences (Vietnamese).
Nothing is guessed: a row is taken whole or reported.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from io import BytesIO
from typing import IO, Any

from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.dates import FIRST_YEAR, LAST_YEAR, DateError, parse_date, usable
from lienthong.lib.spreadsheet import Column, ColumnKind, SheetError, read_sheet
from lienthong.lib.text import fold

MOST_ROWS = 20_000
MOST_UNPACKED = 60_000_000
MOST_RATIO = 200
# What a whole number is at most where its field says nothing: the database can be asked for it (bigint).
MOST_NUMBER = 2**63 - 1
LARGEST_FILE = 5_000_000
NEAR = 0.6
_NO_SIGN = re.compile(r"[^a-z0-9]+")
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|g|giờ)\s*(\d{2})?(?::00)?", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+")
_YES, _NO = {"x", "co", "yes", "1", "dung", "true"}, {"khong", "no", "0", "sai", "false"}


class FieldKind(StrEnum):
    """How a cell is read, and what its value is then."""

    TEXT = "text"  # str
    INTEGER = "integer"  # int, not negative
    DATE = "date"  # date
    MOMENT = "moment"  # datetime in Vietnam's time; date where the cell names no hour
    CLOCK = "clock"  # "07:30"
    WORD = "word"  # the word of a label (`Field.words`)
    YES_NO = "yes_no"  # bool


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its key in `Row.values`, its head, and how it is read.

    `needed`: the column must be there and every row must state it. `also`: other heads by which offices know
    it. `words`: label -> word, for FieldKind.WORD. `digits`: text of so many digits (an identity number), so
    that a lost leading zero is noticed. `most`: the largest INTEGER.
    """

    name: str
    header: str
    kind: FieldKind = FieldKind.TEXT
    needed: bool = False
    also: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    longest: int = 400
    digits: int = 0
    most: int = MOST_NUMBER

    def column(self) -> Column:
        """The column as it is written out, so that an export can be read in again."""
        kinds = {FieldKind.INTEGER: ColumnKind.INTEGER, FieldKind.DATE: ColumnKind.DATE}
        return Column(self.header, kinds.get(self.kind, ColumnKind.TEXT))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken: stable code, sentence, and the head of the column it is about."""

    code: str
    sentence: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number that the spreadsheet program shows, a value for each field (None: empty), problems."""

    number: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: every row that is not empty, and the heads that nobody asked for."""

    rows: tuple[Row, ...]
    unused: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """In words."""
        return {
            Outcome.NEW: "thêm mới",
            Outcome.CHANGED: "thay đổi",
            Outcome.UNCHANGED: "không đổi",
            Outcome.REJECTED: "không nhập",
        }[self]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Một dòng của báo cáo nhập: which row, what it is about, what becomes of it, and why or what else."""

    number: int
    told: str
    outcome: Outcome
    sentences: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Every row of a file with its outcome; `applied` False while it is only a check."""

    lines: tuple[ReportLine, ...]
    applied: bool = False
    unused: tuple[str, ...] = ()

    def count(self, outcome: str) -> int:
        """How many rows end so."""
        return sum(line.outcome == outcome for line in self.lines)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(word, label, count) of every outcome."""
        return [(outcome.value, outcome.label, self.count(outcome)) for outcome in Outcome]

    @property
    def will_change(self) -> int:
        """How many rows bring something."""
        return self.count(Outcome.NEW) + self.count(Outcome.CHANGED)


def read_table(source: IO[bytes], fields: Sequence[Field], *, most_rows: int = MOST_ROWS) -> Table:
    """Read the one visible sheet of a file by its fields.

    Raises SheetError where the file as a whole cannot be used: no XLSX, too large, packed suspiciously, hidden
    or several sheets, a needed column missing or twice.
    """
    content = source.read(LARGEST_FILE + 1)
    _check_packing(content)
    sheet = read_sheet(BytesIO(content), most_rows=most_rows, most_bytes=MOST_UNPACKED)
    places, unused = _places(sheet.headers, fields)
    rows = [_read_row(row.row, row.cells, fields, places) for row in sheet.rows]
    rows += [Row(error.row, {}, (Problem(error.code, error.sentence),)) for error in sheet.errors]
    return Table(tuple(sorted(rows, key=lambda row: row.number)), unused)


def near(text: str, known: Sequence[str], most: int = 3) -> list[str]:
    """The known words most like a text, tones and case apart; for "did you mean"."""
    by_fold = {fold(word): word for word in known}
    found = get_close_matches(fold(text), list(by_fold), n=most, cutoff=NEAR)
    return [by_fold[word] for word in found]


def rejected(row: Row, told: str = "") -> ReportLine:
    """The line of a row that has problems."""
    return ReportLine(
        row.number,
        told,
        Outcome.REJECTED,
        tuple(problem.sentence for problem in row.problems),
        tuple(problem.code for problem in row.problems),
    )


def _check_packing(content: bytes) -> None:
    """Raises SheetError for a file that is too large, a bomb, or carries sheets that the eye does not see."""
    if len(content) > LARGEST_FILE:
        raise SheetError(
            "sheet_too_large",
            f"Tệp lớn hơn {LARGEST_FILE // 1_000_000} MB. Hãy chia thành nhiều tệp nhỏ hơn.",
        )
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            book = archive.read("xl/workbook.xml") if "xl/workbook.xml" in archive.namelist() else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return  # read_sheet says what is wrong with it
    if any(entry.file_size > MOST_RATIO * max(entry.compress_size, 1_000) for entry in entries):
        raise SheetError("sheet_packed", "Tệp được nén bất thường. Hãy lưu lại thành .xlsx và thử lại.")
    tags = re.findall(rb"<(?:\w+:)?sheet\s[^>]*>", book)
    if any(re.search(rb'state="(?:veryH|h)idden"', tag) for tag in tags):
        raise SheetError("sheet_hidden", "Tệp có trang tính ẩn. Hãy bỏ ẩn hoặc xóa trang đó rồi nhập lại.")
    if len(tags) > 1:
        raise SheetError("sheet_several", "Tệp có nhiều trang tính. Hãy chỉ giữ lại trang cần nhập.")


def _places(headers: Sequence[str], fields: Sequence[Field]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each field stands; and the heads that belong to none."""
    keys = [_key(header) for header in headers]
    twice = [headers[keys.index(key)] for key, count in Counter(keys).items() if count > 1]
    if twice:
        raise SheetError("table_header_twice", f"Cột “{twice[0]}” có hai lần. Hãy giữ lại một cột.")
    places: dict[str, int] = {}
    for one in fields:
        found = [keys.index(key) for key in map(_key, (one.header, *one.also)) if key in keys]
        if found:
            places[one.name] = found[0]
    unused = tuple(header for place, header in enumerate(headers) if place not in places.values())
    missing = [one for one in fields if one.needed and one.name not in places]
    if missing:
        raise SheetError("table_header_missing", _missing(missing, unused))
    return places, unused


def _missing(missing: Sequence[Field], unused: Sequence[str]) -> str:
    told = []
    for one in missing:
        like = near(one.header, unused, 1)
        told.append(f"“{one.header}”" + (f" (có phải cột “{like[0]}” không?)" if like else ""))
    return (
        f"Tệp thiếu cột {', '.join(told)}. Dòng đầu phải là tên các cột như trong tệp mẫu; "
        "không phân biệt hoa thường và dấu."
    )


def _key(header: str) -> str:
    return _NO_SIGN.sub("", fold(header))


def _read_row(
    number: int, cells: Sequence[object], fields: Sequence[Field], places: Mapping[str, int]
) -> Row:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for one in fields:
        place = places.get(one.name)
        cell = cells[place] if place is not None and place < len(cells) else None
        try:
            values[one.name] = None if cell is None else _READERS[one.kind](one, cell)
        except ValueError as error:
            values[one.name] = None
            problems.append(Problem(f"cell_{one.kind}", f"Cột “{one.header}”: {error}", one.header))
        else:
            if cell is None and one.needed:
                problems.append(Problem("cell_empty", f"Cột “{one.header}” để trống. Hãy điền.", one.header))
    return Row(number, values, tuple(problems))


def _text(one: Field, cell: object) -> str:
    if isinstance(cell, bool | date | time):
        raise ValueError(f"ô phải là chữ, đang là {_shown(cell)}. Hãy định dạng ô là Văn bản và gõ lại.")
    text = str(cell)
    if one.digits and not isinstance(cell, str) and len(text) < one.digits:
        raise ValueError(
            f"ô đang là số {text}, có thể đã mất số 0 ở đầu. Hãy định dạng ô là Văn bản và gõ đủ."
        )
    if len(text) > one.longest:
        raise ValueError(f"dài quá {one.longest} ký tự. Hãy viết ngắn lại.")
    return " ".join(text.split())


def _integer(one: Field, cell: object) -> int:
    text = str(cell).removesuffix("đ").removesuffix("đồng").strip()
    number = -1
    if isinstance(cell, int) and not isinstance(cell, bool):
        number = cell
    elif isinstance(cell, str) and _WHOLE.fullmatch(text):
        number = int(re.sub(r"[. ]", "", text))
    if number > one.most:
        raise ValueError(f"“{_shown(cell)}” lớn hơn {one.most}. Hãy kiểm tra lại cột.")
    if number >= 0:
        return number
    raise ValueError(f"“{_shown(cell)}” không phải là số nguyên từ 0 trở lên. Hãy chỉ gõ chữ số.")


def _date(one: Field, cell: object) -> date:
    day = cell.date() if isinstance(cell, datetime) else cell
    try:
        if isinstance(day, date):
            return usable(day)
        if isinstance(day, str):
            return parse_date(day)
    except DateError:
        pass
    raise ValueError(
        f"“{_shown(cell)}” không phải là ngày trong các năm {FIRST_YEAR} đến {LAST_YEAR}. "
        "Hãy gõ ngày/tháng/năm, ví dụ 05/03/2026."
    )


def _moment(one: Field, cell: object) -> date | datetime:
    if isinstance(cell, datetime) and cell.time() != time(0):
        return datetime.combine(_date(one, cell), cell.time(), VIETNAM)
    if isinstance(cell, str):
        clock = _CLOCK.search(cell)
        if clock:
            day = _date(one, cell.replace(clock[0], " ").strip(" ,-"))
            return datetime.combine(day, _time(clock), VIETNAM)
    return _date(one, cell)


def _clock(one: Field, cell: object) -> str:
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    found = _CLOCK.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found:
        return f"{_time(found):%H:%M}"
    raise ValueError(f"“{_shown(cell)}” không phải là giờ. Hãy gõ giờ và phút, ví dụ 07:30.")


def _time(found: re.Match[str]) -> time:
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise ValueError(f"“{found[0]}” không phải là giờ trong ngày. Hãy gõ từ 00:00 đến 23:59.")
    return time(hour, minute)


def _word(one: Field, cell: object) -> str:
    by_key = {_key(label): word for label, word in one.words.items()}
    by_key |= {_key(word): word for word in one.words.values()}
    found = by_key.get(_key(str(cell)))
    if found is not None:
        return found
    like = near(str(cell), list(one.words), 1)
    hint = f"Có phải “{like[0]}” không?" if like else f"Các giá trị: {', '.join(one.words)}."
    raise ValueError(f"không có giá trị “{_shown(cell)}”. {hint}")


def _yes_no(one: Field, cell: object) -> bool:
    key = _key(str(cell))
    if key in _YES or key in _NO:
        return key in _YES
    raise ValueError(f"“{_shown(cell)}” không rõ là có hay không. Hãy gõ “có” hoặc “không”.")


def _shown(cell: object) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)[:60]


_READERS: Mapping[FieldKind, Callable[[Field, object], Any]] = {
    FieldKind.TEXT: _text,
    FieldKind.INTEGER: _integer,
    FieldKind.DATE: _date,
    FieldKind.MOMENT: _moment,
    FieldKind.CLOCK: _clock,
    FieldKind.WORD: _word,
    FieldKind.YES_NO: _yes_no,
}

"""The columns of every settings sheet, and what stands in them now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings

from lienthong.core.instruments.enums import Confidence
from lienthong.core.registry.queries import kinds
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.enums import DayKind
from lienthong.core.workdays.queries import hours_in_force, notices_in, today
from lienthong.lib.calendar import LimitUnit
from lienthong.lib.table_in import Field, FieldKind
from lienthong.mandate.procedures.enums import StepRole, TermName
from lienthong.mandate.procedures.queries import procedure_names, terms_set_at
from lienthong.mandate.procedures.values import SetTerm
from lienthong.people.organisation.queries import unit_by_id, units_of_province
from lienthong.people.organisation.values import UnitCard

WITHDRAWN = "withdrawn"
SURE = {str(label): word for word, label in Confidence.choices if word != Confidence.ILLUSTRATIVE}
UNIT_CODE = Field("place", "Mã đơn vị", longest=12, digits=5)
SOURCE = Field("source", "Căn cứ", needed=True, also=("Số văn bản", "Nghị quyết", "Thông báo"), longest=300)
CONFIDENCE = Field("confidence", "Độ chắc chắn", FieldKind.WORD, words=SURE)
VALID_FROM = Field("valid_from", "Áp dụng từ ngày", FieldKind.DATE, also=("Hiệu lực từ",))
VALID_UNTIL = Field("valid_until", "Hết hiệu lực từ ngày", FieldKind.DATE)
PROCEDURE = Field("code", "Mã thủ tục", needed=True, also=("Mã TTHC",), longest=40)
NAME = Field("name", "Tên thủ tục", longest=2000)
BASIS = (SOURCE, CONFIDENCE, VALID_FROM, VALID_UNTIL)
DAY_WORDS = {
    "nghỉ": DayKind.OFF.value,
    "làm việc": DayKind.WORK.value,
    "làm bù": DayKind.WORK.value,
    "rút lại": WITHDRAWN,
}
DAYS = (
    Field("day", "Ngày", FieldKind.DATE, needed=True),
    Field("kind", "Loại", FieldKind.WORD, needed=True, words=DAY_WORDS),
    Field("name", "Tên ngày", needed=True, longest=200),
    SOURCE,
    CONFIDENCE,
    UNIT_CODE,
)
HOURS = (
    UNIT_CODE,
    Field("morning_from", "Sáng từ", FieldKind.CLOCK, needed=True),
    Field("morning_to", "Sáng đến", FieldKind.CLOCK, needed=True),
    Field("afternoon_from", "Chiều từ", FieldKind.CLOCK),
    Field("afternoon_to", "Chiều đến", FieldKind.CLOCK),
    Field("cutoff", "Giờ chốt nhận", FieldKind.CLOCK),
    Field("valid_from", "Áp dụng từ ngày", FieldKind.DATE, needed=True),
    SOURCE,
    CONFIDENCE,
)
CODES = (
    Field("place", "Mã đơn vị", needed=True, longest=12, digits=5),
    Field("unit", "Đơn vị", longest=200),
    Field("agency_code", "Mã định danh", needed=True, also=("Mã cơ quan",), longest=35),
)
STATES = {str(label): word for kind in kinds() for word, label in kind.lifecycle.states}
UNITS = {
    "ngày làm việc": LimitUnit.WORKING_DAY.value,
    "ngày": LimitUnit.CALENDAR_DAY.value,
    "giờ làm việc": LimitUnit.WORKING_HOUR.value,
    "giờ": LimitUnit.CALENDAR_HOUR.value,
    "tháng": LimitUnit.MONTH.value,
}
ROLES = {str(label): word for word, label in StepRole.choices}
# The columns of a term's value, named as the term's own rows name them.
TERM_COLUMNS: Mapping[TermName, tuple[Field, ...]] = {
    TermName.TIME_LIMIT: (
        Field("amount", "Số", FieldKind.INTEGER, needed=True, also=("Thời hạn",)),
        Field("unit", "Đơn vị tính", FieldKind.WORD, needed=True, words=UNITS),
        Field("case", "Trường hợp", longest=200),
        Field("cutoff", "Giờ chốt", FieldKind.CLOCK),
    ),
    TermName.PAPERS: (
        Field("paper", "Tên giấy tờ", needed=True, longest=400),
        Field("originals", "Bản chính", FieldKind.INTEGER),
        Field("copies", "Bản sao", FieldKind.INTEGER),
    ),
    TermName.STEPS: (
        Field("state", "Trạng thái", FieldKind.WORD, needed=True, words=STATES),
        Field("who", "Ai làm", FieldKind.WORD, needed=True, words=ROLES),
        Field("share", "Tỷ lệ thời hạn, %", FieldKind.INTEGER, needed=True, also=("Tỷ lệ",)),
    ),
    TermName.FEES: (
        Field("label", "Tên khoản", longest=200),
        Field("amount", "Số đồng", FieldKind.INTEGER, needed=True, also=("Mức thu",)),
        Field("per", "Tính theo", needed=True, longest=40),
    ),
    TermName.AT_ONCE: (Field("at_once", "Lấy ngay", FieldKind.YES_NO, needed=True),),
}


def term_fields(term: TermName) -> tuple[Field, ...]:
    """The columns of a term's sheet."""
    return (PROCEDURE, NAME, *TERM_COLUMNS[term], *BASIS)


def place_of(actor: Actor) -> str:
    """Whose settings the actor sees and sets: those of every unit ("") for the city, else its own unit's."""
    return "" if actor.may("city") else own_place(actor)


def own_place(actor: Actor) -> str:
    """The code of the actor's unit. At most one statement."""
    return unit_by_id(actor.unit_id or 0, today()).code


def units_by_code(on: date) -> dict[str, UnitCard]:
    """The commune-level units of the province. One statement."""
    return {unit.code: unit for unit in units_of_province(settings.PROVINCE, on)}


def days_now(actor: Actor) -> list[Sequence[object]]:
    """The notices of this year and the next that the actor may say, as their sheet states them."""
    labels = {DayKind.OFF.value: "nghỉ", DayKind.WORK.value: "làm bù", None: "rút lại"}
    place = None if actor.may("city") else own_place(actor)
    found = [one for year in (today().year, today().year + 1) for one in notices_in(year, place)]
    return [
        (one.day, labels[one.kind], one.name, one.source, _sure(one.confidence), one.place) for one in found
    ]


def hours_now(actor: Actor) -> list[Sequence[object]]:
    """The hours in force that the actor may set, as their sheet states them."""
    own = own_place(actor)
    return [
        (one.place, *_edges(one.hours), one.cutoff, one.valid_during.lower, one.source, _sure(one.confidence))
        for one in hours_in_force(today())
        if actor.may("city") or one.place == own
    ]


def codes_now(actor: Actor) -> list[Sequence[object]]:
    """The agency codes of the units that the actor may set, empty ones too."""
    units = units_by_code(today()).values()
    return [
        (unit.code, unit.name, unit.agency_code)
        for unit in units
        if actor.may("city") or unit.id == actor.unit_id
    ]


def terms_now(actor: Actor, term: TermName) -> list[Sequence[object]]:
    """What the actor's place has set of a term, one row for each row of its value."""
    names = dict(procedure_names(today()))
    found: list[Sequence[object]] = []
    for code, one in terms_set_at(place_of(actor), term, today()).items():
        basis = (one.citation, _sure(one.confidence), one.valid_from, one.valid_until)
        found += [(code, names.get(code, ""), *cells, *basis) for cells in term_cells(term, one)]
    return found


def term_cells(term: TermName, one: SetTerm) -> list[tuple[object, ...]]:
    """The value's rows as cells of the sheet."""
    words: dict[str, dict[str, str]] = {
        "unit": {word: label for label, word in UNITS.items()},
        "state": {word: label for label, word in STATES.items()},
        "who": {word: label for label, word in ROLES.items()},
    }
    if term == TermName.AT_ONCE:
        return [("có" if one.value else "không",)]
    return [tuple(_cell(words, column.name, row) for column in TERM_COLUMNS[term]) for row in one.value]


def _cell(words: Mapping[str, Mapping[str, str]], name: str, row: Mapping[str, Any]) -> object:
    value = row.get("name" if name == "paper" else name)
    return words[name].get(str(value), value) if name in words else value


def _edges(hours: Sequence[Sequence[str]]) -> tuple[str, str, str, str]:
    edges = [edge for period in hours for edge in period]
    padded = [*edges, "", "", "", ""]
    return padded[0], padded[1], padded[2], padded[3]


def _sure(word: str) -> str:
    return str(Confidence(word).label) if word in Confidence.values else ""

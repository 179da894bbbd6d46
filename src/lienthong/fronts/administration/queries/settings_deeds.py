"""What a settings sheet asks for: every row or group of rows as one deed, compared with what stands now."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lienthong.core.instruments.enums import Confidence
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.actions import set_office_hours
from lienthong.core.workdays.enums import DayKind
from lienthong.core.workdays.queries import hours_in_force, notices_in, today
from lienthong.facilities.casework.actions.notice_days import notice_days
from lienthong.facilities.casework.values import DayWord
from lienthong.fronts.administration.queries.settings_sheets import (
    TERM_COLUMNS,
    WITHDRAWN,
    own_place,
    place_of,
    units_by_code,
)
from lienthong.lib.dates import format_date
from lienthong.lib.table_in import Outcome, ReportLine, Row, Table, near, rejected
from lienthong.mandate.procedures.actions import set_local_term
from lienthong.mandate.procedures.enums import TermName
from lienthong.mandate.procedures.queries import procedure_names, terms_set_at
from lienthong.mandate.procedures.values import SetTerm
from lienthong.people.organisation.actions import set_agency_code

# A deed is done by the actor under a key, and may have something to tell.
Act = Callable[[Actor, UUID], str]


@dataclass(frozen=True, slots=True)
class Deed:
    """Một việc của tệp: the rows that ask for it, what it is about, and the act (None: nothing to do)."""

    rows: tuple[int, ...]
    told: str
    outcome: Outcome
    act: Act | None = None


Planned = tuple[list[Deed], list[ReportLine]]


def day_deeds(actor: Actor, table: Table) -> Planned:
    """A deed for each day and place. Statements: the units, the actor's own, and one a year."""
    good, lines = _readable(table, "day")
    own, units = own_place(actor), units_by_code(today())
    known = {
        (one.day, one.place): (one.kind, one.name, one.source, one.confidence)
        for year in {row.values["day"].year for row in good}
        for one in notices_in(year, None)
    }
    deeds = []
    for row, place in _placed(actor, good, lines, own, units):
        word = _day_word(row, place)
        told = f"{format_date(word.day)} {place}".strip()
        now = known.get((word.day, place))
        same = bool(
            now and now[:3] == (word.kind, word.name, word.source) and _is_said(row, "confidence", now[3])
        )
        outcome = _outcome(same, now is not None)
        deeds.append(Deed((row.number,), told, outcome, None if same else _noticing(word, own)))
    return _apart(deeds, lines, "ngày")


def hour_deeds(actor: Actor, table: Table) -> Planned:
    """A deed for each place. Three statements."""
    good, lines = _readable(table, "place")
    own, units = own_place(actor), units_by_code(today())
    known = {one.place: one for one in hours_in_force(today())}
    deeds = []
    for row, place in _placed(actor, good, lines, own, units):
        now, hours = known.get(place), _hours(row)
        cutoff = row.values.get("cutoff") or ""
        same = bool(
            now
            and [list(period) for period in hours] == now.hours
            and (cutoff, row.values["source"]) == (now.cutoff, now.source)
            and row.values["valid_from"] == now.valid_during.lower
            and _is_said(row, "confidence", now.confidence)
        )
        told = units[place].name if place else "mọi đơn vị"
        act = _timing(place, hours, cutoff, row, own)
        deeds.append(Deed((row.number,), told, _outcome(same, now is not None), None if same else act))
    return _apart(deeds, lines, "đơn vị")


def code_deeds(actor: Actor, table: Table) -> Planned:
    """A deed for each unit. Two statements."""
    good, lines = _readable(table, "place")
    own, units = own_place(actor), units_by_code(today())
    deeds = []
    for row, place in _unshared(_placed(actor, good, lines, own, units), lines):
        unit, code = units[place], _agency_code(row)
        same = unit.agency_code == code
        act = None if same else _coding(unit.id, code)
        deeds.append(
            Deed((row.number,), f"{unit.code} {unit.name}", _outcome(same, bool(unit.agency_code)), act)
        )
    return _apart(deeds, lines, "đơn vị")


def term_deeds(actor: Actor, table: Table, term: TermName) -> Planned:
    """A deed for each procedure: its rows together are the value. Three statements."""
    good, lines = _readable(table, "code")
    place, names = place_of(actor), dict(procedure_names(today()))
    known = terms_set_at(place, term, today())
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in good:
        by_code[row.values["code"].replace(" ", "")].append(row)
    deeds = []
    for code, rows in by_code.items():
        problem = _why_not_term(code, rows, names)
        if problem:
            lines += [
                ReportLine(row.number, code, Outcome.REJECTED, problem[1:], problem[:1]) for row in rows
            ]
            continue
        value = _value(term, rows)
        same = code in known and _is_same(known[code], value, rows[0])
        act = None if same else _setting(code, place, term, value, rows[0].values)
        numbers = tuple(row.number for row in rows)
        deeds.append(Deed(numbers, f"{code} {names[code]}", _outcome(same, code in known), act))
    return deeds, lines


def _readable(table: Table, key: str) -> tuple[list[Row], list[ReportLine]]:
    good = [row for row in table.rows if not row.problems]
    return good, [rejected(row, str(row.values.get(key) or "")) for row in table.rows if row.problems]


def _placed(
    actor: Actor, rows: Sequence[Row], lines: list[ReportLine], own: str, units: Mapping[str, Any]
) -> list[tuple[Row, str]]:
    """Each row with the place it speaks of; an empty one is every unit for the city, else the own unit."""
    found = []
    for row in rows:
        place = row.values.get("place") or ("" if actor.may("city") else own)
        if place and place not in units:
            sentence = (
                f"Không có đơn vị mã {place} trong tỉnh, thành phố. Hãy dùng mã của Cục Thống kê, 5 chữ số."
            )
            lines.append(
                ReportLine(row.number, place, Outcome.REJECTED, (sentence,), ("settings.unit_unknown",))
            )
        else:
            found.append((row, place))
    return found


def _apart(deeds: Sequence[Deed], lines: list[ReportLine], what: str) -> Planned:
    """Deeds about the same thing contradict each other: nobody can know which row is right."""
    same: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        same[deed.told].append(deed)
    kept = []
    for told, group in same.items():
        if len(group) == 1:
            kept.append(group[0])
            continue
        numbers = ", ".join(str(deed.rows[0]) for deed in group)
        sentence = f"Các dòng {numbers} cùng nói về một {what}. Hãy giữ lại một dòng."
        lines += [
            ReportLine(deed.rows[0], told, Outcome.REJECTED, (sentence,), ("settings.contradiction",))
            for deed in group
        ]
    return kept, lines


def _unshared(placed: Sequence[tuple[Row, str]], lines: list[ReportLine]) -> list[tuple[Row, str]]:
    """The rows whose agency code no other unit's row has: which unit's it is nobody can know."""
    bearers: dict[str, dict[str, int]] = defaultdict(dict)
    for row, place in placed:
        bearers[_agency_code(row)][place] = row.number
    kept = []
    for row, place in placed:
        asking = bearers[_agency_code(row)]
        if len(asking) == 1:
            kept.append((row, place))
            continue
        numbers = ", ".join(map(str, asking.values()))
        sentence = f"Các dòng {numbers} ghi cùng một mã cho nhiều đơn vị. Hãy đối chiếu văn bản cấp mã."
        lines.append(
            ReportLine(row.number, place, Outcome.REJECTED, (sentence,), ("settings.contradiction",))
        )
    return kept


def _agency_code(row: Row) -> str:
    return str(row.values["agency_code"]).strip().upper()


def _why_not_term(code: str, rows: Sequence[Row], names: Mapping[str, str]) -> tuple[str, ...]:
    """Code and sentence of what is wrong with the rows of a procedure; nothing where all is well."""
    if code not in names:
        asked = rows[0].values.get("name") or ""
        like = near(asked, list(names.values()), 1) if asked else []
        hint = f" Có phải “{like[0]}” không?" if like else ""
        return ("settings.procedure_unknown", f"Không có mã thủ tục {code} trong danh mục.{hint}")
    basis = {
        tuple(row.values.get(name) for name in ("source", "confidence", "valid_from", "valid_until"))
        for row in rows
    }
    if len(basis) > 1:
        numbers = ", ".join(str(row.number) for row in rows)
        return (
            "settings.contradiction",
            f"Các dòng {numbers} của thủ tục này khác nhau về căn cứ hoặc ngày áp dụng. Hãy ghi thống nhất.",
        )
    return ()


def _value(term: TermName, rows: Sequence[Row]) -> Any:
    if term == TermName.AT_ONCE:
        return rows[-1].values["at_once"]
    return [_part(term, row.values) for row in rows]


def _part(term: TermName, cells: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a value as the action takes it; what was left out is what the form leaves out."""
    found = {column.name: cells.get(column.name) for column in TERM_COLUMNS[term]}
    match term:
        case TermName.PAPERS:
            return {
                "name": found["paper"],
                "originals": found["originals"] or 0,
                "copies": found["copies"] or 0,
            }
        case TermName.FEES:
            return {**found, "label": found["label"] or "Phí, lệ phí"}
        case _:
            return {name: "" if value is None else value for name, value in found.items()}


def _is_same(now: SetTerm, value: Any, row: Row) -> bool:
    """Value and basis as they stand. A first day or a confidence left out is no word; an end left out is: none."""
    stands = now.citation == row.values["source"] and now.valid_until == row.values["valid_until"]
    stands = stands and _is_said(row, "valid_from", now.valid_from)
    if not (stands and _is_said(row, "confidence", now.confidence)):
        return False
    if not isinstance(value, list):
        return bool(now.value == value)
    return len(value) == len(now.value) and all(
        all(there.get(name) == cell for name, cell in here.items())
        for here, there in zip(value, now.value, strict=True)
    )


def _is_said(row: Row, column: str, now: object) -> bool:
    """Whether what stands now is what the row says of it; a cell left out says nothing."""
    return row.values.get(column) in (None, now)


def _outcome(same: bool, known: bool) -> Outcome:
    if same:
        return Outcome.UNCHANGED
    return Outcome.CHANGED if known else Outcome.NEW


def _day_word(row: Row, place: str) -> DayWord:
    cells = row.values
    kind = None if cells["kind"] == WITHDRAWN else DayKind(cells["kind"])
    return DayWord(cells["day"], kind, cells["name"], cells["source"], _confidence(cells), place)


def _hours(row: Row) -> list[tuple[str, str]]:
    cells = row.values
    morning = (cells["morning_from"], cells["morning_to"])
    rest = (cells.get("afternoon_from") or "", cells.get("afternoon_to") or "")
    return [morning, rest] if any(rest) else [morning]


def _confidence(cells: Mapping[str, Any]) -> str:
    return str(cells.get("confidence") or Confidence.MEMORY.value)


def _noticing(word: DayWord, own: str) -> Act:
    def act(actor: Actor, key: UUID) -> str:
        moved = notice_days(actor=actor, key=key, days=[word], own_place=own)
        return f"Chuyển hạn trả của {moved} vụ việc đang giải quyết." if moved else ""

    return act


def _timing(place: str, hours: Sequence[tuple[str, str]], cutoff: str, row: Row, own: str) -> Act:
    def act(actor: Actor, key: UUID) -> str:
        cells = row.values
        set_office_hours(
            actor=actor,
            key=key,
            place=place,
            hours=hours,
            cutoff=cutoff,
            valid_from=cells["valid_from"],
            source=cells["source"],
            confidence=_confidence(cells),
            own_place=own,
        )
        return ""

    return act


def _coding(unit_id: int, code: str) -> Act:
    def act(actor: Actor, key: UUID) -> str:
        set_agency_code(actor=actor, unit_id=unit_id, agency_code=code)
        return ""

    return act


def _setting(code: str, place: str, term: TermName, value: Any, cells: Mapping[str, Any]) -> Act:
    def act(actor: Actor, key: UUID) -> str:
        valid_from: date | None = cells.get("valid_from")
        set_local_term(
            actor=actor,
            key=key,
            procedure_code=code,
            place=place,
            term=term,
            value=value,
            citation=cells["source"],
            confidence=_confidence(cells),
            valid_from=valid_from,
            valid_until=cells.get("valid_until"),
        )
        return ""

    return act

"""A table of officers, row by row against what is known: what each row would do, or why it cannot be taken.

Pure: reads nothing, writes nothing. A row is a post with who sits in it; it is taken whole or not at all.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from lienthong.core.registry.values import Refusal
from lienthong.lib.dates import format_date
from lienthong.lib.table_in import Problem, Row, near
from lienthong.lib.text import fold, tone_key
from lienthong.people.identity.rules.accounts import NOBODY_ANSWERS, why_not_kind
from lienthong.people.identity.rules.roll_people import People
from lienthong.people.identity.values import Known, RowPlan, Seat
from lienthong.people.organisation.enums import PostKind
from lienthong.people.organisation.values import UnitCard

PostKey = tuple[int, str, str, str]
EXAMPLE = "vi du"


class Roll:
    """The planning of one table: remembers which posts and persons the rows before have taken."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.people = People(known)
        self.seat_of = {seat.post_id: seat for seat in known.seats}
        self.alike: dict[PostKey, list[Seat]] = defaultdict(list)
        self.taken: dict[int, int] = {}
        self.ranks: dict[PostKey, dict[int, int]] = defaultdict(dict)
        for seat in known.seats:
            self.alike[_key(seat.unit_id, seat.body_name, seat.kind, seat.title)].append(seat)

    def plan(self, rows: Sequence[Row]) -> list[RowPlan]:
        """The plan of every row, in the order of the file."""
        order = sorted(rows, key=lambda row: (self._first(row), row.number))
        plans = {row.number: self._plan(row) for row in order}
        by_number = {row.number: row.values for row in rows}
        while self.people.place_substitutes(plans, by_number):
            pass  # a row that is refused takes its new officer along; who named that officer is refused too
        return [plans[row.number] for row in rows]

    def _first(self, row: Row) -> int:
        """Rows that name their post go first, then those that a holder's name leads to; new ones last."""
        if row.values.get("post"):
            return 0
        if row.values.get("rank") is not None:
            return 1
        unit = self._unit_of(row.values)
        key = _row_key(unit.id, row.values) if unit else None
        name = tone_key(row.values.get("person") or "")
        return 2 if key and any(tone_key(seat.person) == name for seat in self.alike[key]) else 3

    def _plan(self, row: Row) -> RowPlan:
        values = row.values
        told = ", ".join(text for text in (values.get("person"), values.get("title")) if text)
        plan = RowPlan(row.number, told)
        if fold(values.get("note") or "").startswith(EXAMPLE):
            plan.refuse("roll.example", "Dòng ví dụ của tệp mẫu, không nhập.")
            return plan
        plan.problems.extend(row.problems)
        unit = self._unit_of(values)
        if unit is None:
            plan.refuse(*_no_unit(values, self.known), "Mã đơn vị")
        if plan.problems or unit is None:
            return plan
        plan.unit_id = unit.id
        seat = self._post(plan, values, unit)
        if not plan.problems:
            self.people.place(plan, values, seat)
        if not plan.problems:
            self._sit(plan, values, seat)
        return plan

    def _unit_of(self, values: Mapping[str, Any]) -> UnitCard | None:
        return self.known.units.get(values.get("unit") or self.known.own_code)

    def _post(self, plan: RowPlan, values: Mapping[str, Any], unit: UnitCard) -> Seat | None:
        """The post that the row speaks of; None for one that is to be set up."""
        seat = self._named(plan, values, unit) if values.get("post") else self._alike(plan, values, unit)
        if plan.problems:
            return None
        if seat is None:
            self._new(plan, values, unit)
            return None
        if seat.post_id in self.taken:
            plan.refuse(
                "roll.post_twice",
                f"Vị trí này đã có ở dòng {self.taken[seat.post_id]}. Hãy giữ lại một dòng.",
                "Mã vị trí",
            )
            return None
        self.taken[seat.post_id] = plan.number
        plan.post_id = seat.post_id
        rank = seat.rank if values.get("rank") is None else values["rank"]
        if (values["title"], rank) != (seat.title, seat.rank):
            plan.change = (values["title"], rank)
            plan.notes.append(f"Sửa tên, thứ tự của vị trí (đang là {seat.title}, {seat.rank}).")
        return seat

    def _named(self, plan: RowPlan, values: Mapping[str, Any], unit: UnitCard) -> Seat | None:
        seat = self.seat_of.get(values["post"])
        if seat is None or seat.unit_id != unit.id:
            plan.refuse(
                "roll.no_post",
                f"Không có vị trí mã {values['post']} trong {unit.name}. Vị trí mới thì để trống ô này.",
                "Mã vị trí",
            )
        elif seat.kind != values["kind"]:
            label = PostKind(seat.kind).label
            plan.refuse(
                "roll.kind",
                f"Vị trí này thuộc loại “{label}”; loại không đổi được. Hãy lập vị trí mới.",
                "Loại vị trí",
            )
        return seat

    def _alike(self, plan: RowPlan, values: Mapping[str, Any], unit: UnitCard) -> Seat | None:
        """The post of the same body, kind and title that is meant; None for one that is not there yet."""
        free = [seat for seat in self.alike[_row_key(unit.id, values)] if seat.post_id not in self.taken]
        if values.get("rank") is not None:
            return next((seat for seat in free if seat.rank == values["rank"]), None)
        name = tone_key(values.get("person") or "")
        held = [seat for seat in free if name and tone_key(seat.person) == name]
        vacant = [seat for seat in free if seat.is_vacant]
        if held or vacant or not free:
            return next(iter(held or vacant), None)
        plan.refuse(
            "roll.which_post",
            f"Vị trí cùng tên đang do {free[0].person} giữ (mã {free[0].post_id}). Nếu thay người, hãy ghi mã đó"
            " vào cột Mã vị trí; nếu là vị trí thứ hai, hãy ghi Thứ tự khác.",
            "Mã vị trí",
        )
        return None

    def _new(self, plan: RowPlan, values: Mapping[str, Any], unit: UnitCard) -> None:
        names = [body.name for body in self.known.bodies.get(unit.id, ())] or list(
            self.known.usual_bodies.get(unit.id, ())
        )
        body = next((name for name in names if fold(name) == fold(values["body"])), None)
        if body is None:
            like = near(values["body"], names, 1)
            hint = f"Có phải “{like[0]}” không?" if like else f"Các cơ quan, phòng: {', '.join(names)}."
            plan.refuse("roll.no_body", f"{unit.name} không có “{values['body']}”. {hint}", "Cơ quan, phòng")
            return
        refusal = why_not_kind(values["kind"], unit.level)
        if refusal:
            plan.refuse(refusal.code, refusal.sentence, "Loại vị trí")
            return
        key = _row_key(unit.id, values)
        used = {seat.rank: 0 for seat in self.alike[key]} | self.ranks[key]
        rank = values["rank"] if values.get("rank") is not None else max([*used, -1]) + 1
        if rank in used:
            plan.refuse(
                "roll.post_twice",
                f"Vị trí cùng cơ quan, chức danh, thứ tự đã có (dòng {used[rank] or 'trong hệ thống'}).",
                "Thứ tự",
            )
            return
        self.ranks[key][rank] = plan.number
        plan.new_post = (body, values["kind"], values["title"], rank)
        plan.notes.append("Lập vị trí.")

    def _sit(self, plan: RowPlan, values: Mapping[str, Any], seat: Seat | None) -> None:
        """Who sits there from now on: as it is, ended, or another."""
        if plan.holder is None:
            if seat is not None and not seat.is_vacant:
                plan.refuse(
                    "roll.held",
                    f"Vị trí đang do {seat.person} giữ. Muốn cho thôi giữ, hãy ghi họ tên và “Đến trước ngày”.",
                    "Họ và tên",
                )
        elif seat is not None and seat.person_id == plan.holder:
            self._stays(plan, values, seat)
        else:
            _takes(plan, values, seat)

    def _stays(self, plan: RowPlan, values: Mapping[str, Any], seat: Seat) -> None:
        starts, ends, decision = values.get("starts_on"), values.get("ends_on"), values.get("decision") or ""
        if starts and starts != seat.held_from and seat.held_from:
            plan.refuse(
                "roll.since",
                f"Đã ghi giữ vị trí từ {format_date(seat.held_from)}. Ngày đã ghi không sửa qua bảng.",
                "Từ ngày",
            )
        if decision and seat.decision and decision != seat.decision:
            plan.refuse("roll.decision", f"Đã ghi quyết định {seat.decision}.", "Số quyết định")
        elif decision and not seat.decision:
            plan.note_decision = (seat.appointment_id or 0, decision)
            plan.notes.append(f"Ghi số quyết định {decision}.")
        if ends and ends != seat.held_until:
            self._ends(plan, ends, seat)

    def _ends(self, plan: RowPlan, ends: date, seat: Seat) -> None:
        if seat.held_until or (seat.held_from and ends <= seat.held_from):
            plan.refuse(
                "roll.ends", "Ngày thôi giữ phải sau ngày bắt đầu, và chỉ ghi một lần.", "Đến trước ngày"
            )
        elif seat.kind == PostKind.CHAIR and self.known.open_cases.get(seat.unit_id):
            _refuse(plan, NOBODY_ANSWERS, "Đến trước ngày")
        else:
            plan.end = (seat.appointment_id or 0, ends)
            plan.notes.append(f"{seat.person} thôi giữ từ {format_date(ends)}.")


def _takes(plan: RowPlan, values: Mapping[str, Any], seat: Seat | None) -> None:
    """Another officer takes the post: the former one leaves it on that day."""
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts is None:
        plan.refuse("roll.no_day", "Chưa ghi ngày bắt đầu giữ vị trí. Hãy điền.", "Từ ngày")
        return
    if ends is not None and ends <= starts:
        plan.refuse("dates.reversed", "Ngày thôi giữ phải sau ngày bắt đầu.", "Đến trước ngày")
        return
    if seat is not None and seat.next_from:
        if (tone_key(seat.next_person), seat.next_from) != (tone_key(plan.person), starts):
            plan.refuse("roll.successor", f"Đã ghi người kế nhiệm là {seat.next_person}.", "Họ và tên")
        return
    if seat is not None and seat.appointment_id and (seat.held_until is None or seat.held_until > starts):
        if seat.held_from and starts <= seat.held_from:
            plan.refuse(
                "roll.before",
                f"{seat.person} giữ vị trí từ {format_date(seat.held_from)}; người kế nhiệm phải sau ngày đó.",
                "Từ ngày",
            )
            return
        plan.end = (seat.appointment_id, starts)
        plan.notes.append(f"{seat.person} thôi giữ từ {format_date(starts)}.")
    plan.sits_from, plan.sits_until, plan.decision = starts, ends, values.get("decision") or ""
    plan.notes.append(f"Bố trí {plan.person} từ {format_date(starts)}.")


def plan_roll(rows: Sequence[Row], known: Known) -> list[RowPlan]:
    """What each row of a table of officers would do."""
    return Roll(known).plan(rows)


def _key(unit_id: int, body: str, kind: str, title: str) -> PostKey:
    return (unit_id, fold(body), kind, fold(title))


def _row_key(unit_id: int, values: Mapping[str, Any]) -> PostKey:
    return _key(unit_id, values.get("body") or "", values.get("kind") or "", values.get("title") or "")


def _no_unit(values: Mapping[str, Any], known: Known) -> tuple[str, str]:
    code = values.get("unit")
    if not code:
        return "roll.which_unit", "Chưa ghi đơn vị nào. Hãy điền mã đơn vị, như 27475."
    return "roll.unit", f"Bạn không quản trị đơn vị mã {code}, hoặc không có mã này. Hãy xem lại."


def _refuse(plan: RowPlan, refusal: Refusal, column: str) -> None:
    plan.problems.append(Problem(refusal.code, refusal.sentence, column))

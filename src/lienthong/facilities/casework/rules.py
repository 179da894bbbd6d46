"""The clock of a case: a pure function of its start, its limit, its ledger and the working calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol

from lienthong.core.registry.values import Refusal
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for
from lienthong.facilities.casework.enums import ClockKind, ConsultationState, Dispute, HandOverState
from lienthong.facilities.casework.values import Filter
from lienthong.lib.calendar import (
    CalendarError,
    LimitUnit,
    Pause,
    TimeLimit,
    WorkCalendar,
    add_working_days,
    clock_starts_at,
    due_with_pauses,
    working_minutes_between,
)
from lienthong.people.identity.enums import Duty

MOST_HOPS = 2
FRESH = timedelta(hours=24)  # so long a matter is marked as newly given


class LedgerRow(Protocol):
    """What the clock needs of a ledger row (ClockEntry, or its plain form)."""

    @property
    def kind(self) -> str: ...
    @property
    def from_at(self) -> datetime: ...
    @property
    def to_at(self) -> datetime | None: ...
    @property
    def amount(self) -> int | None: ...
    @property
    def unit(self) -> str: ...


class HandOverRow(Protocol):
    """What a dispute needs of a hand-over (HandOver, or one of its plain forms)."""

    @property
    def state(self) -> str: ...
    @property
    def answer_by(self) -> datetime: ...


def limit_of(amount: int, unit: str) -> TimeLimit:
    """The stored pair as a limit."""
    return TimeLimit(amount, LimitUnit(unit))


def calendar_of(place: str, cutoff: str) -> WorkCalendar:
    """The calendar of a place (unit code), with the cut-off hour of the matter's own rule ("15:00" or "")."""
    calendar = calendar_for(place)
    return replace(calendar, cutoff=time.fromisoformat(cutoff)) if cutoff else calendar


@dataclass(frozen=True, slots=True)
class Stretch:
    """A limit running from `start` with the pauses that fell into it; `due` None while a pause is open."""

    start: datetime
    limit: TimeLimit
    pauses: tuple[Pause, ...]
    due: datetime | None


def stretches(
    start: datetime, limit: TimeLimit, rows: Sequence[LedgerRow], calendar: WorkCalendar
) -> list[Stretch]:
    """The ledger (in order of time) as stretches: the limit itself, then each extension behind the due date.

    A pause falls into the first stretch, of those known when it began, that was not yet over; so an extension
    adds its amount behind the due date as the pauses before it leave it, and heals no time already lost.
    """
    limits, pauses = [limit], [list[Pause]()]
    for row in rows:
        if row.kind == ClockKind.EXTENSION and row.amount:
            limits.append(TimeLimit(row.amount, LimitUnit(row.unit)))
            pauses.append([])
        else:
            laid = _laid(start, limits, pauses, calendar)
            running = (at for at, one in enumerate(laid) if one.due is None or one.due > row.from_at)
            pauses[next(running, len(laid) - 1)].append(Pause(row.from_at, row.to_at))
    return _laid(start, limits, pauses, calendar)


def due_from_ledger(
    start: datetime, limit: TimeLimit, rows: Sequence[LedgerRow], calendar: WorkCalendar
) -> datetime:
    """The due date that a ledger gives. Raises CalendarError while a pause is open: then there is none."""
    due = stretches(start, limit, rows, calendar)[-1].due
    if due is None:
        raise CalendarError("while a pause is open there is no due date, only remaining time")
    return due


def _laid(
    start: datetime, limits: Sequence[TimeLimit], pauses: Sequence[Sequence[Pause]], calendar: WorkCalendar
) -> list[Stretch]:
    """The stretches one behind the other; nothing is laid behind an open pause."""
    found = list[Stretch]()
    for limit, own in zip(limits, pauses, strict=True):
        is_open = any(pause.end is None for pause in own)
        due = None if is_open else due_with_pauses(start, limit, own, calendar)
        found.append(Stretch(start, limit, tuple(own), due))
        if due is None:
            break
        start, calendar = due, behind(calendar)
    return found


def behind(calendar: WorkCalendar) -> WorkCalendar:
    """The calendar of an extension: it runs on from a due date, which is no receipt and has no cut-off hour."""
    return replace(calendar, cutoff=None)


def minutes_left(
    due: datetime, start: datetime, limit: TimeLimit, moment: datetime, calendar: WorkCalendar
) -> int:
    """Working minutes (calendar limits: wall-clock minutes) that a clock stopped at `moment` keeps.

    Negative when overdue. Time before the clock begins to count is nobody's (lib.calendar.ledger).
    """
    stopped = max(calendar.local(moment), clock_starts_at(start, limit, calendar))
    if limit.unit.is_working:
        return working_minutes_between(stopped, due, calendar)
    return (calendar.local(due) - stopped) // timedelta(minutes=1)


def why_not_mine(actor: Actor, *, holder_id: int | None, body_id: int | None) -> Refusal | None:
    """Why a colleague may not move a matter or ask about it, or None.

    Whoever holds it may, their department, and who dispatches or approves in the unit.
    """
    leads = actor.may(Duty.DISPATCH) or actor.may(Duty.APPROVAL)
    own = actor.post_id == holder_id or (body_id is not None and actor.body_id == body_id)
    if actor.reach == "system" or leads or own:
        return None
    return Refusal(
        "case.other_holder",
        "Vụ việc đang do người khác giữ. Nhờ người đang giữ hoặc lãnh đạo phòng thao tác.",
    )


def why_not_offer(*, open_offer: bool, closed: bool, same_unit: bool, hops: int, most: int) -> Refusal | None:
    """Why a case cannot be offered to another unit now, or None."""
    if closed:
        return Refusal("case.closed", "Vụ việc đã kết thúc, không chuyển được nữa.")
    if same_unit:
        return Refusal(
            "handover.same_unit", "Đơn vị nhận chính là đơn vị đang chịu trách nhiệm. Hãy chọn đơn vị khác."
        )
    if open_offer:
        return Refusal(
            "handover.open",
            "Vụ việc đang chờ một đơn vị khác trả lời đề nghị trước. Hãy rút đề nghị đó trước khi chuyển nơi khác.",
        )
    if hops >= most:
        return Refusal(
            "handover.hops",
            f"Vụ việc đã qua {hops} lần chuyển, không được chuyển thêm. Bên phân xử sẽ quyết định đơn vị giải quyết.",
        )
    return None


def why_not_answer(state: str) -> Refusal | None:
    """Why an offer cannot be answered or taken back now, or None."""
    if state != HandOverState.OFFERED:
        return Refusal(
            "handover.answered",
            f"Đề nghị này đã kết thúc ({HandOverState(state).label}). Tải lại trang để xem đơn vị đang giữ vụ việc.",
        )
    return None


def dispute_of(
    offers: Sequence[HandOverRow], at: datetime, *, hops: int, most: int | None = None
) -> Dispute | None:
    """What there is to settle in a case, by its last hand-over (in order of time); None: nothing.

    What was taken back does not count, and what the arbiter has decided is settled until the next offer.
    """
    counted = [row for row in offers if row.state != HandOverState.WITHDRAWN]
    if not counted:
        return None
    last = counted[-1]
    if last.state == HandOverState.OFFERED:
        return Dispute.SILENT if last.answer_by < at else None
    if last.state == HandOverState.REFUSED:
        return Dispute.REFUSED
    bound = last.state == HandOverState.ACCEPTED and hops >= (MOST_HOPS if most is None else most)
    return Dispute.BOUND if bound else None


def is_arbiter(actor: Actor, arbiter_unit_id: int | None) -> bool:
    """Whether the actor decides a case's disputes: the plan's lead, or the city where no plan names one."""
    if arbiter_unit_id is None:
        return actor.reach == "province"
    return actor.unit_id == arbiter_unit_id


def sees_person(actor: Actor, *unit_ids: int) -> bool:
    """Whether the actor may see whose case it is: the city sees every matter, and the person of its own only.

    `unit_ids`: the units that answer for the case.
    """
    return actor.reach != "province" or actor.unit_id in unit_ids


def why_not_arbitrate(*, is_arbiter: bool, closed: bool, disputed: bool, reason: str) -> Refusal | None:
    """Why an arbiter's decision is not possible now, or None."""
    if not is_arbiter:
        return Refusal(
            "arbiter.not_you", "Chỉ bên phân xử (đơn vị chủ trì kế hoạch, hoặc thành phố) được quyết định."
        )
    if closed:
        return Refusal("case.closed", "Vụ việc đã kết thúc.")
    if not disputed:
        return Refusal(
            "arbiter.no_dispute", "Vụ việc không có tranh chấp: chưa ai từ chối, chưa quá hạn trả lời."
        )
    if not reason.strip():
        return Refusal("arbiter.no_reason", "Quyết định phân xử phải nêu lý do.")
    return None


def why_not_give_opinion(state: str, *, own: bool, answer: str) -> Refusal | None:
    """Why an opinion cannot be given (or no longer waited for) now, or None."""
    if not own:
        return Refusal("opinion.other_unit", "Yêu cầu cho ý kiến này thuộc đơn vị khác.")
    if state != ConsultationState.ASKED:
        return Refusal(
            "opinion.closed", f"Yêu cầu cho ý kiến đã kết thúc ({ConsultationState(state).label})."
        )
    if not answer.strip():
        return Refusal("opinion.empty", "Hãy ghi nội dung ý kiến.")
    return None


def why_not_release(*, is_lead: bool, is_child: bool, closed: bool, reason: str) -> Refusal | None:
    """Why an obligation cannot be released now, or None."""
    if not is_child:
        return Refusal("release.no_parent", "Vụ việc này không thuộc một vụ việc chung nào.")
    if not is_lead:
        return Refusal("release.not_lead", "Chỉ đơn vị chủ trì vụ việc chung được rút yêu cầu.")
    if closed:
        return Refusal("case.closed", "Vụ việc đã kết thúc.")
    if not reason.strip():
        return Refusal("reason.missing", "Hãy ghi rõ lý do rút yêu cầu.")
    return None


def midnight_after(at: datetime) -> datetime:
    """When the day ends."""
    local = calendar_of("", "").local(at)
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def soon_until(at: datetime) -> datetime:
    """Until when a matter is due soon: the close of the second working day from now."""
    calendar = calendar_of("", "")
    return calendar.closing(add_working_days(calendar.local(at).date(), 2, calendar))


def read_mark(mark: str) -> tuple[datetime | None, int]:
    """A mark that was tampered with is the first page."""
    moment, _, last = mark.rpartition("_")
    try:
        return (datetime.fromisoformat(moment) if moment else None), int(last or 0)
    except ValueError:
        return None, 0


def is_plain(wanted: Filter) -> bool:
    """Whether a list is one that everybody opens all day: the open work of a post, or of a unit."""
    narrowing = (
        wanted.due,
        wanted.waiting,
        wanted.fresh,
        wanted.state,
        wanted.field,
        wanted.closed,
        wanted.text,
        wanted.tasks,
    )
    return wanted.whose in ("mine", "unit") and not any(narrowing)

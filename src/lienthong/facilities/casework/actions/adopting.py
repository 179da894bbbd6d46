"""Adopting open cases from a predecessor system: code, receipt and promise stay as they were given."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.enums import ClockKind
from lienthong.facilities.casework.models import Case, ClockEntry
from lienthong.facilities.casework.rules import calendar_of, due_from_ledger, limit_of, minutes_left
from lienthong.facilities.casework.values import Adoption, KeptPromise
from lienthong.lib.calendar import LimitUnit, TimeLimit, WorkCalendar, due_at, working_days_between
from lienthong.lib.calendar.limits import received_at
from lienthong.lib.text import fold

ONE_HOUR = timedelta(hours=1)


def kept_promise(received: date | datetime, promised: date | datetime, place: str) -> KeptPromise | None:
    """The clock of a promise that another system gave; None where it lies before the receipt. No statement.

    A date without an hour is the opening (receipt) or the closing (promise) of the place's office. Where the
    promise is the close of the n-th working day it is counted so, and the clock runs like any of ours; else it
    is kept to the minute, in hours of the wall clock.
    """
    calendar = calendar_of(place, "")
    start, due = opening_of(received, calendar), closing_of(promised, calendar)
    days = working_days_between(received_at(start, calendar).date(), due.date(), calendar)
    counted = TimeLimit(max(days, 0), LimitUnit.WORKING_DAY)
    if due_at(start, counted, calendar) == due:
        return KeptPromise(start, counted, due, is_counted=True)
    if due < start:
        return None
    hours = (due - start) // ONE_HOUR
    return KeptPromise(
        due - hours * ONE_HOUR, TimeLimit(hours, LimitUnit.CALENDAR_HOUR), due, is_counted=False
    )


def later_promise(promise: KeptPromise, extended_to: date | datetime, place: str) -> TimeLimit | None:
    """What an extension to a moment adds behind the promise; None where no whole amount leads there."""
    calendar = calendar_of(place, "")
    until = closing_of(extended_to, calendar)
    days = working_days_between(received_at(promise.due, calendar).date(), until.date(), calendar)
    if days > 0 and due_at(promise.due, TimeLimit(days, LimitUnit.WORKING_DAY), calendar) == until:
        return TimeLimit(days, LimitUnit.WORKING_DAY)
    hours, rest = divmod(until - promise.due, ONE_HOUR)
    return TimeLimit(hours, LimitUnit.CALENDAR_HOUR) if hours > 0 and not rest else None


def opening_of(day: date | datetime, calendar: WorkCalendar) -> datetime:
    """The moment, or the opening of a day without an hour."""
    return calendar.local(day) if isinstance(day, datetime) else calendar.opening(day)


def closing_of(day: date | datetime, calendar: WorkCalendar) -> datetime:
    """The moment, or the closing of a day without an hour."""
    return calendar.local(day) if isinstance(day, datetime) else calendar.closing(day)


def adopt_cases(actor: Actor, adoptions: Sequence[Adoption]) -> list[Case]:
    """Insert the cases with their ledgers. Two statements, however many there are.

    The caller journals, and hands in extensions that `later_promise` could express.
    """
    cases = [_case(one) for one in adoptions]
    ledgers = [_ledger(one, actor) for one in adoptions]
    for case, ledger, one in zip(cases, ledgers, adoptions, strict=True):
        _set_clock(case, ledger, one)
    Case.objects.bulk_create(cases)
    for case, ledger in zip(cases, ledgers, strict=True):
        for row in ledger:
            row.case = case
    ClockEntry.objects.bulk_create([row for ledger in ledgers for row in ledger])
    return cases


def _case(adoption: Adoption) -> Case:
    opening, answer = adoption.opening, adoption.opening.answer
    return Case(
        kind=opening.kind,
        code=opening.code,
        state=opening.state,
        title=opening.title,
        subject_name=opening.subject_name,
        search_key=fold(opening.subject_name),
        party_id=opening.party_id,
        task_id=opening.task_id,
        field=opening.field,
        receiving_unit_id=opening.receiving_unit_id,
        responsible_unit_id=answer.unit_id,
        body_id=answer.body_id,
        holder_id=answer.post_id,
        answer=answer.as_json(),
        finding=answer.finding,
        opened_at=adoption.opened_at,
        clock_start=adoption.promise.start,
        limit_amount=adoption.promise.limit.amount,
        limit_unit=adoption.promise.limit.unit.value,
        place=opening.place,
        promised_at=adoption.promise.due,
        held_since=opening.at,
    )


def _ledger(adoption: Adoption, actor: Actor) -> list[ClockEntry]:
    """The extension, then the open pause; the cases have no id yet."""
    rows: list[ClockEntry] = []
    start, place = adoption.promise.start, adoption.opening.place
    more = later_promise(adoption.promise, adoption.extended_to, place) if adoption.extended_to else None
    if more is not None:
        rows.append(
            ClockEntry(
                kind=ClockKind.EXTENSION,
                reason="taken_over",
                document=adoption.document,
                from_at=start,
                amount=more.amount,
                unit=more.unit.value,
                post_id=actor.post_id,
            )
        )
    if adoption.paused_from is not None:
        rows.append(
            ClockEntry(
                kind=ClockKind.PAUSE,
                reason=adoption.pause_reason,
                document=adoption.document,
                from_at=max(adoption.paused_from, start),
                post_id=actor.post_id,
            )
        )
    return rows


def _set_clock(case: Case, ledger: Sequence[ClockEntry], adoption: Adoption) -> None:
    """Due date and, while paused, the time that remains; from the ledger, as for every case."""
    calendar = calendar_of(case.place, case.cutoff)
    limit = limit_of(case.limit_amount, case.limit_unit)
    running = [row for row in ledger if row.kind == ClockKind.EXTENSION]
    case.extensions = len(running)
    case.due_at = due_from_ledger(case.clock_start, limit, running, calendar)
    if adoption.paused_from is not None:
        moment = max(adoption.paused_from, case.clock_start)
        case.remaining = minutes_left(case.due_at, case.clock_start, limit, moment, calendar)
        case.due_at = None

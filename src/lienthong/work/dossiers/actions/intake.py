"""What receiving at a counter and lodging online share: several intakes of one unit, written by one statement.

Steps inside an act; the act has checked the actor's right, and the statement writes the journal. What the
register says (units, terms, who answers, the calendar) is remembered by the process; the statement that writes
compares its version, and where it has changed nothing is written and the register is read again (docs/adr/0008).
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection

from lienthong.core.journal.actions import former_result, freeze, mark_of
from lienthong.core.journal.events import check_event
from lienthong.core.journal.values import KeyReused
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.queries import ask, forget_register, present_register
from lienthong.core.scope.values import SYSTEM, Actor, Register
from lienthong.core.workdays.queries import calendar_as_stored
from lienthong.facilities.fees.queries import why_not_charge
from lienthong.lib.calendar import TimeLimit, WorkCalendar, due_at
from lienthong.lib.codes import DossierCode
from lienthong.lib.dates import format_moment
from lienthong.mandate.competence.queries import responsible_for
from lienthong.mandate.competence.values import Answer
from lienthong.mandate.procedures.queries import effective_terms, limits_for, why_not_usable
from lienthong.mandate.procedures.values import Limit, Terms
from lienthong.people.organisation.queries import unit_as_stored, unit_by_code
from lienthong.people.organisation.values import UnitCard
from lienthong.people.parties.actions import ready_party
from lienthong.people.parties.queries import why_not_same
from lienthong.work.dossiers.actions.tokens import lookup_pads
from lienthong.work.dossiers.enums import Channel
from lienthong.work.dossiers.rules import (
    charges_for,
    limit_at,
    why_not_linked,
    why_not_place,
    why_not_receive,
)
from lienthong.work.dossiers.values import Intake

TRIES = 5
_OPEN = "SELECT place, outcome, result FROM dossiers_open(%s::jsonb, %s::jsonb)"
# Within a transaction, which an error would undo as a whole, the database itself asks the second time.
_OPEN_WITHIN = "SELECT place, outcome, result FROM dossiers_open_within(%s::jsonb, %s::jsonb)"
# The character that PostgreSQL stores nowhere, as JSON writes it: after no backslash, or after a pair of them.
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True, slots=True)
class Frame:
    """What an intake gets from the register: the same for every dossier of a procedure, place, day and channel."""

    here: UnitCard
    place: UnitCard
    terms: Terms
    frozen_id: int
    answer: Answer
    answer_json: dict[str, Any]
    limits: tuple[Limit, ...]
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Wanted:
    """One intake of a call: its key, the code that a sender outside gave it, the links that come with it."""

    key: UUID
    intake: Intake
    external_code: str = ""
    links: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An intake with everything that its dossier will have but its number."""

    intake: Intake
    frame: Frame
    subject_name: str
    at: datetime
    due_at: datetime
    limit: TimeLimit
    cutoff: str
    due_dong: int

    @property
    def contact(self) -> dict[str, str]:
        """Address and ways to reach the applicant as given on this day: what this dossier's papers print."""
        who = self.intake.applicant
        return {"address": who.address, "phone": who.phone, "email": who.email}


@dataclass(frozen=True, slots=True)
class Taking:
    """The act that takes intakes in: its words, and what it adds to each (a receipt's content; more results).

    `charges`: what the rules ask for is due at once; what is lodged online is charged when it is accepted.
    """

    actor: Actor
    verb: str
    event: str
    state: str
    at: datetime
    charges: bool = True
    receipt: Callable[[Draft], dict[str, Any]] | None = None
    result: Callable[[Draft], dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An intake as the statement takes it: its JSON, and the terms that it names."""

    words: str
    frozen_id: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an intake: the command's result, and whether it is that of an earlier one."""

    result: dict[str, Any]
    repeated: bool = False


def take_in(taking: Taking, wanted: Sequence[Wanted]) -> list[Taken | Refused]:
    """Number, case, dossier, charges, receipt and journal of each intake, or why not. One statement, once warm.

    All of one unit, the actor's. A refused intake leaves nothing behind and the others alone. Outside a
    transaction the statement is one of its own. Raises Refused where the register changes all the time.
    """
    check_event(taking.event)
    for _ in range(TRIES):
        register = present_register()
        ready = [_ready(taking, register, one) for one in wanted]
        items = [one for one in ready if isinstance(one, Item)]
        if not items:
            return [one for one in ready if not isinstance(one, Item)]
        rows = _write(taking, register, items)
        if rows and rows[0][1] != "stale":
            return _outcomes(ready, rows)
        forget_register()
    raise Refused(
        code="register.busy",
        sentence="Danh mục và phân công đang được cập nhật nên chưa ghi được hồ sơ. Hãy gửi lại sau ít phút.",
        status=503,
    )


def _ready(taking: Taking, register: Register, one: Wanted) -> Item | Taken | Refused:
    """The item for the statement; or what is said of it before."""
    # The same key in another unit, or with other files, is another command: it is refused, not answered.
    mark = mark_of(taking.verb, {**_body(one), "unit": taking.actor.unit_id, "links": one.links})
    try:
        return _item(taking, register, one, mark)
    except Refused as refused:
        try:
            former = former_result(one.key, mark, taking.actor)
        except KeyReused as reused:
            return reused
        return refused if former is None else Taken(former, repeated=True)


def _item(taking: Taking, register: Register, one: Wanted, mark: str) -> Item:
    intake, at = one.intake, taking.at
    if refusal := why_not_receive(intake):
        raise Refused.because(refusal, status=422)
    frame = _frame(register, taking.actor.unit_id or 0, intake, at)
    party, papers = ready_party(intake.applicant, at.date())
    limit, cutoff = limit_at(frame.limits, intake.limit_index)
    charges = charges_for(frame.terms.fees or (), intake) if taking.charges else []
    # The rule charges, not the sender; who may take in was asked before.
    if charges and (refusal := why_not_charge(SYSTEM, frame.here.id, charges)):
        raise Refused.because(refusal, status=422)
    due = _due(at.replace(second=0, microsecond=0), limit, cutoff, frame.calendar)
    name = str(party["name"])
    draft = Draft(intake, frame, name, at, due, limit, cutoff, sum(fee.amount or 0 for fee in charges))
    item = {
        "key": str(one.key),
        "digest": mark,
        "external": one.external_code,
        "party": party,
        "papers": papers,
        "subject_name": name,
        "search_key": party["search_key"],
        **_of_frame(frame),
        "limit_amount": limit.amount,
        "limit_unit": limit.unit.value,
        "cutoff": cutoff,
        "due": due.isoformat(),
        "channel": intake.channel,
        "given": [_fields(paper) for paper in intake.papers],
        "particulars": {**intake.particulars, "contact": draft.contact, **_several(intake)},
        "note": intake.note,
        "at_once": intake.at_once,
        "queue_ticket": intake.queue_ticket,
        "return_mode": intake.return_mode,
        "charges": [_fields(charge) for charge in charges],
        "receipt": taking.receipt(draft) if taking.receipt else None,
        "told": _told(taking, draft),
        "result": {"due_at": due.isoformat(), **(taking.result(draft) if taking.result else {})},
    }
    return Item(_words(item), frame.frozen_id)


def _words(item: Mapping[str, Any]) -> str:
    """An item as JSON. Raises Refused where a text of it holds what cannot be stored."""
    words = json.dumps(item, ensure_ascii=False)
    if "\\u0000" in words and _NUL.search(words):
        raise Refused(
            code="text.control", sentence="Nội dung có ký tự không in được. Hãy xóa rồi gửi lại.", status=422
        )
    return words


def _fields(value: Any) -> dict[str, Any]:
    """A flat value's fields, as `asdict` gives them and ten times as fast."""
    return {name: getattr(value, name) for name in value.__slots__}


def _several(intake: Intake) -> dict[str, int]:
    """How many copies the applicant asked for, where it is more than one."""
    return {"quantity": intake.quantity} if intake.quantity > 1 else {}


def _of_frame(frame: Frame) -> dict[str, Any]:
    return {
        "title": frame.terms.name,
        "field": frame.terms.field,
        "task_id": frame.terms.task_id,
        "version_id": frame.terms.version_id,
        "frozen_id": frame.frozen_id,
        "answer": frame.answer_json,
        "finding": frame.answer.finding,
        "responsible": frame.answer.unit_id,
        "body": frame.answer.body_id,
        "holder": frame.answer.post_id,
    }


def _told(taking: Taking, draft: Draft) -> dict[str, Any]:
    """What the journal tells of it: no personal data."""
    return {
        "state": taking.state,
        "channel": str(Channel(draft.intake.channel).label),
        "due": format_moment(draft.due_at),
        "procedure": draft.frame.terms.procedure_code,
        "responsible_unit_id": draft.frame.answer.unit_id,
    }


def _body(one: Wanted) -> dict[str, Any]:
    """The intake as the body of its command."""
    intake = one.intake
    body = _fields(intake)
    body["applicant"] = {name: str(value) for name, value in _fields(intake.applicant).items()}
    body["papers"] = [_fields(paper) for paper in intake.papers]
    return {**body, "external": one.external_code}


def _frame(register: Register, unit_id: int, intake: Intake, at: datetime) -> Frame:
    mark = ("dossiers.frame", unit_id, intake.place, intake.procedure_code, intake.channel, at.date())
    return register.kept(mark, lambda: _read_frame(unit_id, intake, at))


def _read_frame(unit_id: int, intake: Intake, at: datetime) -> Frame:
    """Ask the register. Raises Refused where the procedure cannot be taken in here today."""
    day = at.date()
    here = unit_as_stored(unit_id, day)
    place = here if intake.place in ("", here.code) else unit_by_code(intake.place, day)
    terms = effective_terms(intake.procedure_code, place.code, day)
    refusal = why_not_usable(terms, intake.channel, day) or why_not_place(
        here=here, place=place, boundary_free=terms.boundary_free if terms else None
    )
    if refusal or terms is None:
        raise Refused.because(refusal, status=422) if refusal else NotFound
    answer = responsible_for(terms.procedure_code, place.id, at)
    return Frame(
        here,
        place,
        terms,
        freeze(terms.as_json()),
        answer,
        answer.as_json(),
        limits_for(terms, intake.channel),
        calendar_as_stored(here.code, day),
    )


@lru_cache(maxsize=4096)
def _due(minute: datetime, limit: TimeLimit, cutoff: str, calendar: WorkCalendar) -> datetime:
    """The due date; dossiers of one minute and one limit share it."""
    own = replace(calendar, cutoff=time.fromisoformat(cutoff)) if cutoff else calendar
    return due_at(minute, limit, own)


def _write(taking: Taking, register: Register, items: Sequence[Item]) -> list[tuple[Any, ...]]:
    """The one statement. Two that do the same at the same moment: the second one asks again."""
    words = f"[{','.join(item.words for item in items)}]"
    values = [json.dumps(_header(taking, register, items), ensure_ascii=False), words]
    if connection.in_atomic_block:
        return ask(_OPEN_WITHIN, values)
    try:
        return ask(_OPEN, values)
    except IntegrityError:
        return ask(_OPEN, values)


def _header(taking: Taking, register: Register, items: Sequence[Item]) -> dict[str, Any]:
    actor, at = taking.actor, taking.at
    here = register.kept(
        ("dossiers.here", actor.unit_id, at.date()), lambda: unit_as_stored(actor.unit_id or 0, at.date())
    )
    first = str(DossierCode(here.agency_code, at.date(), 1))
    inner, outer = lookup_pads()
    return {
        "version": register.version,
        "unit": actor.unit_id,
        "reach": actor.reach,
        "account": actor.account_id,
        "post": actor.post_id,
        "verb": taking.verb,
        "event": taking.event,
        "state": taking.state,
        "at": at.isoformat(),
        "period": f"{at:%y%m%d}",
        "place": here.code,
        "code": first[: first.rindex("-") + 1],
        "url": f"{settings.PUBLIC_URL}/tra-cuu/",
        "inner_pad": inner,
        "outer_pad": outer,
        "frozen": sorted({item.frozen_id for item in items}),
    }


def _outcomes(
    ready: Sequence[Item | Taken | Refused], rows: Sequence[tuple[Any, ...]]
) -> list[Taken | Refused]:
    """The statement's rows in the order of what was wanted."""
    told = {place: (word, _plain(result)) for place, word, result in rows}
    found: list[Taken | Refused] = []
    place = 0
    for one in ready:
        if isinstance(one, Item):
            place += 1
            found.append(_outcome(told, place))
        else:
            found.append(one)
    return found


def _outcome(told: Mapping[int, tuple[str, Any]], place: int) -> Taken | Refused:
    word, result = told[place]
    if word in ("done", "again"):
        return Taken(result, repeated=word == "again")
    if word == "twin":
        return Taken(told[int(result)][1], repeated=True)
    if word == "reused":
        return KeyReused()
    refusal: Refusal | None = why_not_same("1", "2") if word == "another" else why_not_linked()
    return Refused.because(refusal, status=409) if refusal else NotFound()


def _plain(result: Any) -> Any:
    """Django hands jsonb over as text."""
    return json.loads(result) if isinstance(result, str) else result

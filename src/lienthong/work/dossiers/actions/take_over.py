"""Taking a unit's open dossiers over from a predecessor system: code, receipt and promise stay as they were."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from lienthong.core.journal.actions import begin_command, freeze, record, record_all
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for, now
from lienthong.facilities.casework.actions.adopting import (
    adopt_cases,
    closing_of,
    kept_promise,
    later_promise,
    opening_of,
)
from lienthong.facilities.casework.values import Adoption, KeptPromise, Opening
from lienthong.facilities.statistics.actions import mark_stale
from lienthong.lib.canonical import digest
from lienthong.lib.dates import format_moment
from lienthong.lib.table_in import Outcome, ReportLine
from lienthong.mandate.procedures.values import Terms
from lienthong.people.identity.enums import Duty
from lienthong.people.organisation.queries import unit_by_id
from lienthong.people.parties.actions import ONE_PARTY, admit_parties, tidy
from lienthong.people.parties.queries import broken_constraint, why_not_register
from lienthong.work.dossiers.access import dossiers_open_to
from lienthong.work.dossiers.actions.matching import Ground, Matched, match
from lienthong.work.dossiers.actions.tokens import lookup_digest, lookup_token
from lienthong.work.dossiers.enums import Channel, DossierState
from lienthong.work.dossiers.models import Dossier, SupplementRequest
from lienthong.work.dossiers.rules import KIND
from lienthong.work.dossiers.values import Predecessor

CHUNK = 500
ONE_CODE = "casework_case_code_key"
PAUSES = {DossierState.SUPPLEMENT_REQUESTED: "supplement", DossierState.PAYMENT_REQUESTED: "payment"}
AS_GIVEN = "Lần hẹn giữ nguyên từng phút; không ứng với số ngày làm việc nào nên tính theo giờ liên tục."
BEFORE = "Theo phiếu đã gửi ở hệ thống cũ"
TAKEN = Refusal(
    "takeover.code_taken", "Mã này đã có ở một hồ sơ khác trong hệ thống. Hãy kiểm tra lại mã, đơn vị."
)


@dataclass(slots=True)
class _Plan:
    """A row that can be taken over: what is to be written, and what to tell of it."""

    row: Predecessor
    terms: Terms
    adoption: Adoption
    notes: list[str]


@transaction.atomic
def take_over_dossiers(
    *, actor: Actor, key: UUID, rows: Sequence[Predecessor], source: str
) -> tuple[ReportLine, ...]:
    """Load a predecessor's open dossiers into the actor's unit; a line for every row, in their order.

    Repeatable: a row that was loaded before is "unchanged". A bad row refuses only itself. A handful of statements
    for every five hundred rows, and one journal row each. `source` names the predecessor system, and the record by
    which it was handed over.
    Raises Refused: not your duty, or no source.
    """
    body = {"source": source, "rows": digest([_as_json(row) for row in rows])}
    former = begin_command(key, "dossier.take_over", body, actor)
    if former is not None:
        return tuple(_line_from(kept) for kept in former)
    at = now()
    _stop(_why_not_take_over(actor, source))
    lines, plans = _planned(actor, rows, at)
    for chunk in _chunks(iter(plans)):
        lines += _taken(actor, chunk, source.strip(), at)
    if plans:
        mark_stale(actor=actor, since=min(plan.adoption.opened_at for plan in plans))
    ordered = tuple(sorted(lines, key=lambda line: line.number))
    record(
        "dossier.list_taken_over",
        subject=Subject("unit", actor.unit_id or 0),
        actor=actor,
        at=at,
        data={"source": source.strip(), **{str(word): _count(ordered, word) for word in Outcome}},
        closes=(key, [_line_kept(line) for line in ordered]),
    )
    return ordered


def check_take_over(*, actor: Actor, rows: Sequence[Predecessor], source: str) -> tuple[ReportLine, ...]:
    """What `take_over_dossiers` would do, row by row; nothing is written. Raises Refused likewise.

    That a person's paper bears another name here is told only by the act itself, which notes that it looked.
    """
    _stop(_why_not_take_over(actor, source))
    lines, plans = _planned(actor, rows, now())
    lines += [_told(plan, Outcome.NEW) for plan in plans]
    return tuple(sorted(lines, key=lambda line: line.number))


def _why_not_take_over(actor: Actor, source: str) -> Refusal | None:
    """Who administers the unit brings its dossiers over, and says from where."""
    if not actor.may(Duty.ADMINISTRATION):
        return Refusal(
            "takeover.not_allowed",
            "Chỉ người quản trị đơn vị nhập được hồ sơ từ hệ thống cũ. Hãy liên hệ quản trị đơn vị.",
        )
    if not source.strip():
        return Refusal(
            "takeover.no_source",
            "Chưa ghi hệ thống cũ và biên bản bàn giao dữ liệu. Hãy ghi rồi làm lại.",
        )
    return None


def _planned(actor: Actor, rows: Sequence[Predecessor], at: datetime) -> tuple[list[ReportLine], list[_Plan]]:
    ground = Ground(unit_by_id(actor.unit_id or 0, at.date()), at)
    known = _known(actor, [row.code for row in rows])
    lines: list[ReportLine] = []
    plans: list[_Plan] = []
    first: dict[str, Predecessor] = {}
    contradicted = _contradicted(rows)
    for row in rows:
        former = first.setdefault(row.code, row)
        if row.code in contradicted:
            lines.append(_rejected(row, [contradicted[row.code]]))
        elif row.code in known:
            lines.append(
                _line(row, Outcome.UNCHANGED, ["Đã nhập từ trước."])
                if known[row.code]
                else _rejected(row, [TAKEN])
            )
        elif former is not row:
            lines.append(_line(row, Outcome.UNCHANGED, [f"Trùng hệt dòng {former.row}."]))
        else:
            planned = _plan(match(row, ground), ground)
            plans += [planned] if isinstance(planned, _Plan) else []
            lines += [planned] if isinstance(planned, ReportLine) else []
    return lines, plans


def _contradicted(rows: Sequence[Predecessor]) -> dict[str, Refusal]:
    """Codes that stand twice with different content: nobody can know which row is right."""
    seen: dict[str, list[Predecessor]] = {}
    for row in rows:
        if row.code:
            seen.setdefault(row.code, []).append(row)
    found = {}
    for code, same in seen.items():
        if len({replace(row, row=0) for row in same}) > 1:
            numbers = ", ".join(str(row.row) for row in same)
            found[code] = Refusal(
                "takeover.contradiction",
                f"Các dòng {numbers} cùng mã hồ sơ mà nội dung khác nhau. Hãy giữ lại dòng đúng.",
            )
    return found


def _known(actor: Actor, codes: Sequence[str]) -> dict[str, bool]:
    """The codes that the unit sees already, and whether they came by a take-over. One statement."""
    rows = dossiers_open_to(actor).filter(case__code__in=list(set(codes)))
    return {
        code: "taken_over" in particulars
        for code, particulars in rows.values_list("case__code", "particulars")
    }


def _plan(matched: Matched, ground: Ground) -> _Plan | ReportLine:
    """What is to be written of a row, or the line that says why it cannot be."""
    row, place = matched.row, ground.unit.code
    promise = kept_promise(row.received, row.promised, place)
    refusals = [*matched.refusals, *_why_not_plan(row, promise, ground)]
    if refusals or promise is None or matched.terms is None or matched.answer is None:
        return _rejected(row, refusals)
    notes = [*matched.notes, *([] if promise.is_counted else [AS_GIVEN])]
    calendar = calendar_for(place)
    opening = Opening(
        kind=KIND,
        code=row.code,
        state=matched.state,
        title=matched.terms.name,
        subject_name=row.applicant.name,
        task_id=matched.terms.task_id,
        field=matched.terms.field,
        receiving_unit_id=ground.unit.id,
        answer=matched.answer,
        limit=promise.limit,
        clock_start=opening_of(row.received, calendar),
        at=ground.at,
        place=place,
    )
    adoption = Adoption(
        opening=opening,
        promise=promise,
        extended_to=closing_of(row.extended_to, calendar) if row.extended_to else None,
        paused_from=_paused_from(matched, opening.clock_start, ground, notes),
        pause_reason=PAUSES.get(DossierState(matched.state), ""),
        document="hệ thống cũ",
    )
    return _Plan(row, matched.terms, adoption, notes)


def _why_not_plan(row: Predecessor, promise: KeptPromise | None, ground: Ground) -> Iterator[Refusal]:
    """What is wrong with the person or the dates of a row."""
    calendar = calendar_for(ground.unit.code)
    yield from why_not_register(tidy(row.applicant), ground.on)
    if opening_of(row.received, calendar) > ground.at:
        yield Refusal("takeover.future", "Ngày nhận ở sau lúc này. Hãy kiểm tra lại ngày nhận.")
    if promise is None:
        yield Refusal("takeover.promise_first", "Ngày hẹn trả trước ngày nhận. Hãy kiểm tra lại hai ngày.")
    elif row.extended_to and later_promise(promise, row.extended_to, ground.unit.code) is None:
        yield Refusal(
            "takeover.extension",
            "Ngày gia hạn không sau lần hẹn đầu, hoặc lệch phút với lần hẹn. Hãy ghi ngày, không ghi giờ.",
        )
    if row.paused_from and opening_of(row.paused_from, calendar) > ground.at:
        yield Refusal("takeover.paused_future", "Ngày tạm dừng ở sau lúc này. Hãy kiểm tra lại.")


def _paused_from(matched: Matched, received: datetime, ground: Ground, notes: list[str]) -> datetime | None:
    """Since when the clock stands still; where the list does not say it, from now, and the note says so."""
    if matched.state not in PAUSES:
        return None
    if matched.row.paused_from:
        return max(opening_of(matched.row.paused_from, calendar_for(ground.unit.code)), received)
    notes.append(
        "Danh sách không ghi ngày bắt đầu tạm dừng: không biết thời gian còn lại, nên tính từ lúc tiếp quản."
    )
    return ground.at


def _taken(actor: Actor, chunk: Sequence[_Plan], source: str, at: datetime) -> list[ReportLine]:
    """Write a chunk; where a code of it is taken elsewhere, or a person just came in elsewhere, row by row."""
    try:
        with transaction.atomic():
            return _admitted(actor, chunk, source, at)
    except IntegrityError as error:
        if broken_constraint(error) not in (ONE_CODE, ONE_PARTY):
            raise
        return [line for plan in chunk for line in _taken_alone(actor, plan, source, at)]


def _taken_alone(actor: Actor, plan: _Plan, source: str, at: datetime) -> list[ReportLine]:
    try:
        with transaction.atomic():
            return _admitted(actor, [plan], source, at)
    except IntegrityError as error:
        if broken_constraint(error) != ONE_CODE:
            raise
        return [_rejected(plan.row, [TAKEN])]


def _admitted(actor: Actor, chunk: Sequence[_Plan], source: str, at: datetime) -> list[ReportLine]:
    """The people of these rows and what is written of them: together, so that a rejected row leaves nobody."""
    people = [plan.row.applicant for plan in chunk]
    found = admit_parties(actor=actor, parties=people, at=at, reason="take_over")
    pairs = list(zip(chunk, found, strict=True))
    lines = [_rejected(plan.row, [one]) for plan, one in pairs if isinstance(one, Refusal)]
    admitted = [(plan, one) for plan, one in pairs if not isinstance(one, Refusal)]
    return lines + _written(actor, admitted, source, at)


def _written(
    actor: Actor, admitted: Sequence[tuple[_Plan, int]], source: str, at: datetime
) -> list[ReportLine]:
    """Cases, dossiers, open supplement requests, and one journal row each."""
    adoptions = [
        replace(plan.adoption, opening=replace(plan.adoption.opening, party_id=party_id))
        for plan, party_id in admitted
    ]
    cases = adopt_cases(actor, adoptions)
    terms = {plan.terms.procedure_code: plan.terms for plan, _party in admitted}
    frozen = {code: freeze(one.as_json()) for code, one in terms.items()}
    dossiers = [
        _dossier(plan, case, party_id, frozen[plan.terms.procedure_code], source)
        for (plan, party_id), case in zip(admitted, cases, strict=True)
    ]
    Dossier.objects.bulk_create(dossiers)
    SupplementRequest.objects.bulk_create(
        [
            _asked(dossier, plan, actor)
            for (plan, _party), dossier in zip(admitted, dossiers, strict=True)
            if dossier.supplement_count
        ]
    )
    entries = [_entry(plan, case, source) for (plan, _party), case in zip(admitted, cases, strict=True)]
    record_all("dossier.taken_over", entries=entries, actor=actor, at=at)
    return [_told(plan, Outcome.NEW) for plan, _party in admitted]


def _entry(plan: _Plan, case: Any, source: str) -> tuple[Subject, dict[str, Any]]:
    """What the journal tells of one: no word of the person."""
    return Subject("dossier", case.pk, case.pk), {
        "state": case.state,
        "source": source,
        "row": plan.row.row,
        "due": format_moment(case.promised_at),
        "counted": plan.adoption.promise.is_counted,
    }


def _dossier(plan: _Plan, case: Any, party_id: int, frozen_id: int, source: str) -> Dossier:
    row = plan.row
    waiting = case.state == DossierState.SUPPLEMENT_REQUESTED
    who = row.applicant
    return Dossier(
        case=case,
        version_id=plan.terms.version_id,
        applicant_id=party_id,
        channel=row.channel or Channel.COUNTER,
        frozen_id=frozen_id,
        particulars={
            "contact": {"address": who.address, "phone": who.phone, "email": who.email},
            "taken_over": {"source": source, "row": row.row, "state": row.state_word},
        },
        note=row.note,
        lookup_digest=lookup_digest(lookup_token(row.code)),
        supplement_count=int(waiting),
        resume_state=DossierState.IN_PROGRESS if waiting else "",
        returning_unit_id=case.receiving_unit_id,
    )


def _asked(dossier: Dossier, plan: _Plan, actor: Actor) -> SupplementRequest:
    return SupplementRequest(
        dossier=dossier,
        sequence=1,
        lacks=[{"what": BEFORE, "basis": BEFORE}],
        requested_at=plan.adoption.paused_from or plan.adoption.opening.at,
        post_id=actor.acting_post,
    )


def _chunks(plans: Iterator[_Plan]) -> Iterator[list[_Plan]]:
    while chunk := list(islice(plans, CHUNK)):
        yield chunk


def _line(
    row: Predecessor, outcome: Outcome, sentences: Sequence[str], codes: Sequence[str] = ()
) -> ReportLine:
    return ReportLine(row.row, row.code, outcome, tuple(sentences), tuple(codes))


def _told(plan: _Plan, outcome: Outcome) -> ReportLine:
    return _line(plan.row, outcome, plan.notes)


def _rejected(row: Predecessor, refusals: Sequence[Refusal]) -> ReportLine:
    sentences, codes = [one.sentence for one in refusals], [one.code for one in refusals]
    return _line(row, Outcome.REJECTED, sentences, codes)


def _line_kept(line: ReportLine) -> list[Any]:
    return [line.number, line.told, line.outcome, line.sentences, line.codes]


def _line_from(kept: list[Any]) -> ReportLine:
    number, told, outcome, sentences, codes = kept
    return ReportLine(number, told, Outcome(outcome), tuple(sentences), tuple(codes))


def _count(lines: Sequence[ReportLine], outcome: Outcome) -> int:
    return sum(line.outcome == outcome for line in lines)


def _as_json(row: Predecessor) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(row).items()}


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused.because(refusal, status=422)

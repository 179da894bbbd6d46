"""What the counter reads: the person behind a scan, the procedure chosen, the dossier just taken in."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time

from django.http import QueryDict

from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for, now
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.queries import forms_of_case, reusable_for
from lienthong.facilities.documents.values import Reusable
from lienthong.facilities.fees.queries import dues_of
from lienthong.fronts.desk.rules import fee_words, first, limit_words
from lienthong.fronts.desk.values import Choice, Chosen, Done, PaperRow, Person, Slip, UnitOption
from lienthong.lib.calendar import LimitUnit, TimeLimit, due_at
from lienthong.lib.dates import DateError, format_date, parse_date
from lienthong.lib.identity_card import CardError, IdentityCard, read_card
from lienthong.lib.text import fold
from lienthong.mandate.competence.queries import responsible_for
from lienthong.mandate.procedures.queries import effective_terms, limits_for, why_not_usable
from lienthong.mandate.procedures.values import Terms
from lienthong.people.organisation.queries import (
    bodies_of,
    holder_of,
    search_units,
    unit_by_code,
    unit_by_id,
)
from lienthong.people.parties.enums import PaperKind, PartyKind, Sex
from lienthong.people.parties.queries import doubts_about, find_by_paper
from lienthong.people.parties.values import PaperDraft, PartyCard, PartyDraft
from lienthong.work.dossiers.enums import DossierState
from lienthong.work.dossiers.queries import chargeable, find_dossier


def person_of(actor: Actor, typed: QueryDict, *, look: bool) -> Person:
    """The person behind the scan field, else behind the typed number; `look` asks the register of parties.

    Nothing is guessed: a scan that cannot be read says why, and what was typed stays.
    """
    scan = typed.get("scan", "").strip()
    if scan:
        return _scanned(actor, scan)
    draft = draft_of(typed)
    known = _known(actor, draft) if look else None
    values = _as_values(known) if known else {}
    return Person(values=values, known=known, doubts=tuple(doubts_about(draft)))


def draft_of(typed: QueryDict) -> PartyDraft:
    """The applicant as the form has it now, however unfinished."""
    kind = typed.get("paper_kind", "") or PaperKind.CITIZEN_CARD.value
    numbers = [(kind, typed.get("number", "")), (PaperKind.OLD_ID.value, typed.get("old_number", ""))]
    return PartyDraft(
        name=typed.get("name", ""),
        kind=(PartyKind.FIRM if kind == PaperKind.FIRM_CODE else PartyKind.PERSON).value,
        papers=tuple(PaperDraft(kind, number.replace(" ", "")) for kind, number in numbers if number.strip()),
        born_on=_day(typed.get("born", "")),
        sex=typed.get("sex", "") if typed.get("sex", "") in Sex.values else "",
        address=typed.get("address", ""),
        phone=typed.get("phone", "").replace(" ", ""),
        email=typed.get("email", ""),
        channel=typed.get("contact", ""),
    )


def chosen_for(actor: Actor, typed: QueryDict, *, fresh: bool = False) -> Chosen | None:
    """The chosen procedure as it applies at the place and channel, with what was ticked; None where none is.

    `fresh` forgets the ticks, which belonged to another procedure.
    """
    at = now()
    here = unit_by_id(actor.unit_id or 0, at.date())
    place = typed.get("place", "") or here.code
    terms = effective_terms(typed.get("procedure", ""), place, at.date())
    if terms is None:
        return None
    channel = typed.get("channel", "counter")
    refusal = why_not_usable(terms, channel, at.date())
    answer = responsible_for(terms.procedure_code, _unit_id(place, here.id, here.code, at), at)
    bodies = {body.id: body.name for body in bodies_of(answer.unit_id, at.date())}
    taken = first(_numbers(typed, "limit"), len(limits_for(terms, channel)))
    return Chosen(
        terms=terms,
        limits=tuple(
            Choice(index, limit_words(limit), index == taken)
            for index, limit in enumerate(limits_for(terms, channel))
        ),
        due_at=None if refusal else _promise(terms, channel, taken, here.code, at),
        unit_name=unit_by_id(answer.unit_id, at.date()).name,
        body_name=bodies.get(answer.body_id or 0, ""),
        fees=_fees(terms, channel, None if fresh else _numbers(typed, "fee")),
        papers=_papers(actor, terms, typed, fresh),
        quantity=max(_number(typed.get("quantity", ""), 1), 1),
        at_once=bool(terms.at_once) and (fresh or "at_once" in typed),
        refusal=refusal.sentence if refusal else "",
        article=refusal.article if refusal else "",
    )


def units_named(actor: Actor, text: str) -> list[UnitOption]:
    """Communes of the actor's province by a few letters, old names too. Two statements at most."""
    on = now().date()
    here = unit_by_id(actor.unit_id or 0, on)
    found = search_units(text, on, here.province_code, limit=8)
    return [
        UnitOption(
            unit.code, unit.present_name or unit.name, unit.sentence or unit.province_name, unit.in_force
        )
        for unit in found
        if unit.code != here.province_code
    ]


def done_of(actor: Actor, dossier_id: int) -> Done:
    """The dossier that was just taken in. Raises NotFound."""
    dossier = find_dossier(actor, dossier_id)
    case, at = dossier.case, now()
    answer = case.answer
    leader = answer.get("leader_post_id")
    may_answer = dossier.at_once and case.state == DossierState.RECEIVED
    return Done(
        id=dossier.pk,
        code=case.code,
        procedure=dossier.terms["name"],
        applicant=case.subject_name,
        state=case.state,
        state_label=str(DossierState(case.state).label),
        due_at=case.due_at if case.closed_at is None else None,
        forms=_slips(case.pk, case.state),
        open_dong=dues_of(case.pk).open,
        at_once=may_answer,
        signer_post_id=leader if may_answer else None,
        signer=_signer(leader, at) if may_answer and leader else "",
    )


def _scanned(actor: Actor, scan: str) -> Person:
    try:
        card = read_card(scan, today=now().date())
    except CardError as error:
        return Person(scanned=True, error=error.sentence, error_code=error.code)
    known = find_by_paper(actor, PaperKind.CITIZEN_CARD, card.number)
    values = _from_card(card)
    if known:
        values |= {"phone": known.phone, "email": known.email, "contact": known.channel}
    draft = PartyDraft(
        name=card.name,
        papers=(PaperDraft(PaperKind.CITIZEN_CARD.value, card.number),),
        born_on=card.born_on,
        sex=card.sex.value,
    )
    return Person(values=values, known=known, doubts=tuple(doubts_about(draft)), scanned=True)


def _from_card(card: IdentityCard) -> dict[str, str]:
    return {
        "paper_kind": PaperKind.CITIZEN_CARD.value,
        "number": card.number,
        "old_number": card.old_number if len(card.old_number) == 9 else "",
        "name": card.name,
        "born": format_date(card.born_on),
        "sex": card.sex.value,
        "address": card.address,
    }


def _known(actor: Actor, draft: PartyDraft) -> PartyCard | None:
    """Only a whole number is looked up, so that half a number shows nobody."""
    paper = draft.papers[0] if draft.papers else None
    if paper is None or len(paper.number) < 8:
        return None
    return find_by_paper(actor, paper.kind, paper.number)


def _as_values(card: PartyCard) -> dict[str, str]:
    return {
        "name": card.name,
        "born": format_date(card.born_on) if card.born_on else "",
        "sex": card.sex,
        "address": card.address,
        "phone": card.phone,
        "email": card.email,
        "contact": card.channel,
    }


def _unit_id(code: str, here_id: int, here_code: str, at: datetime) -> int:
    if code == here_code:
        return here_id
    return unit_by_code(code, at.date()).id


def _promise(terms: Terms, channel: str, taken: int, place: str, at: datetime) -> datetime:
    """The due date that a dossier taken in now would get."""
    limits = limits_for(terms, channel)
    if not limits:
        return due_at(at, TimeLimit(0, LimitUnit.WORKING_DAY), calendar_for(place))
    limit, calendar = limits[taken], calendar_for(place)
    if limit.cutoff:
        calendar = replace(calendar, cutoff=time.fromisoformat(limit.cutoff))
    return due_at(at, TimeLimit(limit.amount or 0, LimitUnit(limit.unit)), calendar)


def _fees(terms: Terms, channel: str, chosen: Collection[int] | None) -> tuple[Choice, ...]:
    usable = chargeable(terms.fees or (), channel)
    taken = ({0} if len(usable) == 1 else set()) if chosen is None else set(chosen)
    return tuple(Choice(index, fee_words(fee), index in taken) for index, fee in enumerate(usable))


def _papers(actor: Actor, terms: Terms, typed: QueryDict, fresh: bool) -> tuple[PaperRow, ...]:
    asked = terms.papers or ()
    ticked = set() if fresh else set(_numbers(typed, "paper"))
    reused = set() if fresh else set(_numbers(typed, "reuse"))
    held = _held(actor, typed, [paper.name for paper in asked])

    def given(name: str, index: int, usual: int) -> int:
        return usual if fresh else _number(typed.get(f"{name}_{index}", ""), usual)

    return tuple(
        PaperRow(
            index=index,
            name=paper.name,
            originals=paper.originals,
            copies=paper.copies,
            required=paper.required,
            ticked=index in ticked,
            given_originals=given("originals", index, paper.originals),
            given_copies=given("copies", index, paper.copies),
            held=found,
            reuse=found is not None and found.attachment_id in reused,
        )
        for index, paper in enumerate(asked)
        for found in (held.get(fold(paper.name)),)
    )


def _held(actor: Actor, typed: QueryDict, names: list[str]) -> dict[str, Reusable]:
    """What the known person has given before, by the paper's name without tones."""
    party_id = _number(typed.get("known", ""), 0)
    if not party_id or not names:
        return {}
    return {fold(one.paper): one for one in reusable_for(actor, party_id, names)}


def _signer(post_id: int, at: datetime) -> str:
    holder = holder_of(post_id, at)
    return f"{holder.name}, {holder.post_title}" if holder else ""


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except DateError:
        return None


def _numbers(typed: QueryDict, name: str) -> list[int]:
    return [int(text) for text in typed.getlist(name) if text.isdecimal()]


def _number(text: str, usual: int) -> int:
    return int(text) if text.strip().isdecimal() else usual


def _slips(case_id: int, state: str) -> tuple[Slip, ...]:
    """The papers to hand out; whoever is refused gets no receipt with a date."""
    refused = state == DossierState.REFUSED
    return tuple(
        Slip(form.id, str(FormKind(form.form).label))
        for form in forms_of_case(case_id)
        if not (refused and form.form == FormKind.INTAKE_RECEIPT)
    )

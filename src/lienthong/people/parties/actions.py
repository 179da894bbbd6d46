"""Registering citizens and firms, correcting what is stored, their channel."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.lib.text import fold, nfc
from lienthong.people.parties.enums import ContactChannel
from lienthong.people.parties.models import IdentityPaper, Party
from lienthong.people.parties.queries import find_by_paper
from lienthong.people.parties.rules import (
    PAPER_OF_ANOTHER,
    broken_constraint,
    fields_in_words,
    tidy_number,
    tidy_phone,
    why_not_channel,
    why_not_correct,
    why_not_register,
    why_not_same,
)
from lienthong.people.parties.values import Correction, PaperDraft, PartyDraft

ONE_PARTY = "one_party_a_paper_number"


@transaction.atomic
def register_party(
    *, actor: Actor, party: PartyDraft, at: datetime | None = None, reason: str = "intake"
) -> int:
    """Store a citizen or firm for the acting unit and return the id; whose paper is known is found instead.

    Raises Refused with the first reason of `rules.why_not_register`. What the caller may want to show as a
    warning is `rules.doubts_about`. Two statements; for a known paper three or four.
    """
    moment = at or now()
    draft = tidy(party)
    refusals = why_not_register(draft, moment.date())
    if refusals:
        raise Refused.because(refusals[0])
    try:
        with transaction.atomic():
            party_id = _insert(draft, reason)
    except IntegrityError as error:
        if broken_constraint(error) != ONE_PARTY:
            raise
        return _known(actor, draft, moment)
    record("party.registered", subject=Subject("party", party_id), actor=actor, at=moment)
    return party_id


@transaction.atomic
def correct_party(*, actor: Actor, party_id: int, correction: Correction, at: datetime | None = None) -> None:
    """Correct a typing error; the old values stay in the journal's erasable particulars."""
    moment = at or now()
    changes = {name: _tidy_value(name, value) for name, value in correction.changes.items()}
    _stop(why_not_correct(correction.reason, changes, moment.date()))
    party = _locked(party_id)
    former = {name: getattr(party, name) for name in changes}
    for name, value in changes.items():
        setattr(party, name, value)
    _stop(why_not_channel(party.channel, party.phone, party.email))
    party.search_key = fold(party.name)
    party.save(update_fields=[*changes, "search_key"])
    record(
        "party.corrected",
        subject=Subject("party", party_id),
        actor=actor,
        at=moment,
        data={"fields": fields_in_words(changes)},
        particulars={
            "reason": nfc(correction.reason).strip(),
            "former": {name: _plain(value) for name, value in former.items()},
        },
    )


@transaction.atomic
def set_channel(
    *,
    actor: Actor,
    party_id: int,
    channel: str,
    phone: str | None = None,
    email: str | None = None,
    at: datetime | None = None,
) -> None:
    """Set the channel by which a party is told of news; a number or address of None stays as stored."""
    party = _locked(party_id)
    party.phone = party.phone if phone is None else tidy_phone(phone)
    party.email = party.email if email is None else nfc(email).strip()
    party.channel = channel
    _stop(why_not_channel(channel, party.phone, party.email))
    party.save(update_fields=["channel", "phone", "email"])
    record(
        "party.channel_set",
        subject=Subject("party", party_id),
        actor=actor,
        at=at or now(),
        data={"channel": channel},
    )


def share_party(*, actor: Actor, party_id: int, unit_ids: Sequence[int], reason: str) -> None:
    """Let other units keep the party's data, because a matter of theirs needs it (idempotent). One statement.

    Called by the act that moves the matter, which journals it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT parties_share(%s, %s, %s)", [party_id, list(unit_ids), reason])


def admit_parties(
    *, actor: Actor, parties: Sequence[PartyDraft], at: datetime, reason: str
) -> list[int | Refusal]:
    """The parties of several intakes, each found by any paper shown, or registered. One statement.

    In order: its id, or why not (impossible details, a paper that is another name's), of which nothing is written.
    A part of the act that takes something in, which journals it. A known party's address and ways to be
    reached follow what it says now.
    """
    ready: list[Any] = [_ready_or_not(party, at.date()) for party in parties]
    good = [one for one in ready if not isinstance(one, Refusal)]
    if not good:
        return ready
    details, papers = ([json.dumps(one[part]) for one in good] for part in (0, 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parties_admit_all(%s::jsonb[], %s::jsonb[], %s, %s, %s)",
            [details, papers, actor.account_id, actor.post_id, reason],
        )
        ids = iter(cursor.fetchone()[0])
    return [one if isinstance(one, Refusal) else next(ids) or PAPER_OF_ANOTHER for one in ready]


def _ready_or_not(party: PartyDraft, on: date) -> Any:
    try:
        return ready_party(party, on)
    except Refused as refused:
        return refused.refusal


def ready_party(party: PartyDraft, on: date) -> tuple[dict[str, str | None], list[dict[str, str | None]]]:
    """The party and its papers as the database's `parties_admit_all` and `parties_admit_fresh` take them.

    Raises Refused where the details are impossible. No statement.
    """
    draft = tidy(party)
    refusals = why_not_register(draft, on)
    if refusals:
        raise Refused.because(refusals[0], status=422)
    return _as_json(draft)


def replace_detail(*, actor: Actor, party_id: int, name: str, value: str) -> None:
    """Set name, address, phone or email of a party, as a part of an act that keeps the old value and journals.

    One statement. Raises Refused for an empty name, NotFound where the acting unit does not keep the party.
    """
    tidied = _tidy_value(name, value)
    changes: dict[str, str | date | None] = {name: tidied}
    if name == "name":
        changes["search_key"] = fold(str(tidied))
        _stop(why_not_correct("-", {name: tidied}, now().date()))
    if not Party.objects.filter(pk=party_id).update(**changes):
        raise NotFound


def tidy(draft: PartyDraft) -> PartyDraft:
    """The draft as it is stored: NFC, single spaces, numbers without gaps, each paper once."""
    papers = {
        (paper.kind, tidy_number(paper.number)): replace(paper, number=tidy_number(paper.number))
        for paper in draft.papers
    }
    return replace(
        draft,
        name=_text(draft.name),
        address=_text(draft.address),
        phone=tidy_phone(draft.phone),
        email=nfc(draft.email).strip(),
        papers=tuple(papers.values()),
    )


def _as_json(draft: PartyDraft) -> tuple[dict[str, str | None], list[dict[str, str | None]]]:
    party = {
        "kind": draft.kind,
        "name": draft.name,
        "search_key": fold(draft.name),
        "born_on": _plain(draft.born_on),
        "sex": draft.sex,
        "address": draft.address,
        "phone": draft.phone,
        "email": draft.email,
        "channel": draft.channel or ContactChannel.NONE.value,
        # Of a known party only what was said is changed.
        "channel_said": draft.channel or None,
    }
    papers = [
        {"kind": paper.kind, "number": paper.number, "issued_on": _plain(paper.issued_on)}
        for paper in draft.papers
    ]
    return party, papers


def _insert(draft: PartyDraft, reason: str) -> int:
    party, papers = _as_json(draft)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parties_register(%s::jsonb, %s::jsonb, %s)",
            [json.dumps(party), json.dumps(papers), reason],
        )
        return int(cursor.fetchone()[0])


def _known(actor: Actor, draft: PartyDraft, at: datetime) -> int:
    """The party one of whose papers is stored already; papers that nobody has yet are added to it."""
    for paper in draft.papers:
        found = find_by_paper(actor, paper.kind, paper.number)
        if found is None:
            continue
        _stop(why_not_same(found.name, draft.name))
        held = {(one.kind, one.number) for one in found.papers}
        new = [one for one in draft.papers if (one.kind, one.number) not in held]
        if new:
            _add_papers(actor, found.id, new, at)
        return found.id
    raise Refused.because(
        Refusal("party.paper_vanished", "Giấy tờ này vừa được sửa ở nơi khác. Hãy quét lại thẻ.")
    )


def _add_papers(actor: Actor, party_id: int, papers: Sequence[PaperDraft], at: datetime) -> None:
    rows = [
        IdentityPaper(party_id=party_id, kind=paper.kind, number=paper.number, issued_on=paper.issued_on)
        for paper in papers
    ]
    IdentityPaper.objects.bulk_create(rows, ignore_conflicts=True)
    record(
        "party.papers_added",
        subject=Subject("party", party_id),
        actor=actor,
        at=at,
        data={"count": len(rows)},
    )


def _locked(party_id: int) -> Party:
    """The party, locked, as far as the acting unit keeps it (the database's own wall)."""
    party = Party.objects.select_for_update().filter(pk=party_id).first()
    if party is None:
        raise NotFound
    return party


def _tidy_value(name: str, value: str | date | None) -> str | date | None:
    if not isinstance(value, str):
        return value
    return tidy_phone(value) if name == "phone" else _text(value)


def _text(text: str) -> str:
    return " ".join(nfc(text).split())


def _plain(value: object) -> str | None:
    return value.isoformat() if isinstance(value, date) else None if value is None else str(value)


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused.because(refusal)

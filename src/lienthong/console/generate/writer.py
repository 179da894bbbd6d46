"""Lives as lines for COPY: opening a dossier, its papers and journal, and at the end its own rows.

Beside each method stands the action whose rows it writes. What is random or secret in earnest (salts, the digest
of a command) is derived here: nobody is to send these commands again.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from lienthong.console.generate.papers import Papers, filled_in
from lienthong.console.generate.standing import Standing
from lienthong.console.generate.tables import NULL, Ids, Table, as_json, escaped, moment, plain
from lienthong.console.simulate.city import City, citizen
from lienthong.console.simulate.life import Life
from lienthong.console.simulate.seats import clerk_of, seats_of
from lienthong.core.journal.values import SALT
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.queries import calendar_of
from lienthong.lib.calendar import TimeLimit, WorkCalendar, due_at
from lienthong.lib.codes import DossierCode
from lienthong.lib.text import fold
from lienthong.people.parties.values import PartyDraft
from lienthong.work.dossiers.actions.tokens import lookup_digest, lookup_token
from lienthong.work.dossiers.enums import Channel

# Parents before children; sights before cases, whose trigger then finds them there.
COLUMNS: dict[str, tuple[str, ...]] = {
    "parties.Party": ("id", "kind", "name", "search_key", "born_on", "sex", "address", "phone"),
    "parties.IdentityPaper": ("party_id", "kind", "number"),
    "parties.Custody": ("party_id", "unit_id", "reason"),
    "scope.Sight": ("case_id", "unit_id", "reason"),
    "casework.Case": (
        "id", "kind", "code", "state", "title", "subject_name", "search_key", "party_id", "task_id", "field",
        "receiving_unit_id", "responsible_unit_id", "body_id", "holder_id", "answer", "finding", "opened_at",
        "clock_start", "limit_amount", "limit_unit", "cutoff", "place", "promised_at", "due_at", "remaining",
        "held_since", "hops", "extensions", "closed_at", "outcome", "late_by_rule", "on_time", "version",
    ),
    "dossiers.Dossier": (
        "case_id", "version_id", "applicant_id", "channel", "frozen_id", "papers", "particulars", "at_once",
        "lookup_digest", "supplement_count", "resume_state", "result_number", "result_summary", "return_mode",
        "returning_unit_id", "returned_at", "returned_to", "returned_by_post_id",
    ),
    "casework.ClockEntry": (
        "case_id", "kind", "reason", "note", "document", "from_at", "to_at", "amount", "unit", "post_id",
        "closed_by_post_id",
    ),
    "casework.HandOver": (
        "id", "case_id", "from_unit_id", "to_unit_id", "state", "reason", "answer_by", "offered_at",
        "offered_by_post_id", "answered_at", "answered_by_post_id", "answer_reason", "proposed_unit_id",
    ),
    "casework.Consultation": (
        "id", "case_id", "unit_id", "holder_id", "question", "asked_at", "asked_by_post_id", "due_at", "state",
        "answer", "answered_at", "answered_by_post_id",
    ),
    "dossiers.SupplementRequest": (
        "dossier_id", "sequence", "lacks", "requested_at", "post_id", "answered_at", "answer_note",
    ),
    "dossiers.Proposal": ("id", "dossier_id", "grants", "text", "basis", "post_id", "proposed_at"),
    "dossiers.Decision": (
        "dossier_id", "kind", "proposal_id", "reason", "post_id", "person_id", "answer", "decided_at",
    ),
    "dossiers.ExtensionLetter": (
        "dossier_id", "sequence", "number", "cause", "old_due_at", "new_due_at", "post_id", "issued_at",
    ),
    "documents.IssuedForm": (
        "case_id", "unit_id", "form", "number", "sequence", "content", "post_id", "issued_at",
    ),
    "fees.Charge": ("case_id", "unit_id", "label", "amount", "citation"),
    "fees.Receipt": ("id", "case_id", "unit_id", "number", "amount", "method", "post_id", "paid_at"),
    "journal.Entry": (
        "id", "verb", "subject_kind", "subject_id", "case_id", "account_id", "post_id", "unit_id", "acted_at",
        "data", "particulars_digest",
    ),
    "journal.Particular": ("entry_id", "case_id", "data"),
    "journal.Command": ("key", "account_id", "verb", "digest", "result"),
}  # fmt: skip
KEYED = (
    "parties.Party", "casework.Case", "journal.Entry", "dossiers.Proposal", "casework.HandOver",
    "casework.Consultation", "fees.Receipt",
)  # fmt: skip
OF_MANY_ACTS = ("journal.Entry", "dossiers.Proposal")


class Writer:
    """Writes the lives of one unit; `series` (kind, period) -> last number is the unit's own, and grows."""

    def __init__(self, city: City, papers: Papers, series: dict[tuple[str, str], int]) -> None:
        self.city, self.papers, self.series = city, papers, series
        self.tables = {label: Table(label, *names) for label, names in COLUMNS.items()}
        self.ids = {label: Ids(label) for label in KEYED}
        self._parties: dict[int, int] = {}
        self._custodies: set[tuple[int, int]] = set()

    def reserve(self, lives: Sequence[Life]) -> None:
        """Keys for everything that these lives can write."""
        acts = sum(len(life.acts) for life in lives)
        for label in KEYED:
            self.ids[label].reserve(acts if label in OF_MANY_ACTS else len(lives))

    def send(self) -> int:
        """COPY everything, parents before children; returns how many rows."""
        return sum(table.send() for table in self.tables.values())

    def number(self, kind: str, period: str) -> int:
        """The unit's next number, as `issue_number` would give it."""
        self.series[kind, period] = self.series.get((kind, period), 0) + 1
        return self.series[kind, period]

    def open(self, life: Life, at: datetime) -> Standing:
        """As `open_dossier`: party, number, unit, holder and due date."""
        seats, (who, party) = seats_of(self.city, life, life.place), self._party(life)
        number = self.number("dossier", f"{at:%y%m%d}")
        code = str(DossierCode(life.home.card.agency_code, at.date(), number))
        limit, cutoff = self.city.limit(life.procedure, life.channel)
        calendar = calendar_of(life.home.code, cutoff)
        due = _due(at, limit, calendar)
        if life.place is not life.home:
            self.custody(party, life.place.card.id, "dossier")
        return Standing(
            life=life, seats=seats, case_id=self.ids["casework.Case"].take(), party_id=party, code=code,
            token=lookup_token(code), who=who, opened=at, promised=due, due=due, limit=limit, cutoff=cutoff,
            calendar=calendar, state="", holder=seats.holder.post_id or 0, held_since=at,
        )  # fmt: skip

    def charge(self, case: Standing) -> None:
        """As `add_charges`."""
        for one in self.papers.charges(case.life):
            money = (escaped(one.label), str(one.amount or 0), escaped(one.citation))
            self.add("fees.Charge", str(case.case_id), str(case.life.home.card.id), *money)

    def add(self, label: str, *values: str) -> None:
        self.tables[label].add(*values)

    def custody(self, party: int, unit: int, reason: str) -> None:
        """As `share_party`: a row a unit."""
        if (party, unit) not in self._custodies:
            self._custodies.add((party, unit))
            self.add("parties.Custody", str(party), str(unit), reason)

    def show(self, case: Standing, unit: int, reason: str) -> None:
        """As `show_case`."""
        case.sights.setdefault(unit, reason)
        self.custody(case.party_id, unit, f"case_{reason}")

    def issue(
        self, case: Standing, form: str, actor: Actor, at: datetime, content: str, number: str = ""
    ) -> None:
        """As `issue_form`."""
        sequence = case.sheets[form] = case.sheets.get(form, 0) + 1
        self.add(
            "documents.IssuedForm", str(case.case_id), str(actor.unit_id), form, number, str(sequence), content,
            plain(actor.post_id), moment(at),
        )  # fmt: skip

    def filled(
        self, case: Standing, at: datetime, due: datetime | None = None, number: str = ""
    ) -> dict[str, str]:
        """What this dossier's papers say."""
        return filled_in(
            code=case.code, who=case.who, token=case.token, opened=case.opened, promised=case.promised,
            at=at, due=due, number=number,
        )  # fmt: skip

    def journal(
        self,
        case: Standing,
        verb: str,
        actor: Actor,
        at: datetime,
        data: Mapping[str, Any] | None = None,
        particulars: Mapping[str, str] | None = None,
        subject: tuple[str, int] | None = None,
    ) -> None:
        """As `record`, with the command that the act closed."""
        entry = self.ids["journal.Entry"].take()
        kept = _salted(entry, particulars)
        told = dict(data or {}) if subject else {"state": case.state, **(data or {})}
        kind, subject_id = subject or ("dossier", case.case_id)
        case_id, key = str(case.case_id), UUID(int=entry << 64 | case.case_id)
        self.add(
            "journal.Entry", str(entry), verb, kind, str(subject_id), case_id, str(actor.account_id),
            plain(actor.post_id), str(actor.unit_id), moment(at), _told(tuple(told.items())), kept[1],
        )  # fmt: skip
        if particulars:
            self.add("journal.Particular", str(entry), case_id, kept[0])
        self.add(
            "journal.Command", str(key), str(actor.account_id), verb, sha256(key.bytes).hexdigest(), case_id
        )

    def close(self, case: Standing) -> None:
        """The rows of the case and of its dossier as they stand at the end."""
        life, seats = case.life, case.seats
        terms = self.city.terms[life.procedure]
        home, responsible, case_id = str(life.home.card.id), seats.place.card.id, str(case.case_id)
        for unit, reason in case.sights.items():
            if unit not in (life.home.card.id, responsible):
                self.add("scope.Sight", case_id, str(unit), reason)
        name, opened = escaped(case.who.name), moment(case.opened)
        self.add(
            "casework.Case", case_id, "dossier", case.code, case.state, escaped(terms.name), name,
            fold(case.who.name), str(case.party_id), str(terms.task_id), escaped(terms.field), home,
            str(responsible), plain(seats.answer.body_id), str(case.holder),
            self.papers.answer(life.procedure, responsible), seats.answer.finding, opened, opened,
            str(case.limit.amount), case.limit.unit.value, case.cutoff, life.home.code, moment(case.promised),
            moment(case.due), plain(case.remaining), moment(case.held_since), str(case.hops),
            str(case.extensions), moment(case.closed), case.outcome, plain(case.late_by_rule),
            plain(case.on_time), str(case.version),
        )  # fmt: skip
        clerk = clerk_of(life)
        contact = as_json({"contact": {"address": case.who.address, "phone": case.who.phone, "email": ""}})
        self.add(
            "dossiers.Dossier", case_id, str(terms.version_id), str(case.party_id), life.channel,
            self.papers.terms(life.procedure), self.papers.given(life.procedure), contact,
            plain(life.is_at_once), lookup_digest(case.token), str(case.supplements), case.resume,
            case.result_number, case.result_summary, "post" if life.channel == Channel.POST else "counter", home,
            moment(case.returned), name if case.returned else "", str(clerk.post_id) if case.returned else NULL,
        )  # fmt: skip
        for row in case.clock:
            self.add(
                "casework.ClockEntry", case_id, row.kind, row.reason, escaped(row.note), row.document,
                moment(row.from_at), moment(row.to_at), plain(row.amount), row.unit, str(row.post),
                plain(row.closed_by),
            )  # fmt: skip

    def _party(self, life: Life) -> tuple[PartyDraft, int]:
        """As `admit_parties`: known in this unit, or new."""
        who = citizen(life.citizen)
        known = self._parties.get(life.citizen)
        if known:
            return who, known
        party = self._parties[life.citizen] = self.ids["parties.Party"].take()
        self.custody(party, life.home.card.id, "intake")
        self.add(
            "parties.Party", str(party), who.kind, who.name, fold(who.name), plain(who.born_on), who.sex,
            who.address, who.phone,
        )  # fmt: skip
        for paper in who.papers:
            self.add("parties.IdentityPaper", str(party), paper.kind, paper.number)
        return who, party


def _due(at: datetime, limit: TimeLimit, calendar: WorkCalendar) -> datetime:
    """Asked of the calendar once for each day, half and limit: limits in days do not depend on the minute."""
    if limit.unit.is_hours:
        return due_at(at, limit, calendar)
    last = calendar.cutoff or calendar.closing_time
    return _due_of_day(at.replace(hour=23 if at.time() > last else 0, minute=0), limit, _Known(calendar))


class _Known:
    """A calendar that is known by itself, not by its days, so that it can be a key."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.mark = (calendar.cutoff, calendar.office_hours, calendar.off, calendar.work)

    def __hash__(self) -> int:
        return hash(self.mark[:2])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.mark == other.mark


@lru_cache(maxsize=100_000)
def _due_of_day(at: datetime, limit: TimeLimit, known: _Known) -> datetime:
    return due_at(at, limit, known.calendar)


def _salted(entry: int, particulars: Mapping[str, str] | None) -> tuple[str, str]:
    """The side row of an entry as a text, and its digest (lib.canonical's: sorted, without spaces)."""
    if not particulars:
        return "", ""
    kept = {**particulars, SALT: sha256(b"%d" % entry).hexdigest()[:32]}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return escaped(text), sha256(text.encode()).hexdigest()


@lru_cache(maxsize=20_000)
def _told(items: tuple[tuple[str, Any], ...]) -> str:
    return as_json(dict(items))

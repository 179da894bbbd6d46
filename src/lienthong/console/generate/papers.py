"""The frozen papers of a dossier as texts for COPY: made once by the house's own functions, then filled in."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.apps import apps

from lienthong.console.generate.tables import as_json, escaped
from lienthong.console.simulate.city import City
from lienthong.console.simulate.life import Life
from lienthong.core.journal.actions import freeze
from lienthong.core.scope.values import Actor
from lienthong.facilities.documents.queries import letterhead
from lienthong.facilities.documents.values import FeeItem, FeeReceipt
from lienthong.facilities.documents.values import as_json as form_json
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.values import NewCharge
from lienthong.people.organisation.values import UnitCard
from lienthong.people.parties.values import PartyDraft
from lienthong.work.dossiers.actions.papers import (
    apology_content,
    halt_content,
    receipt_content,
    refusal_content,
    supplement_content,
)
from lienthong.work.dossiers.actions.tokens import lookup_token
from lienthong.work.dossiers.enums import Channel
from lienthong.work.dossiers.queries import charges_for
from lienthong.work.dossiers.values import GivenPaper, Intake

if TYPE_CHECKING:
    from lienthong.work.dossiers.models import Dossier

# Marks that no text of a paper has, and moments before any paper.
CODE, NAME, ADDRESS, PHONE, NUMBER = (f"\u2063{word}\u2063" for word in "cnapu")
OPENED, PROMISED, AT, DUE = (datetime(1901, month, 1, 9, 0, tzinfo=UTC) for month in (1, 2, 3, 4))


@dataclass
class Papers:
    """Texts by what they depend on; a process keeps them."""

    city: City
    _kept: dict[tuple[Any, ...], str] = field(default_factory=dict)
    _charges: dict[tuple[Any, ...], list[NewCharge]] = field(default_factory=dict)

    def terms(self, procedure: str) -> str:
        """The id of the terms, kept once for all dossiers that have them."""
        return self._once(("terms", procedure), lambda: str(freeze(self.city.terms[procedure].as_json())))

    def answer(self, procedure: str, unit_id: int) -> str:
        return self._once(
            ("answer", procedure, unit_id), lambda: as_json(self.city.answer(procedure, unit_id).as_json())
        )

    def given(self, procedure: str) -> str:
        return self._once(("given", procedure), lambda: as_json([asdict(p) for p in self._papers(procedure)]))

    def charges(self, life: Life) -> list[NewCharge]:
        """What the intake owes."""
        key = (life.procedure, life.channel, life.quantity, life.is_paid)
        if key not in self._charges:
            self._charges[key] = charges_for(self.city.terms[life.procedure].fees or (), self._intake(life))
        return self._charges[key]

    def receipt(self, life: Life, clerk: Actor, filled: dict[str, str]) -> str:
        """Mẫu 01."""
        due = sum(charge.amount or 0 for charge in self.charges(life))
        key = ("receipt", life.home.code, life.procedure, clerk.post_id, life.quantity, life.channel)
        return self._form(
            key,
            filled,
            lambda: receipt_content(self._blank(life), life.home.card, clerk, due, life.quantity),
        )

    def supplement(
        self, life: Life, actor: Actor, lacks: list[dict[str, str]], round_: int, filled: dict[str, str]
    ) -> str:
        """Mẫu 02."""
        key = ("supplement", life.procedure, actor.post_id, round_)
        return self._form(
            key,
            filled,
            lambda: supplement_content(self._blank(life), self._card(actor), actor, lacks, round_, AT),
        )

    def refusal(self, life: Life, actor: Actor, reasons: list[dict[str, str]], filled: dict[str, str]) -> str:
        """Mẫu 03."""
        key = ("refusal", life.procedure, actor.post_id)
        return self._form(
            key, filled, lambda: refusal_content(self._blank(life), self._card(actor), actor, reasons, "", AT)
        )

    def apology(self, life: Life, actor: Actor, cause: str, filled: dict[str, str]) -> str:
        """Mẫu 04."""
        key = ("apology", life.procedure, actor.post_id)
        return self._form(
            key,
            filled,
            lambda: apology_content(
                self._blank(life), self._card(actor), actor,
                number=NUMBER, cause=cause, old_due=PROMISED, new_due=DUE, at=AT,
            ),
        )  # fmt: skip

    def halt(self, life: Life, actor: Actor, reason: str, basis: str, filled: dict[str, str]) -> str:
        """Mẫu 05."""
        key = ("halt", life.procedure, actor.post_id)
        return self._form(
            key,
            filled,
            lambda: halt_content(
                self._blank(life), self._card(actor), actor, reason=reason, basis=basis, at=AT
            ),
        )

    def fee_receipt(self, life: Life, clerk: Actor, filled: dict[str, str]) -> str:
        """Biên lai."""
        key = ("fee", life.home.code, life.procedure, clerk.post_id, life.quantity, life.channel)
        return self._form(key, filled, lambda: self._fee_receipt(life, clerk))

    def _fee_receipt(self, life: Life, clerk: Actor) -> FeeReceipt:
        items = tuple(
            FeeItem(name=one.label, amount=one.amount or 0, legal_basis=one.citation or None)
            for one in self.charges(life)
        )
        return FeeReceipt(
            letterhead=letterhead(life.home.card, AT, NUMBER),
            payer_name=NAME,
            items=items,
            paid_at=AT,
            code=CODE,
            procedure=self.city.terms[life.procedure].name,
            method=str(PaymentMethod.CASH.label),
            cashier_name=clerk.name,
        )

    def _form(self, key: tuple[Any, ...], filled: dict[str, str], make: Any) -> str:
        text = self._kept.get(key)
        if text is None:
            text = self._kept[key] = as_json(form_json(make()))
        for mark, value in filled.items():
            text = text.replace(mark, value)
        return text

    def _once(self, key: tuple[Any, ...], make: Any) -> str:
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def _card(self, actor: Actor) -> UnitCard:
        return self._cards[actor.unit_id or 0]

    @cached_property
    def _cards(self) -> dict[int, UnitCard]:
        return {place.card.id: place.card for place in self.city.places.values()}

    def _papers(self, procedure: str) -> tuple[GivenPaper, ...]:
        stated = self.city.terms[procedure].papers or ()
        return tuple(GivenPaper(p.name, p.originals, p.copies, p.originals, p.copies) for p in stated)

    def _intake(self, life: Life) -> Intake:
        return Intake(
            procedure_code=life.procedure,
            applicant=PartyDraft(name=NAME),
            papers=self._papers(life.procedure),
            channel=life.channel,
            quantity=life.quantity,
            fee_choices=(0,) if life.is_paid and life.channel != Channel.ONLINE else None,
        )

    def _blank(self, life: Life) -> "Dossier":
        """A dossier that is nowhere stored, with marks in the places of what differs."""
        limit, cutoff = self.city.limit(life.procedure, life.channel)
        case = apps.get_model("casework.Case")(
            code=CODE, subject_name=NAME, opened_at=OPENED, promised_at=PROMISED,
            limit_amount=limit.amount, limit_unit=limit.unit.value, cutoff=cutoff,
        )  # fmt: skip
        blank: Dossier = apps.get_model("dossiers.Dossier")(
            case=case,
            own_terms=self.city.terms[life.procedure].as_json(),
            papers=[asdict(paper) for paper in self._papers(life.procedure)],
            particulars={"contact": {"address": ADDRESS, "phone": PHONE, "email": ""}},
        )
        return blank


def filled_in(
    *,
    code: str,
    who: PartyDraft,
    token: str,
    opened: datetime,
    promised: datetime,
    at: datetime,
    due: datetime | None = None,
    number: str = "",
) -> dict[str, str]:
    """What stands in the places of the marks, in the order in which they are replaced."""
    return {
        lookup_token(CODE): token,
        CODE: code,
        NAME: escaped(who.name),
        ADDRESS: escaped(who.address),
        PHONE: who.phone,
        NUMBER: number,
        OPENED.isoformat(): opened.isoformat(),
        PROMISED.isoformat(): promised.isoformat(),
        AT.isoformat(): at.isoformat(),
        DUE.isoformat(): (due or promised).isoformat(),
        OPENED.date().isoformat(): opened.date().isoformat(),
        AT.date().isoformat(): at.date().isoformat(),
    }  # fmt: skip

"""A play: one dossier's life, act by act, through the real actions, each at its own moment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from lienthong.console.demo.crew import Crew
from lienthong.console.demo.ground import key_of
from lienthong.core.scope.actions import enter
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import now
from lienthong.facilities.fees.actions import take_payment
from lienthong.facilities.fees.queries import dues_of, heading_at
from lienthong.lib.calendar import WorkCalendar
from lienthong.lib.calendar.days import add_working_minutes
from lienthong.mandate.procedures.values import Terms
from lienthong.people.organisation.enums import PostKind
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.dossiers.actions.receive import receive_dossier
from lienthong.work.dossiers.queries import chargeable, find_dossier
from lienthong.work.dossiers.values import GivenPaper, Intake


class Enough(Exception):
    """The play has come to the present: what would follow is still to come."""


@dataclass
class Stage:
    """What all plays of a unit share: the crews they meet, the catalogue, the calendar, the present."""

    crews: dict[str, Crew]
    terms: dict[str, Terms]
    calendar: WorkCalendar
    now: datetime

    def crew_of(self, unit_id: int) -> Crew:
        return next(crew for crew in self.crews.values() if crew.unit_id == unit_id)


@dataclass
class Play:
    """One dossier under way. `at` is the last act's moment; keys follow from unit, number and step."""

    stage: Stage
    home: Crew
    number: int
    rng: Random
    at: datetime
    procedure: str
    applicant: PartyDraft
    dossier_id: int = 0
    step: int = 0
    _case: Any = field(default=None, repr=False)

    @property
    def terms(self) -> Terms:
        return self.stage.terms[self.procedure]

    def do(self, actor: Actor, action: Callable[..., Any], after: int = 0, **arguments: Any) -> Any:
        """Do an act `after` working minutes from the last one. Raises Enough where that is still to come.

        The scope stays the actor's until the next act enters its own: a play is one transaction.
        """
        moment = add_working_minutes(self.at, after, self.stage.calendar)
        if moment > self.stage.now:
            raise Enough
        self.at, self.step, self._case = moment, self.step + 1, None
        key = key_of(self.home.code, self.number, self.step)
        enter(actor)
        with acting_at(moment):
            return action(actor=actor, key=key, **arguments)

    def on(self, actor: Actor, action: Callable[..., Any], after: int = 0, **arguments: Any) -> Any:
        """Do an act on this play's dossier."""
        return self.do(actor, action, after, dossier_id=self.dossier_id, **arguments)

    def receive(self, *, place: str = "", channel: str = "counter", at_once: bool = False) -> None:
        """The home unit's counter takes the dossier in."""
        if channel not in self.terms.channels:
            channel = "counter"
        papers = tuple(
            GivenPaper(paper.name, paper.originals, paper.copies, paper.originals, paper.copies)
            for paper in self.terms.papers or ()
        )
        intake = Intake(
            procedure_code=self.procedure,
            applicant=self.applicant,
            papers=papers,
            channel=channel,
            place=place,
            fee_choices=self._fees(channel),
            return_mode="post" if channel == "post" else "counter",
            at_once=at_once,
        )
        self.dossier_id = self.do(self.clerk, receive_dossier, intake=intake).dossier_id

    @property
    def clerk(self) -> Actor:
        return self.home.clerk(self.number)

    def case(self) -> Any:
        """The case as it stands (what the home unit sees of it), read once between two acts."""
        if self._case is None:
            enter(self.clerk)
            self._case = find_dossier(self.clerk, self.dossier_id).case
        return self._case

    def holder(self) -> Actor:
        """Who holds the matter now."""
        case = self.case()
        return self.stage.crew_of(case.responsible_unit_id).posts[case.holder_id]

    def crew(self) -> Crew:
        """The crew of the unit that is responsible now."""
        return self.stage.crew_of(self.case().responsible_unit_id)

    def worker(self) -> Actor:
        """The specialist of the holder's department who is given the matter."""
        holder, crew = self.holder(), self.crew()
        if holder in crew.kinds[PostKind.SPECIALIST]:
            return holder
        workers = crew.specialists(holder.body_id)
        return workers[self.number % len(workers)]

    def pay(self, after: int = 3) -> None:
        """The applicant pays what is open at the home unit's counter."""
        enter(self.clerk)
        owed = dues_of(self.dossier_id).open
        if owed > 0:
            self.do(self.clerk, self._take_payment, after, amount=owed)

    def minutes(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def _take_payment(self, *, actor: Actor, key: UUID, amount: int) -> None:
        """The money with its receipt, dated the moment it is taken."""
        case, at = self.case(), now()
        heading = heading_at(
            actor, at, payer_name=case.subject_name, code=case.code, procedure=self.terms.name
        )
        take_payment(
            actor=actor,
            key=key,
            case_id=self.dossier_id,
            amount=amount,
            method="cash",
            heading=heading,
            at=at,
        )

    def _fees(self, channel: str) -> tuple[int, ...] | None:
        """The clerk's choice where the procedure has several fee rules: the first one that states an amount."""
        return (0,) if chargeable(self.terms.fees or (), channel) else None


def citizen(number: int) -> PartyDraft:
    """A visibly fictitious citizen: no province has the code 000."""
    born = date(1950 + number % 55, 1 + number % 12, 1 + number % 28)
    man = number % 2 == 0
    century = 0 if born.year < 2000 else 2
    card = f"000{century + (0 if man else 1)}{born.year % 100:02d}{number:06d}"
    return PartyDraft(
        name=f"Công dân {number:04d}",
        papers=(PaperDraft("citizen_card", card),),
        born_on=born,
        sex="male" if man else "female",
        address=f"Số {number % 90 + 1}, Khu phố {number % 3 + 1}",
        phone=f"0900{number:06d}",
    )

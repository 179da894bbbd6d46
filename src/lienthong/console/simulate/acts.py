"""Every act of a life through the real action, as the officer whose act it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lienthong.console.demo.ground import key_of
from lienthong.console.simulate import words
from lienthong.console.simulate.city import City, Place, citizen
from lienthong.console.simulate.life import Life
from lienthong.console.simulate.seats import Seats, clerk_of, portal_of, seats_of
from lienthong.core.scope.actions import enter
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.actions.consulting import ask_opinion, give_opinion
from lienthong.facilities.casework.actions.handing import accept_offer, offer_case, refuse_offer
from lienthong.facilities.fees.actions import take_payment
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.queries import heading_at
from lienthong.work.dossiers.actions.amending import extend_dossier
from lienthong.work.dossiers.actions.ending import (
    answer_at_once,
    halt_dossier,
    refuse_dossier,
    return_result,
    withdraw_dossier,
)
from lienthong.work.dossiers.actions.lodge import lodge_dossier
from lienthong.work.dossiers.actions.online import accept_dossier
from lienthong.work.dossiers.actions.process import (
    approve_dossier,
    assign_dossier,
    complete_dossier,
    propose_dossier,
    send_back_dossier,
    take_up_dossier,
)
from lienthong.work.dossiers.actions.receive import receive_dossier
from lienthong.work.dossiers.actions.waiting import (
    receive_supplement,
    request_payment,
    request_supplement,
    settle_payment,
)
from lienthong.work.dossiers.enums import Channel, ReturnMode
from lienthong.work.dossiers.queries import charges_for
from lienthong.work.dossiers.values import GivenPaper, Intake, Lack

# What an act gives back that later acts need, and under which name the life keeps it.
KEPT = {"receive": "dossier", "lodge": "dossier", "offer": "offer", "ask_opinion": "opinion"}
LACKS = [Lack(words.LACK, words.BASIS)]
REASONS = [Lack(words.REFUSAL, words.BASIS)]


@dataclass
class Driver:
    """Does the acts of lives in one city; `seed` is part of every key, so that repeating is harmless."""

    city: City
    seed: str

    def do(self, life: Life, step: int, act: str, at: datetime) -> bool:
        """One act at its moment, in the transaction under way; False where this life has no such act."""
        found = ACTS[act](self, life)
        if found is None:
            return False
        actor, action, arguments = found
        enter(actor)
        with acting_at(at):
            result = action(actor=actor, key=self.key(life, step), **arguments)
        if act in KEPT:
            self.remember(life, act, result if isinstance(result, int) else result.as_json())
        return True

    def key(self, life: Life, step: int) -> UUID:
        """The key of an act: the same at every run of the same plan."""
        return _key(self.seed, life.number, step)

    def remember(self, life: Life, act: str, result: Any) -> None:
        """What an act gave back (the command's result), in this run or a former one."""
        if isinstance(result, int):
            life.ids[KEPT[act]] = result
        else:
            life.ids[KEPT[act]], life.code = int(result["dossier_id"]), result["code"]

    def seats(self, life: Life) -> Seats:
        """The seats of the unit that is responsible now."""
        return seats_of(self.city, life, life.responsible)

    def intake(self, life: Life) -> Intake:
        """What is handed in."""
        terms = self.city.terms[life.procedure]
        return Intake(
            procedure_code=life.procedure,
            applicant=citizen(life.citizen),
            papers=tuple(
                GivenPaper(paper.name, paper.originals, paper.copies, paper.originals, paper.copies)
                for paper in terms.papers or ()
            ),
            channel=life.channel,
            place="" if life.place is life.home else life.place.code,
            quantity=life.quantity,
            fee_choices=(0,) if life.is_paid and life.channel != Channel.ONLINE else None,
            return_mode=_mode(life),
            at_once=life.is_at_once,
        )

    def owed(self, life: Life) -> int:
        """What the fee rules charge at intake."""
        charges = charges_for(self.city.terms[life.procedure].fees or (), self.intake(life))
        return sum(charge.amount or 0 for charge in charges)


Doing = tuple[Actor, Callable[..., Any], dict[str, Any]]
Act = Callable[[Driver, Life], Doing | None]


def _receive(driver: Driver, life: Life) -> Doing:
    return clerk_of(life), receive_dossier, {"intake": driver.intake(life)}


def _lodge(driver: Driver, life: Life) -> Doing:
    return portal_of(life), lodge_dossier, {"intake": driver.intake(life)}


def _accept(driver: Driver, life: Life) -> Doing:
    return clerk_of(life), accept_dossier, _of(life)


def _assign(driver: Driver, life: Life) -> Doing | None:
    seats = driver.seats(life)
    if not seats.is_dispatched:
        return None
    return seats.holder, assign_dossier, _of(life, to_post_id=seats.worker.post_id)


def _take_up(driver: Driver, life: Life) -> Doing | None:
    seats = driver.seats(life)
    if "accepted" in life.ids and not seats.is_dispatched:
        return None
    return seats.worker, take_up_dossier, _of(life)


def _submit(driver: Driver, life: Life) -> Doing:
    said = {"grants": True, "text": words.PROPOSAL, "basis": words.PROPOSAL_BASIS, "submit": True}
    return driver.seats(life).worker, propose_dossier, _of(life, **said)


def _approve(driver: Driver, life: Life) -> Doing:
    return driver.seats(life).leader, approve_dossier, _of(life)


def _send_back(driver: Driver, life: Life) -> Doing:
    return driver.seats(life).leader, send_back_dossier, _of(life, reason=words.SENT_BACK)


def _complete(driver: Driver, life: Life) -> Doing:
    said = {"result_number": words.result_number(life.number), "result_summary": words.SUMMARY}
    return driver.seats(life).worker, complete_dossier, _of(life, **said)


def _return_result(driver: Driver, life: Life) -> Doing:
    return clerk_of(life), return_result, _of(life, returned_to=citizen(life.citizen).name, mode=_mode(life))


def _pay(driver: Driver, life: Life) -> Doing | None:
    amount = driver.owed(life)
    return (clerk_of(life), _take, {"driver": driver, "life": life, "amount": amount}) if amount else None


def _take(*, actor: Actor, key: UUID, driver: Driver, life: Life, amount: int) -> None:
    """The money with its receipt, dated the moment it is taken."""
    at, name = now(), driver.city.terms[life.procedure].name
    heading = heading_at(actor, at, payer_name=citizen(life.citizen).name, code=life.code, procedure=name)
    take_payment(
        actor=actor,
        key=key,
        case_id=life.ids["dossier"],
        amount=amount,
        method=PaymentMethod.CASH,
        heading=heading,
        at=at,
    )


def _answer_at_once(driver: Driver, life: Life) -> Doing:
    said = {
        "signer_post_id": driver.seats(life).leader.post_id,
        "result_number": words.result_number(life.number),
        "result_summary": words.SUMMARY,
        "returned_to": citizen(life.citizen).name,
    }
    return clerk_of(life), answer_at_once, _of(life, **said)


def _request_supplement(driver: Driver, life: Life) -> Doing:
    return driver.seats(life).worker, request_supplement, _of(life, lacks=LACKS)


def _receive_supplement(driver: Driver, life: Life) -> Doing:
    return clerk_of(life), receive_supplement, _of(life, note=words.CAME)


def _request_payment(driver: Driver, life: Life) -> Doing:
    return driver.seats(life).worker, request_payment, _of(life)


def _settle_payment(driver: Driver, life: Life) -> Doing:
    return clerk_of(life), settle_payment, _of(life)


def _extend(driver: Driver, life: Life) -> Doing:
    return driver.seats(life).head, extend_dossier, _of(life, days=words.EXTENSION_DAYS, cause=words.CAUSE)


def _refuse(driver: Driver, life: Life) -> Doing:
    return clerk_of(life), refuse_dossier, _of(life, reasons=REASONS)


def _withdraw(driver: Driver, life: Life) -> Doing:
    return clerk_of(life), withdraw_dossier, _of(life, reason=words.WITHDRAWAL)


def _halt(driver: Driver, life: Life) -> Doing:
    chair = life.responsible.crew.chair
    return chair, halt_dossier, _of(life, reason=words.HALT, basis=words.BASIS)


def _offer(driver: Driver, life: Life) -> Doing:
    said = {"case_id": life.ids["dossier"], "to_unit_id": _other(life).card.id, "reason": words.OFFER}
    return driver.seats(life).head, offer_case, said


def _accept_offer(driver: Driver, life: Life) -> Doing:
    life.ids["accepted"] = 1
    return _other(life).crew.chair, accept_offer, {"offer_id": life.ids["offer"]}


def _refuse_offer(driver: Driver, life: Life) -> Doing:
    said = {
        "offer_id": life.ids["offer"],
        "reason": words.OFFER_REFUSED,
        "proposed_unit_id": life.place.card.id,
    }
    return _other(life).crew.chair, refuse_offer, said


def _ask_opinion(driver: Driver, life: Life) -> Doing:
    said = {
        "case_id": life.ids["dossier"],
        "unit_id": _other(life).card.id,
        "question": words.QUESTION,
        "within_days": words.ANSWER_DAYS,
    }
    return driver.seats(life).worker, ask_opinion, said


def _give_opinion(driver: Driver, life: Life) -> Doing:
    said = {"consultation_id": life.ids["opinion"], "answer": words.OPINION}
    return _other(life).crew.chair, give_opinion, said


ACTS: dict[str, Act] = {
    "receive": _receive, "lodge": _lodge, "accept": _accept, "assign": _assign,
    "take_up": _take_up, "submit": _submit, "approve": _approve, "send_back": _send_back,
    "complete": _complete, "return_result": _return_result, "pay": _pay, "answer_at_once": _answer_at_once,
    "request_supplement": _request_supplement, "receive_supplement": _receive_supplement,
    "request_payment": _request_payment, "settle_payment": _settle_payment, "extend": _extend,
    "refuse": _refuse, "withdraw": _withdraw, "halt": _halt, "offer": _offer, "accept_offer": _accept_offer,
    "refuse_offer": _refuse_offer, "ask_opinion": _ask_opinion, "give_opinion": _give_opinion,
}  # fmt: skip


def first_key(seed: str, number: int) -> UUID:
    """The key of the act with which a life begins: the dossier comes in."""
    return _key(seed, number, 0)


def _key(seed: str, number: int, step: int) -> UUID:
    return key_of("simulate", seed, number, step)


def _of(life: Life, **arguments: Any) -> dict[str, Any]:
    return {"dossier_id": life.ids["dossier"], **arguments}


def _mode(life: Life) -> str:
    return ReturnMode.POST if life.channel == Channel.POST else ReturnMode.COUNTER


def _other(life: Life) -> Place:
    if life.other is None:
        raise RuntimeError(f"{life.course} needs another unit")
    return life.other

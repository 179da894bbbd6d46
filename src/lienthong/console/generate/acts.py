"""Every act of a life as the rows that its action writes."""

from collections.abc import Callable
from datetime import datetime

from lienthong.console.generate.between import (
    accept_offer,
    ask_opinion,
    give_opinion,
    offer_case,
    offer_row,
    opinion_row,
    refuse_offer,
)
from lienthong.console.generate.standing import Entry, Standing
from lienthong.console.generate.tables import as_json, moment
from lienthong.console.generate.writer import Writer
from lienthong.console.simulate import words
from lienthong.console.simulate.life import Life
from lienthong.console.simulate.seats import clerk_of, portal_of
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.queries import due_from_ledger, minutes_left
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.queries import receipt_number
from lienthong.lib.calendar import LimitUnit
from lienthong.lib.dates import format_moment
from lienthong.lib.money import format_dong
from lienthong.work.dossiers.enums import Channel, ReturnMode

Act = Callable[[Writer, Standing, datetime], None]
LACKS = [{"what": words.LACK, "basis": words.BASIS}]
REASONS = [{"what": words.REFUSAL, "basis": words.BASIS}]


def write_life(writer: Writer, life: Life, moments: Callable[[int], datetime]) -> None:
    """One life, from its first act to its last."""
    case: Standing | None = None
    for place, act in life.acts:
        at = moments(place)
        case = case or writer.open(life, at)
        ACTS[act](writer, case, at)
    if case is not None:
        _sheet(writer, case, None)
        offer_row(writer, case, None)
        opinion_row(writer, case, None)
        writer.close(case)


def lodge(writer: Writer, case: Standing, at: datetime) -> None:
    case.state = "submitted"
    writer.journal(case, "dossier.lodged", portal_of(case.life), at, {"due": format_moment(case.promised)})


def receive(writer: Writer, case: Standing, at: datetime) -> None:
    case.state = "received"
    writer.charge(case)
    _taken_in(writer, case, at)


def accept(writer: Writer, case: Standing, at: datetime) -> None:
    case.move("received")
    writer.charge(case)
    _taken_in(writer, case, at)


def assign(writer: Writer, case: Standing, at: datetime) -> None:
    seats = case.seats
    if not seats.is_dispatched:
        return
    case.move("assigned", seats.worker.post_id, at)
    told = {"to": seats.worker.title, "to_post_id": seats.worker.post_id}
    writer.journal(case, "dossier.assigned", seats.holder, at, told)


def take_up(writer: Writer, case: Standing, at: datetime) -> None:
    if case.state == "in_progress":
        return
    case.move("in_progress", case.seats.worker.post_id, at)
    writer.journal(case, "dossier.taken_up", case.seats.worker, at)


def request_supplement(writer: Writer, case: Standing, at: datetime) -> None:
    worker = case.seats.worker
    case.supplements += 1
    _pause(case, at, worker, "supplement", f"mẫu 02 lần {case.supplements}")
    case.lacking, case.resume, case.late_by_rule = (at, worker.acting_post), case.state, case.supplements > 1
    case.move("supplement_requested")
    paper = writer.papers.supplement(case.life, worker, LACKS, case.supplements, writer.filled(case, at))
    writer.issue(case, "supplement_request", worker, at, paper)
    told = {"sequence": case.supplements, "lacks": len(LACKS)}
    writer.journal(case, "dossier.supplement_requested", worker, at, told)


def receive_supplement(writer: Writer, case: Standing, at: datetime) -> None:
    _sheet(writer, case, at)
    _resume(case, at, clerk_of(case.life))
    case.move(case.resume)
    told = {"due": format_moment(case.due or at)}
    writer.journal(case, "dossier.supplement_received", clerk_of(case.life), at, told, {"note": words.CAME})


def request_payment(writer: Writer, case: Standing, at: datetime) -> None:
    _pause(case, at, case.seats.worker, "payment", "")
    case.move("payment_requested")
    writer.journal(case, "dossier.payment_requested", case.seats.worker, at)


def settle_payment(writer: Writer, case: Standing, at: datetime) -> None:
    clerk = clerk_of(case.life)
    _resume(case, at, clerk)
    case.move("in_progress")
    writer.journal(case, "dossier.payment_settled", clerk, at, {"due": format_moment(case.due or at)})


def pay(writer: Writer, case: Standing, at: datetime) -> None:
    clerk, amount = clerk_of(case.life), sum(one.amount or 0 for one in writer.papers.charges(case.life))
    number = receipt_number(at.year, writer.number("receipt", str(at.year)))
    receipt = writer.ids["fees.Receipt"].take()
    writer.add(
        "fees.Receipt", str(receipt), str(case.case_id), str(clerk.unit_id), number, str(amount),
        PaymentMethod.CASH.value, str(clerk.post_id), moment(at),
    )  # fmt: skip
    paper = writer.papers.fee_receipt(case.life, clerk, writer.filled(case, at, number=number))
    writer.issue(case, "fee_receipt", clerk, at, paper, number)
    told = {"number": number, "amount": format_dong(amount), "method": str(PaymentMethod.CASH.label)}
    writer.journal(case, "fee.paid", clerk, at, told, subject=("receipt", receipt))


def submit(writer: Writer, case: Standing, at: datetime) -> None:
    worker, leader = case.seats.worker, case.seats.leader
    _propose(writer, case, at, worker, words.PROPOSAL, words.PROPOSAL_BASIS)
    case.move("awaiting_approval", leader.post_id, at)
    told = {"proposal": "giải quyết", "to_post_id": leader.post_id}
    writer.journal(case, "dossier.submitted", worker, at, told, {"text": words.PROPOSAL})


def send_back(writer: Writer, case: Standing, at: datetime) -> None:
    _decide(writer, case, at, "sent_back", words.SENT_BACK)
    case.move("in_progress", case.seats.worker.post_id, at)
    writer.journal(case, "dossier.sent_back", case.seats.leader, at, None, {"reason": words.SENT_BACK})


def approve(writer: Writer, case: Standing, at: datetime) -> None:
    _decide(writer, case, at, "approved", "")
    case.move("approved", case.seats.worker.post_id, at)
    writer.journal(case, "dossier.approved", case.seats.leader, at, {"proposal": "giải quyết"})


def complete(writer: Writer, case: Standing, at: datetime) -> None:
    case.move("completed")
    _end(case, at, "done")
    case.result_number, case.result_summary = words.result_number(case.life.number), words.SUMMARY
    told, personal = {"number": case.result_number}, {"summary": words.SUMMARY}
    writer.journal(case, "dossier.completed", case.seats.worker, at, told, personal)


def return_result(writer: Writer, case: Standing, at: datetime) -> None:
    clerk, case.returned = clerk_of(case.life), at
    case.move("returned")
    mode = ReturnMode.POST if case.life.channel == Channel.POST else ReturnMode.COUNTER
    told = {"mode": str(mode.label), "unit_id": clerk.unit_id}
    writer.journal(case, "dossier.returned", clerk, at, told, {"returned_to": case.who.name})


def answer_at_once(writer: Writer, case: Standing, at: datetime) -> None:
    clerk = clerk_of(case.life)
    _propose(writer, case, at, clerk, words.SUMMARY, "Thủ tục giải quyết ngay")
    _decide(writer, case, at, "approved", "")
    case.returned = at
    case.move("returned")
    _end(case, at, "done")
    case.result_number, case.result_summary = words.result_number(case.life.number), words.SUMMARY
    told = {"number": case.result_number, "signer_post_id": case.seats.leader.post_id}
    writer.journal(case, "dossier.answered_at_once", clerk, at, told, {"returned_to": case.who.name})


def refuse(writer: Writer, case: Standing, at: datetime) -> None:
    clerk = clerk_of(case.life)
    case.move("refused")
    _end(case, at, "refused")
    paper = writer.papers.refusal(case.life, clerk, REASONS, writer.filled(case, at))
    writer.issue(case, "refusal_slip", clerk, at, paper)
    writer.journal(case, "dossier.refused", clerk, at, {"reasons": len(REASONS)})


def withdraw(writer: Writer, case: Standing, at: datetime) -> None:
    case.move("withdrawn")
    _end(case, at, "withdrawn")
    writer.journal(case, "dossier.withdrawn", clerk_of(case.life), at, None, {"reason": words.WITHDRAWAL})


def halt(writer: Writer, case: Standing, at: datetime) -> None:
    chair = case.seats.place.crew.chair
    case.move("halted")
    _end(case, at, "halted")
    paper = writer.papers.halt(case.life, chair, words.HALT, words.BASIS, writer.filled(case, at))
    writer.issue(case, "halt_notice", chair, at, paper)
    personal = {"reason": words.HALT, "basis": words.BASIS}
    writer.journal(case, "dossier.halted", chair, at, None, personal)


def extend(writer: Writer, case: Standing, at: datetime) -> None:
    head, old = case.seats.head, case.due or at
    number = f"{writer.number('apology_letter', f'{at:%Y}'):02d}/XL-TTPVHCC"
    case.clock.append(
        Entry(
            "extension", "extension", max(at, case.opened), head.acting_post, number, words.CAUSE,
            amount=words.EXTENSION_DAYS, unit=LimitUnit.WORKING_DAY.value,
        )
    )  # fmt: skip
    case.due = due_from_ledger(case.opened, case.limit, case.clock, case.calendar)
    case.extensions += 1
    writer.add(
        "dossiers.ExtensionLetter", str(case.case_id), str(case.extensions), number, words.CAUSE, moment(old),
        moment(case.due), str(head.post_id), moment(at),
    )  # fmt: skip
    filled = writer.filled(case, at, case.due, number)
    paper = writer.papers.apology(case.life, head, words.CAUSE, filled)
    writer.issue(case, "apology_letter", head, at, paper, number)
    case.move(case.state)
    told = {"sequence": case.extensions, "number": number, "due": format_moment(case.due)}
    writer.journal(case, "dossier.extended", head, at, told, {"cause": words.CAUSE})


def _taken_in(writer: Writer, case: Standing, at: datetime) -> None:
    clerk = clerk_of(case.life)
    writer.issue(
        case, "intake_receipt", clerk, at, writer.papers.receipt(case.life, clerk, writer.filled(case, at))
    )
    told = {
        "channel": str(Channel(case.life.channel).label),
        "due": format_moment(case.promised),
        "procedure": case.life.procedure,
        "responsible_unit_id": case.seats.place.card.id,
    }
    writer.journal(case, "dossier.received", clerk, at, told)


def _pause(case: Standing, at: datetime, actor: Actor, reason: str, document: str) -> None:
    """As `pause_clock`."""
    case.remaining = minutes_left(case.due or at, case.opened, case.limit, at, case.calendar)
    case.due = None
    case.clock.append(Entry("pause", reason, max(at, case.opened), actor.acting_post, document))


def _resume(case: Standing, at: datetime, actor: Actor) -> None:
    """As `resume_clock`."""
    last = case.clock[-1]
    last.to_at, last.closed_by = max(at, last.from_at), actor.post_id
    case.due, case.remaining = due_from_ledger(case.opened, case.limit, case.clock, case.calendar), None


def _sheet(writer: Writer, case: Standing, answered: datetime | None) -> None:
    """The request for what lacks, with its answer where that has come."""
    if case.lacking is None:
        return
    (asked, post), case.lacking = case.lacking, None
    writer.add(
        "dossiers.SupplementRequest", str(case.case_id), str(case.supplements), as_json(LACKS), moment(asked),
        str(post), moment(answered), words.CAME if answered else "",
    )  # fmt: skip


def _propose(writer: Writer, case: Standing, at: datetime, actor: Actor, text: str, basis: str) -> None:
    case.proposal = writer.ids["dossiers.Proposal"].take()
    writer.add(
        "dossiers.Proposal",
        str(case.proposal),
        str(case.case_id),
        "t",
        text,
        basis,
        str(actor.post_id),
        moment(at),
    )


def _decide(writer: Writer, case: Standing, at: datetime, kind: str, reason: str) -> None:
    leader, place = case.seats.leader, case.seats.place
    answer = writer.papers.answer(case.life.procedure, place.card.id)
    writer.add(
        "dossiers.Decision", str(case.case_id), kind, str(case.proposal), reason, str(leader.post_id),
        str(leader.person_id), answer, moment(at),
    )  # fmt: skip


def _end(case: Standing, at: datetime, outcome: str) -> None:
    """As `end_case`: decided once whether it ended on time."""
    case.closed, case.outcome = at, outcome
    promised = case.due
    if case.extensions:
        pauses = [row for row in case.clock if row.kind == "pause"]
        promised = due_from_ledger(case.opened, case.limit, pauses, case.calendar)
    in_time = at <= promised if promised else (case.remaining or 0) >= 0
    case.on_time = not case.late_by_rule and in_time


ACTS: dict[str, Act] = {
    "lodge": lodge, "receive": receive, "accept": accept, "assign": assign, "take_up": take_up,
    "request_supplement": request_supplement, "receive_supplement": receive_supplement,
    "request_payment": request_payment, "settle_payment": settle_payment, "pay": pay, "submit": submit,
    "send_back": send_back, "approve": approve, "complete": complete, "return_result": return_result,
    "answer_at_once": answer_at_once, "refuse": refuse, "withdraw": withdraw, "halt": halt, "extend": extend,
    "offer": offer_case, "accept_offer": accept_offer, "refuse_offer": refuse_offer, "ask_opinion": ask_opinion,
    "give_opinion": give_opinion,
}  # fmt: skip

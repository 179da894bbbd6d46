"""What comes of a dossier that was lodged online: the counter accepts it; the portal brings supplements and tells
of a payment. Withdrawal and refusal of an online dossier are the acts of every dossier (waiting.py, ending.py).
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.db import transaction

from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.queries import was_done
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.documents.actions import attach_file, order_files
from lienthong.facilities.documents.actions.store import Upload
from lienthong.facilities.documents.enums import FormKind
from lienthong.facilities.documents.values import LinkedFile
from lienthong.facilities.fees.actions import add_charges, take_payment
from lienthong.facilities.fees.enums import PaymentMethod
from lienthong.facilities.fees.queries import dues_of
from lienthong.facilities.fees.values import NewCharge
from lienthong.lib.dates import format_moment
from lienthong.lib.money import format_dong
from lienthong.mandate.procedures.values import Terms
from lienthong.people.organisation.queries import unit_by_id
from lienthong.people.parties.values import PartyDraft
from lienthong.work.dossiers.access import find_dossier, lock_dossier
from lienthong.work.dossiers.actions.papers import receipt_content
from lienthong.work.dossiers.actions.step import Step, begin_step
from lienthong.work.dossiers.actions.waiting import receive_supplement, settle_payment
from lienthong.work.dossiers.enums import Channel, DossierState
from lienthong.work.dossiers.rules import charges_for
from lienthong.work.dossiers.values import Intake

if TYPE_CHECKING:
    from lienthong.work.dossiers.models import Dossier

# What a payment's own key is drawn from, so that one reference is one payment, whatever key it comes with.
PAYMENTS = UUID("5f0c8a3e-6f0e-4b0a-9a52-0a1f3b7f5d11")


@transaction.atomic
def accept_dossier(*, actor: Actor, dossier_id: int, key: UUID, version: int | None = None) -> int:
    """Take an online dossier in at the counter (mẫu 01): its charges and the receipt; returns the form's id.

    Number, unit, holder and due date stand since it was lodged; the clock has been running from then.
    """
    step, former = begin_step(actor=actor, verb="receive", dossier_id=dossier_id, key=key, version=version)
    if step is None:
        return int(former)
    due = _charge(step)
    step.move()
    form_id = _receipt(step, due)
    case = step.case
    step.end(
        "dossier.received",
        data={
            "channel": str(Channel(step.dossier.channel).label),
            "due": format_moment(case.promised_at),
            "procedure": step.dossier.terms["procedure_code"],
            "responsible_unit_id": case.responsible_unit_id,
        },
        result=form_id,
    )
    return form_id


@transaction.atomic
def supplement_online(
    *, actor: Actor, dossier_id: int, key: UUID, note: str, files: Sequence[LinkedFile] = ()
) -> int:
    """The applicant answers a request for what lacks, with files that are fetched from their links."""
    body = {"dossier": dossier_id, "note": note, "files": [asdict(file) for file in files]}
    former = begin_command(key, "dossier.supplement_online", body, actor)
    if former is not None:
        return int(former)
    receive_supplement(actor=actor, dossier_id=dossier_id, key=uuid5(key, "supplement"), note=note)
    if files:
        party_id = find_dossier(actor, dossier_id).applicant_id
        order_files(actor=actor, case_id=dossier_id, party_id=party_id, files=files)
    finish_command(key, actor, dossier_id)
    return dossier_id


@transaction.atomic
def attach_online(*, actor: Actor, dossier_id: int, key: UUID, paper: str, upload: Upload, name: str) -> int:
    """The applicant sends a file; returns the attachment's id. Raises Refused as `attach_file` does, NotFound.

    What has ended keeps the papers on which it was decided; only a file sent before is answered again.
    """
    dossier = lock_dossier(actor, dossier_id)
    if dossier.case.closed_at is not None and not was_done(key, actor):
        raise Refused(
            code="lifecycle.state", sentence="Hồ sơ đã kết thúc nên không nhận thêm tệp. Hãy nộp hồ sơ mới."
        )
    party_id = dossier.applicant_id
    return attach_file(
        actor=actor, key=key, case_id=dossier_id, party_id=party_id, paper=paper, upload=upload, name=name
    )


@transaction.atomic
def notify_payment(
    *, actor: Actor, dossier_id: int, key: UUID, reference: str, amount: int
) -> dict[str, Any]:
    """The portal says that the applicant has paid: a receipt, and the clock runs on where it waited for that.

    `reference` is the payment's own number at the portal: told twice, it is one payment. Raises Refused as
    `take_payment` does (nothing due, too much, the day is closed), NotFound.
    """
    body = {"dossier": dossier_id, "reference": reference, "amount": amount}
    former = begin_command(key, "dossier.notify_payment", body, actor)
    if former is not None:
        return dict(former)
    payment = uuid5(PAYMENTS, f"{actor.account_id}:{reference}")
    former = begin_command(payment, "dossier.notify_payment", body, actor)
    if former is not None:
        finish_command(key, actor, former)
        return dict(former)
    dossier = lock_dossier(actor, dossier_id)
    paid = _take(actor, dossier, payment, reference, amount)
    if dossier.case.state == DossierState.PAYMENT_REQUESTED and dues_of(dossier_id).open <= 0:
        settle_payment(actor=actor, dossier_id=dossier_id, key=uuid5(payment, "settle"))
    finish_command(key, actor, paid)
    finish_command(payment, actor, paid)
    return paid


def _take(actor: Actor, dossier: "Dossier", payment: UUID, reference: str, amount: int) -> dict[str, Any]:
    at = now()
    receipt = take_payment(
        actor=actor,
        key=uuid5(payment, "receipt"),
        case_id=dossier.pk,
        amount=amount,
        method=PaymentMethod.TRANSFER,
        at=at,
    )
    record(
        "dossier.payment_notified",
        subject=Subject("dossier", dossier.pk, dossier.pk),
        actor=actor,
        at=at,
        data={
            "state": dossier.case.state,
            "amount": format_dong(amount),
            "reference": reference,
            "number": receipt.number,
        },
    )
    return {"receipt_number": receipt.number}


def _charge(step: Step) -> int:
    """Write down what the dossier owes by its procedure's rules; returns the sum."""
    charges = _charges(step.dossier)
    if charges:
        add_charges(
            actor=step.actor,
            case_id=step.case.pk,
            unit_id=step.actor.unit_id or step.case.receiving_unit_id,
            charges=charges,
            at=step.at,
        )
    return sum(charge.amount or 0 for charge in charges)


def _charges(dossier: "Dossier") -> list[NewCharge]:
    terms = Terms.from_json(dossier.terms)
    lodged = Intake(
        procedure_code=terms.procedure_code,
        applicant=PartyDraft(dossier.case.subject_name),
        channel=dossier.channel,
        quantity=_quantity(dossier),
    )
    return charges_for(terms.fees or (), lodged)


def _quantity(dossier: "Dossier") -> int:
    """How many copies the applicant asked for."""
    return int(dossier.particulars.get("quantity", 1))


def _receipt(step: Step, due: int) -> int:
    unit_id = step.actor.unit_id or step.case.receiving_unit_id
    unit = unit_by_id(unit_id, step.at.date())
    content = receipt_content(step.dossier, unit, step.actor, due, _quantity(step.dossier))
    return step.issue(FormKind.INTAKE_RECEIPT, content, unit_id=unit.id)

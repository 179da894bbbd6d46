"""The apology with a new date, and the correction of typing errors: what was stays readable."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lienthong.core.numbering.actions import issue_number
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.facilities.casework.actions.clock import extend_clock
from lienthong.facilities.casework.actions.opening import rename_subject
from lienthong.facilities.casework.queries import calendar_of
from lienthong.facilities.documents.enums import FormKind
from lienthong.lib.calendar import LimitUnit
from lienthong.lib.dates import format_moment
from lienthong.mandate.competence.enums import DelegableAct
from lienthong.mandate.competence.values import Warrant
from lienthong.people.identity.enums import Duty
from lienthong.people.organisation.queries import unit_by_id
from lienthong.people.parties.actions import replace_detail
from lienthong.work.dossiers.actions.papers import apology_content, for_whom
from lienthong.work.dossiers.actions.step import Step, begin_step
from lienthong.work.dossiers.models import Correction, ExtensionLetter
from lienthong.work.dossiers.rules import CORRECTABLE, why_not_correct, why_not_extend, why_not_promise

SERIES = "apology_letter"
# What was typed of the person at intake, and its name in people/parties.
PARTY_FIELDS = {"subject_name": "name", "address": "address", "phone": "phone", "email": "email"}


@transaction.atomic
def extend_dossier(
    *, actor: Actor, dossier_id: int, key: UUID, days: int, cause: str, version: int | None = None
) -> int:
    """Apologise and promise a new date (mẫu 04), numbered per unit and year; returns the form's id.

    For a matter that is overdue or foreseeably late. The first promise is kept beside the new date.
    """
    body = {"days": days, "cause": cause}
    step, former = begin_step(
        actor=actor,
        verb="extend",
        dossier_id=dossier_id,
        key=key,
        body=body,
        version=version,
        lifecycle=False,
    )
    if step is None:
        return int(former)
    promised = _promised(step, days, cause)
    # The head of the department that answers for the matter writes by the duty of the post; a leader by a warrant.
    warrant = step.warrant(DelegableAct.SIGN) if actor.may(Duty.APPROVAL) else None
    letter = _letter(step, promised, days, cause)
    form_id = _issue(step, letter, warrant)
    step.move(step.case.state)
    step.end(
        "dossier.extended",
        data={
            "sequence": letter.sequence,
            "number": letter.number,
            "due": format_moment(letter.new_due_at),
            **(warrant.journalled() if warrant else {}),
        },
        particulars={"cause": cause},
        result=form_id,
    )
    return form_id


def _promised(step: Step, days: int, cause: str) -> datetime:
    """The date that is to be moved. Raises Refused: ended, paused, no cause, or a new date in the past."""
    case = step.case
    refusal = why_not_extend(
        days=days, paused=case.due_at is None, closed=case.closed_at is not None, cause=cause
    )
    if refusal is None and case.due_at is not None:
        refusal = why_not_promise(case.due_at, step.at, days, calendar_of(case.place, case.cutoff))
        if refusal is None:
            return case.due_at
    raise Refused.because(refusal, status=422) if refusal else ValueError("neither due nor paused")


def _letter(step: Step, old_due: datetime, days: int, cause: str) -> ExtensionLetter:
    """Number the letter and write the extension into the clock's ledger."""
    case, at = step.case, step.at
    number = f"{issue_number(case.responsible_unit_id, SERIES, f'{at:%Y}'):02d}/XL-TTPVHCC"
    new_due = extend_clock(
        case,
        actor=step.actor,
        at=at,
        amount=days,
        unit=LimitUnit.WORKING_DAY.value,
        document=number,
        reason=cause,
    )
    return ExtensionLetter.objects.create(
        dossier=step.dossier,
        sequence=case.extensions,
        number=number,
        cause=cause,
        old_due_at=old_due,
        new_due_at=new_due,
        post_id=step.actor.acting_post,
        issued_at=at,
    )


def _issue(step: Step, letter: ExtensionLetter, warrant: Warrant | None) -> int:
    unit = unit_by_id(step.case.responsible_unit_id, step.at.date())
    content = apology_content(
        step.dossier,
        unit,
        step.actor,
        number=letter.number,
        cause=letter.cause,
        old_due=letter.old_due_at,
        new_due=letter.new_due_at,
        at=step.at,
        on_behalf=for_whom(warrant, unit.id, step.at) if warrant else None,
    )
    return step.issue(FormKind.APOLOGY_LETTER, content, unit_id=unit.id, number=letter.number)


@transaction.atomic
def correct_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    key: UUID,
    name: str,
    value: str,
    reason: str,
    version: int | None = None,
) -> int:
    """Correct a typing error of the intake; the old value is kept in its own row and never in the journal."""
    body = {"name": name, "value": value, "reason": reason}
    step, former = begin_step(
        actor=actor,
        verb="correct",
        dossier_id=dossier_id,
        key=key,
        body=body,
        version=version,
        lifecycle=False,
    )
    if step is None:
        return int(former)
    refusal = why_not_correct(name, reason)
    if refusal:
        raise Refused.because(refusal, status=422)
    Correction.objects.create(
        dossier=step.dossier,
        name=name,
        old=_replace(step, name, value),
        new=value,
        reason=reason,
        post_id=actor.acting_post,
        corrected_at=step.at,
    )
    step.move(step.case.state)
    step.end("dossier.corrected", data={"field": str(CORRECTABLE[name])}, particulars={"reason": reason})
    return dossier_id


def _replace(step: Step, name: str, value: str) -> str:
    """Set the value, at the party too where it is theirs; returns what stood there."""
    if name in PARTY_FIELDS:
        replace_detail(
            actor=step.actor, party_id=step.dossier.applicant_id, name=PARTY_FIELDS[name], value=value
        )
    if name == "subject_name":
        return rename_subject(step.case, value)
    if name == "note":
        old = step.dossier.note
        step.note(note=value)
        return old
    particulars = dict(step.dossier.particulars)
    contact = dict(particulars.get("contact", {}))
    old = str(contact.get(name, ""))
    contact[name] = value
    step.note(particulars={**particulars, "contact": contact})
    return old

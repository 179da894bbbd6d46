"""Who sits in a post: appointing, ending, standing in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.people.organisation.actions.overlaps import refusing_overlaps
from lienthong.people.organisation.models import Absence, Appointment
from lienthong.people.organisation.rules import (
    OWN_SUBSTITUTE,
    why_not_away_so_long,
    why_not_end,
    why_not_last,
    why_not_note,
    why_not_return,
)
from lienthong.people.organisation.values import AppointmentDraft


@transaction.atomic
def appoint(
    *,
    actor: Actor,
    post_id: int,
    person_id: int,
    starts_on: date,
    ends_on: date | None = None,
    instrument_text: str = "",
    at: datetime | None = None,
) -> int:
    """Put a person into a post from a day (up to, not including, `ends_on`). Refused where it is held."""
    _stop(why_not_last(starts_on, ends_on))
    with refusing_overlaps():
        row = Appointment.objects.create(
            post_id=post_id,
            person_id=person_id,
            valid_during=DateRange(starts_on, ends_on),
            instrument_text=instrument_text,
        )
    end_inherited(actor=actor, successors={post_id: starts_on}, at=at)
    record(
        "organisation.appointed",
        subject=Subject("post", post_id),
        actor=actor,
        at=at or now(),
        data={"appointment": row.pk, "person": person_id, "starts_on": f"{starts_on:%d/%m/%Y}"},
    )
    return row.pk


@transaction.atomic
def appoint_all(
    *,
    actor: Actor,
    unit_id: int,
    appointments: Sequence[AppointmentDraft],
    instrument_text: str = "",
    at: datetime | None = None,
) -> list[int]:
    """Put persons into posts of one unit in one act (a batch of decisions of one day).

    Posts that were held before need `end_inherited` too.
    """
    for draft in appointments:
        _stop(why_not_last(draft.starts_on, draft.ends_on))
    rows = [
        Appointment(
            post_id=draft.post_id,
            person_id=draft.person_id,
            valid_during=DateRange(draft.starts_on, draft.ends_on),
            instrument_text=draft.instrument_text or instrument_text,
        )
        for draft in appointments
    ]
    with refusing_overlaps():
        Appointment.objects.bulk_create(rows)
    first = min((draft.starts_on for draft in appointments), default=None)
    record(
        "organisation.staffed",
        subject=Subject("unit", unit_id),
        actor=actor,
        at=at or now(),
        data={
            "count": len(rows),
            "starts_on": f"{first:%d/%m/%Y}" if first else "",
            "appointments": [row.pk for row in rows],
        },
    )
    return [row.pk for row in rows]


@transaction.atomic
def end_appointment(*, actor: Actor, appointment_id: int, ends_on: date, at: datetime | None = None) -> None:
    """End an appointment: from `ends_on` on the person no longer holds the post."""
    row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
    if row is None:
        raise NotFound
    during = row.valid_during
    _stop(why_not_end(during.lower, during.upper, ends_on))
    row.valid_during = DateRange(during.lower, ends_on)
    row.save(update_fields=["valid_during"])
    record(
        "organisation.appointment_ended",
        subject=Subject("post", row.post_id),
        actor=actor,
        at=at or now(),
        data={"appointment": row.pk, "ends_on": f"{ends_on:%d/%m/%Y}"},
    )


@transaction.atomic
def record_absence(
    *,
    actor: Actor,
    post_id: int,
    starts_on: date,
    ends_on: date,
    substitute_id: int | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> int:
    """Note that a post's holder is away up to, not including, `ends_on`, and who stands in (None: nobody).

    Refused where the substitute is the holder. The reason stays in this room: it may be personal.
    """
    _stop(why_not_last(starts_on, ends_on))
    holding = Appointment.objects.filter(post_id=post_id, valid_during__contains=starts_on)
    if substitute_id and holding.filter(person_id=substitute_id).exists():
        raise Refused.because(OWN_SUBSTITUTE)
    during = DateRange(starts_on, ends_on)
    coming = Appointment.objects.filter(post_id=post_id, valid_during__overlap=during)
    _stop(why_not_away_so_long(max((row.valid_during.lower for row in coming), default=starts_on), starts_on))
    with refusing_overlaps():
        row = Absence.objects.create(
            post_id=post_id,
            substitute_id=substitute_id,
            valid_during=during,
            reason=reason,
        )
    data = {"absence": row.pk, "substitute": substitute_id, "starts_on": f"{starts_on:%d/%m/%Y}"}
    data["last_day"] = f"{ends_on - timedelta(days=1):%d/%m/%Y}"
    subject = Subject("post", post_id)
    record("organisation.absence_recorded", subject=subject, actor=actor, at=at or now(), data=data)
    return row.pk


@transaction.atomic
def end_absence(*, actor: Actor, absence_id: int, ends_on: date, at: datetime | None = None) -> None:
    """The holder is back on `ends_on`: from that day on the substitute no longer stands in."""
    row = Absence.objects.select_for_update().filter(pk=absence_id).first()
    if row is None:
        raise NotFound
    _stop(why_not_return(row.valid_during.lower, row.valid_during.upper, ends_on))
    row.valid_during = DateRange(row.valid_during.lower, ends_on)
    row.save(update_fields=["valid_during"])
    subject, data = Subject("post", row.post_id), {"absence": row.pk, "ends_on": f"{ends_on:%d/%m/%Y}"}
    record("organisation.absence_ended", subject=subject, actor=actor, at=at or now(), data=data)


@transaction.atomic
def end_inherited(*, actor: Actor, successors: Mapping[int, date], at: datetime | None = None) -> None:
    """An absence is its holder's: from the day a successor (post -> day) begins, nobody stands in any more."""
    rows = Absence.objects.select_for_update().filter(post_id__in=successors, valid_during__isempty=False)
    for row in rows.order_by("pk"):
        day, during = successors[row.post_id], row.valid_during
        if during.upper <= day:
            continue
        row.valid_during = DateRange(during.lower, day) if during.lower < day else DateRange(empty=True)
        row.save(update_fields=["valid_during"])
        subject, data = Subject("post", row.post_id), {"absence": row.pk, "ends_on": f"{day:%d/%m/%Y}"}
        record("organisation.absence_ended", subject=subject, actor=actor, at=at or now(), data=data)


@transaction.atomic
def note_decision(
    *, actor: Actor, appointment_id: int, instrument_text: str, at: datetime | None = None
) -> None:
    """Write down the decision of an appointment for which none was noted."""
    row = Appointment.objects.select_for_update().filter(pk=appointment_id).first()
    if row is None:
        raise NotFound
    _stop(why_not_note(row.instrument_text, instrument_text))
    row.instrument_text = instrument_text
    row.save(update_fields=["instrument_text"])
    subject, data = Subject("post", row.post_id), {"appointment": row.pk, "decision": instrument_text}
    record("organisation.decision_noted", subject=subject, actor=actor, at=at or now(), data=data)


def _stop(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused.because(refusal)

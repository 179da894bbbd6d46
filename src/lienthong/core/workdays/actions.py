"""Entering notices and office hours; the simulator's clock."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import Refused
from lienthong.core.scope.values import Actor
from lienthong.core.workdays import queries, rules
from lienthong.core.workdays.enums import DayKind
from lienthong.core.workdays.models import DayNotice, OfficeHours

SEEDS = Path(__file__).parent / "seeds"


@contextmanager
def acting_at(moment: datetime) -> Iterator[None]:
    """Let acts inside take this moment as their `now`. Raises RuntimeError outside a demonstration."""
    if moment.utcoffset() is None:
        raise ValueError("a moment needs its zone")
    if not queries.is_demonstration():
        raise RuntimeError("only a database marked as demonstration lets the clock be set")
    former = queries.ACTING.set(moment)
    try:
        yield
    finally:
        queries.ACTING.reset(former)


@transaction.atomic
def record_day_notice(
    *,
    actor: Actor,
    key: UUID,
    day: date,
    kind: DayKind | None,
    name: str,
    source: str,
    confidence: str,
    place: str = "",
    own_place: str = "",
    at: datetime | None = None,
) -> int:
    """Say that a day is off or worked, by which notice; None takes an earlier notice back. Returns its id.

    `place`: the unit (its code) for which it holds, "" for every unit; `own_place`: the actor's own unit.
    """
    at = at or queries.now()
    body = {"day": day, "kind": kind, "name": name, "source": source, "confidence": confidence}
    body |= {"place": place} if place else {}
    former = begin_command(key, "workdays.day_noticed", body, actor)
    if former is not None:
        return int(former)
    refusal = rules.why_not_change_days(actor, place, own_place) or rules.why_not_notice(name, source)
    if refusal:
        raise Refused.because(refusal)
    notice = DayNotice.objects.create(**body, entered_by=actor.account_id)
    record(
        "workdays.day_noticed",
        subject=Subject("day_notice", notice.pk),
        actor=actor,
        at=at,
        data={"day": day.isoformat(), "kind": kind, "source": source, "place": place},
    )
    finish_command(key, actor, notice.pk)
    _forget()
    return notice.pk


@transaction.atomic
def set_office_hours(
    *,
    actor: Actor,
    key: UUID,
    place: str,
    hours: rules.Hours,
    cutoff: str,
    valid_from: date,
    source: str,
    confidence: str,
    own_place: str = "",
    at: datetime | None = None,
) -> int:
    """Set a place's hours from a day on; the former ones end the day before. `own_place`: the actor's unit."""
    at = at or queries.now()
    body = {"place": place, "hours": [list(period) for period in hours], "cutoff": cutoff, "source": source}
    told = {**body, "from": valid_from, "confidence": confidence}
    former = begin_command(key, "workdays.hours_set", told, actor)
    if former is not None:
        return int(former)
    refusal = rules.why_not_change_days(actor, place, own_place)
    refusal = refusal or rules.why_not_notice(place or "*", source) or rules.why_not_hours(hours, cutoff)
    if refusal:
        raise Refused.because(refusal)
    _end_hours(place, valid_from)
    row = OfficeHours.objects.create(**body, valid_during=DateRange(valid_from, None), confidence=confidence)
    record(
        "workdays.hours_set",
        subject=Subject("office_hours", row.pk),
        actor=actor,
        at=at,
        data={"place": place, "valid_from": valid_from.isoformat(), "hours": body["hours"], "cutoff": cutoff},
    )
    finish_command(key, actor, row.pk)
    _forget()
    return row.pk


def load_seeds() -> dict[str, int]:
    """Load the notices that the holidays library misses. Idempotent; returns how many rows are new."""
    with (SEEDS / "days.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = set(DayNotice.objects.values_list("day", "kind", "source"))
    new = [
        DayNotice(
            day=date.fromisoformat(row["date"]),
            kind=row["kind"],
            name=row["name"],
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in rows
        if (date.fromisoformat(row["date"]), row["kind"], row["source"]) not in known
    ]
    DayNotice.objects.bulk_create(new)
    _forget()
    return {"day_notices": len(new)}


def _end_hours(place: str, on: date) -> None:
    """Hours in force end on the day the new ones begin; later ones become empty: kept, never in force."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workdays_officehours"
            " SET valid_during = daterange(lower(valid_during), greatest(lower(valid_during), %(on)s))"
            " WHERE place = %(place)s AND (upper_inf(valid_during) OR upper(valid_during) > %(on)s)",
            {"on": on, "place": place},
        )


def _forget() -> None:
    """Now, so that this transaction sees its own change, and again when others can see it."""
    queries.forget()
    transaction.on_commit(queries.forget)

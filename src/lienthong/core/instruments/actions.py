"""Loading the legal basis; registering an instrument that a source names."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.text import slugify

from lienthong.core.instruments.enums import Confidence, InstrumentKind, LinkKind
from lienthong.core.instruments.models import Instrument, InstrumentLink
from lienthong.core.instruments.rules import why_not_end, why_not_link
from lienthong.core.journal.actions import begin_command, finish_command, record
from lienthong.core.journal.values import Subject
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import Actor
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.text import fold

SEEDS = Path(__file__).parent / "seeds"


@transaction.atomic
def load_seeds() -> dict[str, int]:
    """Load the founding instruments and the decisions that promulgate procedures. Idempotent; new rows."""
    known = set(Instrument.objects.values_list("slug", flat=True))
    new = [row for row in _seeded() if row.slug not in known]
    Instrument.objects.bulk_create(new)
    return {"instruments": len(new), "instrument_links": _load_links()}


@transaction.atomic
def link_instruments(
    *,
    actor: Actor,
    key: UUID,
    newer_id: int,
    older_id: int,
    kind: str,
    since: date | None,
    confidence: str,
    source_note: str = "",
    at: datetime | None = None,
) -> int:
    """State that an instrument amends, replaces or extends another (`since` None: not stated). Returns its id.

    It changes no validity: an end is stated by `set_instrument_end`.
    """
    body = {"newer": newer_id, "older": older_id, "kind": kind, "since": since, "confidence": confidence}
    former = begin_command(key, "instruments.linked", {**body, "note": source_note}, actor)
    if former is not None:
        return int(former)
    numbers = dict(Instrument.objects.filter(pk__in=[newer_id, older_id]).values_list("pk", "number"))
    if not {newer_id, older_id} <= set(numbers):
        raise NotFound
    stands = InstrumentLink.objects.filter(newer_id=newer_id, older_id=older_id, kind=kind).exists()
    may = actor.reach == "system" or actor.may("city")
    if refusal := why_not_link(may, kind, confidence, newer_id != older_id, stands):
        raise Refused.because(refusal)
    row = InstrumentLink.objects.create(
        newer_id=newer_id,
        older_id=older_id,
        kind=kind,
        since=since,
        confidence=confidence,
        source_note=source_note,
    )
    told = {"number": numbers[newer_id], "relation": str(LinkKind(kind).label), "older": numbers[older_id]}
    subject, moment = Subject("instrument", older_id), at or timezone.now()
    record("instruments.linked", subject=subject, actor=actor, at=moment, data=told)
    finish_command(key, actor, row.pk)
    return row.pk


@transaction.atomic
def register_decisions(
    *, actor: Actor, numbers: Iterable[str], source_note: str, at: datetime
) -> dict[str, int]:
    """The ids of promulgating decisions by number; those not yet known are registered by number alone.

    A source that states only a number gives only a number: title and validity stay "not stated".
    """
    wanted = dict.fromkeys(number for number in numbers if number)
    known = dict(Instrument.objects.filter(number__in=wanted).order_by("-pk").values_list("number", "pk"))
    slugs = set(Instrument.objects.values_list("slug", flat=True))
    made = Instrument.objects.bulk_create(
        Instrument(
            slug=_free_slug(number, slugs),
            number=number,
            title="",
            kind=InstrumentKind.DECISION,
            confidence=Confidence.VERIFIED,
            source_note=source_note,
        )
        for number in wanted
        if number not in known
    )
    for row in made:
        record(
            "instruments.registered",
            subject=Subject("instrument", row.pk),
            actor=actor,
            at=at,
            data={"number": row.number, "source": source_note},
        )
    return known | {row.number: row.pk for row in made}


@transaction.atomic
def set_instrument_end(
    *,
    actor: Actor,
    key: UUID,
    instrument_id: int,
    ends_on: date | None,
    by_number: str,
    at: datetime | None = None,
) -> None:
    """State from which day an instrument is no longer in force (None: no end), and by which paper.

    Whatever rests on it holds no longer than it does. A day that has passed is allowed, and flagged.
    """
    body = {"instrument": instrument_id, "ends_on": ends_on, "by": by_number}
    if begin_command(key, "instruments.end_set", body, actor) is not None:
        return
    row = Instrument.objects.select_for_update().filter(pk=instrument_id).first()
    if row is None:
        raise NotFound
    start, former = (row.valid_during.lower, row.valid_during.upper) if row.valid_during else (None, None)
    if refusal := why_not_end(actor.reach == "system" or actor.may("city"), start, ends_on, by_number):
        raise Refused.because(refusal)
    row.valid_during = DateRange(start, ends_on) if start or ends_on else None
    row.save(update_fields=["valid_during"])
    told = {"number": row.number, "ends_on": str(ends_on or ""), "former": str(former or ""), "by": by_number}
    moment = (at or timezone.now()).astimezone(VIETNAM)
    if ends_on is not None and ends_on < moment.date():
        told["backdated"] = "yes"
    subject, verb = Subject("instrument", row.pk), "end_set" if ends_on else "end_lifted"
    record(f"instruments.{verb}", subject=subject, actor=actor, at=moment, data=told)
    finish_command(key, actor, row.pk)


def _seeded() -> Iterator[Instrument]:
    for name in ("instruments.csv", "promulgations.csv"):
        with (SEEDS / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield Instrument(
                    slug=row["id"],
                    number=row["number"],
                    title=row["title"],
                    kind=row["kind"],
                    issued_on=_day(row.get("issued_on")),
                    valid_during=_validity(row),
                    confidence=row["confidence"],
                    source_note=row["source_note"],
                )


def _load_links() -> int:
    """What the sources say of one instrument and another; what is there stays."""
    ids = dict(Instrument.objects.values_list("slug", "pk"))
    known = set(InstrumentLink.objects.values_list("newer_id", "older_id", "kind"))
    with (SEEDS / "links.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            InstrumentLink(
                newer_id=ids[row["newer"]],
                older_id=ids[row["older"]],
                kind=row["kind"],
                since=_day(row["since"]),
                confidence=row["confidence"],
                source_note=row["source_note"],
            )
            for row in csv.DictReader(file)
        ]
    new = [row for row in rows if (row.newer_id, row.older_id, row.kind) not in known]
    InstrumentLink.objects.bulk_create(new)
    return len(new)


def _validity(row: dict[str, str]) -> DateRange | None:
    """`in_force_to` is the first day on which it is no longer in force."""
    start, end = _day(row.get("in_force_from")), _day(row.get("in_force_to"))
    if start is None and end is None:
        return None
    return DateRange(start, end)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _free_slug(number: str, taken: set[str]) -> str:
    """A slug of the number; where another number has it, with a running number behind."""
    stem = slugify(fold(number).replace("/", "-"))[:70] or "van-ban"
    slug, count = stem, 1
    while slug in taken:
        count += 1
        slug = f"{stem}-{count}"
    taken.add(slug)
    return slug

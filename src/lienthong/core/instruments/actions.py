"""Loading the legal basis; registering an instrument that a source names."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify

from lienthong.core.instruments.enums import Confidence, InstrumentKind
from lienthong.core.instruments.models import Instrument
from lienthong.core.journal.actions import record
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor
from lienthong.lib.text import fold

SEEDS = Path(__file__).parent / "seeds"


@transaction.atomic
def load_seeds() -> dict[str, int]:
    """Load the founding instruments and the decisions that promulgate procedures. Idempotent; new rows."""
    known = set(Instrument.objects.values_list("slug", flat=True))
    new = [row for row in _seeded() if row.slug not in known]
    Instrument.objects.bulk_create(new)
    return {"instruments": len(new)}


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

"""Loading the seeded catalogue: real procedures, each with its source; nothing is filled in."""

import csv
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.instruments.queries import ids_by_slug, numbers_by_slug
from lienthong.mandate.procedures.actions.add_versions import add_versions
from lienthong.mandate.procedures.models import Procedure, ProcedureVersion
from lienthong.mandate.procedures.values import FeeRule, Limit

Row = dict[str, Any]

SEEDS = Path(__file__).parents[1] / "seeds"
UNITS = {"hour": "calendar_hour", "same_day": "working_day", "not_stated": ""}
YES_NO = {"yes": True, "no": False, "": None}


@transaction.atomic
def load_seeds() -> dict[str, int]:
    """Load the procedures that are not there yet. Idempotent; returns how many are new."""
    instruments = ids_by_slug()
    known = set(Procedure.objects.values_list("code", flat=True))
    limits, fees = _limits(), _fees()
    new = [
        (row["code"], _version(row, limits[row["code"]], fees[row["code"]], instruments))
        for row in read_seed("procedures")
        if row["code"] not in known
    ]
    add_versions(new)
    return {"procedures": len(new)}


def read_seed(name: str) -> list[dict[str, str]]:
    """The rows of one seed file of this room."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _version(
    row: dict[str, str], limits: list[Row], fees: list[Row], instruments: dict[str, int]
) -> ProcedureVersion:
    """A seeded version is open on both sides: the source states no day on which it began."""
    return ProcedureVersion(
        valid_during=DateRange(None, None),
        name=row["name"],
        field=row["field"],
        level=row["level"],
        executing_body=row["body"],
        executing_text=row["executing_text"],
        channels=[channel for channel in row["channels"].split("|") if channel],
        subjects="; ".join(row["subjects"].split("|")),
        result=row["result"],
        online_level=row["online_level"],
        at_once=YES_NO[row["at_once"]],
        boundary_free=YES_NO[row["boundary_free"]],
        boundary_note=row["boundary_note"],
        time_limits=limits or None,
        fees=fees or None,
        decision_id=instruments[row["decision"]] if row["decision"] else None,
        source_url=row["source_url"],
        source_note=row["source_note"],
    )


def _limits() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    numbers = numbers_by_slug()
    for row in read_seed("time_limits"):
        source = " ".join(part for part in (numbers.get(row["instrument"], ""), row["article"]) if part)
        amount = 0 if row["unit"] == "same_day" else int(row["amount"]) if row["amount"] else None
        for channel in row["channels"].split("|"):
            limit = Limit(
                amount=amount,
                unit=UNITS.get(row["unit"], row["unit"]),
                text=row["text"],
                case=row["description"] or row["note"],
                channel=channel,
                citation=source,
                confidence=row["confidence"],
                cutoff=row["cutoff"],
            )
            found[row["code"]].append(asdict(limit))
    return found


def _fees() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in read_seed("fees"):
        if row["at_commune"] != "1":
            continue
        for channel in row["channels"].split("|"):
            fee = FeeRule(
                amount=_number(row["amount"]),
                per=row["per"],
                label="Phí, lệ phí",
                text=row["text"],
                confidence=row["confidence"],
                channel=channel,
                case=row["description"],
                tier_from=_number(row["tier_from"]),
                tier_amount=_number(row["tier_amount"]),
                max_amount=_number(row["max_amount"]),
                doubt=row["doubt"],
            )
            found[row["code"]].append(asdict(fee))
    return found


def _number(text: str) -> int | None:
    return int(text) if text else None

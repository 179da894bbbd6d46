"""Loading what the law says of certification: acts, tariff, originals that may not be copied, retention."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from lienthong.core.instruments.queries import ids_by_slug
from lienthong.work.certification.models import ActRule, FeeRate, RefusedOriginal, RetentionRule

SEEDS = Path(__file__).parents[1] / "seeds"
# The sources state no day from which these hold.
NOT_STATED = DateRange(None, None)


@transaction.atomic
def load_seeds() -> dict[str, int]:
    """Load what no row says yet; what an office corrected stays. Idempotent; the new rows."""
    return {
        "việc chứng thực": _load(ActRule, "task_code", _acts()),
        "mức thu": _load(FeeRate, "task_code", _rates()),
        "bản chính không được chứng thực": _load(RefusedOriginal, "code", _bans()),
        "thời hạn lưu": _load(RetentionRule, "subject", _retention()),
    }


def _load(model: type[Model], name: str, rows: Iterator[dict[str, Any]]) -> int:
    manager: Any = model._default_manager
    known = set(manager.values_list(name, flat=True))
    return len(manager.bulk_create(model(**row) for row in rows if row[name] not in known))


def _acts() -> Iterator[dict[str, Any]]:
    for row in _read("acts.csv"):
        row["extension_days"] = _number(row["extension_days"])
        yield {**row, "valid_during": NOT_STATED}


def _rates() -> Iterator[dict[str, Any]]:
    for row in _read("tariff.csv"):
        counts = {name: _number(row[name]) for name in ("amount", "tier_from", "tier_amount", "most")}
        yield {**row, **counts, "valid_during": NOT_STATED}


def _bans() -> Iterator[dict[str, Any]]:
    for row in _read("refused_originals.csv"):
        yield {**row, "valid_during": NOT_STATED}


def _retention() -> Iterator[dict[str, Any]]:
    for row in _read("retention.csv"):
        yield {**row, "is_kept": row["is_kept"] == "yes", "years": _number(row["years"])}


def _read(name: str) -> Iterator[dict[str, Any]]:
    instruments = ids_by_slug()
    with (SEEDS / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            instrument = instruments[row.pop("instrument")]
            yield {**row, "instrument_id": instrument}


def _number(text: str) -> int | None:
    return int(text) if text else None

"""Rows that a database handed over as JSON, as plain values again."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast, get_args, get_type_hints

Record = TypeVar("Record")


def records(kind: type[Record], rows: Iterable[Mapping[str, Any]] | None) -> tuple[Record, ...]:
    """Each row as a dataclass; ISO texts become dates and moments where the dataclass says so."""
    moments = _moments(cast(Hashable, kind))
    return tuple(
        kind(**{name: _value(moments.get(name), kept) for name, kept in row.items()}) for row in rows or ()
    )


def names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a dataclass, in order: the columns to ask for."""
    return tuple(field.name for field in fields(kind))


@cache
def _moments(kind: Any) -> dict[str, Any]:
    """Which fields hold a date or a moment, optional ones too."""
    found = {name: [hint, *get_args(hint)] for name, hint in get_type_hints(kind).items()}
    return {
        name: datetime if datetime in hints else date
        for name, hints in found.items()
        if datetime in hints or date in hints
    }


def _value(kind: Any, kept: Any) -> Any:
    return kind.fromisoformat(kept) if kind and isinstance(kept, str) else kept

"""The rows of many acts of one kind, done together."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from lienthong.core.journal.actions.entries import recording
from lienthong.core.journal.values import Subject
from lienthong.core.scope.values import Actor


def record_all(
    verb: str, *, entries: Sequence[tuple[Subject, Mapping[str, Any]]], actor: Actor, at: datetime
) -> None:
    """As `record` for each (subject, data), in order, sent together. Raises as `record` does."""
    told = [recording(verb, subject=subject, actor=actor, at=at, data=data) for subject, data in entries]
    if not told:
        return
    parts = ", ".join(told[0][0])
    with connection.cursor() as cursor:
        cursor.executemany(f"WITH {parts} SELECT id FROM entry", [values for _parts, values in told])

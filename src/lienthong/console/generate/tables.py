"""Lines for COPY: a table, the columns that change, and the model's own defaults for the rest."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import NOT_PROVIDED, Field

NULL = r"\N"
_DAYS: dict[int, str] = {}
_MINUTES = tuple(f"{minute // 60:02d}:{minute % 60:02d}:00+07" for minute in range(24 * 60))


def escaped(text: str) -> str:
    """A text as COPY reads it."""
    return text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


def as_json(value: Any) -> str:
    """A value as a JSON text for COPY: what a JSON text escapes, it escapes with a backslash."""
    return json.dumps(value, ensure_ascii=False).replace("\\", r"\\")


def moment(value: datetime | None) -> str:
    """A moment of Vietnam's clock, in whole minutes, as COPY reads it."""
    if value is None:
        return NULL
    day = value.toordinal()
    if day not in _DAYS:
        _DAYS[day] = f"{value.date().isoformat()} "
    return _DAYS[day] + _MINUTES[value.hour * 60 + value.minute]


def plain(value: object) -> str:
    """Anything else as COPY reads it."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    return escaped(str(value))


class Table:
    """The lines of one table on their way. Columns that are not named take the model's default.

    What the database fills by itself (a key of its own, recorded_at, xid) is left to it.
    """

    def __init__(self, label: str, *names: str) -> None:
        model = apps.get_model(label)
        own = {column.column: column for column in model._meta.concrete_fields}
        if unknown := set(names) - set(own):
            raise LookupError(f"{label} has no {', '.join(sorted(unknown))}")
        rest = [column for name, column in own.items() if name not in names and not _by_itself(column)]
        self.name = model._meta.db_table
        self.columns = (*names, *(column.column for column in rest))
        self._tail = "".join(f"\t{_default(column)}" for column in rest) + "\n"
        self.lines: list[str] = []

    def add(self, *values: str) -> None:
        """One row, its values in the order of the names."""
        self.lines.append("\t".join(values) + self._tail)

    def send(self) -> int:
        """COPY what has been added, and begin anew; returns how many rows."""
        lines, self.lines = self.lines, []
        if lines:
            with connection.cursor() as cursor:
                names = ", ".join(f'"{name}"' for name in self.columns)
                with cursor.copy(f'COPY "{self.name}" ({names}) FROM STDIN') as copy:
                    for part in _parts(lines):
                        copy.write(part)
        return len(lines)


class Ids:
    """Keys of a table taken from its sequence in blocks, so that rows can name each other before they are sent."""

    def __init__(self, label: str) -> None:
        self.table = apps.get_model(label)._meta.db_table
        self._next = self._last = 0

    def reserve(self, count: int) -> None:
        """Take so many keys; two processes never get the same ones."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [self.table])
            (sequence,) = cursor.fetchone()
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [sequence])
            cursor.execute(
                "SELECT setval(%s::regclass, nextval(%s::regclass) + %s)", [sequence, sequence, count]
            )
            (last,) = cursor.fetchone()
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [sequence])
        self._next, self._last = last - count, last

    def take(self) -> int:
        """The next key."""
        if self._next >= self._last:
            raise RuntimeError(f"{self.table}: more keys are needed than were reserved")
        self._next += 1
        return self._next


@contextmanager
def without_indexes(names: Sequence[str], keep: Any) -> Iterator[None]:
    """Do without some secondary indexes, and build them anew at the end.

    `keep` is told the definitions beforehand (None afterwards), so that a run that was cut off can build them.
    """
    definitions = _definitions(names)
    keep(definitions)
    with connection.cursor() as cursor:
        for name in definitions:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    build(definitions)
    keep(None)


def build(definitions: dict[str, str]) -> None:
    """Build the indexes that are missing."""
    present = _definitions(list(definitions))
    with connection.cursor() as cursor:
        if connection.in_atomic_block:  # an index waits for no foreign key that is still to be checked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for name, definition in definitions.items():
            if name not in present:
                cursor.execute(definition)


def _definitions(names: Sequence[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname = ANY(%s)",
            [list(names)],
        )
        return dict(cursor.fetchall())


def _parts(lines: list[str], size: int = 4000) -> Iterator[str]:
    for start in range(0, len(lines), size):
        yield "".join(lines[start : start + size])


def _by_itself(column: "Field[Any, Any]") -> bool:
    return column.db_default is not NOT_PROVIDED or bool(getattr(column, "db_returning", False))


def _default(column: "Field[Any, Any]") -> str:
    value = column.get_default()
    return as_json(value) if column.get_internal_type() == "JSONField" and value is not None else plain(value)

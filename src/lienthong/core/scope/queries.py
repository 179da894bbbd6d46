"""Which cases are open to a unit; the hot statements' way to the database; what is remembered of the register."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.db.models import OuterRef, QuerySet

from lienthong.core.scope.models import Sight
from lienthong.core.scope.values import Register

_registers: dict[str, Register] = {}


def sights_of(unit_id: int, case: str = "pk") -> QuerySet[Sight]:
    """The unit's sights of the outer row's case, for `Exists`; `case`: the outer column with its id."""
    return Sight.objects.filter(case_id=OuterRef(case), unit_id=unit_id)


def ask(statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """One statement's rows; the server parses and plans it once a connection, not once a call.

    For the statements that every act runs. Values are bound by the server, so cast those whose type it cannot
    guess. Off by the setting PREPARE_STATEMENTS (a pooler between us and the server may not keep them), and
    while statements are counted.
    """
    if connection.queries_logged or not settings.PREPARE_STATEMENTS:
        with connection.cursor() as plain:
            plain.execute(statement, values)
            return list(plain.fetchall())
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchall()


def present_register() -> Register:
    """What this process remembers of the register. At most one statement.

    Only for acts that hand its version to the statement that writes, and for nothing that is merely shown.
    """
    name = str(connection.settings_dict["NAME"])
    found = _registers.get(name)
    if found is None:
        # The version first: what is read after it may be newer, and is then read again; never the reverse.
        rows = ask("SELECT version FROM scope_registerversion WHERE id = 1")
        found = _registers[name] = Register(rows[0][0] if rows else 0)
    return found


def forget_register() -> None:
    """The register has changed: what was remembered of it counts no longer."""
    _registers.pop(str(connection.settings_dict["NAME"]), None)

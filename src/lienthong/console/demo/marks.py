"""How far the demonstration has come: rows of scope_mark, written with the work that they speak of."""

import json
from typing import Any

from django.db import connection

DEMO, DONE, GROUND = "demo", "demo:done", "demo:ground"


def read(name: str) -> Any | None:
    """The mark's value; None where it is not set."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT value::text FROM scope_mark WHERE name = %s", [name])
        row = cursor.fetchone()
    return json.loads(row[0]) if row else None


def write(name: str, value: Any) -> None:
    """Set a mark, in the transaction under way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scope_mark (name, value) VALUES (%s, %s::jsonb)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, json.dumps(value)],
        )


def of_unit(code: str) -> str:
    """The mark that counts a unit's dossiers."""
    return f"demo:{code}"

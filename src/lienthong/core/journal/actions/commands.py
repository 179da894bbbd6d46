"""A command is done once, however often it is sent."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from lienthong.core.journal.values import KeyReused
from lienthong.core.scope.values import Actor
from lienthong.lib.canonical import digest


def begin_command(key: UUID, verb: str, body: Mapping[str, Any], actor: Actor) -> Any | None:
    """Take a command's key. None: go on; a value: it was done before, this is its first result.

    Raises KeyReused where the key came earlier with another verb or body. A second request with the same key
    waits here until the first one has ended. One statement (two on a repeat).
    """
    mark = digest({"verb": verb, "body": dict(body)})
    account = actor.account_id or 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_command (key, account_id, verb, digest) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (key, account_id) DO NOTHING RETURNING id",
            [key, account, verb, mark],
        )
        if cursor.fetchone():
            return None
        cursor.execute(
            "SELECT digest, result FROM journal_command WHERE key = %s AND account_id = %s", [key, account]
        )
        former, result = cursor.fetchone()
    if former != mark:
        raise KeyReused
    return json.loads(result) if isinstance(result, str) else result


def finish_command(key: UUID, actor: Actor, result: Any) -> None:
    """Keep the command's result for whoever sends it again. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_command SET result = %s::jsonb WHERE key = %s AND account_id = %s",
            [json.dumps(result), key, actor.account_id or 0],
        )

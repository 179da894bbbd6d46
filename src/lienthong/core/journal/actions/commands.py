"""A command is done once, however often it is sent."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.functional import Promise

from lienthong.core.journal.values import KeyReused
from lienthong.core.scope.queries import ask
from lienthong.core.scope.values import Actor
from lienthong.lib.text import nfc

_BEGIN = """
INSERT INTO journal_command (key, account_id, verb, digest) VALUES (%s, %s::bigint, %s, %s)
ON CONFLICT (key, account_id) DO NOTHING RETURNING id
"""
_FORMER = "SELECT digest, result FROM journal_command WHERE key = %s AND account_id = %s::bigint"


def begin_command(key: UUID, verb: str, body: Mapping[str, Any], actor: Actor) -> Any | None:
    """Take a command's key. None: go on; a value: it was done before, this is its first result.

    Raises KeyReused where the key came earlier with another verb or body. A second request with the same key
    waits here until the first one has ended. One statement (two on a repeat).
    """
    mark = mark_of(verb, body)
    if ask(_BEGIN, [key, actor.account_id or 0, verb, mark]):
        return None
    return former_result(key, mark, actor)


def former_result(key: UUID, mark: str, actor: Actor) -> Any | None:
    """The first result of a command that came before; None where it did not. One statement.

    Raises KeyReused where it came with another verb or body.
    """
    rows = ask(_FORMER, [key, actor.account_id or 0])
    if not rows:
        return None
    former, result = rows[0]
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


def mark_of(verb: str, body: Mapping[str, Any]) -> str:
    """What tells a command from another one with the same key: SHA-256 over its verb and body."""
    text = json.dumps([verb, dict(body)], ensure_ascii=False, sort_keys=True, default=_word)
    return sha256(nfc(text).encode(errors="surrogatepass")).hexdigest()


def _word(value: object) -> str:
    if isinstance(value, date | UUID | Decimal | Promise):
        return str(value)
    raise TypeError(f"a command's body cannot hold {type(value).__name__}")

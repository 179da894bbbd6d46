"""One row an act, with the act, in its transaction."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from lienthong.core.journal.events import check_event
from lienthong.core.journal.queries import remember_frozen
from lienthong.core.journal.rules import personal_keys
from lienthong.core.journal.values import SALT, Subject
from lienthong.core.scope.queries import ask
from lienthong.core.scope.values import Actor
from lienthong.lib.canonical import digest

# Parts of a WITH: a hot act writes its own rows in the same statement (work/dossiers/actions/step.py).
ENTRY = """
entry AS (
  INSERT INTO journal_entry (verb, subject_kind, subject_id, case_id, account_id, post_id, unit_id,
                             acted_at, data, particulars_digest)
  VALUES (%(verb)s, %(subject_kind)s, %(subject_id)s::bigint, %(case_id)s::bigint, %(account_id)s::bigint,
          %(post_id)s::bigint, %(unit_id)s::bigint, %(acted_at)s, %(data)s::jsonb, %(digest)s)
  RETURNING id
)"""
PARTICULAR = """
particular AS (
  INSERT INTO journal_particular (entry_id, case_id, data, erased_reason)
  SELECT id, %(case_id)s::bigint, %(particulars)s::jsonb, '' FROM entry
)"""
COMMAND = """
command AS (
  UPDATE journal_command SET result = %(result)s::jsonb
  WHERE key = %(key)s::uuid AND account_id = coalesce(%(account_id)s::bigint, 0)
)"""


def record(
    verb: str,
    *,
    subject: Subject,
    actor: Actor,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    particulars: Mapping[str, Any] | None = None,
    closes: tuple[UUID, Any] | None = None,
) -> int:
    """Insert the act's one row, in the act's transaction; returns its id. One statement.

    `data` must hold no personal data (ids, codes, dates, words of state); what is personal goes to
    `particulars`, an erasable side row of which the entry keeps the digest (SHA-256 of canonical JSON).
    `closes` is the act's command key with the result for whoever sends it again: what `finish_command` does,
    without a statement of its own.
    Raises LookupError for an event that no room has registered, ValueError where `data` has a key that
    speaks of a person.
    """
    parts, values = recording(
        verb, subject=subject, actor=actor, at=at, data=data, particulars=particulars, closes=closes
    )
    return int(ask(f"WITH {', '.join(parts)} SELECT id FROM entry", values)[0][0])


def recording(
    verb: str,
    *,
    subject: Subject,
    actor: Actor,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    particulars: Mapping[str, Any] | None = None,
    closes: tuple[UUID, Any] | None = None,
) -> tuple[list[str], dict[str, Any]]:
    """What `record` writes, as parts of a WITH and their values, for an act that writes all in one statement."""
    check_event(verb)
    if found := personal_keys(data or {}):
        raise ValueError(f"{verb}: {', '.join(sorted(found))} belong to the particulars")
    kept = _salted(particulars)
    told = {**(data or {}), **({"via": actor.via} if actor.via else {})}
    values: dict[str, Any] = {
        **_who_and_what(actor, subject),
        "verb": verb,
        "acted_at": at,
        "data": json.dumps(told, ensure_ascii=False),
        "digest": digest(kept) if kept else "",
    }
    parts = [ENTRY]
    if kept:
        parts.append(PARTICULAR)
        values["particulars"] = json.dumps(kept, ensure_ascii=False)
    if closes:
        parts.append(COMMAND)
        values |= {"key": closes[0], "result": json.dumps(closes[1])}
    return parts, values


def freeze(content: Mapping[str, Any]) -> int:
    """Keep a content that many acts share, once; returns its id (queries.frozen reads it). One statement or two."""
    mark = digest(content)
    found = _frozen(mark)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO journal_frozen (digest, content) VALUES (%s, %s::jsonb) ON CONFLICT DO NOTHING",
                [mark, json.dumps(content, ensure_ascii=False)],
            )
        found = _frozen(mark)
    if found is None:
        raise LookupError(f"frozen content {mark} cannot be read back")
    remember_frozen(found, json.loads(json.dumps(content)))
    return found


def erase_particulars(*, entry_id: int, actor: Actor, at: datetime, reason: str) -> None:
    """Shred the personal data of one entry; the entry, its digest and every seal over it stay as they are.

    Raises LookupError where there is nothing to erase, or the acting unit may not see it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_particular SET data = NULL, erased_at = %s, erased_reason = %s"
            " WHERE entry_id = %s AND erased_at IS NULL RETURNING case_id",
            [at, reason, entry_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise LookupError(f"no particulars of entry {entry_id}")
    record("journal.particulars_erased", subject=Subject("entry", entry_id, row[0]), actor=actor, at=at)


def _frozen(mark: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM journal_frozen WHERE digest = %s", [mark])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _who_and_what(actor: Actor, subject: Subject) -> dict[str, int | str | None]:
    return {
        "account_id": actor.account_id,
        "post_id": actor.post_id,
        "unit_id": actor.unit_id,
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "case_id": subject.case_id,
    }


def _salted(particulars: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """With random salt: the digest outlives the row, and a telephone number can be guessed from a digest."""
    return {**particulars, SALT: secrets.token_hex(16)} if particulars else None

"""One row an act, with the act, in its transaction."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from lienthong.core.journal.events import check_event
from lienthong.core.journal.rules import personal_keys
from lienthong.core.journal.values import SALT, Subject
from lienthong.core.scope.values import Actor
from lienthong.lib.canonical import digest

_ENTRY = """
WITH entry AS (
  INSERT INTO journal_entry (verb, subject_kind, subject_id, case_id, account_id, post_id, unit_id,
                             acted_at, data, particulars_digest)
  VALUES (%(verb)s, %(subject_kind)s, %(subject_id)s, %(case_id)s, %(account_id)s, %(post_id)s, %(unit_id)s,
          %(acted_at)s, %(data)s::jsonb, %(digest)s)
  RETURNING id
), particular AS (
  INSERT INTO journal_particular (entry_id, case_id, data, erased_reason)
  SELECT id, %(case_id)s, %(particulars)s::jsonb, '' FROM entry WHERE %(particulars)s::jsonb IS NOT NULL
), command AS (
  UPDATE journal_command SET result = %(result)s::jsonb
  WHERE key = %(key)s::uuid AND account_id = coalesce(%(account_id)s::bigint, 0)
)
SELECT id FROM entry
"""


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
    check_event(verb)
    if found := personal_keys(data or {}):
        raise ValueError(f"{verb}: {', '.join(sorted(found))} belong to the particulars")
    kept = _salted(particulars)
    values = {
        **_who_and_what(actor, subject),
        "verb": verb,
        "acted_at": at,
        "data": json.dumps(data or {}, ensure_ascii=False),
        "particulars": json.dumps(kept, ensure_ascii=False) if kept else None,
        "digest": digest(kept) if kept else "",
        "key": closes[0] if closes else None,
        "result": json.dumps(closes[1]) if closes else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENTRY, values)
        return int(cursor.fetchone()[0])


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

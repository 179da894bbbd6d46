"""Following the journal: each listener has a cursor of its own.

What a listener is promised: every entry at least once; the entries of one case in their order; nothing
skipped because a transaction committed late; and an error holds up only the case that it belongs to.
"""

import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from lienthong.core.journal.models import Cursor, Stumble
from lienthong.core.journal.values import HAPPENED, NEXT, Happened
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM

Handler = Callable[[Happened], None]

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)

_DUE = f"""
SELECT {HAPPENED} FROM journal_stumble s JOIN journal_entry e ON e.id = s.entry_id
WHERE s.listener = %(listener)s AND s.settled_at IS NULL AND s.next_try_at <= %(now)s
  AND NOT EXISTS (
    SELECT 1 FROM journal_stumble f JOIN journal_entry fe ON fe.id = f.entry_id
    WHERE f.listener = s.listener AND f.settled_at IS NULL AND f.case_id = s.case_id
      AND f.next_try_at > %(now)s AND (fe.xid, fe.id) < (e.xid, e.id))
ORDER BY e.xid, e.id LIMIT %(batch)s
"""


def follow(listener: str, handler: Handler, *, batch: int = 100, now: datetime | None = None) -> int:
    """One round of a listener: what stumbled and is due again, then the next entries. Returns how many.

    A round is one transaction in the system's scope, each entry in a savepoint; two workers of one listener
    exclude each other (the second returns 0). A handler must bear being called again with the same entry.
    """
    now = now or timezone.now()
    with entered(SYSTEM):
        place = _place(listener)
        if place is None:
            return 0
        tried = _retry(listener, handler, batch, now)
        entries = _read(NEXT, [*place, batch])
        tried += _go_on(listener, handler, entries, now)
        if entries:
            Cursor.objects.filter(listener=listener).update(
                xid=entries[-1].xid, entry_id=entries[-1].id, moved_at=now
            )
    return tried


def _place(listener: str) -> tuple[int, int] | None:
    """Where the listener stands, its row locked; None where another worker has it."""
    Cursor.objects.bulk_create([Cursor(listener=listener)], ignore_conflicts=True)
    mine = Cursor.objects.select_for_update(skip_locked=True).filter(listener=listener).first()
    return (mine.xid, mine.entry_id) if mine else None


def _read(sql: str, values: Sequence[int] | Mapping[str, str | int | datetime]) -> list[Happened]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Happened.of(row) for row in cursor.fetchall()]


def _retry(listener: str, handler: Handler, batch: int, now: datetime) -> int:
    """Try again what is due. A case that stumbles anew keeps its later entries waiting."""
    waiting: set[int] = set()
    tried = 0
    for entry in _read(_DUE, {"listener": listener, "now": now, "batch": batch}):
        if entry.case_id in waiting:
            continue
        tried += 1
        error = _try(handler, entry)
        stumble = Stumble.objects.get(listener=listener, entry_id=entry.id)
        if error is None:
            Stumble.objects.filter(pk=stumble.pk).update(settled_at=now)
            continue
        _stumble_again(stumble, error, now)
        if entry.case_id is not None:
            waiting.add(entry.case_id)
    return tried


def _go_on(listener: str, handler: Handler, entries: Iterable[Happened], now: datetime) -> int:
    """Try new entries; those of a case with an open stumble are put behind it."""
    entries = list(entries)
    waiting = _stumbling(listener, {entry.case_id for entry in entries if entry.case_id is not None})
    if not waiting and _try_all(handler, entries):
        return len(entries)
    tried = 0
    for entry in entries:
        if entry.case_id in waiting:
            _keep(listener, entry, error="", tries=0, next_try_at=now)
            continue
        tried += 1
        error = _try(handler, entry)
        if error is not None:
            _keep(listener, entry, error=error, tries=1, next_try_at=now + FIRST_WAIT)
            if entry.case_id is not None:
                waiting.add(entry.case_id)
    return tried


def _stumbling(listener: str, cases: set[int]) -> set[int]:
    found = Stumble.objects.filter(listener=listener, settled_at=None, case_id__in=cases)
    return {case for case in found.values_list("case_id", flat=True) if case is not None}


def _try_all(handler: Handler, entries: Iterable[Happened]) -> bool:
    """Handle all in one savepoint, as it nearly always goes; False where one failed, and then nothing was done."""
    try:
        with transaction.atomic():
            for entry in entries:
                handler(entry)
    except Exception:
        return False
    return True


def _try(handler: Handler, entry: Happened) -> str | None:
    """Handle one entry in a savepoint; None, or what went wrong."""
    try:
        with transaction.atomic():
            handler(entry)
    except Exception as error:
        return _told(error)
    return None


def _stumble_again(stumble: Stumble, error: str, now: datetime) -> None:
    tries = stumble.tries + 1
    wait = min(FIRST_WAIT * 2 ** min(tries - 1, 20), LONGEST_WAIT)
    Stumble.objects.filter(pk=stumble.pk).update(tries=tries, error=error, next_try_at=now + wait)


def _keep(listener: str, entry: Happened, *, error: str, tries: int, next_try_at: datetime) -> None:
    Stumble.objects.create(
        listener=listener,
        entry_id=entry.id,
        case_id=entry.case_id,
        error=error,
        tries=tries,
        next_try_at=next_try_at,
    )


def _told(error: Exception) -> str:
    """What went wrong and where. Of a database error only the first line: its detail quotes the row."""
    words = str(error)
    if isinstance(error, DatabaseError):
        words = words.partition("\n")[0]
    elif isinstance(error, Refused):
        words = f"{error.refusal.code}: {error.refusal.sentence}"
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {words[:500]} ({Path(last.filename).name}:{last.lineno})"

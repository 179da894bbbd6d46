"""Who looked at personal data, and who was refused (Luật 91/2025/QH15)."""

from django.db import connection, transaction

from lienthong.core.journal.values import PENDING, PendingReading, Subject
from lienthong.core.scope.actions import flush_apart
from lienthong.core.scope.values import Actor

# No RETURNING: a stranger may write a line here and may read none.
_READING = """
INSERT INTO journal_reading (account_id, post_id, unit_id, subject_kind, subject_id, purpose, allowed)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def note_reading(actor: Actor, subject: Subject, purpose: str, *, allowed: bool = True) -> None:
    """Write down a reading, in the present transaction. One statement.

    What must stay also when the transaction rolls back (every refusal) goes through `note_reading_apart`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_READING, PendingReading(actor, subject, purpose, allowed).row())


def note_reading_apart(actor: Actor, subject: Subject, purpose: str, *, allowed: bool = True) -> None:
    """Queue a reading; `flush_readings` writes it after the request's transaction, however that one ended."""
    PENDING.set((*PENDING.get(), PendingReading(actor, subject, purpose, allowed)))


def flush_readings() -> int:
    """Write the queued readings in a transaction of their own and empty the queue; returns how many.

    Called once at the end of every request, outside its transaction. An error here is an error of the
    request: what cannot be noted is not shown. What other rooms queued (`scope.actions.do_apart`) goes too.
    """
    flush_apart()
    pending = PENDING.get()
    PENDING.set(())
    if pending:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_READING, [reading.row() for reading in pending])
    return len(pending)

"""Entering a scope: from here to the end of the transaction the database shows this actor's rows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from lienthong.core.scope.models import Sight
from lienthong.core.scope.values import Actor


def enter(actor: Actor) -> None:
    """Set the acting unit and reach for the present transaction (SET LOCAL: gone with it).

    Raises RuntimeError outside a transaction, where SET LOCAL would silently do nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a scope lives in a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lienthong.unit', %s, true), set_config('lienthong.reach', %s, true)",
            [str(actor.unit_id or ""), actor.reach],
        )


@contextmanager
def entered(actor: Actor) -> Iterator[None]:
    """A transaction whose rows are those of the actor. Inside another one it returns to the former scope.

    After an error nothing has to be put back: the settings are part of the transaction, and rolling back to
    the savepoint (or to the beginning) gives the former ones.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        former = _present() if nested else None
        enter(actor)
        yield
        if former is not None and not connection.needs_rollback:
            enter(former)


def open_case_to(case_id: int, unit_ids: Sequence[int], reason: str) -> None:
    """Let units see a case from now on (idempotent). One statement."""
    Sight.objects.bulk_create(
        [Sight(case_id=case_id, unit_id=unit, reason=reason) for unit in dict.fromkeys(unit_ids)],
        ignore_conflicts=True,
    )


def _present() -> Actor:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lienthong_unit(), lienthong_reach()")
        unit_id, reach = cursor.fetchone()
    return Actor(account_id=None, unit_id=unit_id, reach=reach)

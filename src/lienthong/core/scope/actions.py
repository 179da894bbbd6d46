"""Entering a scope: from here to the end of the transaction the database shows this actor's rows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

from lienthong.core.scope.models import Sight
from lienthong.core.scope.queries import ask
from lienthong.core.scope.values import Actor

P = ParamSpec("P")
R = TypeVar("R")
_ENTER = "SELECT set_config('lienthong.unit', %s, true), set_config('lienthong.reach', %s, true)"

# What one request, command or thread still has to write once its transaction is over.
_APART: ContextVar[tuple[Callable[[], None], ...]] = ContextVar("apart", default=())


def enter(actor: Actor) -> None:
    """Set the acting unit and reach for the present transaction (SET LOCAL: gone with it).

    Raises RuntimeError outside a transaction, where SET LOCAL would silently do nothing.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a scope lives in a transaction")
    ask(_ENTER, [str(actor.unit_id or ""), actor.reach])


@contextmanager
def entered(actor: Actor, *, whole: bool = False) -> Iterator[None]:
    """A transaction whose rows are those of the actor. Inside another one it returns to the former scope.

    After an error nothing has to be put back: the settings are part of the transaction, and rolling back to
    the savepoint (or to the beginning) gives the former ones. `whole`: one act is all that is done inside, so
    that its error undoes the transaction, and `one_act` sets no savepoint of its own.
    """
    nested = connection.in_atomic_block
    try:
        with transaction.atomic():
            former = _present() if nested else None
            enter(actor)
            connection.lienthong_whole = whole and not nested  # type: ignore[attr-defined]
            try:
                yield
            finally:
                connection.lienthong_whole = False  # type: ignore[attr-defined]
            if former is not None and not connection.needs_rollback:
                enter(former)
    finally:
        if not nested:
            flush_apart()


def do_apart(write: Callable[[], None]) -> None:
    """Queue what must be written also when the act is undone (that it was tried and refused).

    It is done after the transaction, in one of its own: by `entered` where that was the outermost, and at the
    end of every request (`journal.actions.flush_readings`).
    """
    _APART.set((*_APART.get(), write))


def flush_apart() -> int:
    """Do what `do_apart` queued, each in a transaction of its own, and empty the queue; returns how many."""
    done = 0
    while queued := _APART.get():
        _APART.set(queued[1:])  # one that fails is told, and keeps none of the others from being written
        with transaction.atomic():
            queued[0]()
        done += 1
    return done


def one_act(action: Callable[P, R]) -> Callable[P, R]:
    """Mark an action as atomic: it is done as a whole, or, refused, leaves nothing, whatever its caller goes on to do.

    Where the transaction is there for this act alone (`entered(…, whole=True)`) a refusal undoes that one, and
    the two round trips of a savepoint are saved.
    """

    @wraps(action)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(savepoint=not getattr(connection, "lienthong_whole", False)):
            return action(*args, **kwargs)

    return whole


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

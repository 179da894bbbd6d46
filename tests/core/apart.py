"""Work in connections of its own, committed: what a second clerk, a second worker or the owner does meanwhile."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import psycopg
from django.conf import settings
from django.db import connection, connections, transaction

Result = TypeVar("Result")


def dial(user: str) -> psycopg.Connection[Any]:
    """A plain connection to the test's database, as this role, outside Django."""
    made = connection.settings_dict
    return psycopg.connect(
        dbname=made["NAME"],
        user=user,
        password=made["PASSWORD"],
        host=made["HOST"],
        port=made["PORT"] or None,
    )


def as_app() -> psycopg.Connection[Any]:
    return dial(settings.APP_ROLE)


def as_owner() -> psycopg.Connection[Any]:
    return dial(owner_name())


def owner_name() -> str:
    """The role that migrates; where there is one role only, that one."""
    return unquote(urlsplit(settings.OWNER_URL).username or "") or settings.APP_ROLE


@contextmanager
def owning() -> Iterator[None]:
    """Django code as the owner, in a connection of its own; undone at the end of the block."""
    former, own = connections["default"], connections["default"].copy()
    own.settings_dict = {**former.settings_dict, "USER": owner_name()}
    connections["default"] = own
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        own.close()
        connections["default"] = former


def elsewhere(act: Callable[[], Result]) -> Result:
    """Run Django code in another thread, hence in another connection whose transactions are real."""
    done: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(act())
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    if failed:
        raise failed[0]
    return done[0]


@contextmanager
def swept(*statements: str) -> Iterator[None]:
    """After the block remove what was committed, as the owner, past the guards of the journal."""
    try:
        yield
    finally:
        with as_owner() as owner:
            owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
            owner.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
            for statement in statements:
                owner.execute(statement)
            owner.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")

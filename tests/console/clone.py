"""A copy of the test database in which commands may commit, in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

ROOT = Path(__file__).parents[2]


class Clone:
    """Its addresses, and commands run in it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def env(self, *, as_owner: bool = False) -> dict[str, str]:
        made = {
            **os.environ,
            "DATABASE_URL": _named(settings.APP_URL, self.name),
            "LIENTHONG_OWNER_URL": _named(settings.OWNER_URL, self.name),
            "LIENTHONG_PROVINCE": "79",
        }
        made.pop("LIENTHONG_ROLE", None)
        return made | ({"LIENTHONG_ROLE": "owner"} if as_owner else {})

    def start(self, *words: str, as_owner: bool = False) -> "subprocess.Popen[str]":
        """A command under way, in a session of its own: its children can be ended with it."""
        return subprocess.Popen(
            [sys.executable, "-m", "django", *words],
            env=self.env(as_owner=as_owner),
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def run(self, *words: str, as_owner: bool = False) -> tuple[int, str]:
        """A command to its end: exit code and what it said."""
        with self.start(*words, as_owner=as_owner) as process:
            said, _ = process.communicate(timeout=600)
        return process.returncode, said

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """As the owner, who sees every row."""
        with psycopg.connect(_named(settings.OWNER_URL, self.name), autocommit=True) as owner:
            found = owner.execute(statement, values)
            return list(found.fetchall()) if found.description else []


@contextmanager
def cloned(suffix: str) -> Iterator[Clone]:
    """A copy of the test database as it stands between tests; gone afterwards."""
    test = str(connection.settings_dict["NAME"])
    connections.close_all()
    clone = Clone(f"{test}_{suffix}")
    with psycopg.connect(_named(settings.OWNER_URL, "postgres"), autocommit=True) as owner:
        gone = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(clone.name))
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        owner.execute(gone)
        owner.execute(made.format(sql.Identifier(clone.name), sql.Identifier(test)))
        try:
            yield clone
        finally:
            owner.execute(gone)


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))

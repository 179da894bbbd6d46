"""What was done already, so that a later start repeats nothing.

For what lies in the database the stamp lies there too (schema console, the owner's): a dropped or restored
database is never taken for a prepared one.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from lienthong.console import places

CREATE = """
CREATE SCHEMA IF NOT EXISTS console;
CREATE TABLE IF NOT EXISTS console.stamp (
    name text PRIMARY KEY, value text NOT NULL, made_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
"""


def read(owner_url: str) -> dict[str, str]:
    """All stamps of a database."""
    with psycopg.connect(owner_url) as connection:
        if connection.execute("SELECT to_regclass('console.stamp')").fetchone() == (None,):
            connection.execute(CREATE)
        return dict(connection.execute("SELECT name, value FROM console.stamp").fetchall())


def is_demonstration(owner_url: str) -> bool:
    """Whether a command of ours has marked it as one: it does so after its own refusal, with its first work."""
    return _asked(owner_url, "scope_mark", "name = 'demo'")


def holds_matters(owner_url: str) -> bool:
    """Whether a matter was ever taken in there."""
    return _asked(owner_url, "casework_case", "true")


def _asked(owner_url: str, table: LiteralString, which: LiteralString) -> bool:
    """Whether there are such rows; a database without the table has none."""
    with psycopg.connect(owner_url) as connection:
        if connection.execute("SELECT to_regclass(%s)", [table]).fetchone() == (None,):
            return False
        asked = sql.SQL("SELECT EXISTS (SELECT 1 FROM {} WHERE " + which + ")").format(sql.Identifier(table))
        return connection.execute(asked).fetchone() == (True,)


def write(owner_url: str, name: str, value: str) -> None:
    with psycopg.connect(owner_url) as connection:
        connection.execute(
            "INSERT INTO console.stamp (name, value) VALUES (%s, %s) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value, made_at = clock_timestamp()",
            [name, value],
        )


def migrations() -> str:
    """Stands for every migration: ours by content, the libraries' by their lock."""
    return digest([places.ROOT / "requirements.lock", *_ours("**/migrations/*.py")])


def seeds() -> str:
    """Stands for every seed table and the commands that load them."""
    return digest([*_ours("**/seeds/**/*"), *_ours("**/management/commands/seed*.py")])


def static() -> str:
    """Stands for every file that the browser may get."""
    return digest(
        [places.ROOT / "requirements.lock", places.ROOT / "package-lock.json", *_ours("**/static/**/*")]
    )


def digest(files: Iterable[Path]) -> str:
    """One value for names and contents; compiled Python and folders do not count."""
    total = hashlib.sha256()
    for file in sorted(files):
        if file.is_file() and file.suffix != ".pyc":
            total.update(f"{file.relative_to(places.ROOT)}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _ours(pattern: str) -> Iterable[Path]:
    return (places.ROOT / "src" / "lienthong").glob(pattern)

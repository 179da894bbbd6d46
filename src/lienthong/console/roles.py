"""The two roles and the database: the owner migrates, the application never owns a table."""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from lienthong.console.cluster import APP, OWNER

Connection = psycopg.Connection[tuple[object, ...]]


def prepare(connection: Connection, database: str, passwords: Mapping[str, str]) -> None:
    """Make the roles and the database where they are missing; the connection must be in autocommit."""
    for name in (OWNER, APP):
        if not exists(connection, name):
            _create_role(connection, name, passwords.get(name))
    if connection.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [OWNER, APP]).fetchone() == (False,):
        # The owner may step down to the application's role: a test then sees what the application sees.
        connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        _create_database(connection, database)


def exists(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def may_create(connection: Connection) -> bool:
    """Whether the role of this connection can make roles and databases."""
    found = connection.execute(
        "SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    return found == (True,)


def _create_role(connection: Connection, name: str, password: str | None) -> None:
    # Tests make databases of their own: the owner may, the application may not.
    rights = sql.SQL("CREATEDB" if name == OWNER else "NOCREATEDB")
    secret = sql.SQL("PASSWORD {}").format(sql.Literal(password)) if password else sql.SQL("")
    statement = sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} {}")
    connection.execute(statement.format(sql.Identifier(name), rights, secret))


def _create_database(connection: Connection, name: str) -> None:
    # To give a database away one must be a member of its new owner (a superuser always is).
    if connection.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [OWNER]).fetchone() == (False,):
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(OWNER)))
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))

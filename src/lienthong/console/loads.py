"""`lienthong simulate` and `lienthong generate`: which database they fill, made ready before they begin.

Without --database it is the province's own one (or DATABASE_URL's), as long as that is a demonstration or new; with it
a database of that name beside it, made where it is missing.
"""

import argparse
import os
import re
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from lienthong.console import addresses, commands, stamps, steps
from lienthong.console.addresses import Addresses
from lienthong.console.errors import ConsoleError

NAMES = ("simulate", "generate")


def by_hand(name: str, line: list[str]) -> int:
    """Make the database ready and run the command in it."""
    parser = argparse.ArgumentParser(prog=f"lienthong {name}", add_help=False)
    parser.add_argument("--province")
    parser.add_argument("--database")
    own, rest = parser.parse_known_args(line)
    if own.province:
        os.environ["LIENTHONG_PROVINCE"] = own.province
    where = addresses.prepare()
    if own.database:
        where = _beside(where, own.database)
    done = stamps.read(where.owner)
    steps.refuse_demo_in_earnest(done)
    steps.migrate(where, done)
    steps.seed(where, done)
    try:
        return commands.run(where, [name, *rest])
    finally:
        steps.stamp_demo(where, done)


def _beside(where: Addresses, name: str) -> Addresses:
    """A database of the same server by another name, made by the owner where it is missing."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise ConsoleError(
            "database-name",
            "Tên cơ sở dữ liệu gồm chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ.",
        )
    with psycopg.connect(_named(where.owner, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
            connection.execute(made.format(sql.Identifier(name)))
    return replace(where, app=_named(where.app, name), owner=_named(where.owner, name))


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))

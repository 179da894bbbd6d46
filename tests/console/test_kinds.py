"""Which database counts as a demonstration: only one that a command has made so, and none that is in use."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from lienthong.console import addresses, commands, loads, roles, stamps, steps
from lienthong.console.addresses import Addresses
from lienthong.console.cluster import APP, OWNER, SUPERUSER, Cluster
from lienthong.console.errors import ConsoleError

NAME = "lienthong_98"


@pytest.fixture
def where(running: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Addresses]:
    """A database with its tables, not stamped; another test's real one does not stand beside it."""
    made = Addresses(running.url(APP, NAME), running.url(OWNER, NAME), True)
    beside = running.url(OWNER, "lienthong_79")
    stamps.read(beside)
    execute(beside, "DELETE FROM console.stamp WHERE name = 'kind'")
    with psycopg.connect(running.url(SUPERUSER, "postgres"), autocommit=True) as server:
        roles.prepare(server, NAME, {})
    execute(
        made.owner, "CREATE TABLE scope_mark (name text, value jsonb); CREATE TABLE casework_case (id int)"
    )
    monkeypatch.setattr(addresses, "prepare", lambda: made)
    monkeypatch.setattr(steps, "migrate", lambda where, done: None)
    monkeypatch.setattr(steps, "seed", lambda where, done: None)
    yield made
    with psycopg.connect(running.url(SUPERUSER, "postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(NAME)))


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


def takes_a_matter_in(where: Addresses) -> None:
    execute(where.owner, "INSERT INTO casework_case VALUES (1)")


def marks_it(where: Addresses) -> None:
    execute(where.owner, "INSERT INTO scope_mark VALUES ('demo', 'true')")


def test_a_load_that_was_refused_leaves_the_database_what_it_was(
    where: Addresses, running: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes_a_matter_in(where)
    monkeypatch.setattr(commands, "run", lambda addresses, line: 1)
    assert loads.by_hand("simulate", ["--dossiers", "5"]) == 1
    with pytest.raises(ConsoleError):
        steps.fill_demo(where, stamps.read(where.owner), demo=True)
    assert steps.demo_by_hand(where, []) == 1
    assert "kind" not in stamps.read(where.owner)
    with pytest.raises(ConsoleError, match=NAME) as refusal:
        steps.refuse_real(running)
    assert refusal.value.code == "destroy-refused"
    steps.fill_demo(where, stamps.read(where.owner), demo=False)
    assert stamps.read(where.owner)["kind"] == "real"


def test_a_load_that_began_makes_a_demonstration_even_where_it_is_cut(
    where: Addresses, running: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begins_and_is_cut(where: Addresses, line: list[str]) -> int:
        marks_it(where)
        takes_a_matter_in(where)
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "run", begins_and_is_cut)
    with pytest.raises(KeyboardInterrupt):
        loads.by_hand("generate", [])
    assert stamps.read(where.owner)["kind"] == "demo"
    steps.refuse_real(running)


def test_a_demonstration_whose_stamp_was_never_written_is_not_taken_for_real(
    where: Addresses, running: Cluster
) -> None:
    marks_it(where)
    takes_a_matter_in(where)
    steps.refuse_real(running)
    steps.fill_demo(where, stamps.read(where.owner), demo=False)
    assert stamps.read(where.owner)["kind"] == "demo"


def test_a_stamp_alone_does_not_make_matters_deletable(where: Addresses, running: Cluster) -> None:
    stamps.read(where.owner)
    stamps.write(where.owner, "kind", "demo")
    steps.refuse_real(running)
    takes_a_matter_in(where)
    with pytest.raises(ConsoleError) as refusal:
        steps.refuse_real(running)
    assert refusal.value.code == "destroy-refused"


def test_the_demonstration_itself_is_stamped(where: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "run", lambda addresses, line: marks_it(addresses) or 0)
    monkeypatch.setattr(steps, "_keep_accounts", lambda since: None)
    steps.fill_demo(where, stamps.read(where.owner), demo=True)
    done = stamps.read(where.owner)
    assert (done["kind"], done["demo"]) == ("demo", "done")

"""A database that could lose an acknowledged act is refused, wherever the switch was thrown."""

from collections.abc import Iterator

import psycopg
import pytest

from lienthong.console import safety
from lienthong.console.cluster import APP, OWNER, SUPERUSER, Cluster
from lienthong.console.errors import ConsoleError


@pytest.fixture
def superuser(running: Cluster) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(running.url(SUPERUSER, "lienthong_79"), autocommit=True) as connection:
        yield connection
        connection.execute("ALTER SYSTEM RESET ALL")
        connection.execute(f"ALTER ROLE {APP} RESET ALL")
        connection.execute("SELECT pg_reload_conf()")


def as_application(running: Cluster) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(running.url(APP, "lienthong_79"))


def test_the_private_cluster_is_safe(running: Cluster):
    with as_application(running) as connection:
        safety.refuse_unsafe(connection)
        safety.refuse_weak_roles(connection)
        shown = [connection.execute(f"SHOW {name}").fetchone() for name in safety.DURABLE]
    assert shown == [("on",), ("on",), ("on",)]


@pytest.mark.parametrize("setting", safety.DURABLE)
def test_a_server_with_a_safety_off_is_refused(running: Cluster, superuser, setting: str):
    superuser.execute(f"ALTER SYSTEM SET {setting} = off")
    superuser.execute("SELECT pg_reload_conf()")
    superuser.execute("SELECT pg_sleep(0.3)")
    with as_application(running) as connection, pytest.raises(ConsoleError) as refusal:
        safety.refuse_unsafe(connection)
    assert refusal.value.code == "database-unsafe"
    assert setting in refusal.value.sentence


def test_the_switch_on_the_role_alone_is_seen_too(running: Cluster, superuser):
    superuser.execute(f"ALTER ROLE {APP} SET synchronous_commit = off")
    with as_application(running) as connection, pytest.raises(ConsoleError) as refusal:
        safety.refuse_unsafe(connection)
    assert refusal.value.code == "database-unsafe"


@pytest.mark.parametrize("role", [SUPERUSER, OWNER])
def test_a_role_that_owns_the_tables_or_passes_every_policy_is_refused(running: Cluster, role: str):
    with psycopg.connect(running.url(OWNER, "lienthong_79"), autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS owned (id int)")
    asked = psycopg.connect(running.url(role, "lienthong_79"))
    with asked, pytest.raises(ConsoleError) as refusal:
        safety.refuse_weak_roles(asked)
    assert refusal.value.code == "database-role-too-strong"

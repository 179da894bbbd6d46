"""Which database is used, and as whom."""

import json
from pathlib import Path

import psycopg
import pytest

from lienthong.console import addresses
from lienthong.console.cluster import APP, OWNER, SUPERUSER, Cluster
from lienthong.console.errors import ConsoleError


def given(monkeypatch: pytest.MonkeyPatch, app: str, owner: str = "") -> None:
    monkeypatch.setenv("DATABASE_URL", app)
    monkeypatch.setenv("LIENTHONG_OWNER_URL", owner)


def test_an_address_is_rewritten_for_another_role():
    url = "postgresql://root:old@db.example:5433/postgres?sslmode=require"
    rewritten = addresses.rewrite(url, APP, "a/b", "lienthong_01")
    assert rewritten == "postgresql://lienthong_app:a%2Fb@db.example:5433/lienthong_01?sslmode=require"


def test_both_addresses_are_taken_as_given(var: Path, monkeypatch: pytest.MonkeyPatch):
    given(monkeypatch, "postgresql://a@host/x", "postgresql://b@host/x")
    assert addresses.prepare() == addresses.Addresses("postgresql://a@host/x", "postgresql://b@host/x", False)


@pytest.mark.parametrize(
    ("app", "owner", "code"),
    [
        ("mysql://a@host/x", "", "database-url"),
        ("postgresql://a@host/x", "postgresql://a@host/x", "database-roles-same"),
        ("postgresql://a@/x?host=/nowhere", "", "database-unreachable"),
    ],
)
def test_what_cannot_work_is_refused(
    var: Path, monkeypatch: pytest.MonkeyPatch, app: str, owner: str, code: str
):
    given(monkeypatch, app, owner)
    with pytest.raises(ConsoleError) as refusal:
        addresses.prepare()
    assert refusal.value.code == code


def test_a_strong_role_alone_gets_the_two_roles_and_the_database_made(
    running: Cluster, var: Path, monkeypatch: pytest.MonkeyPatch
):
    with psycopg.connect(running.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        for statement in ("DROP DATABASE lienthong_79", f"DROP ROLE {OWNER}", f"DROP ROLE {APP}"):
            connection.execute(statement)
    given(monkeypatch, running.url(SUPERUSER, "postgres"))
    made = addresses.prepare()
    assert addresses.prepare() == made
    with psycopg.connect(made.app) as connection:
        asked = connection.execute("SELECT current_user, current_database()").fetchone()
    assert asked == (APP, "lienthong_79")
    memory = var / "roles.json"
    assert set(json.loads(memory.read_text())) == {OWNER, APP}
    assert memory.stat().st_mode & 0o777 == 0o600


def test_a_weak_role_alone_is_refused_with_the_two_variables_to_set(
    running: Cluster, var: Path, monkeypatch: pytest.MonkeyPatch
):
    given(monkeypatch, running.url(APP, "lienthong_79"))
    with pytest.raises(ConsoleError) as refusal:
        addresses.prepare()
    assert refusal.value.code == "database-two-roles"
    assert "DATABASE_URL=" in refusal.value.sentence
    assert "LIENTHONG_OWNER_URL=" in refusal.value.sentence

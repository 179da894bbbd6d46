"""The private PostgreSQL: started once, survives a kill, never shares its data with a living process."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from lienthong.console import accounts, cluster, liveness
from lienthong.console.cluster import APP, OWNER, SUPERUSER, Cluster
from lienthong.console.errors import ConsoleError


def postmaster(running: Cluster) -> int:
    data = running.data()
    assert data is not None
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def test_starting_what_runs_changes_nothing(running: Cluster):
    before = postmaster(running)
    assert cluster.start(running) is False
    assert postmaster(running) == before


def test_it_listens_on_no_network_and_its_socket_is_closed_to_others(running: Cluster):
    with psycopg.connect(running.url(APP, "lienthong_79")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert running.socket().stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="asks what happens when run as root")
def test_it_does_not_run_as_root(running: Cluster):
    status = Path(f"/proc/{postmaster(running)}/status").read_text()
    assert f"Uid:\t{running.account.uid}\t" in status
    assert running.account.uid != 0


def test_the_owner_makes_databases_and_the_application_makes_nothing(running: Cluster):
    with psycopg.connect(running.url(SUPERUSER, "postgres")) as connection:
        rights = connection.execute(
            "SELECT rolname, rolcreatedb, rolsuper, rolcreaterole, rolbypassrls FROM pg_roles "
            "WHERE rolname LIKE 'lienthong_%' ORDER BY 1"
        ).fetchall()
    assert rights == [(APP, False, False, False, False), (OWNER, True, False, False, False)]
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with psycopg.connect(running.url(APP, "lienthong_79")) as connection, refused:
        connection.execute("CREATE TABLE mine (id int)")


def test_the_owner_adds_the_extensions_and_can_step_down_to_the_application(running: Cluster):
    with psycopg.connect(running.url(OWNER, "lienthong_79")) as connection:
        for extension in ("btree_gist", "unaccent", "pg_trgm"):
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        connection.execute(f"SET LOCAL ROLE {APP}")
        assert connection.execute("SELECT current_user").fetchone() == (APP,)


def test_vietnamese_letters_fold_in_its_locale(running: Cluster):
    with psycopg.connect(running.url(APP, "lienthong_79")) as connection:
        assert connection.execute("SELECT lower('ĐƯỜNG TÂN HƯNG')").fetchone() == ("đường tân hưng",)


def test_two_starts_at_once_make_one_cluster(running: Cluster):
    cluster.stop(running)
    began: list[bool] = []
    threads = [threading.Thread(target=lambda: began.append(cluster.start(running))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(began) == [False, True]


def test_a_killed_postmaster_leaves_nothing_in_the_way(running: Cluster):
    data = running.data()
    assert data is not None
    os.kill(postmaster(running), signal.SIGKILL)
    until = time.monotonic() + 20
    while liveness.working_in(data) and time.monotonic() < until:
        time.sleep(0.1)
    assert (data / "postmaster.pid").exists()
    assert cluster.start(running) is True
    assert running.answers()


def test_a_pid_file_naming_another_program_is_taken_away(scratch: Path):
    data, socket = scratch / "stale" / "15", scratch / "stale" / "run"
    data.mkdir(parents=True)
    socket.mkdir()
    for file in (data / "postmaster.pid", socket / ".s.PGSQL.5432.lock"):
        file.write_text(f"{os.getpid()}\n{data}\n")
    assert cluster.remove_stale(data, socket) is True
    assert not (data / "postmaster.pid").exists()
    assert not (socket / ".s.PGSQL.5432.lock").exists()
    assert cluster.remove_stale(data, socket) is False


def test_a_pid_file_of_a_living_server_is_never_taken_away(scratch: Path):
    data = scratch / "alive" / "15"
    data.mkdir(parents=True)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "-D", str(data)])
    (data / "postmaster.pid").write_text(f"{child.pid}\n{data}\n")
    try:
        with pytest.raises(ConsoleError) as refusal:
            cluster.remove_stale(data, scratch)
    finally:
        child.kill()
        child.wait()
    assert refusal.value.code == "postgresql-hangs"
    assert (data / "postmaster.pid").exists()


def test_a_long_path_gets_a_short_socket_folder_that_is_remembered(scratch: Path):
    home = scratch / ("thư-mục-rất-dài" * 8) / "pg"
    home.mkdir(parents=True)
    long = Cluster(home, accounts.database_account())
    assert not cluster.fits(home / "run")
    folder = long.socket()
    assert cluster.fits(folder)
    assert folder.stat().st_uid == long.account.uid
    assert long.socket() == folder
    assert f"host={folder}" in long.url(APP, "lienthong_01")
    folder.rmdir()
    assert long.socket() != folder
    long.socket().rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root keeps its data elsewhere")
def test_a_checkout_that_the_account_cannot_enter_keeps_its_data_elsewhere(
    scratch: Path, monkeypatch: pytest.MonkeyPatch
):
    closed = scratch / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("LIENTHONG_VAR", str(closed / "var"))
    assert cluster.private().home.is_relative_to("/var/lib/lienthong")
    closed.chmod(0o755)
    assert cluster.private().home == closed / "var" / "pg"


def test_data_of_a_version_that_is_gone_is_kept_and_said(scratch: Path, monkeypatch: pytest.MonkeyPatch):
    home = scratch / "older" / "pg"
    (home / "14").mkdir(parents=True)
    (home / "14" / "PG_VERSION").write_text("14\n")
    with pytest.raises(ConsoleError) as refusal:
        cluster.start(Cluster(home, accounts.database_account()))
    assert refusal.value.code == "postgresql-version"
    assert (home / "14" / "PG_VERSION").exists()

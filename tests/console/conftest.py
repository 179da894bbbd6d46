"""A scratch PostgreSQL of one's own: the console is tested against the real thing."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from lienthong.console import accounts, cluster, roles
from lienthong.console.cluster import Cluster


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A short folder that an unprivileged account can enter (pytest's own is closed and long)."""
    folder = Path(tempfile.mkdtemp(prefix="lt-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def running(scratch: Path) -> Iterator[Cluster]:
    """A private cluster with its roles and the database lienthong_79."""
    made = Cluster(scratch / "pg", accounts.database_account())
    cluster.start(made)
    with psycopg.connect(made.url(cluster.SUPERUSER, "postgres"), autocommit=True) as connection:
        roles.prepare(connection, "lienthong_79", {})
    yield made
    cluster.stop(made)


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A var/ of the test's own."""
    monkeypatch.setenv("LIENTHONG_VAR", str(tmp_path))
    monkeypatch.delenv("LIENTHONG_PROVINCE", raising=False)
    return tmp_path

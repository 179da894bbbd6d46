"""The private PostgreSQL under var/pg: made, started and stopped here, reached by unix socket only.

Where we are root it runs under an unprivileged account; a checkout that this account cannot enter (below
/root) keeps its data in /var/lib/lienthong/<fingerprint> instead. Only the account that started it may
connect: the socket's folder is closed to others, and `peer` asks the kernel who is calling.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from lienthong.console import accounts, binaries, liveness, places
from lienthong.console.accounts import Account
from lienthong.console.errors import ConsoleError

SUPERUSER = "postgres"
OWNER = "lienthong_owner"
APP = "lienthong_app"
# sockaddr_un holds 108 bytes with its closing zero on Linux, 104 elsewhere.
SOCKET_LIMIT = 107 if sys.platform == "linux" else 103
SOCKET_NAME = ".s.PGSQL.5432"

SETTINGS = """\
# Written by `lienthong` at each start; changes here are lost.
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
# What was promised to a citizen must survive a crash: never off.
fsync = on
full_page_writes = on
synchronous_commit = on
max_connections = 100
shared_buffers = 128MB
effective_cache_size = 512MB
work_mem = 8MB
maintenance_work_mem = 64MB
max_wal_size = 512MB
random_page_cost = 1.1
jit = off
# Containers give 64 MB of shared memory: parallel plans would fail in them.
max_parallel_workers_per_gather = 0
timezone = 'UTC'
log_timezone = 'UTC'
# A statement and the detail of an error quote rows: personal data does not belong in a log.
log_error_verbosity = terse
log_min_error_statement = panic
"""


@dataclass(frozen=True)
class Cluster:
    home: Path
    account: Account

    @property
    def log(self) -> Path:
        return self.home / "log"

    def url(self, role: str, database: str) -> str:
        """Address of a database in this cluster for one role."""
        return f"postgresql://{role}@/{database}?host={self.socket()}"

    def socket(self) -> Path:
        """The folder of the socket: below home, or where the path is too long a remembered short one."""
        beside = self.home / "run"
        if fits(beside):
            return beside
        remembered = self.home / "socket-folder"
        if remembered.exists():
            folder = Path(remembered.read_text().strip())
            if folder.is_dir() and folder.stat().st_uid == self.account.uid:
                return folder
        folder = Path(tempfile.mkdtemp(prefix="lienthong-"))
        self.account.own(folder)
        remembered.write_text(f"{folder}\n")
        return folder

    def data(self) -> Path | None:
        """The folder with data, if there is one; the newest where there are several."""
        made = [each for each in self.home.glob("[0-9][0-9]") if (each / "PG_VERSION").exists()]
        return max(made, default=None)

    def answers(self) -> bool:
        """Whether it runs and lets us in."""
        if not (self.socket() / SOCKET_NAME).exists():
            return False
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg.Error:
            return False
        return True


def fits(folder: Path) -> bool:
    """Whether a socket in this folder has a path that the kernel takes."""
    return len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_LIMIT


def private() -> Cluster:
    """The cluster of this checkout, running or not."""
    account = accounts.database_account()
    home = places.var() / "pg"
    if not account.can_enter(places.var()):
        home = Path("/var/lib/lienthong") / places.fingerprint(places.var()) / "pg"
    return Cluster(home, account)


def start(cluster: Cluster) -> bool:
    """Bring it up; False where it was running already. Two callers at once: one waits for the other."""
    with _alone(cluster):
        if cluster.answers():
            return False
        programs = _programs(cluster)
        data = _made(cluster, programs)
        remove_stale(data, cluster.socket())
        _configure(cluster, data)
        if cluster.log.exists() and cluster.log.stat().st_size > 10_000_000:
            cluster.log.unlink()
        _run(cluster, programs, "pg_ctl", "start", "-w", "-t", "90", "-D", str(data), "-l", str(cluster.log))
        return True


def stop(cluster: Cluster) -> bool:
    """Bring it down, closing the connections that are left; False where it was not running."""
    data = cluster.data()
    if data is None or not (data / "postmaster.pid").exists():
        return False
    if not liveness.alive(_first_line(data / "postmaster.pid")):
        return False
    _run(cluster, _programs(cluster), "pg_ctl", "stop", "-m", "fast", "-w", "-t", "90", "-D", str(data))
    return True


def remove(cluster: Cluster) -> None:
    """Take the stopped cluster away with all that it holds."""
    socket = cluster.socket() if cluster.home.exists() else None
    shutil.rmtree(cluster.home, ignore_errors=True)
    if socket is not None:
        shutil.rmtree(socket, ignore_errors=True)


def keep(cluster: Cluster, *, kept: bool) -> None:
    """Remember that it was started by hand, so that the end of a run leaves it alone."""
    marker = cluster.home / "kept"
    marker.touch() if kept else marker.unlink(missing_ok=True)


def is_kept(cluster: Cluster) -> bool:
    return (cluster.home / "kept").exists()


def remove_stale(data: Path, socket: Path) -> bool:
    """Take away the pid files of a postmaster that is gone. True where there were such files.

    Never on suspicion: the process must be gone, a zombie, or another program that got its number; and no
    child of it may still hold the data.
    """
    pid_file = data / "postmaster.pid"
    lock = socket / f"{SOCKET_NAME}.lock"
    if not pid_file.exists() and not lock.exists():
        return False
    pid = _first_line(pid_file) if pid_file.exists() else _first_line(lock)
    if liveness.alive(pid) and str(data) in liveness.command_line(pid):
        raise ConsoleError(
            "postgresql-hangs",
            f"PostgreSQL riêng (tiến trình {pid}) còn chạy nhưng không trả lời; xem nhật ký "
            f"{data.parent / 'log'}, dừng tiến trình ấy rồi chạy lại.",
        )
    _wait_for_children(data)
    for file in (pid_file, lock, socket / SOCKET_NAME):
        file.unlink(missing_ok=True)
    return True


def _wait_for_children(data: Path) -> None:
    # The children of a killed postmaster notice within seconds; until then the data is theirs.
    until = time.monotonic() + 20
    while left := liveness.working_in(data):
        if time.monotonic() > until:
            raise ConsoleError(
                "postgresql-children",
                f"PostgreSQL riêng đã chết nhưng các tiến trình con {left} còn giữ dữ liệu; "
                "hãy dừng chúng rồi chạy lại.",
            )
        time.sleep(0.2)


def _first_line(file: Path) -> int:
    try:
        return int(file.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return 0


@contextmanager
def _alone(cluster: Cluster) -> Iterator[None]:
    cluster.home.mkdir(parents=True, exist_ok=True)
    cluster.account.own(cluster.home)
    with (cluster.home / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _programs(cluster: Cluster) -> binaries.Binaries:
    """Those that fit the data there is; else the newest there are."""
    data = cluster.data()
    if data is not None:
        for each in binaries.system():
            if str(each.major) == data.name and os.environ.get("LIENTHONG_POSTGRES") != "wheel":
                return each
    found = binaries.find(cluster.home.parent, cluster.account)
    if data is not None and str(found.major) != data.name:
        raise ConsoleError(
            "postgresql-version",
            f"Dữ liệu ở {data} là của PostgreSQL {data.name}, máy chỉ còn bản {found.major}. Hãy cài lại bản "
            f"{data.name}, hoặc chuyển dữ liệu bằng pg_dump; không có gì bị xóa.",
        )
    return found


def _made(cluster: Cluster, programs: binaries.Binaries) -> Path:
    data = cluster.home / str(programs.major)
    if (data / "PG_VERSION").exists():
        return data
    # Made aside and renamed: an interrupted initdb leaves nothing that looks like a database.
    fresh = cluster.home / f"{programs.major}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    options = ["-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8", "--auth=peer", "--no-instructions"]
    _run(cluster, programs, "initdb", "-D", str(fresh), *options)
    with (fresh / "postgresql.conf").open("a") as settings:
        settings.write("\ninclude 'lienthong.conf'\n")
    fresh.rename(data)
    return data


def _configure(cluster: Cluster, data: Path) -> None:
    socket = cluster.socket()
    socket.mkdir(exist_ok=True)
    cluster.account.own(socket)
    socket.chmod(0o700)
    callers = sorted({accounts.own_name(), cluster.account.name})
    mapping = [f'lienthong "{caller}" {role}\n' for caller in callers for role in (SUPERUSER, OWNER, APP)]
    _write(cluster, data / "lienthong.conf", SETTINGS.format(socket=socket))
    _write(cluster, data / "pg_hba.conf", "local all all peer map=lienthong\n")
    _write(cluster, data / "pg_ident.conf", "".join(mapping))


def _write(cluster: Cluster, file: Path, text: str) -> None:
    file.write_text(text)
    cluster.account.own(file)
    file.chmod(0o600)


def _run(cluster: Cluster, programs: binaries.Binaries, program: str, *arguments: str) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(
        [programs.program(program), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=cluster.home,
        env=environment,
        check=False,
        **cluster.account.spawn(),
    )
    if done.returncode:
        raise ConsoleError(
            "postgresql-failed",
            f"Lệnh {program} của PostgreSQL không thành; nhật ký ở {cluster.log}.\n{done.stderr.strip()}",
        )

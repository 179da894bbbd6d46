"""What is typed after `lienthong`: only what exists is offered."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from lienthong.console import addresses, cluster, commands, gate, loads, places, steps
from lienthong.console.errors import ConsoleError
from lienthong.console.up import up

ABOUT = """Liên Thông: hệ thống mở cho chính quyền địa phương hai cấp.
Cơ sở dữ liệu: DATABASE_URL (vai trò ứng dụng) và LIENTHONG_OWNER_URL (vai trò chủ bảng) nếu có máy chủ riêng;
nếu không, một PostgreSQL riêng được dựng trong var/."""
# What follows these words is for another program, options included.
PASSED_ON: dict[str, Callable[[list[str]], int]] = {
    "manage": lambda rest: commands.run(addresses.prepare(), rest),
    "test": gate.test,
    "env": gate.anything,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry of the command; a refusal is one sentence on stderr and exit code 1."""
    line = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _answer(line)
    except ConsoleError as refusal:
        print(f"lienthong: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _answer(line: list[str]) -> int:
    if line and line[0] in PASSED_ON:
        return PASSED_ON[line[0]](line[1:])
    # Django's own spelling of a name is taken as well: agency_code is agency-code.
    typed = [line[0].replace("_", "-"), *line[1:]] if line else []
    for command in commands.found():
        if typed[: len(command.words)] == command.words:
            return _delegate(command, line[len(command.words) :])
    return _own(_parser().parse_args(line))


def _delegate(command: commands.Command, rest: list[str]) -> int:
    asks_help = bool({"-h", "--help"} & set(rest))
    if command.name in loads.NAMES and not asks_help:
        return loads.by_hand(command.name, rest)
    where = addresses.prepare()
    if command.name == "demo" and not asks_help:
        return steps.demo_by_hand(where, rest)
    return commands.run(where, [command.name, *rest])


def _own(chosen: argparse.Namespace) -> int:
    if chosen.command == "up":
        if chosen.province:
            os.environ["LIENTHONG_PROVINCE"] = chosen.province
        return up(host=chosen.host, port=chosen.port, demo=chosen.demo)
    if chosen.command == "db":
        return DATABASE[chosen.act]()
    if chosen.command == "migrate":
        return commands.run(addresses.prepare(), ["migrate"])
    if chosen.command == "gate":
        return gate.gate()
    offered = [" ".join(each.words) for each in commands.found() if each.words[0] == chosen.command]
    raise ConsoleError("command-incomplete", f"Lệnh này cần thêm một từ: {'; '.join(offered)}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lienthong", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    words = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    _offer_up(words.add_parser("up", help="chạy tất cả: cơ sở dữ liệu, bảng, dữ liệu gốc, máy chủ web"))
    database = words.add_parser("db", help="PostgreSQL riêng trong var/: bật, tắt, xem")
    database.add_argument("act", choices=sorted(DATABASE))
    words.add_parser("migrate", help="lập và nâng cấp bảng bằng vai trò chủ")
    words.add_parser("manage", help="một lệnh Django bất kỳ: lienthong manage shell")
    words.add_parser("test", help="pytest với môi trường đúng: lienthong test tests/console -k port")
    words.add_parser("gate", help="mọi phép kiểm trước khi nhận một thay đổi (make test)")
    words.add_parser("env", help="chạy một chương trình trong môi trường của ứng dụng")
    for command in commands.found():
        if command.words[0] not in words.choices:
            words.add_parser(command.words[0], help=_help(command))
    return parser


def _help(command: commands.Command) -> str:
    typed = " ".join(command.words)
    about = command.about.replace("%", "%%")
    return f"{about} (lienthong {typed})" if len(command.words) > 1 else about


def _offer_up(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("LIENTHONG_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("LIENTHONG_PORT") or 8000))
    parser.add_argument("--province", help="mã tỉnh, thành phố, mặc định 79 (Thành phố Hồ Chí Minh)")
    parser.add_argument(
        "--demo",
        action=argparse.BooleanOptionalAction,
        default=os.environ.get("LIENTHONG_DEMO") == "1",
        help="nạp dữ liệu trình diễn vào cơ sở dữ liệu mới",
    )


def _start() -> int:
    own = cluster.private()
    began = cluster.start(own)
    cluster.keep(own, kept=True)
    addresses.prepare()
    print("PostgreSQL riêng đã bật." if began else "PostgreSQL riêng đang chạy sẵn.")
    return _url()


def _stop() -> int:
    own = cluster.private()
    cluster.keep(own, kept=False)
    print("PostgreSQL riêng đã tắt." if cluster.stop(own) else "PostgreSQL riêng không chạy.")
    return 0


def _destroy() -> int:
    """Only what was a demonstration: data in earnest is never removed by a command."""
    if not addresses.is_private():
        raise ConsoleError("destroy-foreign", "Lệnh này chỉ xóa PostgreSQL riêng; hãy bỏ DATABASE_URL.")
    own = cluster.private()
    if own.data() is not None:
        cluster.start(own)
        steps.refuse_real(own)
        cluster.stop(own)
    cluster.remove(own)
    for file in ("demo-accounts*.json", "static.stamp"):
        for each in places.var().glob(file):
            each.unlink()
    print("Đã xóa PostgreSQL riêng cùng dữ liệu trình diễn.")
    return 0


def _status() -> int:
    own = cluster.private()
    answers = own.answers()
    print(
        f"{'đang chạy' if answers else 'không chạy'}; dữ liệu: {own.data() or 'chưa có'}; nhật ký: {own.log}"
    )
    return 0 if answers else 3


def _url() -> int:
    """For the shell: eval "$(lienthong db url)"."""
    where = addresses.prepare()
    print(f"export DATABASE_URL='{where.app}'")
    print(f"export LIENTHONG_OWNER_URL='{where.owner}'")
    return 0


DATABASE: dict[str, Callable[[], int]] = {
    "start": _start,
    "stop": _stop,
    "status": _status,
    "url": _url,
    "destroy": _destroy,
}

"""`lienthong simulate`: a city's days through the real actions, on a database marked as a demonstration."""

import sys
from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lienthong.console.demo.run import NotEmpty
from lienthong.console.simulate.axis import first_of_last
from lienthong.console.simulate.report import report
from lienthong.console.simulate.run import Order, OtherOrder, begin, finish, run
from lienthong.console.typed import typed_day
from lienthong.core.workdays.queries import calendar_for, today


class Command(BaseCommand):
    requires_system_checks = []  # no page is served here
    help = "Mô phỏng một thành phố làm việc: mọi thao tác thật, trên cơ sở dữ liệu trình diễn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        # These two are read before by console/loads.py, and stand here for the help alone.
        parser.add_argument("--province", metavar="MÃ", help="mã tỉnh, thành phố (ví dụ 01)")
        parser.add_argument("--database", metavar="TÊN", help="cơ sở dữ liệu riêng, được lập nếu chưa có")
        parser.add_argument("--days", type=int, default=13, metavar="N", help="số ngày làm việc")
        parser.add_argument("--dossiers", type=int, default=66_000, metavar="N", help="số hồ sơ nộp")
        parser.add_argument("--online", type=float, default=0.14, metavar="S", help="phần nộp trực tuyến")
        parser.add_argument("--processes", type=int, default=2, metavar="N", help="số tiến trình")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="cùng số thì cùng kế hoạch")
        parser.add_argument("--units", type=int, default=0, metavar="N", help="chỉ N đơn vị; 0 là tất cả")
        parser.add_argument(
            "--from", dest="first", metavar="NGÀY", help="ngày đầu (02/11/2026); mặc định các ngày vừa qua"
        )

    def handle(self, *args: Any, processes: int, first: str | None, **options: Any) -> None:
        if options["days"] < 1 or options["dossiers"] < 1 or not 0 <= options["online"] <= 1 or processes < 1:
            raise CommandError(
                "--days, --dossiers, --processes phải từ 1 trở lên; --online từ 0 đến 1 (0.14 là 14 %)."
            )
        if options["units"] < 0:
            raise CommandError("--units phải từ 0 trở lên; 0 là tất cả các đơn vị.")
        began = monotonic()
        start = typed_day(first) if first else first_of_last(calendar_for(), today(), options["days"])
        numbers = {name: options[name] for name in ("days", "dossiers", "online", "seed", "units")}
        order = self._begin(
            Order(province=settings.PROVINCE, first=start, parts=processes, **numbers), processes
        )
        self._say(
            f"    chuẩn bị: {monotonic() - began:.0f} giây; từ {order.first:%d/%m/%Y}, {order.parts} tiến trình"
        )
        bar, under_way = Bar(self._say), monotonic()
        done = run(order, told=bar.told)
        bar.end()
        seconds = monotonic() - under_way
        until = finish(order)
        if broken := report(order, done, seconds, until, say=self._say):
            raise SystemExit(broken)

    def _begin(self, order: Order, processes: int) -> Order:
        try:
            return begin(order, processes=processes, say=self._say)
        except NotEmpty as error:
            raise CommandError(
                "Cơ sở dữ liệu này đã có hồ sơ và không phải bản trình diễn. Hãy dùng --database TÊN_MỚI."
            ) from error
        except OtherOrder as error:
            raise CommandError(
                f"Cơ sở dữ liệu này đang chứa một mô phỏng khác ({error}). Chạy lại với cùng số liệu để làm tiếp,"
                " hoặc dùng --database TÊN_MỚI."
            ) from error

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


class Bar:
    """How far it is: one line that changes on a terminal, a line at every tenth elsewhere."""

    WIDTH = 30

    def __init__(self, say: Any) -> None:
        self.say, self.began, self.first, self.tenth = say, monotonic(), -1, 0
        self.is_terminal = sys.stdout.isatty()

    def told(self, done: int, whole: int) -> None:
        self.first = done if self.first < 0 else self.first
        rate = (done - self.first) / max(monotonic() - self.began, 0.001)
        share = done / whole if whole else 0.0
        words = f"{done}/{whole} thao tác, {rate:.0f}/giây"
        if self.is_terminal:
            filled = int(share * self.WIDTH)
            left = (whole - done) / rate / 60 if rate else 0.0
            print(
                f"\r    [{'#' * filled:<{self.WIDTH}}] {share:4.0%}  {words}, còn {left:.0f} phút ",
                end="",
                flush=True,
            )
        elif int(share * 10) > self.tenth:
            self.tenth = int(share * 10)
            self.say(f"    {self.tenth * 10} %: {words}")

    def end(self) -> None:
        if self.is_terminal:
            print()

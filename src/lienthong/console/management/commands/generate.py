"""`lienthong generate`: as many dossiers as a city has in years, written by COPY into a demonstration."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lienthong.console.demo.run import NotEmpty, plan_for, prepare
from lienthong.console.generate.run import Order, OtherOrder, dossiers_there, generate
from lienthong.console.typed import typed_day
from lienthong.core.workdays.queries import today


class Command(BaseCommand):
    requires_system_checks = []  # no page is served here
    help = "Sinh số lượng lớn hồ sơ bằng COPY vào cơ sở dữ liệu trình diễn (đóng và đang giải quyết)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        # These two are read before by console/loads.py, and stand here for the help alone.
        parser.add_argument("--province", metavar="MÃ", help="mã tỉnh, thành phố (ví dụ 01)")
        parser.add_argument("--database", metavar="TÊN", help="cơ sở dữ liệu riêng, được lập nếu chưa có")
        parser.add_argument("--closed", type=int, default=1_000_000, metavar="N", help="hồ sơ đã xong")
        parser.add_argument("--open", type=int, default=66_000, metavar="N", help="hồ sơ đang giải quyết")
        parser.add_argument(
            "--days", type=int, default=240, metavar="N", help="trong N ngày làm việc vừa qua"
        )
        parser.add_argument("--until", metavar="NGÀY", help="ngày sau ngày cuối cùng (20/11/2026)")
        parser.add_argument("--online", type=float, default=0.14, metavar="S", help="phần nộp trực tuyến")
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="cùng số thì cùng dữ liệu")
        parser.add_argument("--units", type=int, default=0, metavar="N", help="chỉ N đơn vị; 0 là tất cả")
        parser.add_argument("--processes", type=int, default=2, metavar="N", help="số tiến trình")

    def handle(self, *args: Any, processes: int, until: str | None, **options: Any) -> None:
        _refuse_impossible(processes, options)
        began = monotonic()
        last = typed_day(until) if until else today()
        numbers = {name: options[name] for name in ("closed", "open", "days", "seed", "online", "units")}
        order = Order(province=settings.PROVINCE, until=last, **numbers)
        try:
            prepare(plan_for(order.province, limit=order.units), processes=processes, say=self._say)
        except NotEmpty as error:
            raise CommandError(
                "Cơ sở dữ liệu này đã có hồ sơ và không phải bản trình diễn. Hãy dùng một cơ sở dữ liệu khác."
            ) from error
        self._say(f"    biên chế: {monotonic() - began:.0f} giây")
        try:
            rows = generate(order, processes=processes, say=self._say)
        except OtherOrder as error:
            raise CommandError(
                f"Cơ sở dữ liệu này đã có một lần sinh khác ({error}). Chạy lại với cùng số liệu để làm tiếp,"
                " hoặc dùng --database TÊN_MỚI."
            ) from error
        closed, still = dossiers_there()
        self._say(
            f"    cơ sở dữ liệu có {closed} hồ sơ đã xong, {still} đang giải quyết; lần này ghi {rows} dòng, "
            f"{monotonic() - began:.0f} giây"
        )

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _refuse_impossible(processes: int, options: dict[str, Any]) -> None:
    """Before anything is written: what no plan could be made of."""
    if options["days"] < 1 or processes < 1:
        raise CommandError("--days, --processes phải từ 1 trở lên.")
    if min(options["closed"], options["open"], options["units"]) < 0 or not 0 <= options["online"] <= 1:
        raise CommandError("--closed, --open, --units phải từ 0 trở lên; --online từ 0 đến 1 (0.14 là 14 %).")

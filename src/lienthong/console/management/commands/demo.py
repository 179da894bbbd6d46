"""`lienthong demo`: mark the database as a demonstration and fill it through the real actions."""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lienthong.console.demo import marks
from lienthong.console.demo.run import NotEmpty, plan_for, run, write_accounts

PROCESSES = 2


class Command(BaseCommand):
    help = "Nạp dữ liệu trình diễn: cán bộ mọi đơn vị, hồ sơ của sáu phường láng giềng và các nơi khác."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--processes", type=int, default=PROCESSES, metavar="N", help="số tiến trình")
        parser.add_argument("--scale", type=float, default=1.0, metavar="S", help="1 là đầy đủ; 0.1 là ít")
        parser.add_argument("--units", type=int, default=0, metavar="N", help="chỉ N đơn vị đầu; 0 là tất cả")

    def handle(self, *args: Any, processes: int, scale: float, units: int, **options: Any) -> None:
        began = monotonic()
        plan = plan_for(settings.PROVINCE, scale=scale, limit=units)
        if not plan.codes:
            raise CommandError(
                f"Chưa có đơn vị nào của tỉnh, thành phố mã {settings.PROVINCE}. Hãy chạy seed trước."
            )
        if marks.read(marks.DONE) is None:
            try:
                dossiers = run(plan, processes=processes, say=self._say)
            except NotEmpty as error:
                raise CommandError(
                    "Cơ sở dữ liệu này đã có hồ sơ nên không thành bản trình diễn. Hãy dùng một cơ sở dữ liệu khác."
                ) from error
            self._say(f"    {dossiers} hồ sơ ở {len(plan.codes)} đơn vị sau {monotonic() - began:.1f} giây")
        else:
            self._say("    dữ liệu trình diễn đã có, không nạp lại")
        write_accounts(plan, settings.VAR)

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

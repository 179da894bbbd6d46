"""`lienthong check`: the promise, counted over every row. Exit 1 where it is broken anywhere."""

from typing import Any

from django.core.management.base import BaseCommand

from lienthong.console.invariants import check_all


class Command(BaseCommand):
    help = "Kiểm tra bất biến: mỗi vụ việc mở có đơn vị, người giữ, hạn; mỗi số được dùng hoặc hủy."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--show", type=int, default=5, metavar="N", help="số ví dụ mỗi loại vi phạm")

    def handle(self, *args: Any, show: int, **options: Any) -> None:
        broken = 0
        for finding in check_all():
            broken += len(finding.wrong)
            self.stdout.write(f"{finding.looked_at:>9}  {len(finding.wrong):>6}  {finding.name}")
            for example in finding.wrong[:show]:
                self.stdout.write(f"                     → {example}")
        self.stdout.write(
            "Đã xem · vi phạm · điều kiện. " + (f"Có {broken} vi phạm." if broken else "Không vi phạm.")
        )
        if broken:
            raise SystemExit(1)

"""`lienthong check`: the promise, counted over every row. Exit 1 where it is broken anywhere."""

from typing import Any

from django.core.management.base import BaseCommand

from lienthong.console.invariants import checked


class Command(BaseCommand):
    requires_system_checks = []  # no page is served here
    help = "Kiểm tra bất biến: mỗi vụ việc mở có đơn vị, người giữ, hạn; mỗi số được dùng hoặc hủy."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--show", type=int, default=5, metavar="N", help="số ví dụ mỗi loại vi phạm")

    def handle(self, *args: Any, show: int, **options: Any) -> None:
        broken = 0
        for finding in checked():
            broken += finding.broken
            self.stdout.write(f"{finding.looked_at:>9}  {finding.broken:>6}  {finding.name}")
            self.stdout.flush()
            for example in finding.wrong[:show]:
                self.stdout.write(f"                     → {example}")
        self.stdout.write(
            "Đã xem · vi phạm · điều kiện. " + (f"Có {broken} vi phạm." if broken else "Không vi phạm.")
        )
        if broken:
            raise SystemExit(1)

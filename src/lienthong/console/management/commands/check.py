"""`lienthong check`: the promise, counted over every row; `check competence`: the proof that no task is missed.

Exit 1 where the promise is broken anywhere, or the register has a gap, an overlap or a broken delegation.
"""

import json
from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lienthong.console.invariants import checked
from lienthong.console.proving import Asked, as_json, changed, is_faulty, lines, summary
from lienthong.console.typed import typed_day
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence.queries import AHEAD_DAYS, changes_of, take_snapshot
from lienthong.mandate.competence.values import Found, Snapshot
from lienthong.work.stewardship.queries.keeping import reported_until

ROWS, COMPETENCE = "rows", "competence"
TWO_YEARS = timedelta(days=731)


class Command(BaseCommand):
    requires_system_checks = []  # no page is served here
    help = (
        "Kiểm tra bất biến: mỗi vụ việc mở có đơn vị, người giữ, hạn; mỗi số được dùng hoặc hủy. "
        "check competence: mỗi nhiệm vụ ở mỗi đơn vị có đúng một nơi chịu trách nhiệm."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what", nargs="?", choices=(ROWS, COMPETENCE), default=ROWS, help="mặc định: rows"
        )
        parser.add_argument("--show", type=int, default=5, metavar="N", help="số ví dụ mỗi loại vi phạm")
        register = parser.add_argument_group("check competence")
        register.add_argument(
            "--province", metavar="MÃ", default=settings.PROVINCE, help="mã tỉnh, thành phố"
        )
        register.add_argument("--country", action="store_true", help="cả nước")
        register.add_argument("--from", dest="first", metavar="NGÀY", default="", help="mặc định hôm nay")
        register.add_argument("--to", dest="last", metavar="NGÀY", default="", help="mặc định hai năm sau")
        register.add_argument("--ahead", type=int, default=AHEAD_DAYS, metavar="N", help="số ngày báo trước")
        register.add_argument(
            "--draft", type=int, metavar="SỐ", help="phương án giả định: phát hiện thêm, bớt"
        )
        register.add_argument("--json", action="store_true", help="in JSON")

    def handle(self, *args: Any, what: str, show: int, **options: Any) -> None:
        is_broken = self._competence(**options) if what == COMPETENCE else self._rows(show)
        if is_broken:
            raise SystemExit(1)

    def _rows(self, show: int) -> bool:
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
        return bool(broken)

    def _competence(self, *, province: str, country: bool, draft: int | None, **options: Any) -> bool:
        with entered(SYSTEM):
            snapshot = take_snapshot(province=None if country else province)
            asked = Asked(*_days(options["first"], options["last"]), options["ahead"], reported_until())
            changes = None if draft is None else _changes(draft)
        if not snapshot.units:
            raise CommandError(f"Không có đơn vị nào của tỉnh {province}. Hãy kiểm tra mã tỉnh.")
        if changes is None:
            parts = {"found": asked.found(snapshot)}
        else:
            appeared, vanished = changed(asked, snapshot, changes)
            parts = {"appeared": appeared, "vanished": vanished}
        (self._dump if options["json"] else self._tell)(asked, snapshot, parts)
        return is_faulty(next(iter(parts.values())))

    def _dump(self, asked: Asked, snapshot: Snapshot, parts: dict[str, tuple[Found, ...]]) -> None:
        told: dict[str, Any] = {
            "from": asked.start.isoformat(),
            "to": asked.end.isoformat(),
            "ahead": asked.ahead,
            "units": len(snapshot.units),
            "tasks": len(snapshot.tasks),
        }
        told |= {name: as_json(found, snapshot) for name, found in parts.items()}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))

    def _tell(self, asked: Asked, snapshot: Snapshot, parts: dict[str, tuple[Found, ...]]) -> None:
        self.stdout.write(
            f"{len(snapshot.tasks)} nhiệm vụ × {len(snapshot.units)} đơn vị, "
            f"từ {asked.start:%d/%m/%Y} đến trước {asked.end:%d/%m/%Y}; báo trước {asked.ahead} ngày."
        )
        for name, found in parts.items():
            if name in TITLES:
                self.stdout.write(TITLES[name])
            for line in (*summary(found), "", *lines(found, snapshot)):
                self.stdout.write(line)


TITLES = {"appeared": "Theo phương án, phát hiện thêm:", "vanished": "Theo phương án, không còn:"}


def _days(first: str, last: str) -> tuple[date, date]:
    start = typed_day(first) if first else today()
    end = typed_day(last) if last else start + TWO_YEARS
    if end <= start:
        raise CommandError("Ngày cuối phải sau ngày đầu. Hãy kiểm tra --from và --to.")
    return start, end


def _changes(draft_id: int) -> list[tuple[str, dict[str, Any]]]:
    try:
        return changes_of(draft_id)
    except NotFound as error:
        raise CommandError(error.refusal.sentence) from error

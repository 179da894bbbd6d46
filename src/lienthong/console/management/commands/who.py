"""`lienthong who TASK PLACE [--at DATE] [--known DATE] [--json]`: who is responsible, here, on that day; who signs."""

import json
from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.dates import DateError, parse_date
from lienthong.lib.text import fold
from lienthong.mandate.competence.enums import DelegableAct
from lienthong.mandate.competence.queries import explain, responsible_for, signers, warrants_for
from lienthong.people.organisation.queries import search_units, unit_by_code


class Command(BaseCommand):
    help = "Ai chịu trách nhiệm, ai được ký: who MÃ_NHIỆM_VỤ ĐƠN_VỊ [--at NGÀY], kèm căn cứ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", metavar="MÃ_NHIỆM_VỤ", help="mã thủ tục hoặc nhiệm vụ, ví dụ 1.001193")
        parser.add_argument("place", metavar="ĐƠN_VỊ", help="mã hoặc tên đơn vị, không cần dấu")
        parser.add_argument("--at", metavar="NGÀY", default="", help="ví dụ 05/03/2026; không có: hôm nay")
        parser.add_argument(
            "--known", metavar="NGÀY", default="", help="theo những gì sổ đã ghi đến hết ngày này"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="in ra JSON")

    def handle(
        self,
        *args: Any,
        task: str,
        place: str,
        at: str = "",
        known: str = "",
        as_json: bool = False,
        **options: Any,
    ) -> None:
        try:
            day = parse_date(at) if at else today()
            known_at = datetime.combine(parse_date(known), time.max, VIETNAM) if known else None
        except DateError as error:
            raise CommandError(error.sentence) from error
        told = _in_json if as_json else _in_lines
        with entered(SYSTEM):
            try:
                lines = told(task, _unit_called(place, day), day, known_at)
            except NotFound as error:
                raise CommandError(error.refusal.sentence) from error
        for line in lines:
            self.stdout.write(line)


def _in_lines(task: str, unit_id: int, day: date, known_at: datetime | None) -> list[str]:
    """The answer, then who may sign."""
    may_sign = warrants_for(task, unit_id, DelegableAct.SIGN, day, known_at=known_at)
    *lines, last = explain(responsible_for(task, unit_id, day, known_at=known_at))
    is_lacking = last.startswith("Thiếu")
    return [*lines, *([] if is_lacking else [last]), *signers(may_sign), *([last] if is_lacking else [])]


def _in_json(task: str, unit_id: int, day: date, known_at: datetime | None) -> list[str]:
    """The same for a program: the answer as acts freeze it, and the warrants by act."""
    told = {
        "task": task,
        "day": day.isoformat(),
        "known_at": known_at.isoformat() if known_at else None,
        "answer": responsible_for(task, unit_id, day, known_at=known_at).as_json(),
        "warrants": {
            act.value: [
                warrant.as_json() for warrant in warrants_for(task, unit_id, act, day, known_at=known_at)
            ]
            for act in DelegableAct
        },
    }
    return [json.dumps(told, ensure_ascii=False, indent=1)]


def _unit_called(place: str, day: date) -> int:
    """The unit of this code, or the one in the province whose name ends so."""
    if place.isdecimal():
        return unit_by_code(place, day).id
    found = [unit for unit in search_units(place, day, settings.PROVINCE) if unit.in_force]
    exact = [unit for unit in found if f" {fold(unit.name)}".endswith(f" {fold(place)}")] or found
    if not exact:
        raise CommandError(f"Không có đơn vị nào tên “{place}” trong tỉnh. Hãy dùng mã đơn vị.")
    if len(exact) > 1:
        names = "; ".join(f"{unit.name} ({unit.code})" for unit in exact)
        raise CommandError(f"Có nhiều đơn vị tên “{place}”: {names}. Hãy dùng mã đơn vị.")
    return exact[0].unit_id

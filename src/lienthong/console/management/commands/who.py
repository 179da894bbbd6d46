"""`lienthong who TASK PLACE [--at DATE]`: who is responsible, here, on that day, and why."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.lib.dates import DateError, parse_date
from lienthong.lib.text import fold
from lienthong.mandate.competence.queries import explain, responsible_for
from lienthong.people.organisation.queries import search_units, unit_by_code


class Command(BaseCommand):
    help = "Ai chịu trách nhiệm: who MÃ_NHIỆM_VỤ ĐƠN_VỊ [--at NGÀY], kèm căn cứ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", metavar="MÃ_NHIỆM_VỤ", help="mã thủ tục hoặc nhiệm vụ, ví dụ 1.001193")
        parser.add_argument("place", metavar="ĐƠN_VỊ", help="mã hoặc tên đơn vị, không cần dấu")
        parser.add_argument("--at", metavar="NGÀY", default="", help="ví dụ 05/03/2026; không có: hôm nay")

    def handle(self, *args: Any, task: str, place: str, at: str, **options: Any) -> None:
        try:
            day = parse_date(at) if at else today()
        except DateError as error:
            raise CommandError(error.sentence) from error
        with entered(SYSTEM):
            try:
                lines = explain(responsible_for(task, _unit_called(place, day), day))
            except NotFound as error:
                raise CommandError(error.refusal.sentence) from error
        for line in lines:
            self.stdout.write(line)


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

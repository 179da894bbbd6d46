"""`lienthong agency-code UNIT CODE`: set the code with which a unit's dossiers are numbered."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.people.organisation.actions import set_agency_code
from lienthong.people.organisation.queries import unit_by_code


class Command(BaseCommand):
    help = "Đặt mã định danh cơ quan của một đơn vị: agency-code MÃ_ĐƠN_VỊ MÃ_ĐỊNH_DANH."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("unit", metavar="MÃ_ĐƠN_VỊ", help="mã của Cục Thống kê, như 27475")
        parser.add_argument("code", metavar="MÃ_ĐỊNH_DANH", help="như văn bản cấp mã đã ghi")

    def handle(self, *args: Any, unit: str, code: str, **options: Any) -> None:
        with entered(SYSTEM):
            try:
                found = unit_by_code(unit, today())
                set_agency_code(actor=SYSTEM, unit_id=found.id, agency_code=code)
            except Refused as refused:
                raise CommandError(refused.refusal.sentence) from refused
        self.stdout.write(f"{found.name}: mã định danh {code.strip().upper()}. Hồ sơ mới mang mã này.")

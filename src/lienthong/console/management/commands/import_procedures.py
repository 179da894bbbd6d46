"""`lienthong import procedures FILE`: the national portal's export, every row accounted for."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.procedures.actions import import_procedures
from lienthong.mandate.procedures.enums import ImportOutcome


class Command(BaseCommand):
    help = "Nhập bản xuất danh mục thủ tục của Cổng Dịch vụ công quốc gia (CSV), báo từng dòng không nhập."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="TỆP", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as stream, entered(SYSTEM):
                report = import_procedures(stream, actor=SYSTEM)
        except OSError as error:
            raise CommandError(f"Không mở được tệp {file}: {error.strerror}.") from error
        except Refused as error:
            raise CommandError(error.refusal.sentence) from error
        for row in report.rows:
            if row.reason:
                self.stdout.write(f"dòng {row.row_number}  {row.code or '—'}  {row.reason}")
        for outcome in ImportOutcome:
            self.stdout.write(f"{outcome.label}: {report.count(outcome)}")
        self.stdout.write(f"tổng số dòng: {len(report.rows)}")

"""`lienthong import boundaries FILE [--apply]`: the office's layer of boundaries, looked at first, then applied."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.fronts.cockpit.actions import check_boundaries, import_boundaries
from lienthong.fronts.cockpit.values import Checked
from lienthong.lib.dates import DateError, read_date


class Command(BaseCommand):
    help = "Kiểm tệp ranh giới đơn vị (GeoJSON, WGS 84); thêm --apply để bản đồ vẽ theo tệp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="TỆP", type=Path)
        parser.add_argument("--apply", action="store_true", help="nạp tệp sau khi kiểm, nếu không có lỗi")
        parser.add_argument(
            "--source", metavar="NGUỒN", default="", help="cơ quan, văn bản cung cấp lớp dữ liệu"
        )
        parser.add_argument(
            "--licence", metavar="ĐIỀU_KIỆN", default="", help="điều kiện sử dụng, hiện dưới bản đồ"
        )
        parser.add_argument("--dated", metavar="NGÀY", default="", help="ngày của dữ liệu, như 01/07/2025")

    def handle(self, *args: Any, file: Path, apply: bool, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"Không mở được tệp {file}: {error.strerror}.") from error
        try:
            with entered(SYSTEM):
                self._tell(check_boundaries(actor=SYSTEM, content=content))
                if apply:
                    self._apply(content, options)
        except Refused as error:
            raise CommandError(error.refusal.sentence) from error
        if not apply:
            self.stdout.write(
                "Mới kiểm, chưa nạp. Nạp bằng: --apply --source NGUỒN --licence ĐIỀU_KIỆN --dated NGÀY."
            )

    def _apply(self, content: bytes, options: dict[str, Any]) -> None:
        try:
            dated_on = read_date(options["dated"])
        except DateError as error:
            raise CommandError(f"--dated: {error.sentence}") from error
        source, licence = options["source"], options["licence"]
        done = import_boundaries(
            actor=SYSTEM, content=content, source=source, licence=licence, dated_on=dated_on
        )
        if not done.is_kept:
            self.stdout.write("Tệp này đã nạp rồi, không có gì thay đổi.")
            return
        self.stdout.write(f"Đã nạp ranh giới {len(done.shapes)} đơn vị; bản đồ vẽ theo tệp từ bây giờ.")

    def _tell(self, checked: Checked) -> None:
        for one in checked.found:
            mark = "LỖI" if one.finding.is_fatal else "lưu ý"
            self.stdout.write(f"{mark}  {one.finding.label}: {one.sentence}")
        self.stdout.write(f"{checked.features} đối tượng trong tệp, {len(checked.shapes)} đơn vị vẽ được.")

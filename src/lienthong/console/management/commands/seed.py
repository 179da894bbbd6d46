"""`lienthong seed`: load every room's seeds and write the lifecycles down. Harmless if repeated."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from lienthong.core.instruments.actions import load_seeds as load_instruments
from lienthong.core.lifecycle.actions import sync_transitions
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.actions import load_seeds as load_days
from lienthong.mandate.competence.actions import load_seeds as load_rules
from lienthong.mandate.procedures.actions import load_seeds as load_procedures
from lienthong.people.organisation.actions import load_seeds as load_units
from lienthong.work.certification.actions import load_seeds as load_certification

# From the ground up: a room's seeds name rows of the rooms below it.
LOADERS: tuple[tuple[str, Callable[[], dict[str, int]]], ...] = (
    ("văn bản", load_instruments),
    ("ngày làm việc", load_days),
    ("đơn vị hành chính", load_units),
    ("thủ tục", load_procedures),
    ("thẩm quyền", load_rules),
    ("chứng thực", load_certification),
)


class Command(BaseCommand):
    help = "Nạp dữ liệu gốc: văn bản, ngày làm việc, đơn vị, thủ tục, thẩm quyền."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, load in LOADERS:
            began = monotonic()
            with transaction.atomic(), entered(SYSTEM):
                counts = load()
            told = ", ".join(f"{what} {count:,}".replace(",", ".") for what, count in counts.items())
            self.stdout.write(f"    {name}: {told} ({monotonic() - began:.1f} giây)")
        with transaction.atomic():
            sync_transitions()

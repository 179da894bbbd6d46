"""The staff as a spreadsheet: the same table out and in, and an empty one with examples."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import IO

from django.conf import settings

from lienthong.core.scope.values import Actor
from lienthong.lib.spreadsheet import SheetError, write_sheet
from lienthong.lib.table_in import Table, read_table
from lienthong.people.identity.queries import roll_cells, roll_fields, seats_of
from lienthong.people.organisation.enums import PostKind
from lienthong.people.organisation.queries import officer_details, unit_by_id, units_of_province
from lienthong.people.organisation.values import UnitCard

MOST_ROWS = 10_000
# The file travels with the page of its check, and comes back with the command to load it.
LARGEST = 2_500_000
EXAMPLE = "VÍ DỤ, xóa dòng này"


def administered_units(actor: Actor, on: date) -> list[UnitCard]:
    """The units that the actor may staff: the own one; for the city each of its own. One statement."""
    own = unit_by_id(actor.unit_id or 0, on)
    return [own, *units_of_province(settings.PROVINCE, on)] if actor.may("city") else [own]


def staff_sheet(units: Sequence[UnitCard], on: date) -> BytesIO:
    """Every post of the units with its officer. Identity numbers stand in it: note the reading."""
    seats = seats_of([unit.id for unit in units], on)
    details = officer_details([seat.person_id for seat in seats if seat.person_id is not None])
    rows = roll_cells(seats, {unit.id: unit.code for unit in units}, details)
    return _written("Cán bộ", rows)


def template_sheet(code: str, on: date) -> BytesIO:
    """The empty table with three rows that show how it is filled in; they are not taken."""
    centre, office = "Trung tâm Phục vụ hành chính công", "Văn phòng HĐND và UBND"
    clerk, records = str(PostKind.ONE_STOP_CLERK.label), str(PostKind.RECORDS_CLERK.label)
    held = (
        *(code, None, centre, clerk, "Cán bộ một cửa", 1, "Cán bộ Mẫu Một"),
        f"mau1.{code}",
        on,
        "01/QĐ-UBND",
    )
    away = (None, "Cán bộ Mẫu Hai", on, on, "000000000001", "0900000001", "mau1@donvi.example", EXAMPLE)
    second = (code, None, centre, clerk, "Cán bộ một cửa", 2, "Cán bộ Mẫu Hai", f"mau2.{code}", on)
    vacant = (code, None, office, records, "Văn thư", None)
    rows = [(*held, *away), (*second, *[None] * 8, EXAMPLE), (*vacant, *[None] * 11, EXAMPLE)]
    return _written("Cán bộ (mẫu)", rows)


def read_staff(source: IO[bytes]) -> Table:
    """The rows of a file. Raises SheetError where the file as a whole cannot be used."""
    content = source.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise SheetError("sheet_too_large", "Tệp lớn hơn 2,5 MB. Hãy chia thành nhiều tệp nhỏ hơn.")
    return read_table(BytesIO(content), roll_fields(), most_rows=MOST_ROWS)


def _written(title: str, rows: Sequence[Sequence[object]]) -> BytesIO:
    target = BytesIO()
    write_sheet(target, title, [field.column() for field in roll_fields()], rows)
    target.seek(0)
    return target

"""A table of officers: its columns, what it is compared with, and the same table written out."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import connection

from lienthong.lib.table_in import Field, FieldKind, Row
from lienthong.people.identity.access import places_of_persons
from lienthong.people.identity.queries.staff import seats_of
from lienthong.people.identity.rules import plan_roll
from lienthong.people.identity.values import AccountHolder, Known, RowPlan, Seat
from lienthong.people.organisation.enums import PostKind
from lienthong.people.organisation.queries import (
    bodies_of_units,
    officer_details,
    persons_of_identities,
    usual_bodies,
)
from lienthong.people.organisation.values import BodyCard, DetailDraft, UnitCard

Cells = tuple[object, ...]
_ACCOUNTS = """
SELECT ac.username, ac.person_id, ac.id, per.name
FROM identity_account ac JOIN organisation_person per ON per.id = ac.person_id
WHERE ac.username = ANY(%(names)s)
"""


def roll_fields() -> tuple[Field, ...]:
    """The columns of a table of officers: a row is a post, and who sits in it."""
    kinds = {str(label): word for word, label in PostKind.choices}
    date_, text = FieldKind.DATE, FieldKind.TEXT
    return (
        Field("unit", "Mã đơn vị", text, longest=5, digits=5),
        Field("post", "Mã vị trí", FieldKind.INTEGER),
        Field("body", "Cơ quan, phòng", text, needed=True, also=("Phòng ban", "Cơ quan"), longest=200),
        Field("kind", "Loại vị trí", FieldKind.WORD, needed=True, words=kinds),
        Field("title", "Chức danh", text, needed=True, also=("Chức vụ",), longest=200),
        Field("rank", "Thứ tự", FieldKind.INTEGER, also=("STT",), most=999),
        Field("person", "Họ và tên", text, needed=False, also=("Họ tên",), longest=120),
        Field("username", "Tên đăng nhập", text, longest=60),
        Field("starts_on", "Từ ngày", date_, also=("Ngày bổ nhiệm",)),
        Field("decision", "Số quyết định", text, longest=200),
        Field("ends_on", "Đến trước ngày", date_, also=("Thôi giữ từ ngày",)),
        Field("substitute", "Người thay", text, longest=120),
        Field("away_from", "Vắng từ ngày", date_),
        Field("away_until", "Vắng đến hết ngày", date_),
        Field("identity", "Số định danh", text, also=("Số CCCD", "Căn cước"), longest=12, digits=12),
        Field("phone", "Điện thoại", text, longest=20, digits=10),
        Field("email", "Thư điện tử", text, also=("Email",), longest=120),
        Field("note", "Ghi chú", text, also=("Tài khoản",)),
    )


def known_of(
    own_code: str, units: Sequence[UnitCard], rows: Sequence[Row], open_cases: Mapping[int, int], day: date
) -> Known:
    """What the rows are compared with. Seven statements at most, however many rows; only units that they name."""
    named = {row.values.get("unit") or own_code for row in rows}
    asked = [unit for unit in units if unit.code in named]
    ids = [unit.id for unit in asked]
    seats = seats_of(ids, day)
    bodies: dict[int, list[BodyCard]] = {}
    for body in bodies_of_units(ids, day):
        bodies.setdefault(body.unit_id, []).append(body)
    accounts = _accounts([row.values.get("username") or "" for row in rows])
    identities = persons_of_identities([row.values.get("identity") or "" for row in rows])
    meant = {holder.person_id for holder in accounts.values()} | {
        person for person, _name in identities.values()
    }
    return Known(
        own_code=own_code,
        units={unit.code: unit for unit in asked},
        bodies={unit: tuple(found) for unit, found in bodies.items()},
        usual_bodies={unit.id: tuple(usual_bodies(unit)) for unit in asked if unit.id not in bodies},
        seats=tuple(seats),
        accounts=accounts,
        identities=identities,
        administered=frozenset(unit.id for unit in units),
        places=places_of_persons(meant, day),
        details=officer_details(
            [one for seat in seats for one in (seat.person_id, seat.next_person_id) if one is not None]
        ),
        open_cases=open_cases,
        day=day,
    )


def roll_plans(rows: Sequence[Row], known: Known) -> list[RowPlan]:
    """What each row would do, or why it cannot be taken. No statement."""
    return plan_roll(rows, known)


def roll_cells(
    seats: Sequence[Seat], codes: Mapping[int, str], details: Mapping[int, DetailDraft]
) -> list[Cells]:
    """The posts as rows of the same table, so that it can be read in again and changes nothing."""
    return [_cells(seat, codes[seat.unit_id], details.get(seat.person_id or 0)) for seat in seats]


def _cells(seat: Seat, code: str, detail: DetailDraft | None) -> Cells:
    away = seat.away_until - timedelta(days=1) if seat.away_until else None
    kind = str(PostKind(seat.kind).label)
    return (
        *(code, seat.post_id, seat.body_name, kind, seat.title, seat.rank),
        *(seat.person or None, seat.username or None, seat.held_from, seat.decision or None, seat.held_until),
        *(_stand_in(seat), seat.away_from, away),
        *((detail.identity_number, detail.phone, detail.email) if detail else (None, None, None)),
        None,
    )


def _stand_in(seat: Seat) -> str | None:
    return (seat.substitute_user or seat.substitute or None) if seat.absence_id else None


def _accounts(usernames: Sequence[str]) -> dict[str, AccountHolder]:
    wanted = sorted({name.lower() for name in usernames if name})
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, {"names": wanted})
        return {name: AccountHolder(*rest) for name, *rest in cursor.fetchall()}

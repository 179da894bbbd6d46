"""The checklist of one unit or of all units of the province: five statements, however many units."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from lienthong.mandate.procedures.enums import ExecutingBody
from lienthong.mandate.procedures.queries import lacking_procedures
from lienthong.people.organisation.enums import PostKind
from lienthong.people.organisation.values import UnitCard
from lienthong.work.readiness.enums import COMPUTED, Item
from lienthong.work.readiness.rules import NEEDED_POSTS
from lienthong.work.readiness.values import Cell, Standing, TickLine

# Every post of the needed kinds: who holds it today, and whether that account has ever signed in.
_PEOPLE = """
SELECT p.unit_id, p.kind, p.title, ap.person_id IS NOT NULL, a.id IS NOT NULL AND a.is_active,
       a.last_login IS NOT NULL
FROM organisation_post p
LEFT JOIN organisation_appointment ap ON ap.post_id = p.id AND ap.valid_during @> %(on)s::date
LEFT JOIN identity_account a ON a.person_id = ap.person_id
WHERE p.unit_id = ANY(%(units)s) AND p.valid_during @> %(on)s::date AND p.kind = ANY(%(kinds)s)
ORDER BY p.unit_id, p.rank, p.id
"""
_OFFICE = """
SELECT u.id, u.agency_code <> '',
       EXISTS (SELECT 1 FROM workdays_officehours h
               WHERE h.place IN (u.code, '') AND h.valid_during @> %(on)s::date),
       EXISTS (SELECT 1 FROM casework_case c WHERE c.responsible_unit_id = u.id
               AND c.closed_at IS NOT NULL AND c.kind = 'dossier' AND c.state = 'returned'),
       (SELECT live_on FROM readiness_golive g WHERE g.unit_id = u.id)
FROM organisation_adminunit u WHERE u.id = ANY(%(units)s)
"""
_TICKS = """
SELECT DISTINCT ON (unit_id, item) unit_id, item, is_done, seen_on, note
FROM readiness_tick WHERE unit_id = ANY(%(units)s) ORDER BY unit_id, item, id DESC
"""
_HISTORY = """
SELECT t.item, t.is_done, t.seen_on, t.note, coalesce(per.name, ''), coalesce(p.title, ''), t.recorded_at
FROM readiness_tick t LEFT JOIN organisation_person per ON per.id = t.person_id
LEFT JOIN organisation_post p ON p.id = t.post_id
WHERE t.unit_id = %(unit)s AND (%(item)s = '' OR t.item = %(item)s) ORDER BY t.id DESC LIMIT 200
"""


def standings(units: Sequence[UnitCard], on: date) -> list[Standing]:
    """Every item of every unit. Five statements."""
    ids = {"units": [unit.id for unit in units], "on": on}
    people = _by_unit(_rows(_PEOPLE, **ids, kinds=list(NEEDED_POSTS)))
    office = {row[0]: row[1:] for row in _rows(_OFFICE, **ids)}
    ticks = {(row[0], row[1]): row[2:] for row in _rows(_TICKS, units=ids["units"])}
    lacking = lacking_procedures([unit.code for unit in units], on, ExecutingBody.COMMUNE_COMMITTEE)
    found = []
    for unit in units:
        has_code, has_hours, has_trial, live_on = office.get(unit.id, (False, False, False, None))
        computed = {
            Item.PEOPLE: _people(people.get(unit.id, [])),
            Item.OFFICE: _office(has_code, has_hours),
            Item.PROCEDURES: _procedures(*lacking[unit.code]),
            Item.TRIAL: _trial(has_trial),
        }
        cells = [
            computed[item] if item in COMPUTED else _ticked(item, ticks.get((unit.id, item))) for item in Item
        ]
        found.append(Standing(unit, tuple(cells), live_on))
    return found


def standing_of(unit: UnitCard, on: date) -> Standing:
    """One unit's checklist. Five statements."""
    return standings([unit], on)[0]


def ticks_of(unit_id: int, item: str = "") -> list[TickLine]:
    """What was seen in a unit (of one item), newest first. One statement."""
    return [TickLine(*row) for row in _rows(_HISTORY, unit=unit_id, item=item)]


def _people(rows: Sequence[tuple[Any, ...]]) -> Cell:
    kinds = {row[0] for row in rows}
    lacks = [
        _("chưa có vị trí “{post}”").format(post=PostKind(kind).label)
        for kind in NEEDED_POSTS
        if kind not in kinds
    ]
    for _kind, title, is_held, has_account, has_signed_in in rows:
        if not is_held:
            lacks.append(_("“{post}”: chưa bố trí người").format(post=title))
        elif not has_account:
            lacks.append(_("“{post}”: chưa có tài khoản").format(post=title))
        elif not has_signed_in:
            lacks.append(_("“{post}”: chưa đăng nhập lần nào").format(post=title))
    told = _("{count} vị trí đều có người và đã đăng nhập").format(count=len(rows))
    return _cell(Item.PEOPLE, lacks, told)


def _office(has_code: bool, has_hours: bool) -> Cell:
    lacks = [] if has_code else [_("chưa có mã định danh cơ quan")]
    lacks += [] if has_hours else [_("chưa đặt giờ làm việc")]
    return _cell(Item.OFFICE, lacks, _("đã có mã định danh và giờ làm việc"))


def _procedures(begun: int, complete: int, lacks: Sequence[str]) -> Cell:
    told = _("{count} thủ tục nhận được tại quầy").format(count=complete)
    if not begun:
        return _cell(Item.PROCEDURES, [_("chưa thiết lập thủ tục nào")], told)
    named = [_("{procedure}: thiếu nội dung").format(procedure=name) for name in lacks]
    return _cell(Item.PROCEDURES, named, told)


def _trial(has_trial: bool) -> Cell:
    lacks = [] if has_trial else [_("chưa có hồ sơ nào đi hết đến trả kết quả")]
    return _cell(Item.TRIAL, lacks, _("đã có hồ sơ đi hết đến trả kết quả"))


def _ticked(item: Item, row: tuple[Any, ...] | None) -> Cell:
    if row is None:
        return Cell(item, False, _("chưa kiểm tra"))
    is_done, seen_on, note = row
    day = f"{seen_on:%d/%m/%Y}"
    words = _("đạt, kiểm tra ngày {day}") if is_done else _("chưa đạt, kiểm tra ngày {day}")
    return Cell(item, is_done, words.format(day=day), (note,) if note else ())


def _cell(item: Item, lacks: Sequence[str], told: str) -> Cell:
    if not lacks:
        return Cell(item, True, told)
    words = lacks[0] if len(lacks) == 1 else _("thiếu {count} điều")
    return Cell(item, False, words.format(count=len(lacks)), tuple(lacks))


def _by_unit(rows: Sequence[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for unit_id, *rest in rows:
        found[unit_id].append(tuple(rest))
    return found


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())

"""What the public pages show, composed from the rooms below."""

from datetime import date, datetime

from lienthong.core.registry.values import NotFound
from lienthong.core.workdays.queries import calendar_for
from lienthong.fronts.public.rules.journey import sight_of
from lienthong.fronts.public.rules.terms import row_of, sheet_of
from lienthong.fronts.public.rules.who import who_of
from lienthong.fronts.public.values import FoundUnit, Row, Sheet, Sight, UnitSheet, Who
from lienthong.lib.text import sort_key
from lienthong.mandate.competence.queries import responsible_for
from lienthong.mandate.competence.queries.office import find_task, find_tasks, office_answer
from lienthong.mandate.competence.values import TaskFound
from lienthong.mandate.procedures.queries import fields_in_force, procedure_page, search_catalogue
from lienthong.people.organisation.enums import Level, UnitType
from lienthong.people.organisation.queries import (
    bodies_of,
    groups_of,
    neighbours,
    predecessors_of,
    search_units,
    unit_by_code,
    units_of_province,
)
from lienthong.people.organisation.values import UnitCard, UnitFound
from lienthong.work.dossiers.queries import Found

PAGE = 20


def sight(found: Found, at: datetime) -> Sight:
    """A found dossier as its page shows it."""
    return sight_of(found, at, calendar_for())


def fields(on: date) -> list[str]:
    """The fields of work, in Vietnamese order. One statement."""
    return sorted(fields_in_force(on), key=sort_key)


def catalogue(text: str, field: str, after: str, on: date) -> tuple[list[Row], str]:
    """One page of the catalogue and where the next one begins ("" at the end). One statement."""
    found = search_catalogue(text, on, limit=PAGE + 1, after=after, field=field)
    more = found[PAGE - 1].after if len(found) > PAGE else ""
    return [row_of(row.terms) for row in found[:PAGE]], more


def procedure_sheet(code: str, unit: UnitCard | None, on: date) -> Sheet:
    """A procedure's page; in a unit, with the body that solves it there. Raises NotFound."""
    page = procedure_page(code, on, place=unit.code if unit else "")
    return sheet_of(page, _solver(code, unit, on) if unit else "")


def _solver(code: str, unit: UnitCard, on: date) -> str:
    """The name of the body inside the unit; "" where the register names none."""
    answer = responsible_for(code, unit.id, on)
    return next((body.name for body in bodies_of(unit.id, on) if body.id == answer.body_id), "")


def tasks(text: str, on: date) -> list[TaskFound]:
    """Tasks by their words. One statement."""
    return find_tasks(text, on)


def task(code: str, on: date) -> TaskFound | None:
    """A task in force; None where there is none of this code. One statement."""
    try:
        return find_task(code, on)
    except NotFound:
        return None


def who(code: str, unit: UnitCard, on: date) -> Who:
    """Who is responsible for a task in a unit on a day, without a person. Three statements."""
    return who_of(office_answer(code, unit.id, on))


def commune(code: str, province: str, on: date) -> UnitCard:
    """A commune-level unit of the province. Raises NotFound."""
    unit = unit_by_code(code, on)
    if unit.level != Level.COMMUNE or unit.province_code != province:
        raise NotFound
    return unit


def every_unit(province: str, on: date) -> list[UnitCard]:
    """The units of the province, in Vietnamese order. One statement."""
    return units_of_province(province, on)


def find_units(text: str, province: str, on: date) -> list[FoundUnit]:
    """Units by present or former name; of the province first, else of the whole country."""
    found = search_units(text, on, province) or search_units(text, on)
    here = codes_of(province, on)
    return [_found_unit(unit, here) for unit in found]


def codes_of(province: str, on: date) -> frozenset[str]:
    """The codes of the units that have a page here. One statement."""
    return frozenset(unit.code for unit in units_of_province(province, on))


def _found_unit(unit: UnitFound, here: frozenset[str]) -> FoundUnit:
    place = ", ".join(part for part in (unit.district, unit.province_name) if part)
    has_page = unit.code in here and unit.era == "2025"
    became = tuple((new.name, new.code if new.code in here else "", new.extent_label) for new in unit.became)
    return FoundUnit(
        name=unit.name,
        place=place,
        code=unit.code if has_page else "",
        now="" if unit.in_force else unit.present_name,
        gone=not unit.in_force and not unit.present_name,
        became=became,
    )


def unit_sheet(unit: UnitCard, at: datetime) -> UnitSheet:
    """A unit's page; a neighbour outside the province has no page here. Six statements at most."""
    on, calendar = at.date(), calendar_for(unit.code)
    here = codes_of(unit.province_code, on)
    return UnitSheet(
        code=unit.code,
        name=unit.name,
        kind=str(UnitType(unit.unit_type).label),
        province=unit.province_name,
        agency_code=unit.agency_code,
        bodies=tuple(body.name for body in bodies_of(unit.id, on)),
        groups=tuple(name for _id, name in groups_of(unit.id, on)),
        neighbours=tuple(
            (near.code if near.code in here else "", near.name) for near in neighbours(unit.id, on)
        ),
        predecessors=tuple(predecessors_of(unit.id)),
        hours=tuple(f"{start:%H:%M}–{end:%H:%M}" for start, end in calendar.office_hours),
        is_open=calendar.is_working_day(on)
        and any(start <= at.time() <= end for start, end in calendar.office_hours),
    )

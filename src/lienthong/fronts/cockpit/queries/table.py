"""The city's table: every unit of the province with its figures. At most four statements."""

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.statistics.access import sees_all
from lienthong.facilities.statistics.queries import all_units, day_hours, sizes, span_of
from lienthong.facilities.statistics.values import Figures, Span
from lienthong.fronts.cockpit.rules.drawing import hour_chart
from lienthong.fronts.cockpit.rules.peers import size_classes
from lienthong.fronts.cockpit.rules.table import period_query
from lienthong.fronts.cockpit.values import CityTable, HourChart, SizeClass, UnitLine
from lienthong.lib.calendar.days import VIETNAM
from lienthong.people.organisation.queries import unit_by_code, units_of_province
from lienthong.people.organisation.values import UnitCard
from lienthong.work.dossiers.queries import KIND


def city_table(actor: Actor, period: str | Span = "day", *, at: datetime | None = None) -> CityTable:
    """Every unit's figures of a period ("day", "week", "month", or a span), live. At most four statements.

    The place's own line comes last, and only where it holds something. Raises NotFound for whoever is not the city's.
    """
    at = at or now()
    span = span_of(period, at.date()) if isinstance(period, str) else period
    units = city_units(actor, at)
    figures = all_units(actor, KIND, span, unit_ids=[unit.id for unit in units], at=at)
    lines = tuple(
        UnitLine(unit.id, unit.code, unit.name, figures.get(unit.id, Figures()))
        for unit in units
        if unit.level == "commune" or figures.get(unit.id, Figures()) != Figures()
    )
    return CityTable(span, at, lines, sum((line.figures for line in lines), Figures()))


def city_units(actor: Actor, at: datetime) -> list[UnitCard]:
    """The units of the province by name, then the place itself. Two statements. Raises NotFound."""
    if not sees_all(actor):
        raise NotFound
    return [*units_of_province(settings.PROVINCE, at.date()), unit_by_code(settings.PROVINCE, at.date())]


def lists_of(table: CityTable, way: str = "list/") -> str:
    """The address of the lists of a period, from the city's page; a unit and a figure are put behind it."""
    return f"{way}?{period_query(table.span, table.at.astimezone(VIETNAM).date())}"


def hours_of(actor: Actor, table: CityTable) -> tuple[date, HourChart]:
    """The course of the period's last day that has begun. One statement."""
    today = table.at.astimezone(VIETNAM).date()
    day = min(table.span.last_day, today)
    hours = day_hours(actor, KIND, day, [line.unit_id for line in table.lines])
    return day, hour_chart(hours, table.at.astimezone(VIETNAM).hour if day == today else None)


def peers_of(actor: Actor, table: CityTable) -> tuple[tuple[SizeClass, ...], str]:
    """Units of like size, and by which days their size was taken, in words. Two statements."""
    communes = [line for line in table.lines if line.code != settings.PROVINCE]
    known, first, last = sizes(actor, KIND, [line.unit_id for line in communes], at=table.at)
    words = _("%(first)s–%(last)s") % {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    return size_classes(communes, known, lists_of(table, "../list/")), words

"""The weekly report of a unit or of the whole city: drawn from the roll-ups whenever it is asked for.

A closed week's figures change only when cases of that week are taken over later, so that nothing has to be kept;
what is overdue is of the printing.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from lienthong.core.registry.queries import kind_of
from lienthong.core.scope.values import Actor
from lienthong.core.shell.rules import vn_number
from lienthong.facilities.casework.values import WorkRow
from lienthong.facilities.documents.values import (
    Letterhead,
    WeekCause,
    WeekLine,
    WeeklyReport,
    WeekOverdue,
    WeekShare,
)
from lienthong.facilities.statistics.queries import (
    all_fields,
    all_units,
    live_from,
    longest_overdue,
    overdue_standing,
    span_before,
    span_of,
    stock_at,
    unit_period,
)
from lienthong.facilities.statistics.values import Figures, Span, Standing, Stock
from lienthong.fronts.cockpit.queries.table import city_units
from lienthong.lib.calendar.days import VIETNAM
from lienthong.people.organisation.queries import holders_of, unit_by_code, unit_names
from lienthong.people.organisation.values import UnitCard
from lienthong.work.dossiers.queries import KIND

MOST_OVERDUE, MOST_FIELDS, MOST_UNITS, LEAST_FINISHED = 40, 15, 15, 5
NO_FIELD = "chưa ghi lĩnh vực"


@dataclass(frozen=True, slots=True)
class _Week:
    """A place's week: flow, stock at its end, by field; `units` for the city alone."""

    total: Figures
    stock: Stock | None
    fields: dict[str, Figures]
    units: dict[str, Figures]


def last_week(at: datetime) -> date:
    """A day of the last week that is over."""
    return at.astimezone(VIETNAM).date() - timedelta(days=7)


def weekly_of_unit(actor: Actor, unit: UnitCard, on: date, at: datetime) -> WeeklyReport:
    """A unit's report of the week that holds the day. Raises NotFound. At most twelve statements."""
    span = span_of("week", on)
    now, before = (_unit_week(actor, unit, one, at) for one in (span, span_before(span)))
    rows = longest_overdue(actor, KIND, at, unit_id=unit.id, limit=MOST_OVERDUE)
    standing = overdue_standing(actor, KIND, at, unit_id=unit.id)
    return _report(unit, span, at, (now, before), rows, standing)


def weekly_of_city(actor: Actor, on: date, at: datetime) -> WeeklyReport:
    """The report of all units of the week that holds the day. Raises NotFound. At most nineteen statements."""
    span = span_of("week", on)
    units = city_units(actor, at)
    now, before = (_city_week(actor, units, one, at) for one in (span, span_before(span)))
    rows = longest_overdue(actor, KIND, at, whole=True, limit=MOST_OVERDUE)
    standing = overdue_standing(actor, KIND, at, whole=True)
    return _report(unit_by_code(settings.PROVINCE, at.date()), span, at, (now, before), rows, standing)


def _unit_week(actor: Actor, unit: UnitCard, span: Span, at: datetime) -> _Week:
    seen = unit_period(actor, KIND, span, unit_id=unit.id, at=at)
    ends = stock_at(actor, KIND, span.last_day, [unit.id])
    return _Week(seen.total, _stock(ends, span, seen.live_from), dict(seen.by_field), {})


def _city_week(actor: Actor, units: list[UnitCard], span: Span, at: datetime) -> _Week:
    ids = [unit.id for unit in units]
    figures = all_units(actor, KIND, span, unit_ids=ids, at=at)
    ends = stock_at(actor, KIND, span.last_day, ids)
    stock = _stock(ends, span, live_from(at))
    named = {unit.name: figures.get(unit.id, Figures()) for unit in units}
    total = sum(figures.values(), Figures())
    return _Week(total, stock, all_fields(actor, KIND, span, at=at), named)


def _stock(ends: dict[int, Stock], span: Span, live: date) -> Stock | None:
    """What was open at the week's end; nothing where a closed day has no row, None where the day is not closed."""
    if span.last_day >= live:
        return None
    return Stock(sum(one.in_progress for one in ends.values()), sum(one.overdue for one in ends.values()))


def _report(
    unit: UnitCard,
    span: Span,
    at: datetime,
    weeks: tuple[_Week, _Week],
    rows: list[WorkRow],
    standing: list[Standing],
) -> WeeklyReport:
    now, before = weeks
    is_city = unit.level != "commune"
    return WeeklyReport(
        letterhead=_head(unit, at),
        place_name=unit.name,
        first_on=span.begin,
        last_on=span.last_day,
        printed_at=at,
        lines=_lines(now, before),
        fields=_shares(now.fields, MOST_FIELDS),
        overdue=_overdue(rows, is_city, at),
        overdue_count=sum(one.count for one in standing),
        causes=_causes(standing),
        units=_worst(now.units) if is_city else (),
        is_running=int(span.end > at.astimezone(VIETNAM).date()),
    )


def _head(unit: UnitCard, at: datetime) -> Letterhead:
    """A report is the People's Committee's own paper."""
    return Letterhead(
        parent_name=None,
        agency_name=f"ỦY BAN NHÂN DÂN {unit.name.upper()}",
        place=unit.short_name,
        number=None,
        issued_on=at.astimezone(VIETNAM).date(),
    )


def _lines(now: _Week, before: _Week) -> tuple[WeekLine, ...]:
    counts = (
        (_("Tiếp nhận"), "received"),
        (_("Nộp trực tuyến"), "online"),
        (_("Đã giải quyết xong"), "finished"),
        (_("Xong trễ hạn"), "late"),
        (_("Lấy ngay trong ngày"), "at_once"),
        (_("Văn bản xin lỗi, gia hạn"), "apologies"),
    )
    lines = [
        _count_line(label, getattr(now.total, name), getattr(before.total, name)) for label, name in counts
    ]
    lines += [
        _share_line(_("Tỷ lệ xong đúng hạn"), now.total.percent_on_time, before.total.percent_on_time),
        _share_line(_("Tỷ lệ nộp trực tuyến"), now.total.percent_online, before.total.percent_online),
    ]
    if now.stock:
        former = before.stock
        lines += [
            _count_line(
                _("Đang giải quyết, cuối tuần"), now.stock.in_progress, former.in_progress if former else None
            ),
            _count_line(_("Quá hạn, cuối tuần"), now.stock.overdue, former.overdue if former else None),
        ]
    return tuple(lines)


def _count_line(name: str, now: int, before: int | None) -> WeekLine:
    if before is None:
        return WeekLine(name=name, now=vn_number(now), before="–")
    change = now - before
    words = f"+{vn_number(change)}" if change > 0 else vn_number(change) if change else "–"
    return WeekLine(name=name, now=vn_number(now), before=vn_number(before), change=words)


def _share_line(name: str, now: float | None, before: float | None) -> WeekLine:
    words = ""
    if now is not None and before is not None:
        change = round(now - before, 1)
        words = f"{'+' if change > 0 else ''}{vn_number(change)} điểm" if change else "–"
    return WeekLine(name=name, now=_percent(now), before=_percent(before), change=words)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{vn_number(value)}%"


def _shares(fields: dict[str, Figures], most: int) -> tuple[WeekShare, ...]:
    done = sorted((one for one in fields.items() if one[1].finished), key=lambda one: -one[1].finished)
    return tuple(_share(name or NO_FIELD, figures) for name, figures in done[:most])


def _share(name: str, figures: Figures) -> WeekShare:
    share = _percent(figures.percent_on_time)
    return WeekShare(name=name, finished=figures.finished, late=figures.late, share=share)


def _worst(units: dict[str, Figures]) -> tuple[WeekShare, ...]:
    """Units that finished something and were late, the lowest share first; a handful tells nothing."""
    late = [one for one in units.items() if one[1].finished >= LEAST_FINISHED and one[1].late]
    late.sort(key=lambda one: (one[1].percent_on_time or 0.0, -one[1].late))
    return tuple(_share(name, figures) for name, figures in late[:MOST_UNITS])


def _overdue(rows: list[WorkRow], is_city: bool, at: datetime) -> tuple[WeekOverdue, ...]:
    holders = holders_of({row.holder_id for row in rows if row.holder_id}, at)
    names = unit_names({row.responsible_unit_id for row in rows}, at.date()) if is_city else {}
    lifecycle = kind_of(KIND).lifecycle
    return tuple(
        WeekOverdue(
            code=row.code,
            procedure=row.title,
            holder=held.post_title if (held := holders.get(row.holder_id or 0)) else None,
            due_at=row.due_at or at,
            state=str(lifecycle.state_label(row.state)),
            unit=names.get(row.responsible_unit_id),
        )
        for row in rows
    )


def _causes(standing: list[Standing]) -> tuple[WeekCause, ...]:
    """At which state, and what else holds them; a case may be in several of the latter."""
    lifecycle = kind_of(KIND).lifecycle
    states = [WeekCause(name=str(lifecycle.state_label(one.state)), count=one.count) for one in standing]
    held = (
        (_("trong đó đang chờ ý kiến phối hợp"), sum(one.opinion_owed for one in standing)),
        (_("trong đó đã chuyển giữa các đơn vị"), sum(one.handed_over for one in standing)),
        (_("trong đó đã xin lỗi, gia hạn một lần"), sum(one.extended for one in standing)),
    )
    return (*states, *(WeekCause(name=name, count=count) for name, count in held if count))

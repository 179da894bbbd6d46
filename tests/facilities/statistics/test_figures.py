"""A figure is the number of rows of its list, before and after the days are rolled up."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.statistics.actions import mark_stale, roll_up_day, roll_up_missing
from lienthong.facilities.statistics.enums import Figure
from lienthong.facilities.statistics.models import StaleDay
from lienthong.facilities.statistics.queries import (
    all_units,
    course,
    figure_list,
    span_of,
    stock_at,
    unit_period,
)
from lienthong.facilities.statistics.values import Figures, Overview, Stock, Wanted
from tests.cast import TAN_HUNG, VINH_HOI, Cast
from tests.facilities.statistics.month import KIND, MONTH, NOW, PLAYS, work
from tests.work.dossiers.test_take_over import one, taken

pytestmark = pytest.mark.django_db


def seen(actor: Actor, word: str = "month") -> Overview:
    with entered(actor):
        return unit_period(actor, KIND, span_of(word, NOW.date()), at=NOW)


def rows(actor: Actor, figure: str, word: str = "month", field: str | None = None) -> int:
    with entered(actor):
        span = span_of(word, NOW.date())
        return len(figure_list(actor, KIND, span, Wanted(figure, field, limit=500), at=NOW))


@pytest.mark.parametrize("rolled", [False, True])
def test_every_figure_is_the_number_of_rows_of_its_list(cast: Cast, rolled: bool) -> None:
    assert work() == PLAYS
    if rolled:
        assert roll_up_missing(at=NOW) > 5
    for word in ("day", "week", "month"):
        total = seen(cast.chair, word).total
        for figure in Figure.values:
            assert getattr(total, figure) == rows(cast.chair, figure, word), (word, figure)
    for field, figures in seen(cast.chair).by_field:
        for figure in ("received", "in_progress", "finished", "overdue"):
            assert getattr(figures, figure) == rows(cast.chair, figure, field=field), (field, figure)


def test_rolling_up_changes_no_figure_and_repeats_harmlessly(cast: Cast) -> None:
    work()
    live = seen(cast.chair)
    days = roll_up_missing(at=NOW)
    rolled = seen(cast.chair)
    assert rolled.live_from == NOW.date() and live.live_from < rolled.live_from
    assert (rolled.total, rolled.by_field) == (live.total, live.by_field)
    assert live.total.received == PLAYS and live.total.finished > 3 and live.total.late > 0
    assert roll_up_missing(at=NOW) == 0 and days > 5
    before = stored()
    roll_up_day(day=NOW.date() - timedelta(days=1), at=NOW)
    assert stored() == before


def test_rolled_up_anew_a_day_forgets_what_has_vanished(cast: Cast) -> None:
    work()
    roll_up_missing(at=NOW)
    day = NOW.date() - timedelta(days=1)
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_case SET field = 'Lĩnh vực khác' WHERE field <> 'Lĩnh vực khác'")
    for _twice in range(2):
        roll_up_day(day=day, at=NOW)
        with entered(SYSTEM), connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT field FROM statistics_dayroll WHERE day = %s", [day])
            assert {field for (field,) in cursor.fetchall()} == {"", "Lĩnh vực khác"}
            cursor.execute(
                "SELECT (SELECT sum(in_progress) FROM statistics_dayroll WHERE day = %(day)s),"
                " (SELECT sum(in_progress) FROM statistics_unitday WHERE day = %(day)s),"
                " (SELECT count(*) FROM casework_case WHERE opened_at < %(end)s"
                "  AND (closed_at IS NULL OR closed_at >= %(end)s))",
                {"day": day, "end": NOW.replace(hour=0)},
            )
            assert len(set(cursor.fetchone())) == 1


def test_dossiers_taken_over_later_are_counted_on_the_days_that_were_closed(cast: Cast) -> None:
    work(VINH_HOI)
    roll_up_missing(at=NOW)
    given = {"received": date(2026, 10, 5), "promised": date(2026, 10, 9), "extended_to": date(2026, 10, 14)}
    with acting_at(NOW):
        taken(
            cast.administrator,
            one(2, **given),
            one(
                3,
                **given | {"received": date(2026, 11, 2), "promised": date(2026, 11, 6), "extended_to": None},
            ),
        )
    assert seen(cast.chair, "year").total.received == 0
    assert roll_up_missing(at=NOW) == (NOW.date() - date(2026, 10, 5)).days
    for word, received in (("month", 1), ("quarter", 2), ("year", 2)):
        total = seen(cast.chair, word).total
        for figure in Figure.values:
            assert getattr(total, figure) == rows(cast.chair, figure, word), (word, figure)
        assert total.received == received
    assert seen(cast.chair, "year").total.apologies == 1
    with entered(cast.chair):
        stock = stock_at(cast.chair, KIND, date(2026, 10, 31), [cast.chair.unit_id or 0])
    assert list(stock.values()) == [Stock(in_progress=1, overdue=1)]
    assert roll_up_missing(at=NOW) == 0


def test_a_day_is_marked_by_whoever_acts_and_read_by_the_system_alone(cast: Cast) -> None:
    with entered(cast.clerk):
        mark_stale(actor=cast.clerk, since=NOW)
        assert not StaleDay.objects.exists()
    with entered(SYSTEM):
        assert StaleDay.objects.get().first_day == NOW.date()


def test_the_stock_at_a_days_end_is_what_was_open_then(cast: Cast) -> None:
    work()
    day = NOW.date() - timedelta(days=2)
    roll_up_day(day=day, at=NOW)
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(in_progress), sum(received) FROM statistics_dayroll WHERE day = %s AND kind = %s",
            [day, KIND],
        )
        in_progress, received = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FILTER (WHERE closed_at IS NULL OR closed_at >= %(end)s),"
            " count(*) FILTER (WHERE opened_at >= %(start)s) FROM casework_case WHERE opened_at < %(end)s",
            {
                "start": NOW.replace(hour=0) - timedelta(days=2),
                "end": NOW.replace(hour=0) - timedelta(days=1),
            },
        )
        assert (in_progress, received) == cursor.fetchone()
    assert in_progress > 0


def test_the_parts_of_the_picture_add_up_to_what_was_received(cast: Cast) -> None:
    work()
    overview = seen(cast.chair)
    with entered(cast.chair):
        now, before = course(cast.chair, KIND, MONTH, overview.live_from, at=NOW)
    assert sum(now) == overview.total.received and len(now) == NOW.day
    assert sum(before) == 0 and len(before) == 31


def test_a_day_that_is_not_over_is_not_rolled_up() -> None:
    with pytest.raises(Refused) as refused:
        roll_up_day(day=NOW.date(), at=NOW)
    assert refused.value.refusal.code == "statistics.day_open"


def test_a_unit_sees_its_own_figures_and_the_city_those_of_all(cast: Cast) -> None:
    work(TAN_HUNG, VINH_HOI)
    roll_up_missing(at=NOW)
    other = cast.unit_id(VINH_HOI)
    with entered(cast.chair), pytest.raises(NotFound):
        unit_period(cast.chair, KIND, MONTH, unit_id=other, at=NOW)
    with entered(cast.chair):
        assert set(all_units(cast.chair, KIND, MONTH, at=NOW)) == {cast.unit_id(TAN_HUNG)}
    with entered(cast.city):
        assert (
            unit_period(cast.city, KIND, span_of("day", NOW.date()), unit_id=other, at=NOW).total.in_progress
            > 0
        )
        every = all_units(cast.city, KIND, MONTH, at=NOW)
    assert every[other].received == PLAYS and every[cast.unit_id(TAN_HUNG)].received == PLAYS


def test_the_database_itself_hides_another_units_rolls(cast: Cast) -> None:
    work(TAN_HUNG, VINH_HOI)
    roll_up_missing(at=NOW)
    with entered(cast.chair), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT unit_id FROM statistics_dayroll")
        assert {unit for (unit,) in cursor.fetchall()} == {0, cast.unit_id(TAN_HUNG)}
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute("UPDATE statistics_dayroll SET received = 0")


def test_a_share_is_never_rounded_up_to_a_hundred() -> None:
    assert Figures(finished=2000, on_time=1999).percent_on_time == 99.9
    assert Figures().percent_on_time is None


def stored() -> list[tuple[object, ...]]:
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id, day, field, received, finished, in_progress FROM statistics_dayroll ORDER BY 1, 2, 3"
        )
        return list(cursor.fetchall())

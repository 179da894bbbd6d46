"""A figure is the number of rows of its list, before and after the days are rolled up."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.facilities.statistics.actions import roll_up_day, roll_up_missing
from lienthong.facilities.statistics.enums import Figure
from lienthong.facilities.statistics.queries import (
    all_units,
    course,
    figure_list,
    span_of,
    unit_period,
    unit_today,
)
from lienthong.facilities.statistics.values import Figures, Overview, Wanted
from tests.cast import TAN_HUNG, VINH_HOI, Cast
from tests.facilities.statistics.month import KIND, MONTH, NOW, PLAYS, work

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
        assert unit_today(cast.city, KIND, other, NOW).total.in_progress > 0
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

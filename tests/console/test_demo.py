"""The demonstration, on a small scale: every state through the real actions, repeatable, never in earnest."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection

from lienthong.console.demo import ground, marks
from lienthong.console.demo.fill import fill
from lienthong.console.demo.play import citizen
from lienthong.console.demo.run import NotEmpty, Plan, mark_demonstration, run, write_accounts
from lienthong.console.invariants import check_all
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import forget
from lienthong.facilities.casework.queries import disputes
from lienthong.people.organisation.queries import units_of_province
from tests.cast import NHA_BE, ON, PROVINCE, SIX, TAN_HUNG, VINH_HOI
from tests.console.test_check import CLOSED_BOOKS
from tests.facilities.statistics.month import NOW, PLAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """Two busy neighbours and a light unit."""
    return Plan(
        PROVINCE, (TAN_HUNG, VINH_HOI, NHA_BE), (TAN_HUNG, VINH_HOI), 0, NOW, make_password(ground.PASSWORD)
    )


def cases(what: str) -> list[tuple[object, ...]]:
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute(f"SELECT {what} FROM casework_case ORDER BY 1")
        return list(cursor.fetchall())


def test_it_fills_units_through_the_real_actions_and_keeps_the_promise(plan: Plan) -> None:
    told: list[str] = []
    count = run(plan, processes=1, say=told.append)
    assert 2 * PLAYS + 1 <= count <= 2 * PLAYS + 2 and any("100 %" in sentence for sentence in told)
    states = {state for (state,) in cases("DISTINCT state")}
    assert states == {
        "received", "assigned", "in_progress", "supplement_requested", "payment_requested", "awaiting_approval",
        "approved", "completed", "returned", "refused", "halted", "withdrawn",
    }  # fmt: skip
    findings = check_all()
    assert [(one.name, one.wrong) for one in findings if one.wrong] == []
    assert all(one.looked_at > 10 for one in findings if one.name != CLOSED_BOOKS)
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(DISTINCT state ORDER BY state) FROM casework_handover")
        assert cursor.fetchone() == (["accepted", "offered", "refused"],)
        cursor.execute("SELECT count(*) FROM casework_case WHERE due_at < %s AND closed_at IS NULL", [NOW])
        assert cursor.fetchone()[0] > 0
        cursor.execute("SELECT count(*) FROM casework_case WHERE receiving_unit_id <> responsible_unit_id")
        assert cursor.fetchone()[0] > 0
        cursor.execute(
            "SELECT count(*), count(f.id) FROM fees_receipt r LEFT JOIN documents_issuedform f"
            " ON f.unit_id = r.unit_id AND f.number = r.number AND f.form = 'fee_receipt'"
            " AND f.issued_at = r.paid_at"
        )
        receipts, papers = cursor.fetchone()
        assert receipts == papers > 0
        cursor.execute("SELECT count(*) FROM statistics_dayroll WHERE unit_id <> 0")
        assert cursor.fetchone()[0] > 0
    city = Actor(account_id=None, reach="province")
    with entered(city):
        assert "refused" in {row.dispute for row in disputes(city, NOW)}


def test_done_again_it_adds_nothing_and_cut_short_it_goes_on(plan: Plan) -> None:
    assert fill(TAN_HUNG, busy=plan.busy, scale=0, first=0, now=NOW) == PLAYS
    first = cases("code, state")
    assert fill(TAN_HUNG, busy=plan.busy, scale=0, first=0, now=NOW) == PLAYS
    assert cases("code, state") == first
    assert marks.read(marks.of_unit(TAN_HUNG)) == PLAYS


def test_before_the_office_opens_the_last_day_is_the_one_before(plan: Plan) -> None:
    early = NOW.replace(hour=7, minute=31)
    fill(NHA_BE, busy=plan.busy, scale=0, first=2, now=early)
    (opened,) = {moment for (moment,) in cases("max(opened_at)")}
    assert isinstance(opened, datetime) and opened < early - timedelta(hours=12)


def test_a_database_in_earnest_use_never_becomes_a_demonstration(plan: Plan) -> None:
    fill(NHA_BE, busy=plan.busy, scale=0, first=2, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM scope_mark WHERE name = 'demo'")
    try:
        with pytest.raises(NotEmpty):
            mark_demonstration()
    finally:
        forget()


def test_nobody_in_it_could_be_real() -> None:
    people = [citizen(number) for number in range(1, 400)]
    assert all(one.name.startswith("Công dân ") for one in people)
    cards = [one.papers[0].number for one in people]
    assert len(set(cards)) == len(cards) and all(card.startswith("000") and len(card) == 12 for card in cards)


def test_the_accounts_are_written_with_what_to_try(plan: Plan, tmp_path: Path) -> None:
    written = json.loads(write_accounts(plan, tmp_path / "var").read_text(encoding="utf-8"))
    assert [one["username"] for one in written][:1] == [f"motcua1.{TAN_HUNG}"]
    assert len(written) == 7 and all(one["password"] == ground.PASSWORD and one["try"] for one in written)


def test_the_busy_units_are_the_six_or_the_best_connected() -> None:
    units = units_of_province(PROVINCE, ON)
    assert ground.busy_units(units, PROVINCE, ON) == list(SIX)
    hanoi = ground.busy_units(units_of_province("01", ON), "01", ON)
    assert len(set(hanoi)) == 6

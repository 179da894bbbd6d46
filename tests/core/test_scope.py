"""The second wall: what the database shows to whom, also when the application forgets to ask."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists
from django.test.utils import CaptureQueriesContext
from psycopg_pool import ConnectionPool

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import enter, entered, one_act, open_case_to
from lienthong.core.scope.queries import sights_of
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.facilities.casework.models import Case, ClockEntry
from lienthong.people.organisation.models import AdminUnit, Body, Post
from tests.core.apart import as_app, dial, elsewhere

NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)


def present() -> tuple[int | None, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT lienthong_unit(), lienthong_reach()")
        unit_id, reach = cursor.fetchone()
    return unit_id, reach


def unit(code: str) -> AdminUnit:
    return AdminUnit.objects.create(code=code, era="9999", level="commune")


def case_of(owner: AdminUnit, code: str) -> Case:
    body = Body.objects.create(
        unit=owner, kind="committee", name="UBND thử", valid_during=("2025-07-01", None)
    )
    post = Post.objects.create(
        unit=owner, body=body, kind="chair", title="Chủ tịch", valid_during=("2025-07-01", None)
    )
    return Case.objects.create(
        kind="test",
        code=code,
        state="received",
        title="Hồ sơ thử",
        receiving_unit=owner,
        responsible_unit=owner,
        holder=post,
        opened_at=NOW,
        clock_start=NOW,
        limit_amount=1,
        limit_unit="working_day",
        promised_at=NOW,
        due_at=NOW,
        held_since=NOW,
    )


def of(unit: AdminUnit) -> Actor:
    return Actor(account_id=1, unit_id=unit.pk)


def codes() -> set[str]:
    return set(Case.objects.filter(kind="test").values_list("code", flat=True))


@pytest.mark.django_db
def test_the_application_does_not_own_the_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, tableowner FROM pg_tables WHERE tablename = 'casework_case'")
        me, owner = cursor.fetchone()
    assert me == settings.APP_ROLE
    assert owner != me


@pytest.mark.django_db
def test_without_a_scope_there_are_no_rows() -> None:
    with entered(SYSTEM):
        case_of(unit("t-a"), "t-1")
        assert codes() == {"t-1"}
    assert present() == (None, "none")
    assert codes() == set()


@pytest.mark.django_db
def test_a_unit_sees_its_own_cases_and_not_its_neighbours() -> None:
    with entered(SYSTEM):
        a, b = unit("t-a"), unit("t-b")
        case_of(a, "t-1")
        case_of(b, "t-2")
    with entered(of(a)):
        assert codes() == {"t-1"}
        assert Case.objects.filter(code="t-2").update(title="chiếm") == 0
    with entered(of(b)):
        assert codes() == {"t-2"}


@pytest.mark.django_db
def test_a_case_is_opened_to_another_unit_once_and_for_all() -> None:
    with entered(SYSTEM):
        a, b = unit("t-a"), unit("t-b")
        case = case_of(a, "t-1")
        for _ in range(2):
            open_case_to(case.pk, [b.pk, b.pk], "consulted")
    with entered(of(b)):
        assert codes() == {"t-1"}
    with entered(SYSTEM):
        assert Case.objects.filter(Exists(sights_of(b.pk)), kind="test").get() == case


@pytest.mark.django_db
def test_what_belongs_to_a_case_is_seen_with_it_and_not_without() -> None:
    with entered(SYSTEM):
        a, b = unit("t-a"), unit("t-b")
        mine, other = case_of(a, "t-1"), case_of(b, "t-2")
        for case in (mine, other):
            ClockEntry.objects.create(case=case, kind="pause", reason="supplement", from_at=NOW)
    with entered(of(b)):
        assert list(ClockEntry.objects.values_list("case__code", flat=True)) == ["t-2"]
        assert ClockEntry.objects.filter(case_id=mine.pk).update(note="chiếm") == 0


@pytest.mark.django_db
def test_no_policy_compares_a_column_with_its_own_table() -> None:
    """As PostgreSQL understood it: in a subquery a bare column is the subquery's own (always true)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, coalesce(qual, '') || ' ' || coalesce(with_check, '') FROM pg_policies"
            " WHERE schemaname = 'public'"
        )
        policies = dict(cursor.fetchall())
    assert len(policies) > 10
    same = re.compile(r"\b(\w+)\.\w+ = \1\.\w+\b")
    wrong = {table: same.search(text) for table, text in policies.items()}
    assert {table: found[0] for table, found in wrong.items() if found} == {}


@pytest.mark.django_db
def test_the_city_sees_every_case() -> None:
    with entered(SYSTEM):
        case_of(unit("t-a"), "t-1")
    with entered(Actor(account_id=1, unit_id=79, reach="province")):
        assert codes() == {"t-1"}


@pytest.mark.django_db
def test_a_scope_inside_a_scope_gives_way_to_the_former_one() -> None:
    with entered(Actor(account_id=1, unit_id=5)):
        with entered(SYSTEM):
            assert present() == (None, "system")
        assert present() == (5, "unit")


@pytest.mark.django_db
def test_also_after_an_error() -> None:
    with entered(Actor(account_id=1, unit_id=5)):
        with pytest.raises(ZeroDivisionError), entered(SYSTEM):
            raise ZeroDivisionError
        assert present() == (5, "unit")


@pytest.mark.django_db
def test_also_after_an_error_of_the_database() -> None:
    with entered(Actor(account_id=1, unit_id=5)):
        with pytest.raises(Exception, match="division by zero"), entered(SYSTEM):
            connection.cursor().execute("SELECT 1 / 0")
        assert present() == (5, "unit")


@pytest.mark.django_db
def test_also_where_the_inner_scope_is_to_be_rolled_back() -> None:
    with entered(Actor(account_id=1, unit_id=5)):
        with entered(SYSTEM):
            transaction.set_rollback(True)
        assert present() == (5, "unit")


def test_a_scope_outside_a_transaction_is_refused(django_db_setup: None, django_db_blocker: object) -> None:
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="transaction"):
        enter(SYSTEM)


@pytest.mark.django_db
def test_a_scope_does_not_leak_to_the_next_user_of_a_pooled_connection() -> None:
    question = "SELECT pg_backend_pid(), lienthong_unit(), lienthong_reach()"
    with ConnectionPool(
        kwargs={"dbname": connection.settings_dict["NAME"]},
        connection_class=_Dialled,  # type: ignore[arg-type]
        min_size=1,
        max_size=1,
        open=True,
    ) as pool:
        with pool.connection() as first:
            first.execute("SELECT set_config('lienthong.unit', '5', true)")
            first.execute("SELECT set_config('lienthong.reach', 'system', true)")
            pid, *inside = first.execute(question).fetchone() or ()
        with pool.connection() as second:
            again, *after = second.execute(question).fetchone() or ()
    assert pid == again
    assert inside == [5, "system"]
    assert after == [None, "none"]


@pytest.mark.django_db
def test_a_forged_setting_of_a_stranger_opens_nothing_by_accident() -> None:
    with as_app() as app:
        app.execute("SELECT set_config('lienthong.unit', '', true)")
        row = app.execute("SELECT count(*) FROM casework_case").fetchone()
    assert row == (0,)


class _Dialled:
    """A connection class for the pool: the test's own way to the database."""

    @staticmethod
    def connect(*_: object, **__: object) -> object:
        return dial(settings.APP_ROLE)


@pytest.mark.django_db
def test_a_function_that_runs_as_the_owner_is_fenced() -> None:
    """Only the application calls it, and no temporary table stands before the real one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, proconfig, has_function_privilege('public', oid, 'execute'),"
            " has_function_privilege(current_user, oid, 'execute') FROM pg_proc"
            " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        )
        functions = cursor.fetchall()
    assert len(functions) >= 4
    assert {tuple(row[1:]) for row in map(_plain, functions)} == {
        ("search_path=public, pg_temp", False, True)
    }


def _plain(row: tuple[str, list[str], bool, bool]) -> tuple[str, str, bool, bool]:
    return (row[0], "; ".join(row[1]), row[2], row[3])


@one_act
def _half_done(name: str) -> None:
    """An act that writes a row, and is refused afterwards."""
    unit(name)
    raise Refused(code="test.refused", sentence="Không được.")


@pytest.mark.django_db
def test_a_refused_act_leaves_nothing_whatever_its_caller_goes_on_to_do() -> None:
    with entered(SYSTEM):
        with pytest.raises(Refused):
            _half_done("99901")
        unit("99902")
    assert set(AdminUnit.objects.filter(era="9999").values_list("code", flat=True)) == {"99902"}


@pytest.mark.django_db
def test_an_act_that_is_the_whole_transaction_needs_no_savepoint_and_leaves_nothing() -> None:
    def act() -> list[str]:
        with CaptureQueriesContext(connection) as seen, pytest.raises(Refused), entered(SYSTEM, whole=True):
            _half_done("99903")
        return [one["sql"] for one in seen.captured_queries]

    assert not [statement for statement in elsewhere(act) if "SAVEPOINT" in statement]
    assert not AdminUnit.objects.filter(code="99903").exists()

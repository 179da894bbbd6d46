"""`lienthong generate`: rows by COPY that the same checker passes, the days rolled up as the nightly run would."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.console.clone import Clone, cloned

SMALL = ("--closed", "900", "--open", "100", "--days", "40", "--units", "6", "--until", "2026-11-20")
FIGURES = """received, received_for_others, finished, finished_on_time, refused, halted, withdrawn, at_once,
  extensions, in_progress, overdue_open, online"""


@pytest.fixture(scope="module")
def clone(django_db_setup: None, django_db_blocker: Any) -> Iterator[Clone]:
    with django_db_blocker.unblock(), cloned("generate") as made:
        code, said = made.run("generate", *SMALL, "--processes", "2", as_owner=True)
        assert code == 0, said
        yield made


def test_as_many_as_asked_and_the_checker_passes(clone: Clone) -> None:
    assert clone.rows("SELECT count(*) FILTER (WHERE closed_at IS NULL), count(*) FROM casework_case") == [
        (100, 1000)
    ]
    code, said = clone.run("check")
    assert code == 0 and "Không vi phạm" in said, said


def test_every_kind_of_row_is_there(clone: Clone) -> None:
    for table in (
        "casework_clockentry", "casework_handover", "casework_consultation", "dossiers_supplementrequest",
        "dossiers_proposal", "dossiers_decision", "dossiers_extensionletter", "documents_issuedform",
        "fees_charge", "fees_receipt", "journal_particular", "journal_command", "parties_custody",
        "statistics_dayroll", "statistics_unitday",
    ):  # fmt: skip
        ((count,),) = clone.rows(f"SELECT count(*) FROM {table}")
        assert int(str(count)) > 0, table


def test_the_days_are_rolled_up_as_the_nightly_run_does(clone: Clone) -> None:
    day = date(2026, 11, 10)
    asked = f"SELECT unit_id, kind, field, {FIGURES} FROM statistics_dayroll WHERE day = %s ORDER BY 1, 2, 3"
    generated = clone.rows(asked, day)
    clone.rows("DELETE FROM statistics_dayroll WHERE day = %s", day)
    roll = "from datetime import date; from lienthong.facilities.statistics.actions import roll_up_day;"
    code, said = clone.run("shell", "-v", "0", "-c", f"{roll} roll_up_day(day=date(2026, 11, 10))")
    assert code == 0, said
    assert clone.rows(asked, day) == generated and len(generated) > 10


def test_run_again_it_adds_nothing_and_another_order_is_refused(clone: Clone) -> None:
    assert clone.run("generate", *SMALL, "--processes", "1", as_owner=True)[0] == 0
    assert clone.rows("SELECT count(*) FROM casework_case") == [(1000,)]
    code, said = clone.run("generate", *SMALL[:2], "--open", "101", "--units", "6", as_owner=True)
    assert code != 0 and "đã có một lần sinh khác (900 + 100 hồ sơ" in said


def test_the_indexes_stand_again(clone: Clone) -> None:
    ((count,),) = clone.rows(
        "SELECT count(*) FROM pg_indexes WHERE indexname IN ('case_search_responsible', 'case_search_receiving',"
        " 'case_of_unit_newest', 'case_received_newest', 'entry_of_case', 'entry_in_order')"
    )
    assert count == 6


def test_a_database_in_earnest_is_refused(
    django_db_setup: None, django_db_blocker: Any, clone: Clone
) -> None:
    kept = clone.rows("SELECT name, value::text FROM scope_mark")
    clone.rows("DELETE FROM scope_mark")
    code, said = clone.run("generate", *SMALL, as_owner=True)
    for name, value in kept:
        clone.rows("INSERT INTO scope_mark (name, value) VALUES (%s, %s::jsonb)", name, value)
    assert code != 0 and "không phải bản trình diễn" in said

"""`lienthong check` finds what is planted: one violation of each kind, and nothing before it was planted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import ForeignKey

from lienthong.console.demo import ground
from lienthong.console.demo.run import Plan, prepare
from lienthong.console.generate.run import Order, generate
from lienthong.console.invariants import REFERENCES, check_all
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.actions import set_office_hours
from lienthong.core.workdays.queries import forget
from tests.cast import PROVINCE, SIX
from tests.core.apart import owning
from tests.facilities.statistics.month import NOW

CASE = "SELECT id FROM casework_case WHERE {} ORDER BY id LIMIT 1"
OPEN, CLOSED = "closed_at IS NULL AND due_at IS NOT NULL", "closed_at IS NOT NULL"
# What is planted, and in which conditions (a part of their names) it must be found.
PLANTED: dict[str, tuple[str, tuple[str, ...]]] = {
    "no holder": (f"UPDATE casework_case SET holder_id = NULL WHERE id = ({CASE.format(OPEN)})", ("có người giữ", "có người trả lời")),
    "no unit": (
        f"UPDATE casework_case SET responsible_unit_id = NULL WHERE id = ({CASE.format(OPEN)})",
        ("có đơn vị chịu trách nhiệm", "xem được việc", "giữ được thông tin"),
    ),
    "neither due nor remaining": (
        f"UPDATE casework_case SET due_at = NULL WHERE id = ({CASE.format(OPEN)})",
        ("có hạn hoặc thời gian còn lại", "một dòng tạm dừng mở"),
    ),
    "a due date that nobody computed": (
        f"UPDATE casework_case SET due_at = due_at + interval '1 day' WHERE id = ({CASE.format(OPEN)})",
        ("hạn hiện nay",),
    ),
    "a promise that was changed": (
        f"UPDATE casework_case SET promised_at = promised_at + interval '1 day' WHERE id = ({CASE.format(OPEN)})",
        ("lần hẹn đầu",),
    ),
    "closed without an outcome": (
        f"UPDATE casework_case SET outcome = '' WHERE id = ({CASE.format(CLOSED)})",
        ("có kết cục",),
    ),
    "a child that is still open": (
        f"UPDATE casework_case SET parent_id = ({CASE.format('outcome = ' + repr('done'))})"
        f" WHERE id = ({CASE.format(OPEN)})",
        ("không còn việc con",),
    ),
    "no sight": (
        f"DELETE FROM scope_sight WHERE case_id = ({CASE.format(OPEN)})",
        ("xem được việc",),
    ),
    "a case without its dossier": (
        "UPDATE casework_case SET kind = 'petition' WHERE id = (SELECT min(id) FROM casework_case)",
        ("có đúng một vụ việc", "cấp"),
    ),
    "a certification that nobody signed": (
        "UPDATE casework_case SET kind = 'certification', state = 'signed' WHERE id = (SELECT min(id) FROM casework_case)",
        ("loại chứng thực có chi tiết", "đã ký có người ký", "cấp"),
    ),
    "no opening in the journal": (
        "DELETE FROM journal_particular; DELETE FROM journal_entry WHERE verb IN ('dossier.received', 'dossier.lodged')"
        " AND case_id = (SELECT min(id) FROM casework_case)",
        ("dòng nhật ký mở đầu",),
    ),
    "a state that the journal does not know": (
        f"UPDATE casework_case SET state = 'withdrawn' WHERE id = ({CASE.format(OPEN)})",
        ("dòng nhật ký gần nhất",),
    ),
    "a person whom the unit does not keep": (
        f"DELETE FROM parties_custody WHERE party_id = (SELECT party_id FROM casework_case WHERE id = ({CASE.format(OPEN)}))",
        ("giữ được thông tin",),
    ),
    "a letter without its paper": (
        "UPDATE documents_issuedform SET form = 'halt_notice', sequence = 99 WHERE id ="
        " (SELECT min(id) FROM documents_issuedform WHERE form = 'apology_letter')",
        ("văn bản xin lỗi", "cấp"),
    ),
    "a dossier number that nobody bears": (
        "UPDATE numbering_series SET last = last + 1 WHERE kind = 'dossier'"
        " AND id = (SELECT min(id) FROM numbering_series WHERE kind = 'dossier')",
        ("cấp",),
    ),
    "a receipt number that nobody bears": (
        "UPDATE numbering_series SET last = last + 1 WHERE id = (SELECT min(id) FROM numbering_series WHERE kind = 'receipt')",
        ("cấp",),
    ),
    "a letter's number twice": (
        "UPDATE documents_issuedform f SET number = g.number FROM documents_issuedform g WHERE g.form = 'apology_letter'"
        " AND f.form = 'apology_letter' AND f.unit_id = g.unit_id AND f.id > g.id",
        ("văn bản xin lỗi", "cấp"),
    ),
    "a number of a series that does not exist": (
        "DELETE FROM numbering_series WHERE kind = 'apology_letter'",
        ("cấp",),
    ),
    # Not on the tables whose guards are off while planting: theirs are found anyway.
    "a trigger that was switched off": ("ALTER TABLE organisation_post DISABLE TRIGGER USER", ("đang bật",)),
    "row security that was switched off": ("ALTER TABLE parties_party DISABLE ROW LEVEL SECURITY", ("đang bật",)),
}  # fmt: skip


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A small generated city, as the owner, undone at the end."""
    with django_db_blocker.unblock(), owning():
        plan = Plan(PROVINCE, SIX[:3], SIX[:3], 0, NOW, make_password(ground.PASSWORD))
        prepare(plan, processes=1, say=str)
        order = Order(
            province=PROVINCE, closed=700, open=80, days=30, until=date(2026, 11, 20), seed=3, online=0.14
        )
        generate(order, processes=1, say=str)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
    forget()


@contextmanager
def unguarded() -> Iterator[None]:
    """Without the database's own guards, which would not let it be planted; undone with what was planted."""
    with transaction.atomic(), entered(SYSTEM):
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE casework_case DISABLE TRIGGER USER; ALTER TABLE journal_entry DISABLE TRIGGER USER;"
                " ALTER TABLE casework_case ALTER responsible_unit_id DROP NOT NULL"
            )
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = 'casework_case'::regclass AND contype = 'c'"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE casework_case DROP CONSTRAINT "{name}"')
        yield
        transaction.set_rollback(True)


def broken() -> dict[str, int]:
    return {finding.name: finding.broken for finding in check_all() if finding.broken}


# No month of this city is over: its books are looked at in tests/work/certification/test_accounting.py.
CLOSED_BOOKS = "sổ chứng thực của tháng đã khóa vẫn đúng như lúc khóa"


def test_nothing_is_found_where_nothing_was_planted(city: None) -> None:
    assert broken() == {}
    assert all(finding.looked_at >= 70 for finding in check_all() if finding.name != CLOSED_BOOKS)


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_violation_is_found(city: None, what: str) -> None:
    statement, names = PLANTED[what]
    with unguarded():
        before = broken()
        with connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount != 0
        found = broken()
        for name in names:
            hits = [one for one, count in found.items() if name in one and count > before.get(one, 0)]
            assert hits, f"{what}: {found}, before {before}"
        assert all("đang bật" in name for name in before)


def unchecked() -> list[tuple[str, str]]:
    """Table and column of each reference of a case and its dossier that no foreign key checks."""
    models = (apps.get_model("casework.Case"), apps.get_model("dossiers.Dossier"))
    references = [
        (model._meta.db_table, field.column)
        for model in models
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and not field.db_constraint
    ]
    return [*references, ("dossiers_dossier", "frozen_id"), ("dossiers_dossier", "returned_by_post_id")]


@pytest.mark.parametrize(("table", "column"), unchecked())
def test_a_reference_to_what_is_not_there_is_found(city: None, table: str, column: str) -> None:
    key = "id" if table == "casework_case" else "case_id"
    where = f"WHERE {key} = (SELECT min({key}) FROM {table})"
    with unguarded():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = 987654321 {where}")
            assert cursor.rowcount == 1
        assert broken().get(REFERENCES) == 1


def test_no_other_table_drops_its_foreign_keys() -> None:
    """One that does has to be looked at by `lienthong check` too."""
    dropped = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and not field.db_constraint
    }
    assert dropped < set(unchecked())


def hours(cutoff: str, closing: str, since: date) -> None:
    """Set the hours of the first unit."""
    periods = [("07:30", "11:30"), ("13:00", closing)]
    stated = {"hours": periods, "cutoff": cutoff, "source": "QĐ 5/QĐ-UBND", "confidence": "verified"}
    set_office_hours(actor=SYSTEM, key=uuid4(), place=SIX[0], valid_from=since, **stated)


def test_hours_that_were_changed_afterwards_break_no_promise(city: None) -> None:
    """Whatever day they are said to hold from: what was promised before was promised by those known before."""
    with unguarded():
        hours("", "15:00", date(2026, 9, 1))
        hours("14:00", "16:30", date(2026, 10, 1))
        assert [name for name in broken() if "đang bật" not in name] == []
    forget()


def test_a_promise_is_held_against_the_hours_known_when_it_was_given(city: None) -> None:
    """Closing at four was known for a while: who was promised by it was promised rightly, who before was not."""
    move = f"""UPDATE casework_case SET promised_at = promised_at - interval '1 hour', due_at = NULL, remaining = 0 {{}}
        WHERE id = (SELECT id FROM casework_case WHERE place = '{SIX[0]}' AND limit_unit = 'working_day'
          AND (clock_start AT TIME ZONE 'Asia/Ho_Chi_Minh')::time < '15:00' AND NOT EXISTS (
            SELECT 1 FROM casework_clockentry e WHERE e.case_id = casework_case.id) ORDER BY id LIMIT 1)"""
    for later, wrong in (("", 1), (", recorded_at = clock_timestamp()", 0)):
        with unguarded():
            hours("", "16:00", date(2026, 9, 1))
            with connection.cursor() as cursor:
                cursor.execute(move.format(later))
                assert cursor.rowcount == 1
            hours("", "17:00", date(2026, 9, 1))
            found = broken()
        forget()
        assert sum(count for name, count in found.items() if "lần hẹn đầu" in name) == wrong

"""`lienthong day`: a notice moves the running due dates in its own transaction, or nothing happens at all."""

from collections.abc import Iterator
from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import forget, notices_in
from lienthong.facilities.casework.actions import notice_days
from lienthong.facilities.casework.models import Case
from tests.cast import Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
FRIDAY = MONDAY.replace(day=6)
SOURCE = "Thông báo thử nghiệm 01"


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    """The process keeps calendars for half a minute; what a test noticed must not outlive it."""
    with acting_at(MONDAY):
        yield
    forget()


def run(*words: str) -> str:
    said = StringIO()
    call_command("day", *words, stdout=said)
    return said.getvalue()


def due_of(case_id: int) -> datetime:
    with entered(SYSTEM):
        due = Case.objects.get(pk=case_id).due_at
    assert due is not None
    return due


def test_a_day_off_moves_the_due_dates_and_its_withdrawal_moves_them_back(cast: Cast) -> None:
    got = received(cast.clerk)
    before = due_of(got.dossier_id)
    typed = before.date().isoformat()
    told = run("off", typed, "--name", "Nghỉ theo thông báo", "--source", SOURCE)
    assert "đã tính lại: 1 vụ việc" in told and before.strftime("%d/%m/%Y") in told
    assert due_of(got.dossier_id) > before
    told = run("withdraw", before.strftime("%d/%m/%Y"), "--source", SOURCE)
    assert "đã tính lại: 1 vụ việc" in told and "rút" in told
    assert due_of(got.dossier_id) == before
    with entered(SYSTEM):
        assert [(one.kind, one.confidence) for one in notices_in(2026) if one.day == before.date()] == [
            (None, "memory")
        ]


def test_a_make_up_day_brings_the_due_date_forward(cast: Cast) -> None:
    with acting_at(FRIDAY):
        got = received(cast.clerk)
    before = due_of(got.dossier_id)
    told = run("work", "07/11/2026", "--source", SOURCE, "--confidence", "verified")
    assert "làm việc" in told and "đã tính lại: 1 vụ việc" in told
    assert due_of(got.dossier_id) < before
    assert f"Ngày làm bù  [{SOURCE} (đã đối chiếu văn bản)]" in run("list", "2026")


def test_where_the_due_dates_cannot_follow_the_notice_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> int:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(notice_days, "recompute_due_dates", broken)
    with pytest.raises(RuntimeError, match="in the middle"):
        run("off", "2026-11-12", "--name", "Nghỉ", "--source", SOURCE)
    with entered(SYSTEM):
        assert date(2026, 11, 12) not in {one.day for one in notices_in(2026)}


def test_the_list_of_a_year_names_what_each_day_rests_on() -> None:
    told = run("list", "2026")
    assert "02/01/2026  nghỉ" in told and "12729/VPCP-KGVX" in told and "10/01/2026  làm việc" in told
    assert "02/09/2026  nghỉ" in told and "[theo thư viện ngày lễ]" in told
    assert "Chưa có ngày lễ của năm 2031" in run("list", "2031")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Hãy gõ: day off"),
        (("rest", "2026-11-12"), "Không có việc “rest”"),
        (("off",), "Chưa có ngày"),
        (("off", "31/02/2026"), "Ngày không đúng"),
        (("off", "2026-02-31"), "Ngày không đúng"),
        (("off", "2026-11-12", "--name", "Nghỉ"), "văn bản thông báo"),
        (("off", "2026-11-12", "--source", SOURCE), "Chưa có tên ngày"),
        (("off", "2026-11-12", "--name", "x" * 201, "--source", SOURCE), "dài nhất 200 ký tự"),
        (
            ("off", "2026-11-12", "--name", "Nghỉ", "--source", SOURCE, "--confidence", "illustrative"),
            "Mức tin cậy",
        ),
        (("withdraw", "2026-11-12", "--source", SOURCE), "không có thông báo nào để rút"),
        (("list", "26"), "Năm “26” không đúng"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_and_nothing_is_kept(
    words: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(*words)
    with entered(SYSTEM):
        assert date(2026, 11, 12) not in {one.day for one in notices_in(2026)}

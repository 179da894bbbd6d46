"""A dossier's state in the applicant's words, for every state there is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from lienthong.fronts.public.rules.journey import sight_of
from lienthong.lib.calendar import WorkCalendar
from lienthong.work.dossiers.enums import DossierState as S
from lienthong.work.dossiers.queries import Found

AT = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)
FOUND = Found(
    code="H15.50.05.13-260302-0042",
    state=S.IN_PROGRESS.value,
    procedure="Thủ tục đăng ký lại khai sinh",
    unit="Phường Tân Hưng",
    received_at=datetime(2026, 3, 2, 7, 10, tzinfo=UTC),
    promised_at=datetime(2026, 3, 9, 10, 0, tzinfo=UTC),
    due_at=datetime(2026, 3, 11, 10, 0, tzinfo=UTC),
    closed_at=None,
    returned_at=None,
    lacks=None,
    extensions=0,
    return_mode="counter",
    returning_unit="Phường Tân Thuận",
)


@pytest.mark.parametrize("state", S.values)
def test_every_state_has_its_words(state: str) -> None:
    sight = sight_of(replace(FOUND, state=state), AT, WorkCalendar())
    assert sight.heading
    assert sight.next
    assert sight.next_note
    assert sight.status
    assert [stage.mark for stage in sight.stages].count("now") == 1


def test_what_is_left_is_counted_in_working_days() -> None:
    due = sight_of(FOUND, AT, WorkCalendar()).due
    assert due.words == "còn 2 ngày làm việc"


def test_the_first_promise_and_the_apologies_are_told() -> None:
    sight = sight_of(replace(FOUND, extensions=2), AT, WorkCalendar())
    assert sight.due_note == "Hẹn lần đầu 09/03/2026 17:00; đã xin lỗi và hẹn lại 2 lần."
    assert sight_of(FOUND, AT, WorkCalendar()).due_note == ""


def test_it_says_where_to_collect() -> None:
    assert "Phường Tân Thuận" in sight_of(FOUND, AT, WorkCalendar()).collect[0]
    assert "bưu chính" in sight_of(replace(FOUND, return_mode="post"), AT, WorkCalendar()).collect[0]
    assert sight_of(replace(FOUND, state=S.REFUSED.value), AT, WorkCalendar()).collect == ()


def test_a_paused_clock_has_no_date() -> None:
    sight = sight_of(replace(FOUND, state=S.SUPPLEMENT_REQUESTED.value, due_at=None), AT, WorkCalendar())
    assert sight.due.at is None
    assert sight.due.tone == "paused"

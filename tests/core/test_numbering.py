"""Numbers: none twice, none lost, none without an explanation."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from lienthong.core.journal.models import Entry
from lienthong.core.numbering.actions import issue_number, void_number
from lienthong.core.numbering.models import Series
from lienthong.core.numbering.queries import issued_of
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from tests.core.apart import elsewhere, swept

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CLERK = Actor(account_id=7, post_id=70, unit_id=-1)


def issue(kind: str = "test", unit_id: int = -1) -> int:
    return issue_number(unit_id, kind, "261121")


@pytest.mark.django_db
def test_numbers_follow_one_another_for_each_unit_kind_and_period() -> None:
    assert [issue(), issue(), issue("other"), issue(unit_id=-2), issue()] == [1, 2, 1, 1, 3]


@pytest.mark.django_db
def test_an_act_that_is_rolled_back_gives_its_number_back() -> None:
    issue()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert issue() == 2
        raise ZeroDivisionError
    assert issue() == 2


@pytest.mark.django_db
def test_every_number_is_used_or_voided_with_a_reason() -> None:
    with entered(CLERK):
        for _ in range(3):
            issue()
        void_number(-1, "test", "261121", 2, actor=CLERK, reason="in hỏng biên lai", at=NOW)
        issued = issued_of(-1, "test", "261121")
        entry = Entry.objects.get(verb="numbering.voided")
    assert issued.used() == [1, 3]
    assert issued.voids == {2: "in hỏng biên lai"}
    assert entry.data == {"series": "test", "period": "261121", "number": 2}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "reason", "code"),
    [
        (9, "x", "numbering.not_issued"),
        (0, "x", "numbering.not_issued"),
        (1, "x", "numbering.voided"),
        (2, " ", "numbering.no_reason"),
    ],
)
def test_a_number_is_not_voided_without_ground(number: int, reason: str, code: str) -> None:
    with entered(CLERK):
        issue()
        issue()
        void_number(-1, "test", "261121", 1, actor=CLERK, reason="in hỏng", at=NOW)
        with pytest.raises(Refused) as refused:
            void_number(-1, "test", "261121", number, actor=CLERK, reason=reason, at=NOW)
    assert refused.value.refusal.code == code


@pytest.mark.django_db
def test_a_series_that_has_not_begun_has_nothing_to_account_for() -> None:
    assert issued_of(-9, "test", "261121").used() == []
    with pytest.raises(Series.DoesNotExist):
        void_number(-9, "test", "261121", 1, actor=SYSTEM, reason="x", at=NOW)


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with django_db_blocker.unblock(), swept("DELETE FROM numbering_series WHERE unit_id < 0"):  # type: ignore[attr-defined]
        yield
        connection.close()


def test_clerks_at_once_never_get_the_same_number(real_commits: None) -> None:
    numbers: list[int] = []
    lock = threading.Lock()

    def clerk() -> None:
        for _ in range(10):
            with transaction.atomic():
                number = issue("race")
            with lock:
                numbers.append(number)
        connection.close()

    clerks = [threading.Thread(target=clerk) for _ in range(4)]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join(60)
    assert sorted(numbers) == list(range(1, 41))


def test_a_number_taken_in_an_open_act_makes_the_next_clerk_wait(real_commits: None) -> None:
    taken, given_back = threading.Event(), threading.Event()
    second: list[int] = []

    def first() -> None:
        with transaction.atomic():
            assert issue("wait") == 1
            taken.set()
            given_back.wait(30)
            transaction.set_rollback(True)
        connection.close()

    def next_clerk() -> None:
        second.append(elsewhere(lambda: issue("wait")))

    holder = threading.Thread(target=first)
    holder.start()
    assert taken.wait(30)
    waiter = threading.Thread(target=next_clerk)
    waiter.start()
    waiter.join(0.3)
    assert second == []
    given_back.set()
    holder.join(30)
    waiter.join(30)
    assert second == [1]

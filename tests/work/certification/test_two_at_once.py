"""Two signers at once give one set of numbers; an act that crashes gives its number back."""

from collections.abc import Iterator
from datetime import datetime
from threading import Event
from time import sleep
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.numbering.queries import issued_of
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import today
from lienthong.lib.calendar.days import VIETNAM
from lienthong.work.certification.actions import close_month, sign_certification
from lienthong.work.certification.queries import numbers_of
from lienthong.work.certification.values import Attested
from tests.cast import Cast
from tests.core.apart import as_owner
from tests.work.certification.stage import received, signed
from tests.work.dossiers.meanwhile import at_once, committed

BOOK = "SCT/BS"


@pytest.fixture
def really(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Transactions that commit, as two officers' do."""
    with django_db_blocker.unblock(), committed():
        yield
        with as_owner() as owner:  # a closed month hangs on no case
            owner.execute("TRUNCATE certification_monthclosing")


def test_two_signers_at_once_give_one_number(really: None, cast: Cast) -> None:
    chair, got = cast.chair, received(cast.clerk)
    outcomes = at_once([lambda: signed(chair, got.certification_id)] * 2)
    winners = [one for one in outcomes if isinstance(one, Attested)]
    losers = [one for one in outcomes if isinstance(one, Refused)]
    assert (len(winners), len(losers)) == (1, 1) and losers[0].refusal.code == "lifecycle.state"
    with entered(chair):
        assert tuple(numbers_of(got.certification_id)) == winners[0].numbers
        assert issued_of(chair.unit_id or 0, BOOK, str(today().year)).last == 1


def test_many_at_once_leave_no_hole(really: None, cast: Cast) -> None:
    chair = cast.chair
    ids = [received(cast.clerk).certification_id for _ in range(6)]
    outcomes = at_once([lambda one=one: signed(chair, one) for one in ids])  # type: ignore[misc]
    numbers = sorted(one.numbers[0].number for one in outcomes if isinstance(one, Attested))
    assert numbers == [1, 2, 3, 4, 5, 6]


def test_a_crash_gives_the_number_back(really: None, cast: Cast) -> None:
    chair, got = cast.chair, received(cast.clerk)
    with pytest.raises(RuntimeError), entered(chair):
        sign_certification(actor=chair, key=uuid4(), certification_id=got.certification_id)
        raise RuntimeError("the power fails")
    with entered(chair):
        assert issued_of(chair.unit_id or 0, BOOK, str(today().year)).last == 0
        assert numbers_of(got.certification_id) == []
    assert signed(chair, got.certification_id).numbers[0].number == 1


def test_a_month_is_closed_once_by_two(really: None, cast: Cast) -> None:
    records, last_year = cast.records, today().year - 1

    def close() -> int:
        with entered(records):
            return close_month(actor=records, key=uuid4(), book=BOOK, year=last_year, month=3).count

    outcomes = at_once([close, close])
    assert outcomes.count(0) == 1
    assert [one.refusal.code for one in outcomes if isinstance(one, Refused)] == [
        "certification.month_closed"
    ]


def test_a_month_that_is_closed_while_a_number_is_issued_counts_it(really: None, cast: Cast) -> None:
    """The last second of November: the signature is under way when December's first closing begins."""
    chair, records = cast.chair, cast.records
    with acting_at(datetime(2026, 11, 30, 9, tzinfo=VIETNAM)):
        got = received(cast.clerk)
    under_way = Event()

    def sign() -> Attested:
        with acting_at(datetime(2026, 11, 30, 23, 59, 59, tzinfo=VIETNAM)), entered(chair):
            done = sign_certification(actor=chair, key=uuid4(), certification_id=got.certification_id)
            under_way.set()
            sleep(0.4)
            return done

    def close() -> int:
        under_way.wait(10)
        with acting_at(datetime(2026, 12, 1, 0, 0, 1, tzinfo=VIETNAM)), entered(records):
            return close_month(actor=records, key=uuid4(), book=BOOK, year=2026, month=11).count

    outcomes = at_once([sign, close])
    assert [one for one in outcomes if not isinstance(one, Attested)] == [1]


def test_who_waited_while_the_month_was_closed_is_told(really: None, cast: Cast) -> None:
    chair, records = cast.chair, cast.records
    with acting_at(datetime(2026, 11, 30, 9, tzinfo=VIETNAM)):
        got = received(cast.clerk)
    under_way = Event()

    def close() -> int:
        with acting_at(datetime(2026, 12, 1, 0, 0, 1, tzinfo=VIETNAM)), entered(records):
            done = close_month(actor=records, key=uuid4(), book=BOOK, year=2026, month=11).count
            under_way.set()
            sleep(0.4)
            return done

    def sign() -> Attested:
        under_way.wait(10)
        with acting_at(datetime(2026, 11, 30, 23, 59, 59, tzinfo=VIETNAM)), entered(chair):
            return sign_certification(actor=chair, key=uuid4(), certification_id=got.certification_id)

    outcomes = at_once([sign, close])
    assert [one.refusal.code for one in outcomes if isinstance(one, Refused)] == [
        "certification.month_closed"
    ]
    with entered(chair):
        assert numbers_of(got.certification_id) == []

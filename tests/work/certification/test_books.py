"""The books: every number is used or void with its reason; a month that is over is closed and stays as it is."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from lienthong.core.journal.queries import last_act
from lienthong.core.numbering.queries import issued_of
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.lib.calendar.days import VIETNAM
from lienthong.work.certification.access import find_closing
from lienthong.work.certification.actions import close_month, void_number
from lienthong.work.certification.models import BookEntry, MonthClosing
from lienthong.work.certification.queries import closings_of, month_book, numbers_of
from lienthong.work.certification.values import Attested, BookNumber, ClosedMonth
from tests.cast import Cast
from tests.work.certification.stage import received, signed

pytestmark = pytest.mark.django_db
BOOK = "SCT/BS"
OCTOBER, NOVEMBER, DECEMBER = (datetime(2026, month, 12, 9, tzinfo=VIETNAM) for month in (10, 11, 12))


def attested(cast: Cast, at: datetime) -> Attested:
    with acting_at(at):
        return signed(cast.chair, received(cast.clerk).certification_id)


def closed(actor: Actor, month: int, at: datetime) -> ClosedMonth:
    with acting_at(at), entered(actor):
        return close_month(actor=actor, key=uuid4(), book=BOOK, year=2026, month=month)


def voided(actor: Actor, one: Attested, at: datetime, reason: str = "Trang hỏng") -> BookNumber:
    with acting_at(at), entered(actor):
        return void_number(
            actor=actor,
            key=uuid4(),
            certification_id=one.certification_id,
            item_id=one.numbers[0].item_id,
            reason=reason,
        )


def test_a_voided_number_is_kept_with_its_reason_and_the_item_takes_the_next(cast: Cast) -> None:
    one = attested(cast, OCTOBER)
    anew = voided(cast.clerk, one, OCTOBER)
    with entered(cast.clerk):
        assert anew.number == 2 and numbers_of(one.certification_id) == [anew]
        assert issued_of(cast.clerk.unit_id or 0, BOOK, "2026").voids == {1: "Trang hỏng"}
        line = last_act(one.certification_id)
        sheet = month_book(cast.clerk, BOOK, 2026, 10)
    assert line is not None and line.sentence == "Bỏ số chứng thực 1 SCT/BS năm 2026, cấp lại số 2"
    assert [(row.number, row.void_reason) for row in sheet.lines] == [(1, "Trang hỏng"), (2, "")]


def test_a_number_is_not_voided_without_reason_nor_by_another_unit(cast: Cast) -> None:
    one = attested(cast, OCTOBER)
    with pytest.raises(Refused) as caught:
        voided(cast.clerk, one, OCTOBER, " ")
    assert caught.value.refusal.code == "certification.no_reason"
    with pytest.raises(NotFound):
        voided(cast.stranger, one, OCTOBER)


def test_a_month_is_closed_with_its_numbers_and_digest(cast: Cast) -> None:
    one = attested(cast, OCTOBER)
    voided(cast.clerk, one, OCTOBER)
    attested(cast, NOVEMBER)
    done = closed(cast.records, 10, NOVEMBER)
    assert (done.first, done.last, done.count, done.voided) == (1, 2, 2, 1)
    with entered(cast.records):
        assert month_book(cast.records, BOOK, 2026, 10).digest == done.digest
        assert closings_of(cast.records, 2026) == [done]
        assert find_closing(cast.records, done.id).count == 2
    with entered(cast.stranger), pytest.raises(NotFound):
        find_closing(cast.stranger, done.id)
    with pytest.raises(Refused) as caught:
        voided(cast.clerk, one, NOVEMBER)
    assert caught.value.refusal.code == "certification.month_closed"


def test_months_are_closed_once_in_order_and_when_they_are_over(cast: Cast) -> None:
    attested(cast, OCTOBER)
    for month, at, code in (
        (11, NOVEMBER, "certification.month_open"),
        (13, NOVEMBER, "certification.month_open"),
        (11, DECEMBER, "certification.earlier_open"),
    ):
        with pytest.raises(Refused) as caught:
            closed(cast.records, month, at)
        assert caught.value.refusal.code == code
    closed(cast.records, 10, NOVEMBER)
    with pytest.raises(Refused) as caught:
        closed(cast.records, 10, NOVEMBER)
    assert caught.value.refusal.code == "certification.month_closed"
    empty = closed(cast.records, 11, DECEMBER)
    assert (empty.count, empty.first, empty.last) == (0, None, None)


def test_a_book_that_does_not_exist_is_not_closed(cast: Cast) -> None:
    for book, year in (("SCT/XX", 2026), (BOOK, 0)):
        with entered(cast.records), pytest.raises(NotFound):
            close_month(actor=cast.records, key=uuid4(), book=book, year=year, month=1)


def test_a_book_is_its_units_own(cast: Cast) -> None:
    attested(cast, OCTOBER)
    with entered(cast.stranger):
        assert month_book(cast.stranger, BOOK, 2026, 10).lines == ()
    with pytest.raises(Refused) as caught:
        closed(cast.chair, 10, NOVEMBER)
    assert caught.value.refusal.code == "certification.no_duty"


def test_the_database_itself_keeps_the_book(cast: Cast) -> None:
    one = attested(cast, OCTOBER)
    done = closed(cast.records, 10, NOVEMBER)
    with entered(cast.clerk):
        row = BookEntry.objects.get(item_id=one.numbers[0].item_id)
        for act in (
            row.delete,
            lambda: BookEntry.objects.filter(pk=row.pk).update(number=9),
            lambda: MonthClosing.objects.filter(pk=done.id).update(count=0),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                act()
        with pytest.raises(IntegrityError), transaction.atomic():
            BookEntry.objects.create(
                unit_id=row.unit_id, book=BOOK, year=2026, number=2, item_id=row.item_id, issued_at=OCTOBER
            )

"""`lienthong check` counts every number of a certification: used once, or void with its reason."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection

from lienthong.console.invariants import check_all
from lienthong.core.scope.actions import entered
from lienthong.core.workdays.actions import acting_at
from lienthong.lib.calendar.days import VIETNAM
from lienthong.work.certification.actions import close_month, extend_certification, void_number
from lienthong.work.certification.models import CertifiedItem
from tests.cast import Cast
from tests.work.certification.stage import received, signed

pytestmark = pytest.mark.django_db
CLOSINGS = "sổ chứng thực của tháng đã khóa vẫn đúng như lúc khóa"
NUMBERS = "mỗi số đã cấp được dùng đúng một lần hoặc hủy kèm lý do"


def of_certification() -> list[str]:
    return [
        line
        for finding in check_all()
        if finding.name == NUMBERS
        for line in finding.wrong
        if "hứng thực" in line
    ]


def test_numbers_of_books_and_codes_are_accounted_for(cast: Cast) -> None:
    got = received(cast.clerk)
    one = signed(cast.chair, got.certification_id)
    with entered(cast.clerk):
        void_number(
            actor=cast.clerk,
            key=uuid4(),
            certification_id=got.certification_id,
            item_id=one.numbers[0].item_id,
            reason="Trang hỏng",
        )
    assert of_certification() == []
    assert not [finding for finding in check_all() if "chứng thực" in finding.name and finding.broken]


def test_an_extended_promise_agrees_with_its_ledger(cast: Cast) -> None:
    """From 17:00 on, past the cut-off hour of receipts, an extension still counts from the next working day."""
    got = received(cast.clerk)
    with entered(cast.clerk):
        extend_certification(
            actor=cast.clerk, key=uuid4(), certification_id=got.certification_id, days=2, reason="Nhiều trang"
        )
    assert got.code not in [line for finding in check_all() for line in finding.wrong]


def test_a_closed_month_that_was_changed_is_found(cast: Cast) -> None:
    with acting_at(datetime(2026, 10, 30, 9, tzinfo=VIETNAM)):
        got = received(cast.clerk)
        signed(cast.chair, got.certification_id)
    with entered(cast.records):
        close_month(actor=cast.records, key=uuid4(), book="SCT/BS", year=2026, month=10)
    assert [one.broken for one in check_all() if one.name == CLOSINGS] == [0]
    with entered(cast.clerk):
        CertifiedItem.objects.filter(certification_id=got.certification_id).update(copies=9)
    (found,) = [one for one in check_all() if one.name == CLOSINGS]
    assert found.broken == 1 and found.wrong[0].startswith("SCT/BS 10/2026")


def test_a_number_that_nobody_bears_is_found(cast: Cast) -> None:
    signed(cast.chair, received(cast.clerk).certification_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE numbering_series SET last = last + 1 WHERE kind IN ('SCT/BS', 'certification')"
        )
    assert sorted(line.split(" 2")[0] for line in of_certification()) == [
        "Sổ chứng thực bản sao từ bản chính",
        "mã việc chứng thực",
    ]

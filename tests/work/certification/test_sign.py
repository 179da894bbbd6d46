"""Signing: the register names who may at that moment; the answer is frozen, the numbers come with the signature."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from lienthong.core.journal.queries import last_act
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import today
from lienthong.lib.calendar.days import VIETNAM
from lienthong.work.certification.access import find_certification
from lienthong.work.certification.actions import refuse_certification, sign_certification
from lienthong.work.certification.models import Attestation
from lienthong.work.certification.queries import attestation_of, items_of, numbers_of
from lienthong.work.certification.values import ItemDraft
from tests.cast import Cast
from tests.work.certification.stage import SIGNATURE, delegated, received, request, signed

pytestmark = pytest.mark.django_db


def test_the_chair_signs_in_person_and_the_case_ends(cast: Cast) -> None:
    got = received(cast.clerk)
    attested = signed(cast.chair, got.certification_id)
    with entered(cast.chair):
        case = find_certification(cast.chair, got.certification_id).case
        assert (case.state, case.outcome, case.on_time) == ("signed", "done", True)
        kept = attestation_of(got.certification_id)
    assert attested.capacity == "own" and attested.numbers[0].number == 1
    assert kept is not None and kept.post_id == cast.chair.post_id and not kept.has_signature
    assert kept.warrant["chain"]


def test_one_number_an_original_whatever_the_copies(cast: Cast) -> None:
    got = received(
        cast.clerk,
        request(ItemDraft("Bằng A", copies=9), ItemDraft("Bằng B", copies=2), ItemDraft("Bằng C")),
    )
    attested = signed(cast.chair, got.certification_id)
    assert [number.number for number in attested.numbers] == [1, 2, 3]
    assert attested.numbers[0].words == f"01 SCT/BS năm {today().year}"
    with entered(cast.clerk):
        assert [line.number for line in items_of(got.certification_id)] == list(attested.numbers)


def test_each_book_counts_for_itself(cast: Cast) -> None:
    first = signed(cast.chair, received(cast.clerk).certification_id)
    second = signed(
        cast.chair,
        received(cast.clerk, request(ItemDraft("Giấy ủy quyền"), task=SIGNATURE)).certification_id,
    )
    assert (first.numbers[0].book, second.numbers[0].book) == ("SCT/BS", "SCT/CK,ĐC")
    assert (first.numbers[0].number, second.numbers[0].number) == (1, 1)


def test_a_new_year_begins_at_01(cast: Cast) -> None:
    for moment, number in (
        (datetime(2026, 12, 31, 10, tzinfo=VIETNAM), 1),
        (datetime(2026, 12, 31, 11, tzinfo=VIETNAM), 2),
        (datetime(2027, 1, 4, 9, tzinfo=VIETNAM), 1),
    ):
        with acting_at(moment):
            attested = signed(cast.chair, received(cast.clerk).certification_id)
        assert (attested.numbers[0].year, attested.numbers[0].number) == (moment.year, number)


def test_the_delegate_signs_and_the_paper_says_so(cast: Cast) -> None:
    delegation = delegated(cast.chair, cast.clerk)
    got = received(cast.second_clerk)
    attested = signed(cast.clerk, got.certification_id)
    with entered(cast.clerk):
        row = Attestation.objects.get(certification_id=got.certification_id)
        line = last_act(got.certification_id)
    assert attested.capacity == "delegated"
    assert (row.delegation_id, row.person_id) == (delegation, cast.clerk.person_id)
    assert line is not None and "ủy quyền" in line.sentence and "01 SCT/BS" in line.sentence


def test_the_day_after_the_delegation_he_is_refused_with_the_paper_that_ended(cast: Cast) -> None:
    last = today() + timedelta(days=3)
    delegated(cast.chair, cast.clerk, until=last)
    midnight = datetime.combine(last, time.min, VIETNAM)
    with acting_at(midnight - timedelta(seconds=1)):
        assert signed(cast.clerk, received(cast.second_clerk).certification_id).capacity == "delegated"
    with acting_at(midnight):
        got = received(cast.second_clerk)
        with pytest.raises(Refused) as caught:
            signed(cast.clerk, got.certification_id)
        assert signed(cast.chair, got.certification_id).capacity == "own"
    assert caught.value.status == 403
    assert "12/QĐ-UBND" in caught.value.refusal.sentence


def test_what_was_not_delegated_is_refused(cast: Cast) -> None:
    delegated(cast.chair, cast.clerk)
    got = received(cast.clerk, request(ItemDraft("Giấy ủy quyền"), task=SIGNATURE))
    with pytest.raises(Refused) as caught:
        signed(cast.clerk, got.certification_id)
    assert caught.value.status == 403
    with entered(cast.clerk):
        assert numbers_of(got.certification_id) == [] and attestation_of(got.certification_id) is None


def test_it_is_signed_once(cast: Cast) -> None:
    got, key = received(cast.clerk), uuid4()
    with entered(cast.chair):
        first = sign_certification(actor=cast.chair, key=key, certification_id=got.certification_id)
        again = sign_certification(actor=cast.chair, key=key, certification_id=got.certification_id)
    assert first == again
    with pytest.raises(Refused) as caught:
        signed(cast.chair, got.certification_id)
    assert caught.value.refusal.code == "lifecycle.state"


def test_what_was_refused_is_not_signed(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.clerk):
        refuse_certification(
            actor=cast.clerk,
            key=uuid4(),
            certification_id=got.certification_id,
            reason="Bản chính bị tẩy xóa",
            article="NĐ 23/2015/NĐ-CP Đ.22",
        )
    with pytest.raises(Refused):
        signed(cast.chair, got.certification_id)


def test_another_unit_cannot_sign(cast: Cast) -> None:
    got = received(cast.clerk)
    with pytest.raises(Refused) as caught:
        signed(cast.stranger, got.certification_id)
    assert caught.value.refusal.code == "not_found"
    with pytest.raises(Refused) as caught:
        signed(cast.city, got.certification_id)
    assert caught.value.refusal.code == "certification.other_unit" and caught.value.status == 403

"""Receiving at the counter: one case, one promise, one charge; what may not be certified is refused with its law."""

from datetime import datetime
from uuid import uuid4

import pytest

from lienthong.core.journal.queries import last_act
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.fees.queries import dues_of
from lienthong.lib.calendar.days import VIETNAM
from lienthong.work.certification.access import find_certification
from lienthong.work.certification.actions import receive_certification
from lienthong.work.certification.queries import items_of
from lienthong.work.certification.values import ItemDraft
from tests.cast import NHA_BE, TAN_HUNG, Cast
from tests.work.certification.stage import LAND, SIGNATURE, received, request

pytestmark = pytest.mark.django_db
MORNING, AFTERNOON = (datetime(2026, 11, 18, hour, tzinfo=VIETNAM) for hour in (9, 15))


def test_a_case_with_its_items_its_charge_and_its_journal(cast: Cast) -> None:
    with entered(cast.clerk), acting_at(MORNING):
        got = receive_certification(actor=cast.clerk, key=uuid4(), request=request())
        found = find_certification(cast.clerk, got.certification_id)
        assert (found.case.kind, found.case.state, found.book) == ("certification", "received", "SCT/BS")
        assert found.case.holder_id and found.case.responsible_unit_id == cast.clerk.unit_id
        assert dues_of(got.certification_id).open == got.amount == 14_000
        (item,) = items_of(got.certification_id)
        assert (item.pages, item.copies, item.number) == (5, 2, None)
        line = last_act(got.certification_id)
        assert line is not None and "Tiếp nhận yêu cầu chứng thực: 1 giấy tờ" in line.sentence


def test_the_same_day_and_after_three_the_next_working_day(cast: Cast) -> None:
    with entered(cast.clerk):
        with acting_at(MORNING):
            early = receive_certification(actor=cast.clerk, key=uuid4(), request=request())
        with acting_at(AFTERNOON.replace(minute=1)):
            late = receive_certification(actor=cast.clerk, key=uuid4(), request=request())
    assert early.due_at.astimezone(VIETNAM).date() == MORNING.date()
    assert late.due_at.astimezone(VIETNAM).date().day == MORNING.day + 1


def test_the_same_key_gives_the_first_result(cast: Cast) -> None:
    key = uuid4()
    with entered(cast.clerk):
        first = receive_certification(actor=cast.clerk, key=key, request=request())
        again = receive_certification(actor=cast.clerk, key=key, request=request())
    assert first == again


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (ItemDraft("Giấy xác nhận", ban="private"), "certification.banned"),
        (ItemDraft("Giấy xác nhận", ban="không có"), "certification.ban_unknown"),
        (ItemDraft("  "), "certification.item_name"),
        (ItemDraft("x" * 301), "certification.too_long"),
        (ItemDraft("Giấy xác nhận", pages=0), "certification.pages"),
        (ItemDraft("Giấy xác nhận", copies=999), "certification.pages"),
    ],
)
def test_what_cannot_be_copied_is_refused(cast: Cast, item: ItemDraft, code: str) -> None:
    with pytest.raises(Refused) as caught:
        received(cast.clerk, request(item))
    assert caught.value.refusal.code == code
    if code == "certification.banned":
        assert caught.value.refusal.article == "23/2015/NĐ-CP Điều 22"


def test_an_original_that_is_banned_may_still_bear_a_signature(cast: Cast) -> None:
    assert (
        received(cast.clerk, request(ItemDraft("Giấy ủy quyền", ban="private"), task=SIGNATURE)).amount
        == 10_000
    )


def test_one_number_a_document_type_a_person(cast: Cast) -> None:
    twice = (
        ItemDraft("Sơ yếu lý lịch", signer="Công dân 0001"),
        ItemDraft("sơ yếu lý lịch", signer="Công dân 0001"),
    )
    with pytest.raises(Refused) as caught:
        received(cast.clerk, request(*twice, task=SIGNATURE))
    assert caught.value.refusal.code == "certification.item_twice"
    two = (
        ItemDraft("Sơ yếu lý lịch", signer="Công dân 0001"),
        ItemDraft("Sơ yếu lý lịch", signer="Công dân 0002"),
    )
    assert received(cast.clerk, request(*two, task=SIGNATURE)).amount == 10_000


def test_land_is_certified_where_it_lies_and_nowhere_else(cast: Cast) -> None:
    deed = ItemDraft("Hợp đồng chuyển nhượng quyền sử dụng đất")
    for kind, place, code in (
        ("", "", "certification.property"),
        ("land", "", "certification.property_place"),
        ("house", NHA_BE, "certification.other_place"),
    ):
        with pytest.raises(Refused) as caught:
            received(cast.clerk, request(deed, task=LAND, property_kind=kind, property_place=place))
        assert caught.value.refusal.code == code
    assert (
        received(cast.clerk, request(deed, task=LAND, property_kind="land", property_place=TAN_HUNG)).amount
        == 50_000
    )
    assert received(cast.clerk, request(deed, task=LAND, property_kind="movable")).amount == 50_000


def test_it_takes_a_counter_and_an_act_of_certification(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        received(cast.records)
    assert caught.value.refusal.code == "lifecycle.duty"
    with pytest.raises(Refused) as caught:
        received(cast.clerk, request(task="1.001193"))
    assert caught.value.refusal.code == "certification.no_act"


def test_another_unit_cannot_see_it(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.stranger), pytest.raises(NotFound):
        find_certification(cast.stranger, got.certification_id)
    with entered(cast.stranger):
        assert items_of(got.certification_id) == []

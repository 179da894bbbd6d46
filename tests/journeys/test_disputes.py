"""A dispute of hand-over, settled by the city at its browser; no fault at any width."""

from uuid import uuid4

from playwright.sync_api import expect

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.actions.handing import refuse_offer
from lienthong.facilities.casework.models import Case
from tests.cast import NHA_BE, PROVINCE, Cast
from tests.facilities.casework.test_hand_over import offered
from tests.journeys.conftest import Desk, wrong

CITY = f"thanhpho.{PROVINCE}"


def refused(cast: Cast) -> int:
    """A dossier that the neighbour did not take."""
    case_id, offer = offered(cast)
    with entered(cast.neighbour):
        refuse_offer(
            actor=cast.neighbour,
            offer_id=offer,
            key=uuid4(),
            reason="Thửa đất thuộc địa bàn Nhà Bè",
            proposed_unit_id=cast.unit_id(NHA_BE),
        )
    return case_id


def test_the_city_settles_a_dispute_without_a_fault(desk: Desk, cast: Cast) -> None:
    case_id = refused(cast)
    page = desk.officer(CITY)
    page.goto(f"{desk.address}/dossiers/disputes/")
    assert wrong(page) == []
    page.click(f"a[href='/dossiers/{case_id}/arbitrate/']")
    assert wrong(page) == []
    page.get_by_label("Đơn vị khác", exact=True).check()
    page.get_by_label("Tên đơn vị khác").fill("tan")
    page.get_by_label("Lý do phân xử").fill("Theo địa bàn của thửa đất")
    page.click("button[form=act]")
    expect(page.locator(".errors")).to_be_focused()
    assert wrong(page) == []
    page.get_by_label("Tên đơn vị khác").fill("nha be")
    page.click("button[form=act]")
    expect(page.locator(".notice--done")).to_contain_text("Đã quyết định đơn vị giải quyết")
    assert wrong(page) == []
    page.goto(f"{desk.address}/dossiers/disputes/")
    expect(page.locator(f"a[href='/dossiers/{case_id}/arbitrate/']")).to_have_count(0)
    assert wrong(page) == []
    with entered(SYSTEM):
        assert Case.objects.get(pk=case_id).responsible_unit_id == cast.unit_id(NHA_BE)

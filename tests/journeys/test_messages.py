"""Messages and news in a real browser: seen, sent again, set, counted; wide and narrow, without a fault of axe."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import now
from lienthong.facilities.notifications.actions.mail import MailCarrier
from lienthong.facilities.notifications.models import Message
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.actions.process import assign_dossier
from tests.cast import PROVINCE, TAN_HUNG, Cast
from tests.facilities.notifications.conftest import NOON, Letters, Post, free_port
from tests.facilities.notifications.conftest import letters as letters
from tests.journeys.conftest import Desk, faults, fits

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def case_id(ground: None) -> Iterator[int]:
    """One message sent is refused by its server, one waits for a server that is gone, one is not wanted."""
    post = Post(Cast())
    refused = post.told()
    dead = MailCarrier(url=f"smtp://127.0.0.1:{free_port()}", sender="a@b.example")
    post.told("sms")
    post.told("none")
    with entered(SYSTEM):
        Message.objects.filter(case_id=refused).update(
            state="failed", reason="Máy chủ thư từ chối địa chỉ hoặc nội dung (550 5.1.1)."
        )
    post.told()
    post.send(carrier=dead)
    head, worker = Cast().head_of(BodyKind.OFFICE), Cast().specialist_in(BodyKind.OFFICE)
    assert worker.post_id
    with acting_at(NOON), entered(head):
        assign_dossier(actor=head, dossier_id=refused, key=uuid4(), to_post_id=worker.post_id)
    post.hear(refused)
    yield refused


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_clerk_sees_what_failed_and_sends_it_again(desk: Desk, case_id: int, width: int) -> None:
    page = desk.officer(f"motcua1.{TAN_HUNG}", width)
    page.goto(f"{desk.address}/messages/")
    assert page.get_by_text("không tin nào mất").is_visible()
    assert faults(page) == [] and fits(page)
    for path in ("templates/", f"cases/{case_id}/channel/"):
        page.goto(f"{desk.address}/messages/{path}")
        assert faults(page) == [] and fits(page), path


@pytest.mark.parametrize("width", [1440, 320])
def test_the_city_sets_a_text_and_sees_its_length_grow(desk: Desk, case_id: int, width: int) -> None:
    page = desk.officer(f"thanhpho.{PROVINCE}", width)
    page.goto(f"{desk.address}/messages/templates/received/")
    told = page.locator("[data-count-for]")
    page.fill("#id_text", "Hồ sơ {mã} đã nhận. {tra cứu}")
    assert told.text_content() == "29/400 ký tự"
    for path in ("templates/received/", "rule/", "test/", ""):
        page.goto(f"{desk.address}/messages/{path}")
        assert faults(page) == [] and fits(page), path


def test_the_bell_tells_of_the_new_matter_by_keyboard(desk: Desk, case_id: int) -> None:
    page = desk.officer(f"vanphong1.{TAN_HUNG}")
    count = page.locator(".news .nav__count")
    count.wait_for()
    assert count.text_content() == "1"
    page.locator(".news summary").focus()
    page.keyboard.press("Enter")
    entry = page.locator(".news__panel").get_by_text("Việc mới giao")
    entry.wait_for()
    assert faults(page) == [] and fits(page)
    page.get_by_role("button", name="Đánh dấu đã đọc").click()
    page.wait_for_url("**/messages/alerts/")
    page.locator(".news__count").wait_for(state="attached")
    assert page.locator(".news .nav__count").count() == 0
    assert faults(page) == [] and fits(page)


def test_the_panel_fits_a_telephone(desk: Desk, case_id: int) -> None:
    page = desk.officer(f"vanphong1.{TAN_HUNG}", 320)
    page.locator(".news summary").click()
    page.locator(".news__panel").get_by_text("Việc mới giao").wait_for()
    box = page.locator(".news__panel").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 320
    assert fits(page) and faults(page) == []


def test_a_message_that_failed_goes_again(desk: Desk, case_id: int, letters: Letters) -> None:
    page = desk.officer(f"motcua1.{TAN_HUNG}")
    page.goto(f"{desk.address}/messages/?state=failed")
    again = page.get_by_role("button", name="Gửi lại")
    expect(again).to_have_count(1)
    again.click()
    page.get_by_text("Tin sẽ được gửi lại").wait_for()
    page.goto(f"{desk.address}/messages/?state=failed")
    expect(page.get_by_text("Không có tin nào trong danh sách này")).to_be_visible()
    expect(again).to_have_count(0)
    # The button was pressed by the real clock; the channel that was down has rested, and nobody is woken at night.
    morning = now().replace(hour=10, minute=0) + timedelta(days=1)
    Post(Cast()).send(at=max(morning, NOON + timedelta(hours=1)))
    with entered(SYSTEM):
        sent = Message.objects.get(case_id=case_id)
    assert sent.state == "sent"
    assert any(sent.reference.hex in letter.original_content.decode() for letter in letters.taken)

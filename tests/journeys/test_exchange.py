"""The city's officer sees what is stuck, sends it again, and gives a client its token: by keyboard, also narrow."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lienthong.core.journal.models import Entry, Stumble
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.exchange import actions
from lienthong.facilities.exchange.models import Delivery
from tests.cast import PROVINCE, Cast
from tests.facilities.exchange.conftest import SCOPES, Portal, registered
from tests.facilities.exchange.receiver import listening
from tests.journeys.conftest import Desk, wrong

pytestmark = pytest.mark.journey
CITY = f"thanhpho.{PROVINCE}"


@pytest.fixture(scope="module")
def portal(ground: None) -> Portal:
    """A portal that refused two dossiers' events so often that they are stuck, and one that waits."""
    cast = Cast()
    portal = registered(cast)
    with entered(cast.city):
        actions.register_client(
            actor=cast.city, key=uuid4(), name="Phần mềm thử", kind="office", scopes=SCOPES, sandbox=True
        )
    with listening(lambda _event: 400) as receiver:
        portal.subscribe(receiver.url)
        cases = [portal.dossier(f"0791900009{n:02d}", code=f"CQG-{n:07d}") for n in range(3)]
        portal.tell()
        with entered(SYSTEM):
            Delivery.objects.exclude(case_id=cases[2]).update(tries=12)
        actions.send_due()
    entry, later = Entry.objects.filter(case_id=cases[0]).latest("pk"), timezone.now() + timedelta(hours=2)
    with entered(SYSTEM):
        error = "ValueError: thiếu mẫu tin nhắn (compose.py:41)"
        Stumble.objects.create(
            listener="notifications.messages",
            entry=entry,
            case_id=cases[0],
            tries=3,
            error=error,
            next_try_at=later,
        )
    portal.token()
    return portal


def test_the_pages_are_whole_and_narrow_safe(portal: Portal, desk: Desk) -> None:
    page = desk.officer(CITY)
    paths = [
        "",
        f"clients/{portal.client_id}/",
        f"clients/{portal.client_id}/?state=waiting",
        "clients/register/",
        f"clients/{portal.client_id}/issue-token/",
        f"clients/{portal.client_id}/subscribe/",
    ]
    for path in paths:
        page.goto(f"{desk.address}/exchange/{path}")
        assert wrong(page) == [], path


def test_what_is_stuck_is_seen_and_sent_again(portal: Portal, desk: Desk) -> None:
    page = desk.officer(CITY)
    page.get_by_role("link", name="Trao đổi").click()
    row = page.get_by_role("row", name=re.compile("Cổng thử nghiệm"))
    expect(row).to_contain_text("có thông báo bị kẹt")
    expect(row).to_contain_text("Máy nhận từ chối thông báo này.")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cổng thử nghiệm")
    page.get_by_role("button", name="Gửi lại tất cả chưa giao").click()
    expect(page.get_by_role("status")).to_contain_text("3 thông báo sẽ được gửi lại ngay.")
    expect(page.get_by_text("Không có thông báo nào bị kẹt")).to_be_visible()


def test_a_token_is_given_and_shown_once(portal: Portal, desk: Desk) -> None:
    page = desk.officer(CITY)
    page.goto(f"{desk.address}/exchange/clients/{portal.client_id}/issue-token/")
    page.get_by_label("nộp hồ sơ").check()
    page.get_by_label("Dùng đến hết ngày").fill(
        (timezone.localdate() + timedelta(days=60)).strftime("%d/%m/%Y")
    )
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Mã truy cập")).to_have_value(re.compile(r"^lt_[\w-]{43}$"))
    page.get_by_role("link", name="Đã sao chép, quay lại").click()
    expect(page.get_by_role("rowheader", name="lt_…")).to_have_count(2)

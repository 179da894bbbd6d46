"""Many at once: each dossier is done or refused by itself, and told."""

from html import unescape
from uuid import uuid4

import pytest

from tests.cast import TAN_THUAN
from tests.work.dossiers.pages.conftest import Stage

pytestmark = pytest.mark.django_db
ASSIGN, OFFER = "/dossiers/assign/", "/dossiers/offer/"


def test_first_it_asks_to_whom(stage: Stage) -> None:
    chosen = [stage.received(), stage.received()]
    page = stage.browser(stage.head).post(ASSIGN, {"case": chosen})
    assert page.status_code == 200
    assert "2 hồ sơ đã chọn" in unescape(page.content.decode())


def test_each_one_has_its_outcome(stage: Stage) -> None:
    good, ended, foreign = stage.received(), stage.completed(), 999_999
    sent = {"case": [good, ended, foreign], "to": stage.worker.post_id, "key": uuid4()}
    browser = stage.browser(stage.head)
    page = browser.post(ASSIGN, sent)
    text = unescape(page.content.decode())
    assert "Đã làm 1 trong 2 hồ sơ đã chọn" in text
    assert "Chưa làm được “Phân công”" in text
    assert stage.state(good) == "assigned"
    told = stage.told(good)
    assert "Đã làm 1 trong 2" in unescape(browser.post(ASSIGN, sent).content.decode())
    assert stage.told(good) == told, "sent again it is done once"


def test_without_a_receiver_nothing_is_done_and_the_choice_stays(stage: Stage) -> None:
    dossier_id = stage.received()
    page = stage.browser(stage.head).post(ASSIGN, {"case": [dossier_id], "to": "", "key": uuid4()})
    assert page.status_code == 422
    assert f'name="case" value="{dossier_id}"' in page.content.decode()
    assert stage.state(dossier_id) == "received"


def test_nothing_chosen_says_how_to_choose(stage: Stage) -> None:
    page = stage.browser(stage.head).post(ASSIGN, {})
    assert "Chưa chọn hồ sơ nào" in unescape(page.content.decode())


def test_a_clerk_does_not_assign(stage: Stage) -> None:
    dossier_id = stage.received()
    sent = {"case": [dossier_id], "to": stage.worker.post_id, "key": uuid4()}
    page = stage.browser(stage.clerk).post(ASSIGN, sent)
    assert "Đã làm 0 trong 1" in unescape(page.content.decode())
    assert stage.state(dossier_id) == "received"


def test_many_are_offered_to_one_unit_with_one_reason(stage: Stage) -> None:
    chosen = [stage.in_progress(), stage.in_progress()]
    unit_id = stage.cast.unit_id(TAN_THUAN)
    browser = stage.browser(stage.worker)
    assert (
        browser.post(OFFER, {"case": chosen, "to": unit_id, "reason": " ", "key": uuid4()}).status_code == 422
    )
    page = browser.post(OFFER, {"case": chosen, "to": unit_id, "reason": "Thuộc địa bàn", "key": uuid4()})
    assert "Đã làm 2 trong 2" in unescape(page.content.decode())
    assert [stage.told(one)[-1] for one in chosen] == ["case.offered"] * 2

"""The leader's queue: proposal and law beside the list; approve or return in place, and the next one opens."""

from html import unescape
from uuid import uuid4

import pytest

from tests.work.dossiers.pages.conftest import Spent, Stage

pytestmark = pytest.mark.django_db
QUEUE = "/dossiers/approvals/"


def test_it_shows_what_was_proposed_and_on_which_law(stage: Stage) -> None:
    dossier_id = stage.awaiting()
    text = unescape(stage.browser(stage.leader(dossier_id)).get(QUEUE).content.decode())
    for words in ("Đồng ý giải quyết", "Đủ điều kiện", "Luật Hộ tịch", "Ký theo"):
        assert words in text


def test_approving_opens_the_next_one(stage: Stage) -> None:
    first, second = stage.awaiting(), stage.awaiting()
    browser = stage.browser(stage.leader(first))
    sent = {"key": uuid4(), "version": stage.dossier(first).case.version, "dossier": first, "act": "approve"}
    done = browser.post(QUEUE, sent)
    assert (done.status_code, stage.state(first)) == (302, "approved")
    again = browser.post(QUEUE, sent)
    assert again.status_code == 302
    assert stage.told(first).count("dossier.approved") == 1
    assert f'name="dossier" value="{second}"' in browser.get(done["Location"]).content.decode()


def test_returning_needs_a_reason_which_stays_where_it_was_typed(stage: Stage) -> None:
    dossier_id = stage.awaiting()
    browser = stage.browser(stage.leader(dossier_id))
    sent = {"key": uuid4(), "version": stage.dossier(dossier_id).case.version, "dossier": dossier_id}
    back = browser.post(QUEUE, {**sent, "act": "send_back", "reason": ""})
    assert back.status_code == 422
    assert "Lý do trả lại" in unescape(back.content.decode())
    done = browser.post(QUEUE, {**sent, "act": "send_back", "reason": "Thiếu căn cứ cư trú"})
    assert (done.status_code, stage.state(dossier_id)) == (302, "in_progress")


def test_a_stale_queue_is_told_who_was_first(stage: Stage) -> None:
    dossier_id = stage.awaiting()
    browser, version = stage.browser(stage.leader(dossier_id)), stage.dossier(dossier_id).case.version
    stage.post(stage.browser(stage.clerk), dossier_id, "withdraw", reason="Đổi ý")
    sent = {
        "key": uuid4(),
        "version": version,
        "dossier": dossier_id,
        "act": "send_back",
        "reason": "Viết dở",
    }
    back = browser.post(QUEUE, sent)
    text = unescape(back.content.decode())
    assert back.status_code == 409
    assert "Hồ sơ vừa thay đổi" in text
    assert "Viết dở" in text


def test_an_empty_queue_says_what_would_be_there(stage: Stage) -> None:
    text = unescape(stage.browser(stage.cast.chair).get(QUEUE).content.decode())
    assert "Không còn hồ sơ nào chờ phê duyệt" in text


def test_who_is_no_leader_and_no_delegate_finds_nothing_in_the_queue(stage: Stage) -> None:
    stage.awaiting()
    text = unescape(stage.browser(stage.clerk).get(QUEUE).content.decode())
    assert "Không còn hồ sơ nào chờ phê duyệt" in text
    assert stage.browser(stage.cast.city).get(QUEUE).status_code == 404


def test_the_queue_costs_the_same_for_one_and_for_many(stage: Stage, spent: Spent) -> None:
    browser = stage.browser(stage.leader(stage.awaiting()))
    browser.get(QUEUE)
    one = spent(lambda: browser.get(QUEUE))
    for _ in range(4):
        stage.awaiting()
    browser.get(QUEUE)  # what a process remembers for half a minute (the calendar) is not counted
    many = spent(lambda: browser.get(QUEUE))
    assert len(many) == len(one) <= 12, "\n".join(sql[:90] for sql in one)

"""Officers are told at once what concerns their post, by code and procedure; the bell costs one statement."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lienthong.core.journal.models import Entry
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.facilities.casework.actions.handing import offer_case
from lienthong.facilities.notifications.models import Alert
from lienthong.facilities.notifications.queries import alerts, unread
from lienthong.work.dossiers.actions import process, waiting
from lienthong.work.dossiers.values import Lack
from tests.cast import TAN_THUAN
from tests.facilities.notifications.conftest import Post
from tests.work.dossiers.pages.conftest import Stage
from tests.work.dossiers.pages.conftest import spent as spent
from tests.work.dossiers.pages.conftest import stage as stage

pytestmark = pytest.mark.django_db


def kinds(actor: Actor) -> list[str]:
    with entered(actor):
        return [line.kind for line in reversed(alerts(actor))]


def hear(stage: Stage, dossier_id: int) -> None:
    Post(stage.cast).hear(dossier_id)


def test_whoever_is_given_a_matter_is_told_and_who_gave_it_is_not(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    hear(stage, dossier_id)
    hear(stage, dossier_id)
    assert kinds(stage.worker) == ["assigned"] and kinds(stage.head) == []
    with entered(stage.worker):
        (line,) = alerts(stage.worker)
    case = stage.dossier(dossier_id).case
    assert (line.code, line.title) == (case.code, case.title) and case.subject_name not in line.title


def test_the_course_of_a_matter_is_told_to_each_in_turn(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    lacks = (Lack("Giấy chứng sinh", "Luật Hộ tịch"),)
    stage.act(waiting.request_supplement, stage.worker, dossier_id, lacks=lacks)
    stage.act(waiting.receive_supplement, stage.clerk, dossier_id, note="Đủ")
    words = {"grants": True, "text": "Đủ", "basis": "Luật Hộ tịch", "submit": True}
    stage.act(process.propose_dossier, stage.worker, dossier_id, **words)
    leader = stage.leader(dossier_id)
    stage.act(process.send_back_dossier, leader, dossier_id, reason="Thiếu căn cứ")
    hear(stage, dossier_id)
    assert kinds(stage.worker) == ["assigned", "supplemented", "sent_back"]
    assert kinds(leader) == ["to_approve"]


def test_an_offer_is_told_to_those_who_can_take_it(stage: Stage) -> None:
    dossier_id, there = stage.in_progress(), stage.cast.unit_id(TAN_THUAN)
    with entered(stage.head):
        offer_case(actor=stage.head, case_id=dossier_id, key=uuid4(), to_unit_id=there, reason="Sai địa bàn")
    hear(stage, dossier_id)
    chair = stage.cast.of(f"chutich.{TAN_THUAN}")
    assert kinds(chair) == ["offered"] and kinds(stage.cast.neighbour) == []


def test_another_unit_sees_nothing_of_it(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    hear(stage, dossier_id)
    with entered(stage.cast.stranger):
        assert not Alert.objects.filter(case_id=dossier_id).exists()


def test_the_bell_counts_what_is_new_and_says_304_while_nothing_changes(
    stage: Stage, spent: Callable[[Callable[[], Any]], list[str]]
) -> None:
    browser, dossier_id = stage.browser(stage.worker), stage.in_progress()
    first = browser.get("/messages/alerts/bell/")
    assert first.status_code == 200 and b"nav__count" not in first.content
    hear(stage, dossier_id)
    second = browser.get("/messages/alerts/bell/", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200 and b">1<" in second.content
    third = browser.get("/messages/alerts/bell/", headers={"If-None-Match": second["ETag"]})
    assert third.status_code == 304 and third.content == b""
    with entered(stage.worker):
        assert len(spent(lambda: unread(stage.worker))) == 1
    # Session, account, posts, and the one of its own.
    assert len(spent(lambda: browser.get("/messages/alerts/bell/"))) <= 4


def test_the_bell_never_sends_a_page_to_the_sign_in_page(stage: Stage) -> None:
    answer = Client().get("/messages/alerts/bell/", headers={"HX-Request": "true"})
    assert answer.status_code == 204 and "HX-Redirect" not in answer


def test_the_list_and_the_panel_lead_to_the_matter(stage: Stage) -> None:
    browser, dossier_id = stage.browser(stage.worker), stage.in_progress()
    assert "Chưa có tin nào" in browser.get("/messages/alerts/").content.decode()
    hear(stage, dossier_id)
    page = browser.get("/messages/alerts/").content.decode()
    panel = browser.get("/messages/alerts/", headers={"HX-Request": "true"}).content.decode()
    for text in (page, panel):
        assert f"/dossiers/{dossier_id}/" in text and "Việc mới giao" in text
        assert stage.dossier(dossier_id).case.subject_name not in text
    assert "<html" not in panel


def test_what_was_seen_is_marked_read_and_what_came_since_is_not(stage: Stage) -> None:
    browser, seen = stage.browser(stage.worker), stage.in_progress()
    hear(stage, seen)
    with entered(SYSTEM):
        last = Alert.objects.get(case_id=seen).pk
    hear(stage, stage.in_progress())
    answer = browser.post("/messages/alerts/read/", {"key": str(uuid4()), "last": last})
    assert answer.status_code == 302
    with entered(stage.worker):
        assert unread(stage.worker)[0] == 1
    assert Entry.objects.get(verb="notification.alerts_read").data == {"count": 1}
    assert browser.post("/messages/alerts/read/", {"key": str(uuid4())}).status_code == 422


def test_nobody_marks_another_s_alerts(stage: Stage) -> None:
    dossier_id = stage.in_progress()
    hear(stage, dossier_id)
    other = stage.browser(stage.colleague)
    other.post("/messages/alerts/read/", {"key": str(uuid4()), "last": 10**9})
    with entered(stage.worker):
        assert unread(stage.worker)[0] == 1

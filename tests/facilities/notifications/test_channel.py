"""The applicant changes the channel, or an address proved wrong: set on the page of the case, and used from then on."""

from uuid import uuid4

import pytest

from lienthong.core.journal.models import Entry
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.notifications.enums import MessageState as S
from lienthong.facilities.notifications.models import Message
from lienthong.work.dossiers.actions import waiting
from lienthong.work.dossiers.values import Lack
from tests.facilities.notifications.conftest import EMAIL, PHONE, Post
from tests.work.dossiers.pages.conftest import Stage
from tests.work.dossiers.pages.conftest import stage as stage

pytestmark = pytest.mark.django_db


def given(**changes: str) -> dict[str, str]:
    return {"key": str(uuid4()), "channel": "none", "phone": PHONE, "email": EMAIL, **changes}


def told(case_id: int) -> list[tuple[str, str]]:
    with entered(SYSTEM):
        rows = Message.objects.filter(case_id=case_id).order_by("pk")
        return list(rows.values_list("channel", "state"))


def test_the_next_message_goes_by_the_new_channel(stage: Stage) -> None:
    post, dossier_id = Post(stage.cast), stage.in_progress()
    url, browser = f"/messages/cases/{dossier_id}/channel/", stage.browser(stage.clerk)
    assert f'href="{url}"' in browser.get(f"/dossiers/{dossier_id}/").content.decode()
    post.hear(dossier_id)
    assert "không nhận tin" in browser.get(url).content.decode()
    assert browser.post(url, given(channel="email")).status_code == 302
    lacks = (Lack("Giấy chứng sinh", "Luật Hộ tịch"),)
    stage.act(waiting.request_supplement, stage.worker, dossier_id, lacks=lacks)
    post.hear(dossier_id)
    # What is told again of an earlier event is not sent by the channel that was chosen since.
    assert told(dossier_id) == [("none", S.NOT_WANTED), ("email", S.WAITING)]
    assert "c•••@thu.example" in browser.get(url).content.decode()
    entry = Entry.objects.get(verb="party.channel_set")
    assert entry.data == {"channel": "email"} and EMAIL not in str(entry.data)


def test_a_channel_without_its_address_is_refused(stage: Stage) -> None:
    dossier_id = stage.received()
    url, browser = f"/messages/cases/{dossier_id}/channel/", stage.browser(stage.clerk)
    wrong = browser.post(url, given(channel="email", email="khong"))
    assert wrong.status_code == 409 and "cần địa chỉ thư điện tử" in wrong.content.decode()
    assert browser.post(url, given(channel="bo-cau")).status_code == 422


def test_another_unit_and_the_city_do_not_find_it(stage: Stage) -> None:
    dossier_id = stage.received()
    url = f"/messages/cases/{dossier_id}/channel/"
    for actor in (stage.cast.stranger, stage.cast.city):
        assert stage.browser(actor).get(url).status_code == 404
        assert stage.browser(actor).post(url, given()).status_code == 404

"""Each working morning every post is told what it holds that is due: in the shell, and by mail where it asked."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import calendar_for
from lienthong.facilities.notifications.actions import set_digest_mail, write_digests
from lienthong.facilities.notifications.models import DigestMail, Message
from lienthong.facilities.notifications.queries import alerts
from lienthong.lib.calendar.days import VIETNAM
from tests.facilities.notifications.conftest import NOON, Letters, Post
from tests.facilities.notifications.conftest import statements as statements
from tests.work.dossiers.pages.conftest import Stage
from tests.work.dossiers.pages.conftest import stage as stage

pytestmark = pytest.mark.django_db
MAIL = "can-bo-van-phong@thu.example"


def write(at: datetime) -> int:
    with acting_at(at):
        return write_digests(actor=SYSTEM)


def titles(actor: Actor) -> list[str]:
    with entered(actor):
        return [line.title for line in alerts(actor) if line.kind == "digest"]


def morning_of(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM).replace(hour=8, minute=0, second=0, microsecond=0)


@pytest.fixture
def due_at(stage: Stage) -> datetime:
    """When the one matter that the officer holds is due."""
    found = stage.dossier(stage.in_progress()).case.due_at
    assert found is not None
    return found


def test_what_is_due_today_is_told_once(stage: Stage, due_at: datetime) -> None:
    morning = morning_of(due_at)
    assert write(morning) >= 1 and write(morning + timedelta(hours=1)) == 0
    assert titles(stage.worker) == ["1 việc đến hạn hôm nay"]
    assert Entry.objects.filter(verb="notification.digest_written").count() == 1


def test_what_is_overdue_is_told_every_working_morning(stage: Stage, due_at: datetime) -> None:
    days = [morning_of(due_at) + timedelta(days=number) for number in range(1, 9)]
    told = [day for day in days if write(day)]
    assert 4 <= len(told) <= 6  # days off are left out
    assert titles(stage.worker) == ["1 việc quá hạn"] * len(told)


def test_before_the_office_opens_nothing_is_told(stage: Stage, due_at: datetime) -> None:
    assert write(morning_of(due_at).replace(hour=6)) == 0 and titles(stage.worker) == []


def test_whoever_gave_an_address_gets_it_by_mail(stage: Stage, due_at: datetime, letters: Letters) -> None:
    with entered(stage.worker):
        set_digest_mail(actor=stage.worker, key=uuid4(), email=MAIL)
    morning = morning_of(due_at)
    write(morning)
    assert Post(stage.cast).send(at=morning) == 1
    assert letters.taken[0].rcpt_tos == [MAIL]
    with entered(SYSTEM):
        message = Message.objects.get(case_id__isnull=True)
    assert "1 việc đến hạn hôm nay" in message.text
    assert message.text not in stage.browser(stage.clerk).get("/messages/").content.decode()


def test_the_officer_sees_that_the_letter_could_not_be_delivered(
    stage: Stage, due_at: datetime, letters: Letters
) -> None:
    morning, url = morning_of(due_at), "/messages/alerts/"
    with entered(stage.worker), acting_at(morning - timedelta(days=1)):
        set_digest_mail(actor=stage.worker, key=uuid4(), email=MAIL)
    letters.at_rcpt = "550 5.1.1 User unknown"
    write(morning)
    Post(stage.cast).send(at=morning)
    with acting_at(morning):
        page = stage.browser(stage.worker).get(url).content.decode()
        assert "không gửi được" in page and "550 5.1.1" in page and "Hãy xem lại địa chỉ thư." in page
        assert "550 5.1.1" not in stage.browser(stage.colleague).get(url).content.decode()
    with entered(stage.worker), acting_at(morning + timedelta(hours=1)):
        set_digest_mail(actor=stage.worker, key=uuid4(), email=f"moi-{MAIL}")
    with acting_at(morning + timedelta(hours=1)):
        assert "550 5.1.1" not in stage.browser(stage.worker).get(url).content.decode()
        assert "không gửi được" not in stage.browser(stage.worker).get(url).content.decode()


def want_letters(stage: Stage, accounts: set[int]) -> None:
    """So many accounts want the officer's digest; that they once held the post too is not looked at."""
    mail = {"unit_id": stage.worker.unit_id, "email": MAIL, "set_at": NOON}
    with entered(SYSTEM):
        for account in accounts:
            DigestMail.objects.update_or_create(
                account_id=account, post_id=stage.worker.post_id, defaults=mail
            )


def test_letters_cost_the_same_however_many_officers_want_one(
    stage: Stage, due_at: datetime, statements: Callable[[Callable[[], Any]], int]
) -> None:
    """All stand in one transaction, behind which every follower of the journal waits."""
    days = [morning_of(due_at) + timedelta(days=number) for number in range(1, 14)]
    first, second = [day for day in days if calendar_for().is_working_day(day.date())][:2]
    assert stage.worker.account_id
    want_letters(stage, {stage.worker.account_id})
    one = statements(lambda: write(first))
    want_letters(stage, set(range(1, 40)))
    assert statements(lambda: write(second)) == one
    with entered(SYSTEM):  # and nobody is written to who does not hold the post
        assert Message.objects.filter(case_id__isnull=True).count() == 2


def test_the_officer_sets_and_takes_back_the_address_on_the_page(stage: Stage) -> None:
    browser = stage.browser(stage.worker)
    url = "/messages/alerts/mail/"
    assert browser.post(url, {"key": str(uuid4()), "email": MAIL}).status_code == 302
    assert MAIL in browser.get("/messages/alerts/").content.decode()
    assert browser.post(url, {"key": str(uuid4()), "email": "khong"}).status_code == 422
    assert browser.post(url, {"key": str(uuid4()), "email": ""}).status_code == 302
    assert MAIL not in browser.get("/messages/alerts/").content.decode()
    assert MAIL not in str(list(Entry.objects.filter(verb="notification.digest_mail_set").values("data")))
    with entered(stage.worker), pytest.raises(Refused):
        set_digest_mail(actor=stage.worker, key=uuid4(), email="a b@c")

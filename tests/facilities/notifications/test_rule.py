"""Quiet hours and how long addresses stay: set by the city, kept by the sender and the eraser."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.notifications.actions import erase_addresses, set_rule
from lienthong.facilities.notifications.enums import MessageState as S
from lienthong.facilities.notifications.models import MessageAddress
from lienthong.facilities.notifications.queries import present_rule
from lienthong.facilities.notifications.rules import first_moment, is_quiet
from lienthong.facilities.notifications.values import Rule
from lienthong.lib.calendar.days import VIETNAM
from tests.facilities.notifications.conftest import EMAIL, NIGHT, NOON, Letters, Post

pytestmark = pytest.mark.django_db


def put(actor: Actor, rule: Rule) -> int:
    with entered(actor):
        return set_rule(actor=actor, key=uuid4(), rule=rule)


def moment(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 25, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("at", "channel", "rule", "quiet"),
    [
        (moment(20, 59), "sms", Rule(), False),
        (moment(21), "sms", Rule(), True),
        (moment(6, 59), "zalo", Rule(), True),
        (moment(7), "zalo", Rule(), False),
        (moment(23), "email", Rule(), True),
        (moment(23), "email", Rule(mail_at_night=True), False),
        (moment(23), "sms", Rule(mail_at_night=True), True),
        (moment(12, 30), "sms", Rule(time(12), time(13)), True),
        (moment(13), "sms", Rule(time(12), time(13)), False),
        (moment(3), "sms", Rule(time(0), time(0)), False),
    ],
)
def test_when_citizens_are_left_alone(at: datetime, channel: str, rule: Rule, quiet: bool) -> None:
    assert is_quiet(at, rule, channel) == quiet
    assert not is_quiet(first_moment(at, rule, channel), rule, channel)
    assert first_moment(at, rule, channel) - at < timedelta(days=1)


def test_the_city_lets_mail_go_at_night(post: Post, letters: Letters) -> None:
    put(post.cast.city, Rule(mail_at_night=True))
    case_id, held = post.told(at=NIGHT), post.told("sms", at=NIGHT)
    assert post.send(at=NIGHT) == 1 and post.message(case_id).state == S.SENT
    assert post.message(held).next_try_at > NIGHT


def test_only_the_city_sets_the_hours(post: Post) -> None:
    for actor in (post.cast.clerk, post.cast.administrator):
        with pytest.raises(Refused) as told:
            put(actor, Rule())
        assert told.value.refusal.code == "messages.not_city"


def test_addresses_are_never_kept_for_ever(post: Post) -> None:
    for days in (0, 400):
        with pytest.raises(Refused) as told:
            put(post.cast.city, Rule(keep_days=days))
        assert told.value.refusal.code == "rule.keep_days"


def test_the_page_sets_them_and_the_journal_says_so(post: Post) -> None:
    browser = post.browser(post.cast.city)
    assert 'value="21:00"' in browser.get("/messages/rule/").content.decode()
    given: dict[str, Any] = {"quiet_from": "20:30", "quiet_to": "06:30", "keep_days": "14"}
    assert browser.post("/messages/rule/", {**given, "key": str(uuid4())}).status_code == 302
    assert present_rule() == Rule(time(20, 30), time(6, 30), False, 14)
    assert Entry.objects.get(verb="notification.rule_set").data["quiet"] == "20:30 - 06:30"
    assert browser.post("/messages/rule/", {**given, "keep_days": "0"}).status_code == 422


def test_addresses_are_erased_when_their_time_is_over_and_the_message_stays(
    post: Post, letters: Letters
) -> None:
    sent, waiting = post.told(), post.told("zalo")
    post.send()
    assert erased(NOON + timedelta(days=29)) == 0 and post.address(sent) == EMAIL
    assert erased(NOON + timedelta(days=31)) == 1
    assert post.address(sent) == "" and post.message(sent).state == S.SENT
    assert post.address(waiting) != ""  # it has not been told yet
    with entered(SYSTEM):
        assert MessageAddress.objects.get(message__case_id=sent).erased_at is not None
    assert Entry.objects.get(verb="notification.addresses_erased").data == {"count": 1}
    assert erased(NOON + timedelta(days=32)) == 0


def erased(at: datetime) -> int:
    with acting_at(at):
        return erase_addresses(actor=SYSTEM)

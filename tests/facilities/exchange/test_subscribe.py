"""An address is added, paused, resumed and given a new secret by the city; bad addresses are refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.exchange import actions
from lienthong.facilities.exchange.models import Delivery, Subscription
from tests.facilities.exchange.conftest import Portal
from tests.facilities.exchange.receiver import is_signed, listening
from tests.facilities.exchange.test_clients import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nothing",
        "ftp://a.vn/x",
        "https://",
        "https://user:secret@a.vn/",
        "javascript:alert(1)",
        "https://[::1",
    ],
)
def test_an_address_that_is_none_is_refused(portal: Portal, url: str) -> None:
    with refused("exchange.url"):
        portal.subscribe(url)


def test_an_address_is_added_once_and_the_journal_names_its_host_only(portal: Portal) -> None:
    subscription_id, secret = portal.subscribe("https://cong.example.vn/nhan?ma=bi-mat")
    assert secret.startswith("whsec_")
    with refused("exchange.url_taken"):
        portal.subscribe("https://cong.example.vn/nhan?ma=bi-mat")
    entry = Entry.objects.get(verb="exchange.subscribed", subject_id=subscription_id)
    assert entry.data["host"] == "cong.example.vn" and "bi-mat" not in str(entry.data)
    with entered(SYSTEM):
        assert secret not in str(vars(Subscription.objects.get(pk=subscription_id)))


def test_only_the_city_subscribes_pauses_and_rotates(portal: Portal) -> None:
    subscription_id, _secret = portal.subscribe("https://cong.example.vn/")
    actor = portal.cast.administrator
    with entered(actor):
        assert not Subscription.objects.exists()
        with pytest.raises(NotFound):
            actions.subscribe(
                actor=actor, key=uuid4(), client_id=portal.client_id, url="https://b.example.vn/"
            )
        with pytest.raises(NotFound):
            actions.pause_subscription(actor=actor, subscription_id=subscription_id, reason="Thử")
        with pytest.raises(NotFound):
            actions.rotate_secret(actor=actor, key=uuid4(), subscription_id=subscription_id)


def test_a_paused_address_gets_nothing_until_it_is_resumed_and_then_all(portal: Portal) -> None:
    city = portal.cast.city
    with listening() as receiver:
        subscription_id, _secret = portal.subscribe(receiver.url)
        with entered(city), refused("exchange.pause_reason"):
            actions.pause_subscription(actor=city, subscription_id=subscription_id, reason=" ")
        with entered(city):
            actions.pause_subscription(actor=city, subscription_id=subscription_id, reason="Bảo trì")
        portal.dossier()
        portal.tell()
        assert actions.send_due() == 0
        with entered(city):
            actions.resume_subscription(actor=city, subscription_id=subscription_id)
        assert actions.send_due() == 1 and len(receiver.events) == 1
    verbs = ("exchange.subscription_paused", "exchange.subscription_resumed")
    assert [e.verb for e in Entry.objects.filter(verb__in=verbs).order_by("id")] == list(verbs)


def test_a_new_secret_signs_at_once_and_the_former_for_seven_days_more(portal: Portal) -> None:
    city = portal.cast.city
    with listening() as receiver:
        subscription_id, former = portal.subscribe(receiver.url)
        with entered(city):
            key = uuid4()
            new = actions.rotate_secret(actor=city, key=key, subscription_id=subscription_id)
            assert actions.rotate_secret(actor=city, key=key, subscription_id=subscription_id) == ""
        portal.dossier()
        portal.tell()
        actions.send_due()
        headers, body = receiver.headers[0], receiver.bodies[0]
        assert is_signed(new, headers, body) and is_signed(former, headers, body) and new != former
        with entered(SYSTEM):
            Subscription.objects.update(former_until_at=timezone.now() - timedelta(seconds=1))
            Delivery.objects.update(state="waiting")
        portal.due()
        actions.send_due()
        headers, body = receiver.headers[1], receiver.bodies[1]
        assert is_signed(new, headers, body) and not is_signed(former, headers, body)


def test_only_what_is_subscribed_to_is_told(portal: Portal) -> None:
    portal.subscribe("https://a.example.vn/", ("dossier.received",))
    portal.subscribe("https://b.example.vn/", ("dossier.returned",))
    portal.dossier()
    assert portal.tell() == 1

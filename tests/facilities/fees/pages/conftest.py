"""Officers at the catalogue's pages, and what a request asks of the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lienthong.core.scope.values import Actor
from lienthong.people.identity.middleware import SESSION_POST
from lienthong.people.identity.models import Account

CONTROL = (
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "BEGIN",
    "COMMIT",
    "SELECT set_config",
    "SELECT lienthong_unit",
)


@pytest.fixture
def as_officer() -> Callable[[Actor], Client]:
    """A client signed in as this actor."""

    def signed_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id))
        session = client.session
        session[SESSION_POST] = actor.post_id
        session.save()
        return client

    return signed_in


@pytest.fixture
def statements() -> Callable[[Callable[[], Any]], int]:
    """How many statements a request takes: signing in (session, account, posts) counted, control not."""

    def count(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as seen:
            act()
        return sum(1 for query in seen.captured_queries if not query["sql"].startswith(CONTROL))

    return count

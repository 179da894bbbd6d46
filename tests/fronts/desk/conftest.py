"""Officers at their pages: a client that acts from a post of the cast."""

from collections.abc import Callable

import pytest
from django.test import Client

from lienthong.core.scope.values import Actor
from lienthong.people.identity.middleware import SESSION_POST
from lienthong.people.identity.models import Account


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

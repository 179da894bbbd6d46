"""The small site of pages.py, and signing in without a password."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from lienthong.people.identity.models import Account

SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _pages(settings: object) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.people.identity.pages"  # type: ignore[attr-defined]
    settings.STATIC_ROOT = None  # type: ignore[attr-defined]  # nothing is collected for tests
    cache.clear()
    yield
    cache.clear()  # wrong guesses are counted there, and would count against the next tests


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A browser in which the user is signed in."""

    def enter(username: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(Account.objects.get(username=username))
        return client

    return enter

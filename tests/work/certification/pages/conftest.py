"""A browser for every member of the cast, and a certification brought to where a test begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.people.identity.middleware import SESSION_POST
from lienthong.people.identity.models import Account
from lienthong.work.certification.access import find_certification
from lienthong.work.certification.models import Certification
from tests.cast import Cast
from tests.work.certification.stage import COPY, delegated, received, request

ROWS = 10


@dataclass
class Pages:
    """The counter of Tân Hưng, its Chair, and a stranger."""

    cast: Cast
    numbers: Iterator[int]

    def browser(self, actor: Actor) -> Client:
        """A browser in which the actor is signed in and acts from the post."""
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id))
        session = client.session
        session[SESSION_POST] = actor.post_id
        session.save()
        return client

    def received(self) -> int:
        """A certification just received, of another citizen each time."""
        wanted = request(number=f"079190{next(self.numbers):06d}")
        return received(self.cast.clerk, wanted).certification_id

    def delegate(self) -> None:
        """The Chair lets the clerk sign copies."""
        delegated(self.cast.chair, self.cast.clerk)

    def typed(self, *items: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """The counter's form as a browser sends it: ten rows, those not touched as they were shown."""
        data: dict[str, Any] = {
            "key": uuid4(),
            "paper_kind": "citizen_card",
            "number": f"079190{next(self.numbers):06d}",
            "name": "Công dân 0123",
            "task": COPY,
            "method": "cash",
            "items-TOTAL_FORMS": ROWS,
            "items-INITIAL_FORMS": 0,
            "items-MIN_NUM_FORMS": 1,
            "items-MAX_NUM_FORMS": 60,
        }
        for index in range(ROWS):
            data |= {f"items-{index}-pages": 1, f"items-{index}-copies": 1}
        for index, item in enumerate(
            items or ({"document_name": "Giấy khai sinh", "pages": 5, "copies": 2},)
        ):
            data |= {f"items-{index}-{name}": value for name, value in item.items()}
        return data | changes

    def row(self, certification_id: int, actor: Actor | None = None) -> Certification:
        """The certification as it stands now."""
        with entered(actor or self.cast.clerk):
            return find_certification(actor or self.cast.clerk, certification_id)


@pytest.fixture
def pages(db: None, cast: Cast, settings: Any) -> Pages:
    """The stage of these pages."""
    settings.STATIC_ROOT = None
    return Pages(cast, iter(range(700_000, 800_000)))


def text_of(answer: HttpResponse) -> str:
    """What the page says."""
    return unescape(answer.content.decode())

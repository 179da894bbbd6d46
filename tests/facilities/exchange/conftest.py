"""A portal that is registered, and a dossier that it knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lienthong.core.journal.models import Entry, Stumble
from lienthong.core.journal.values import Happened, Subject
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.exchange import access, actions
from lienthong.facilities.exchange.enums import ApiScope
from lienthong.facilities.exchange.models import Delivery
from tests.cast import Cast
from tests.work.dossiers.stage import received

SCOPES = [ApiScope.LODGE, ApiScope.READ]


@dataclass
class Portal:
    """A registered client, and what the tests do with it."""

    cast: Cast
    client_id: int
    since: int = 0

    def token(self, scopes: list[str] | None = None, days: int = 30) -> str:
        with entered(self.cast.city):
            issued = actions.issue_token(
                actor=self.cast.city,
                key=uuid4(),
                client_id=self.client_id,
                scopes=scopes or SCOPES,
                expires_at=timezone.now() + timedelta(days=days),
            )
        return issued.raw

    def subscribe(self, url: str, verbs: tuple[str, ...] = ()) -> tuple[int, str]:
        with entered(self.cast.city):
            return actions.subscribe(
                actor=self.cast.city, key=uuid4(), client_id=self.client_id, url=url, verbs=verbs
            )

    def dossier(self, number: str = "079190000123", code: str = "") -> int:
        """A dossier that the portal knows under a code of its own."""
        got = received(self.cast.clerk, number=number)
        with entered(self.cast.clerk):
            actions.link_case(
                client_id=self.client_id, case_id=got.dossier_id, external_code=code or f"CQG-{got.code}"
            )
        return got.dossier_id

    def tell(self) -> int:
        """What the listener does with every entry so far; returns what is to be sent in all."""
        for entry in entries(self.since):
            with entered(SYSTEM):
                actions.write_deliveries(entry)
        return len(self.deliveries())

    def deliveries(self) -> list[Delivery]:
        with entered(SYSTEM):
            return list(Delivery.objects.order_by("id"))

    def due(self, **more: object) -> None:
        """Let the time of waiting pass."""
        with entered(SYSTEM):
            Delivery.objects.filter(state="waiting").update(
                next_try_at=timezone.now() - timedelta(seconds=1), claimed_until_at=None, **more
            )


def entries(since: int) -> list[Happened]:
    """The journal after an entry, in order."""
    return [
        Happened(
            id=row.pk,
            xid=row.xid,
            verb=row.verb,
            subject=Subject(row.subject_kind, row.subject_id, row.case_id),
            account_id=row.account_id,
            post_id=row.post_id,
            unit_id=row.unit_id,
            acted_at=row.acted_at,
            recorded_at=row.recorded_at,
            data=row.data,
        )
        for row in Entry.objects.filter(pk__gt=since).order_by("id")
    ]


def registered(cast: Cast, name: str = "Cổng thử nghiệm") -> Portal:
    """A portal just made known."""
    with entered(cast.city):
        client_id = actions.register_client(
            actor=cast.city, key=uuid4(), name=name, kind="portal", scopes=SCOPES
        )
    access.forget_tokens()
    return Portal(cast, client_id, Entry.objects.latest("pk").pk)


def belongings(cast: Cast, case_id: int) -> dict[str, int]:
    """One of everything that the exchange has an id for, around a dossier that a portal knows."""
    portal = registered(cast)
    known = access.client_by_token(portal.token())
    subscription_id, _secret = portal.subscribe("https://cong.example.vn/")
    portal.since = 0
    with entered(SYSTEM):
        actions.link_case(client_id=portal.client_id, case_id=case_id, external_code="CQG-1")
        portal.tell()
        entry = Entry.objects.filter(case_id=case_id).latest("pk")
        later = timezone.now() + timedelta(hours=1)
        Stumble.objects.create(listener="exchange", entry=entry, error="ValueError", next_try_at=later)
    return {
        "client_id": portal.client_id,
        "token_id": known.token_id if known else 0,
        "subscription_id": subscription_id,
        "delivery_id": portal.deliveries()[-1].pk,
        "entry_id": entry.pk,
    }


@pytest.fixture
def portal(cast: Cast) -> Iterator[Portal]:
    yield registered(cast)
    access.forget_tokens()

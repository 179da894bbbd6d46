"""A browser for every member of the cast, and a dossier brought to the state in which a test begins."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lienthong.core.journal.queries import timeline
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.people.identity.middleware import SESSION_POST
from lienthong.people.identity.models import Account
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.actions import process
from lienthong.work.dossiers.models import Dossier
from tests.cast import Cast
from tests.work.dossiers.stage import received

TRANSACTION_CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config('lienthong")


@dataclass
class Stage:
    """The people around one kind of dossier (hộ tịch: the office), and how it comes to a state."""

    cast: Cast
    numbers: Iterator[int]

    def __post_init__(self) -> None:
        self.clerk = self.cast.clerk
        self.head = self.cast.head_of(BodyKind.OFFICE)
        self.worker = self.cast.specialist_in(BodyKind.OFFICE)
        self.colleague = self.cast.specialist_in(BodyKind.ECONOMY)

    def browser(self, actor: Actor) -> Client:
        """A browser in which the actor is signed in and acts from the post."""
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id))
        session = client.session
        session[SESSION_POST] = actor.post_id
        session.save()
        return client

    def received(self, **changes: Any) -> int:
        """A dossier just received; every one of another citizen."""
        number = changes.pop("number", f"079190{next(self.numbers):06d}")
        return received(self.clerk, number=number, **changes).dossier_id

    def in_progress(self, **changes: Any) -> int:
        dossier_id = self.received(**changes)
        self.act(process.assign_dossier, self.head, dossier_id, to_post_id=self.worker.post_id)
        self.act(process.take_up_dossier, self.worker, dossier_id)
        return dossier_id

    def awaiting(self, **changes: Any) -> int:
        dossier_id = self.in_progress(**changes)
        words = {"grants": True, "text": "Đủ điều kiện", "basis": "Luật Hộ tịch", "submit": True}
        self.act(process.propose_dossier, self.worker, dossier_id, **words)
        return dossier_id

    def approved(self, **changes: Any) -> int:
        dossier_id = self.awaiting(**changes)
        self.act(process.approve_dossier, self.leader(dossier_id), dossier_id)
        return dossier_id

    def completed(self, **changes: Any) -> int:
        dossier_id = self.approved(**changes)
        self.act(
            process.complete_dossier,
            self.worker,
            dossier_id,
            result_number="01/TLKS",
            result_summary="Trích lục",
        )
        return dossier_id

    def leader(self, dossier_id: int) -> Actor:
        """The leader who holds it."""
        holder = self.dossier(dossier_id).case.holder_id
        leaders = (self.cast.chair, self.cast.vice_chair, self.cast.director)
        return next(leader for leader in leaders if leader.post_id == holder)

    def act(self, action: Callable[..., Any], actor: Actor, dossier_id: int, **words: Any) -> Any:
        """An act through the action itself."""
        with entered(actor):
            return action(actor=actor, dossier_id=dossier_id, key=uuid4(), **words)

    def dossier(self, dossier_id: int) -> Dossier:
        """The dossier as it stands now."""
        with entered(SYSTEM):
            return Dossier.objects.select_related("case").get(pk=dossier_id)

    def state(self, dossier_id: int) -> str:
        return str(self.dossier(dossier_id).case.state)

    def told(self, dossier_id: int) -> list[str]:
        """The timeline's verbs."""
        with entered(SYSTEM):
            return [line.verb for line in timeline(dossier_id)]

    def post(self, client: Client, dossier_id: int, verb: str, **words: Any) -> HttpResponse:
        """Send the verb's form as the page would, with a key and the version that stands now."""
        version = words.pop("version", self.dossier(dossier_id).case.version)
        data = {"key": words.pop("key", uuid4()), "version": version, **words}
        return client.post(f"/dossiers/{dossier_id}/{verb}/", data)  # type: ignore[return-value]


@pytest.fixture
def stage(db: None, cast: Cast, settings: Any) -> Stage:
    """The stage; the numbers of its citizens count up within a test."""
    settings.STATIC_ROOT = None
    return Stage(cast, iter(range(400_000, 500_000)))


Spent = Callable[[Callable[[], Any]], list[str]]


@pytest.fixture
def spent() -> Spent:
    """The statements that a call costs, transaction control left out."""

    def measure(call: Callable[[], Any]) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            call()
        return [row["sql"] for row in seen if not row["sql"].startswith(TRANSACTION_CONTROL)]

    return measure

"""Two officers at once: one wins, the other is told who and when. The same key twice: one dossier."""

import time
from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.exchange.enums import ApiScope, ClientKind
from lienthong.facilities.exchange.values import ClientPass
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.lodge import lodge_dossiers
from lienthong.work.dossiers.actions.process import take_up_dossier
from lienthong.work.dossiers.actions.receive import receive_dossier
from lienthong.work.dossiers.values import Lodged, Lodging, Received
from tests.cast import TAN_HUNG, Cast
from tests.work.dossiers.meanwhile import at_once, committed
from tests.work.dossiers.stage import intake, received


@pytest.fixture
def really(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Transactions that commit, as two counters' do."""
    with django_db_blocker.unblock(), committed():
        yield


def take_up(actor: Actor, dossier_id: int, version: int) -> int:
    with entered(actor):
        return take_up_dossier(actor=actor, dossier_id=dossier_id, key=uuid4(), version=version)


def test_one_wins_and_the_other_is_told_who_and_when(really: None, cast: Cast) -> None:
    first, second = cast.specialist_in(BodyKind.OFFICE, 1), cast.specialist_in(BodyKind.OFFICE, 2)
    got = received(cast.clerk)
    outcomes = at_once(
        [lambda: take_up(first, got.dossier_id, 1), lambda: take_up(second, got.dossier_id, 1)]
    )
    losers = [one for one in outcomes if isinstance(one, Refused)]
    assert outcomes.count(got.dossier_id) == 1 and len(losers) == 1
    winner = first if outcomes[0] == got.dossier_id else second
    assert losers[0].refusal.code == "dossier.changed"
    assert winner.name in losers[0].refusal.sentence and "lúc" in losers[0].refusal.sentence
    with entered(winner):
        assert find_dossier(winner, got.dossier_id).case.holder_id == winner.post_id


def test_the_same_key_from_two_windows_makes_one_dossier(really: None, cast: Cast) -> None:
    key, clerk = uuid4(), cast.clerk

    def receive() -> Received:
        with entered(clerk):
            return receive_dossier(actor=clerk, key=key, intake=intake())

    outcomes = at_once([receive, receive, receive])
    assert len({one.dossier_id for one in outcomes if isinstance(one, Received)}) == 1
    assert all(isinstance(one, Received) for one in outcomes)


def portal() -> ClientPass:
    return ClientPass(
        client_id=7,
        token_id=0,
        name="Cổng thử",
        kind=ClientKind.PORTAL,
        scopes=frozenset({ApiScope.LODGE.value}),
        unit_ids=None,
        province="79",
        rate_per_minute=600,
        sandbox=False,
        expires_at=now() + timedelta(days=1),
    )


def somebody_waits() -> bool:
    """Whether another connection waits for this one's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted"
            " AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])


def test_a_new_person_who_comes_in_elsewhere_at_once_spoils_no_batch(really: None, cast: Cast) -> None:
    number, stands, clerk = "079191117777", Event(), cast.neighbour_clerk

    def receive() -> bool:
        with entered(clerk):
            receive_dossier(actor=clerk, key=uuid4(), intake=intake(number))
            stands.set()
            until = time.monotonic() + 20
            while not (waits := somebody_waits()) and time.monotonic() < until:
                time.sleep(0.05)
        return waits

    def lodge() -> list[Any]:
        assert stands.wait(20)
        items = [Lodging(uuid4(), TAN_HUNG, intake(one)) for one in ("079191117776", number)]
        return lodge_dossiers(client=portal(), items=items)

    waited, lodged = at_once([receive, lodge])
    assert waited is True
    assert isinstance(lodged, list) and all(isinstance(one, Lodged) for one in lodged), lodged
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT applicant_id), count(*) FROM dossiers_dossier")
        assert cursor.fetchone() == (2, 3)

"""Two officers at once: one wins, the other is told who and when. The same key twice: one dossier."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.process import take_up_dossier
from lienthong.work.dossiers.actions.receive import receive_dossier
from lienthong.work.dossiers.values import Received
from tests.cast import Cast
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

"""Committed for real: the stand-in portal in small (48 dossiers; 10,000 in `make proofs`), senders side by side."""

from uuid import uuid4

import pytest

from lienthong.core.scope.actions import entered
from lienthong.facilities.exchange import actions
from tests.cast import Cast
from tests.facilities.exchange.conftest import registered
from tests.facilities.exchange.receiver import listening
from tests.journeys.conftest import ground as ground
from tests.proofs.portal import standing_in
from tests.proofs.test_standin_portal import run
from tests.work.dossiers.meanwhile import at_once

DOSSIERS = 48


def test_dossiers_arrive_once_and_every_status_is_told(
    ground: None, cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    with standing_in() as portal:
        run(cast, portal, DOSSIERS, capsys, workers=1, patience=15.0)


def test_senders_side_by_side_send_each_event_once(ground: None, cast: Cast) -> None:
    with listening() as receiver:
        portal = registered(cast)
        portal.subscribe(receiver.url)
        for number in range(24):
            portal.dossier(f"0791900088{number:02d}")
        portal.tell()
        rounds = at_once([actions.send_due] * 12, workers=4)
    assert not [one for one in rounds if isinstance(one, Exception)]
    ids = [event["id"] for event in receiver.events]
    assert len(ids) == len(set(ids)) == 24 == sum(one for one in rounds if isinstance(one, int))


def test_an_officer_who_resends_and_a_sender_do_not_block_each_other(ground: None, cast: Cast) -> None:
    """Both take the receiver's row first; in another order they would deadlock."""
    with listening() as receiver:
        portal = registered(cast, "Cổng thử nghiệm hai")
        portal.subscribe(receiver.url)
        for number in range(24):
            portal.dossier(f"0791900077{number:02d}")
        portal.tell()

        def resend() -> int:
            with entered(cast.city):
                return actions.resend_all(actor=cast.city, key=uuid4(), client_id=portal.client_id)

        rounds = at_once([actions.send_due, resend] * 12, workers=4)
        portal.due()  # what a resending officer held locked was passed over, not lost
        while actions.send_due():
            portal.due()
    assert not [one for one in rounds if isinstance(one, Exception)]
    assert len({event["id"] for event in receiver.events}) == 24

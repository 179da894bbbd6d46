"""The applicant takes an online dossier back."""

from uuid import uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.work.dossiers.actions.ending import withdraw_dossier
from lienthong.work.dossiers.enums import DossierState
from tests.cast import Cast
from tests.work.dossiers.online_stage import client_at, lodged, read

pytestmark = pytest.mark.django_db


def withdrawn(actor: Actor, dossier_id: int, reason: str = "Nộp nhầm") -> None:
    with entered(actor):
        withdraw_dossier(actor=actor, dossier_id=dossier_id, key=uuid4(), reason=reason)


def test_it_ends_though_nobody_has_accepted_it(cast: Cast) -> None:
    client = client_at(cast)
    got = lodged(client)
    withdrawn(client, got.dossier_id)
    case = read(cast, got.dossier_id).case
    assert case.state == DossierState.WITHDRAWN and case.closed_at


def test_it_needs_a_reason_and_happens_once(cast: Cast) -> None:
    client = client_at(cast)
    got = lodged(client)
    with pytest.raises(Refused) as refused:
        withdrawn(client, got.dossier_id, " ")
    assert refused.value.refusal.code == "reason.missing"
    withdrawn(client, got.dossier_id)
    with pytest.raises(Refused) as refused:
        withdrawn(client, got.dossier_id)
    assert refused.value.refusal.code == "lifecycle.state"


def test_a_client_at_another_unit_cannot(cast: Cast) -> None:
    client = client_at(cast)
    got = lodged(client)
    with pytest.raises(NotFound):
        withdrawn(Actor(account_id=-999, unit_id=cast.stranger.unit_id, duties=client.duties), got.dossier_id)


def test_the_journal_says_so_and_keeps_the_reason_apart(cast: Cast) -> None:
    client = client_at(cast)
    got = lodged(client)
    withdrawn(client, got.dossier_id)
    with entered(cast.clerk):
        line = timeline(got.dossier_id)[-1]
    assert line.verb == "dossier.withdrawn" and "nhầm" not in str(line.data)

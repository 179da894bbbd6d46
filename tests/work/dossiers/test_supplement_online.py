"""The applicant answers a request for what lacks over the portal."""

from uuid import uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.work.dossiers.actions.online import supplement_online
from lienthong.work.dossiers.actions.waiting import request_supplement
from lienthong.work.dossiers.enums import DossierState
from lienthong.work.dossiers.values import Lack
from tests.cast import Cast
from tests.work.dossiers.online_stage import client_at, lodged, read

pytestmark = pytest.mark.django_db


def lacking(cast: Cast, client: Actor) -> int:
    dossier_id = lodged(client).dossier_id
    with entered(cast.clerk):
        lacks = (Lack("Giấy chứng sinh", "Luật Hộ tịch, Điều 16"),)
        request_supplement(actor=cast.clerk, dossier_id=dossier_id, key=uuid4(), lacks=lacks)
    return dossier_id


def test_the_dossier_goes_on_and_the_clock_runs(cast: Cast) -> None:
    client = client_at(cast)
    dossier_id = lacking(cast, client)
    with entered(client):
        supplement_online(actor=client, dossier_id=dossier_id, key=uuid4(), note="Đã tải lên")
    dossier = read(cast, dossier_id)
    assert dossier.case.state == DossierState.SUBMITTED and dossier.case.due_at is not None


def test_what_was_not_asked_for_is_refused(cast: Cast) -> None:
    client = client_at(cast)
    got = lodged(client)
    with entered(client), pytest.raises(Refused) as refused:
        supplement_online(actor=client, dossier_id=got.dossier_id, key=uuid4(), note="")
    assert refused.value.refusal.code == "lifecycle.state"


def test_a_client_at_another_unit_cannot(cast: Cast) -> None:
    client = client_at(cast)
    dossier_id = lacking(cast, client)
    other = Actor(account_id=-999, unit_id=cast.stranger.unit_id, duties=client.duties)
    with entered(other), pytest.raises(NotFound):
        supplement_online(actor=other, dossier_id=dossier_id, key=uuid4(), note="")


def test_the_journal_names_the_client(cast: Cast) -> None:
    client = client_at(cast)
    dossier_id = lacking(cast, client)
    with entered(client):
        supplement_online(actor=client, dossier_id=dossier_id, key=uuid4(), note="Đã tải lên")
        line = timeline(dossier_id)[-1]
    assert line.verb == "dossier.supplement_received" and line.account_id == client.account_id
    assert "tải lên" not in str(line.data)

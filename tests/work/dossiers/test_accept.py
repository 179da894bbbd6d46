"""The counter accepts what was lodged online."""

from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.facilities.documents.queries import form_pdf
from lienthong.work.dossiers.actions.online import accept_dossier
from lienthong.work.dossiers.actions.process import take_up_dossier
from lienthong.work.dossiers.enums import DossierState
from tests.cast import Cast
from tests.work.dossiers.online_stage import client_at, lodged, read

pytestmark = pytest.mark.django_db


def accepted(actor: Actor, dossier_id: int, **words: object) -> int:
    with entered(actor):
        return accept_dossier(actor=actor, dossier_id=dossier_id, **{"key": uuid4(), **words})  # type: ignore[arg-type]


def test_it_is_received_and_the_promise_stands(cast: Cast) -> None:
    got = lodged(client_at(cast))
    accepted(cast.clerk, got.dossier_id)
    case = read(cast, got.dossier_id).case
    assert case.state == DossierState.RECEIVED and case.promised_at == case.due_at == got.due_at


def test_the_receipt_is_the_units_own_with_the_lookup_address(cast: Cast) -> None:
    got = lodged(client_at(cast))
    form_id = accepted(cast.clerk, got.dossier_id)
    with entered(cast.clerk):
        text = "".join(
            page.extract_text() for page in PdfReader(BytesIO(form_pdf(cast.clerk, form_id))).pages
        )
    assert got.code in text and "Công dân 0123" in text and got.lookup_token in text.replace("\n", "")


def test_it_is_done_once_for_a_key(cast: Cast) -> None:
    got, key = lodged(client_at(cast)), uuid4()
    assert accepted(cast.clerk, got.dossier_id, key=key) == accepted(cast.clerk, got.dossier_id, key=key)
    with pytest.raises(Refused) as refused:
        accepted(cast.clerk, got.dossier_id)
    assert refused.value.refusal.code == "lifecycle.state"


def test_nobody_works_on_it_before(cast: Cast) -> None:
    got = lodged(client_at(cast))
    with entered(cast.specialist), pytest.raises(Refused) as refused:
        take_up_dossier(actor=cast.specialist, dossier_id=got.dossier_id, key=uuid4())
    assert refused.value.refusal.code == "lifecycle.state"


def test_only_reception_accepts(cast: Cast) -> None:
    got = lodged(client_at(cast))
    with pytest.raises(Refused) as refused:
        accepted(cast.specialist, got.dossier_id)
    assert refused.value.refusal.code == "lifecycle.duty"


def test_another_unit_cannot(cast: Cast) -> None:
    got = lodged(client_at(cast))
    with pytest.raises(NotFound):
        accepted(cast.stranger, got.dossier_id)


def test_the_journal_says_so(cast: Cast) -> None:
    got = lodged(client_at(cast))
    accepted(cast.clerk, got.dossier_id)
    with entered(cast.clerk):
        lines = timeline(got.dossier_id)
    assert [line.verb for line in lines] == ["dossier.lodged", "dossier.received"]
    assert "trực tuyến" in lines[1].sentence and lines[1].post_id == cast.clerk.post_id

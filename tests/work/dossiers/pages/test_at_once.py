"""A procedure done at once: taken in and answered in one sitting, by whoever may sign it at this moment."""

from html import unescape

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.workdays.queries import now
from lienthong.mandate.competence.queries import responsible_for
from tests.work.dossiers.pages.conftest import Stage

pytestmark = pytest.mark.django_db
WORDS = {"result_number": "05/TLKS", "result_summary": "Bản sao trích lục", "returned_to": "Công dân 0123"}


def signer(stage: Stage, dossier_id: int) -> int:
    """Whom the register names."""
    dossier = stage.dossier(dossier_id)
    with entered(stage.clerk):
        answer = responsible_for(dossier.terms["procedure_code"], dossier.case.responsible_unit_id, now())
    assert answer.leader_post_id is not None
    return answer.leader_post_id


def test_it_ends_in_one_sitting(stage: Stage) -> None:
    dossier_id = stage.received(at_once=True)
    browser = stage.browser(stage.clerk)
    assert "Giải quyết và trả ngay" in unescape(browser.get(f"/dossiers/{dossier_id}/").content.decode())
    words = {**WORDS, "signer_post_id": signer(stage, dossier_id)}
    assert stage.post(browser, dossier_id, "answer_at_once", **words).status_code == 302
    assert stage.state(dossier_id) == "returned"
    assert stage.told(dossier_id)[-1] == "dossier.answered_at_once"


def test_a_signer_whom_the_register_does_not_name_is_refused(stage: Stage) -> None:
    dossier_id = stage.received(at_once=True)
    right = signer(stage, dossier_id)
    leaders = (stage.cast.chair, stage.cast.vice_chair)
    wrong = next(leader.post_id for leader in leaders if leader.post_id != right)
    back = stage.post(
        stage.browser(stage.clerk), dossier_id, "answer_at_once", **{**WORDS, "signer_post_id": wrong}
    )
    assert back.status_code == 422
    assert "không phải người có thẩm quyền" in unescape(back.content.decode())
    assert "05/TLKS" in unescape(back.content.decode())
    assert stage.state(dossier_id) == "received"


def test_another_procedure_is_not_answered_at_once(stage: Stage) -> None:
    dossier_id = stage.received()
    words = {**WORDS, "signer_post_id": signer(stage, dossier_id)}
    back = stage.post(stage.browser(stage.clerk), dossier_id, "answer_at_once", **words)
    assert back.status_code == 422
    assert stage.state(dossier_id) == "received"

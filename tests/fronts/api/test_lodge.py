"""Lodging a dossier over HTTP."""

from uuid import uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.models import Case
from tests.cast import NHA_BE, TAN_HUNG, TAN_THUAN, Cast
from tests.fronts.api.conftest import Portal, Registered, dossier, problem, told

pytestmark = pytest.mark.django_db


def test_it_has_its_number_unit_holder_and_due_date_at_once(portal: Portal, cast: Cast) -> None:
    answer = portal.post("/dossiers", dossier())
    assert answer.status_code == 201
    body = told(answer)
    assert answer["Location"] == f"/api/v1/dossiers/{body['code']}"
    assert body["status"] == {"code": "1", "label": "Mới đăng ký"} and body["unit_code"] == TAN_HUNG
    with entered(cast.clerk):
        case = Case.objects.get(code=body["code"])
    assert case.holder_id and case.due_at and case.responsible_unit_id == cast.clerk.unit_id


def test_the_same_key_gives_the_first_answer_and_says_so(portal: Portal) -> None:
    key, body = uuid4(), dossier()
    first, again = portal.post("/dossiers", body, key), portal.post("/dossiers", body, key)
    assert (first.status_code, told(first)) == (again.status_code, told(again))
    assert "Idempotency-Replayed" not in first and again["Idempotency-Replayed"] == "true"


def test_the_same_key_with_another_body_is_refused(portal: Portal) -> None:
    key = uuid4()
    assert portal.post("/dossiers", dossier(), key).status_code == 201
    problem(portal.post("/dossiers", dossier("079190000999"), key), 409, "key.reused")


@pytest.mark.parametrize("field", ["unit_code", "links"])
def test_the_same_key_in_another_unit_or_with_other_links_is_refused(portal: Portal, field: str) -> None:
    links = [{"url": "https://portal.example/a.pdf", "name": "a.pdf"}]
    key, body = uuid4(), dossier(links=links)
    assert portal.post("/dossiers", body, key).status_code == 201
    changed = {
        "unit_code": TAN_THUAN,
        "links": [*links, {"url": "https://portal.example/b.pdf", "name": "b.pdf"}],
    }
    problem(portal.post("/dossiers", {**body, field: changed[field]}, key), 409, "key.reused")
    assert portal.post("/dossiers", body, key)["Idempotency-Replayed"] == "true"


def test_the_senders_own_code_is_used_once(portal: Portal) -> None:
    portal.lodged(external_code="G22-1")
    problem(portal.post("/dossiers", dossier(external_code="G22-1")), 409, "exchange.external_code_taken")


def test_another_client_may_use_the_same_code(portal: Portal, registered: Registered) -> None:
    first = portal.lodged(external_code="G22-1")
    assert registered().lodged(external_code="G22-1")["code"] != first["code"]


def test_a_unit_outside_the_reach_looks_as_if_it_were_not_there(registered: Registered, cast: Cast) -> None:
    narrow = registered(units=[cast.unit_id(TAN_HUNG)])
    narrow.lodged()
    outside, unknown = (narrow.post("/dossiers", dossier(unit_code=code)) for code in (NHA_BE, "99999"))
    assert told(outside) == told(unknown)
    problem(outside, 404, "not_found")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"procedure_code": "9.999999"}, 422, "procedure.not_in_force"),
        ({"place": "00004"}, 422, "dossier.other_province"),
        ({"applicant": {"name": " "}}, 422, "party.name_empty"),
        ({"limit_index": 20}, 422, "dossier.limit"),
    ],
)
def test_what_an_action_refuses_is_told_in_its_sentence(
    portal: Portal, changes: dict[str, object], status: int, code: str
) -> None:
    problem(portal.post("/dossiers", dossier(**changes)), status, code)


def test_the_journal_names_the_client_and_no_person(portal: Portal) -> None:
    code = portal.lodged()["code"]
    with entered(SYSTEM):
        (line,) = timeline(Case.objects.get(code=code).pk)
    assert line.verb == "dossier.lodged" and line.account_id == -portal.client_id and line.post_id is None
    assert "0123" not in str(line.data)

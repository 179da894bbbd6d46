"""A hundred at once, each with its own outcome."""

from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.casework.models import Case
from lienthong.facilities.documents.models import FileOrder
from lienthong.fronts.api.views import lodging
from tests.cast import NHA_BE, TAN_HUNG, TAN_THUAN, Cast
from tests.fronts.api.conftest import Portal, Registered, dossier, problem, told

pytestmark = pytest.mark.django_db


def batch(count: int) -> dict[str, Any]:
    """A batch of fictitious dossiers."""
    items = [{"key": str(uuid4()), "dossier": dossier(f"07919000{n:04d}")} for n in range(count)]
    return {"items": items}


def test_three_bad_ones_of_a_hundred_refuse_only_themselves(portal: Portal) -> None:
    body = batch(100)
    body["items"][7]["dossier"]["applicant"]["name"] = 42
    body["items"][42]["dossier"]["procedure_code"] = "9.999999"
    body["items"][99] = "không phải hồ sơ"
    answer = portal.post("/dossiers/batch", body)
    found = told(answer)
    assert (answer.status_code, found["accepted"], found["refused"]) == (200, 97, 3)
    bad = {number: item["problem"] for number, item in enumerate(found["items"]) if "problem" in item}
    assert {number: told["code"] for number, told in bad.items()} == {
        7: "api.fields",
        42: "procedure.not_in_force",
        99: "api.fields",
    }
    assert bad[7]["errors"][0]["pointer"] == "#/items/7/dossier/applicant/name"
    codes = [item["dossier"]["code"] for item in found["items"] if "dossier" in item]
    with entered(SYSTEM):
        assert Case.objects.filter(code__in=codes, holder__isnull=False, due_at__isnull=False).count() == 97


def test_sent_again_it_is_done_once(portal: Portal) -> None:
    body = batch(3)
    first, again = (told(portal.post("/dossiers/batch", body)) for _ in range(2))
    assert [item["dossier"] for item in first["items"]] == [item["dossier"] for item in again["items"]]
    assert [item["repeated"] for item in first["items"] + again["items"]] == [False] * 3 + [True] * 3


def test_an_item_of_another_batch_with_the_same_key_is_the_same_dossier(portal: Portal) -> None:
    one = batch(2)["items"]
    told(portal.post("/dossiers/batch", {"items": one}))
    mixed = told(portal.post("/dossiers/batch", {"items": [*batch(1)["items"], one[1]]}))
    assert [item["repeated"] for item in mixed["items"]] == [False, True]


def test_a_key_with_another_dossier_is_refused_for_that_item(portal: Portal) -> None:
    body = batch(2)
    told(portal.post("/dossiers/batch", body))
    body["items"][1]["dossier"]["note"] = "khác"
    found = told(portal.post("/dossiers/batch", body))["items"]
    assert (found[0]["status"], found[1]["status"], found[1]["problem"]["code"]) == (201, 409, "key.reused")


def test_what_breaks_at_the_links_keeps_nothing_and_the_same_batch_succeeds_later(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dossiers of a batch and the orders for their files stand or fall together."""
    body = batch(3)
    body["items"][1]["dossier"]["links"] = [{"url": "https://portal.example/a.pdf", "name": "a.pdf"}]
    with entered(SYSTEM):
        before = Case.objects.count()
    with monkeypatch.context() as broken:
        broken.setattr(lodging, "order_links", lambda *_: 1 // 0)
        problem(portal.post("/dossiers/batch", body), 500, "api.broken")
    with entered(SYSTEM):
        assert Case.objects.count() == before
    found = told(portal.post("/dossiers/batch", body))["items"]
    assert [item["repeated"] for item in found] == [False] * 3
    with entered(SYSTEM):
        case = Case.objects.get(code=found[1]["dossier"]["code"])
        assert [order.url for order in FileOrder.objects.filter(case_id=case.pk)] == [
            "https://portal.example/a.pdf"
        ]


@pytest.mark.parametrize(
    "changes",
    [{"unit_code": TAN_THUAN}, {"links": [{"url": "https://portal.example/b.pdf", "name": "b.pdf"}]}],
    ids=["unit", "links"],
)
def test_a_key_with_another_unit_or_other_links_is_refused(portal: Portal, changes: dict[str, Any]) -> None:
    body = batch(1)
    told(portal.post("/dossiers/batch", body))
    body["items"][0]["dossier"] |= changes
    (found,) = told(portal.post("/dossiers/batch", body))["items"]
    assert (found["status"], found["problem"]["code"]) == (409, "key.reused")


def test_an_item_is_refused_as_the_single_call_refuses_it(portal: Portal) -> None:
    told(portal.post("/dossiers/batch", batch(1)))
    other = dossier("079190000000")
    other["applicant"]["name"] = "Người khác"
    single = portal.post("/dossiers", other)
    (found,) = told(portal.post("/dossiers/batch", {"items": [{"key": str(uuid4()), "dossier": other}]}))[
        "items"
    ]
    problem(single, 409, "party.paper_of_another")
    assert found["status"] == found["problem"]["status"] == 409 and found["problem"] == told(single)


def test_a_batch_needs_no_key_of_its_own(portal: Portal) -> None:
    assert told(portal.post("/dossiers/batch", batch(1), **{"Idempotency-Key": ""}))["accepted"] == 1


def test_the_same_dossier_twice_in_a_batch_is_one(portal: Portal) -> None:
    item = batch(1)["items"][0]
    found = told(portal.post("/dossiers/batch", {"items": [item, item]}))["items"]
    assert found[0]["dossier"] == found[1]["dossier"] and found[1]["repeated"]


def test_an_item_for_a_unit_outside_the_reach_is_not_found(registered: Registered, cast: Cast) -> None:
    narrow, body = registered(units=[cast.unit_id(TAN_HUNG)]), batch(2)
    body["items"][1]["dossier"]["unit_code"] = NHA_BE
    found = told(narrow.post("/dossiers/batch", body))["items"]
    assert [item["status"] for item in found] == [201, 404]


@pytest.mark.parametrize("items", [[], [{}] * 101, {}, None])
def test_a_batch_holds_one_to_a_hundred(portal: Portal, items: object) -> None:
    problem(portal.post("/dossiers/batch", {"items": items}), 422, "api.fields")

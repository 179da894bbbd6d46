"""GET /api/v1/who: the register's answer for other systems, in posts and offices."""

import json

import pytest

from lienthong.core.workdays.queries import today
from tests.cast import NHA_BE, TAN_HUNG
from tests.fronts.api.conftest import Portal, Registered, problem, told
from tests.work.dossiers.stage import PROCEDURE

pytestmark = pytest.mark.django_db


def test_it_names_unit_body_posts_and_grounds(portal: Portal) -> None:
    found = told(portal.get("/who", task=PROCEDURE, unit=TAN_HUNG))
    assert found["unit"] == "Phường Tân Hưng" and found["day"] == today().isoformat()
    assert found["body"].startswith("Văn phòng") and found["post"] and found["leader"]
    assert found["finding"] is None and found["held"] == "holder"
    assert {"text", "article", "confidence", "valid_from", "valid_to", "kind", "says"} == set(
        found["chain"][0]
    )
    assert "country:field" in {link["says"] for link in found["chain"]}
    assert found["signs"][0]["capacity"] == "own" and found["signs"][0]["post"]


def test_no_person_is_told(portal: Portal) -> None:
    found = told(portal.get("/who", task=PROCEDURE, unit=TAN_HUNG))
    words = json.dumps(found, ensure_ascii=False)
    assert "person" not in words and "P. Tân Hưng" not in words


def test_a_task_nobody_knows_is_the_chairs(portal: Portal) -> None:
    found = told(portal.get("/who", task="9.999999", unit=TAN_HUNG))
    assert found["finding"]["code"] == "no_task" and found["task_name"] == ""
    assert found["post"] == found["leader"] != ""


def test_any_day_may_be_asked(portal: Portal) -> None:
    found = told(portal.get("/who", task=PROCEDURE, unit=TAN_HUNG, at="2030-02-28"))
    assert found["day"] == "2030-02-28"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"unit": TAN_HUNG}, 422, "api.fields"),
        ({"task": PROCEDURE, "unit": "x"}, 422, "api.fields"),
        ({"task": "a b", "unit": TAN_HUNG}, 422, "api.fields"),
        ({"task": PROCEDURE, "unit": TAN_HUNG, "at": "2026-02-29"}, 422, "api.fields"),
        ({"task": PROCEDURE, "unit": "99999"}, 404, "not_found"),
    ],
)
def test_what_is_wrong_is_a_problem_document(
    portal: Portal, query: dict[str, str], status: int, code: str
) -> None:
    problem(portal.get("/who", **query), status, code)


def test_either_right_to_read_opens_it_and_no_other(
    registered: Registered, portal: Portal, desk: Portal
) -> None:
    query = {"task": PROCEDURE, "unit": NHA_BE}
    assert desk.get("/who", **query).status_code == 200
    problem(registered(["dossiers:lodge"]).get("/who", **query), 403, "api.scope")
    problem(Portal("", 0).get("/who", **query), 401, "api.no_token")

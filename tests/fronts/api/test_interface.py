"""The document of the interface says the truth: valid OpenAPI 3.1, every operation with its scope and problems."""

import json
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from lienthong.facilities.exchange.enums import ApiScope
from tests.fronts.api.conftest import Portal, Registered, problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> dict[str, Any]:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/json"
    return json.loads(answer.content)  # type: ignore[no-any-return]


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(m.upper(), path, told) for path, found in document["paths"].items() for m, told in found.items()]


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document).validate()


def test_every_operation_tells_its_problems_and_its_scope(document: dict[str, Any]) -> None:
    for method, path, told in operations(document):
        expected = {"401", "403", "404", "405", "422", "429", "500", "503"}
        expected |= {"400", "409", "411", "413", "415"} if method == "POST" else set()
        problems = {status for status in told["responses"] if status >= "400"}
        assert problems == expected, (method, path)
        assert all(set(told["responses"][one]["content"]) == {"application/problem+json"} for one in problems)
        (scope,) = told["security"][0]["Token"]
        assert scope in ApiScope.values
        keys = [one for one in told["parameters"] if one["name"] == "Idempotency-Key"]
        # A batch has none of its own: each of its items demands one.
        of_its_own = method == "POST" and not path.endswith("/batch")
        assert bool(keys) == of_its_own and all(one["required"] for one in keys)
    item = document["components"]["schemas"]["Batch"]["properties"]["items"]["items"]
    assert item["required"] == ["key", "dossier"]


def test_every_operation_demands_a_token_and_its_own_scope(
    document: dict[str, Any], registered: Registered
) -> None:
    nobody = Portal("", 0)
    for method, path, told in operations(document):
        (scope,) = told["security"][0]["Token"]
        if scope.startswith("desk:"):
            wrong = registered(["dossiers:read"])
        else:
            wrong = registered(
                [one for one in ApiScope.values if one != scope and one.startswith("dossiers:")]
            )
        for caller, status, code in ((nobody, 401, "api.no_token"), (wrong, 403, "api.scope")):
            problem(_asked(caller, method, path), status, code)


def _asked(caller: Portal, method: str, path: str) -> Any:
    path = path.replace("{code}", "X-1").replace("{dossier_id}", "1").replace("{verb}", "take_up")
    headers = caller._headers()
    if method == "GET":
        return caller.browser.get(path, headers=headers)
    if path.endswith("/attachments"):
        return caller.browser.post(path, {"paper": "x"}, headers=headers)
    return caller.browser.post(path, b"{}", content_type="application/json", headers=headers)


def test_the_page_shows_every_operation_and_needs_no_script(document: dict[str, Any]) -> None:
    answer = Client().get("/api/v1/docs")
    page = answer.content.decode()
    assert all(f"<strong>{method}</strong> {path}" in page for method, path, _ in operations(document))
    assert "<script" not in page and "http" not in page.replace("HTTP", "").split("<body", 1)[
        1
    ].lower().replace("https://", "").replace("http ", "")

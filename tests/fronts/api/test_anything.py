"""Whatever a machine can think of is answered as the document says, and never by a fault of ours."""

import json
import os
from typing import Any

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from lienthong.fronts.api.views.documentation import written
from tests.cast import TAN_HUNG, Cast
from tests.fronts.api.conftest import Registered
from tests.work.dossiers.stage import PROCEDURE

pytestmark = pytest.mark.django_db
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
TRIES = settings(
    max_examples=int(os.environ.get("API_TRIES", "2")),  # more of them: API_TRIES=50
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.filterwarnings("ignore")
def test_every_operation_keeps_to_the_document(
    registered: Registered, cast: Cast, mode: GenerationMode
) -> None:
    portal, desk = registered(), registered(["desk:read", "desk:act"], officer=cast.specialist)
    schema = schemathesis.openapi.from_dict(json.loads(written()))
    schema.config.update(base_url="http://testserver")
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        tried += _tried(operation, desk.token if "/desk/" in operation.path else portal.token, mode)
    assert tried >= 12


def _tried(operation: Any, token: str, mode: GenerationMode) -> int:
    """Call an operation with what was thought of; returns how often."""
    asked = []

    @TRIES
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        _aim(case)
        asked.append(case)
        case.validate_response(_answer(case, token), checks=CHECKS)

    ask()
    return len(asked)


def _aim(case: Any) -> None:
    """Let some of what was thought of come as far as the actions: a unit and a procedure that are there."""
    body = case.body
    if isinstance(body, dict) and isinstance(body.get("unit_code"), str):
        body |= {"unit_code": TAN_HUNG, "procedure_code": PROCEDURE}


def _answer(case: Any, token: str) -> schemathesis.Response:
    """Through Django's own client, which keeps the test's connection."""
    sent = case.as_transport_kwargs(headers={"Authorization": f"Bearer {token}"})
    sent = {name: value for name, value in sent.items() if name in requests.Request().__dict__}
    prepared = requests.Request(**sent).prepare()
    headers = {name: value for name, value in prepared.headers.items() if name != "Content-Length"}
    body = prepared.body or b""
    told = Client(raise_request_exception=False).generic(
        str(prepared.method),
        prepared.path_url,
        body.encode() if isinstance(body, str) else body,
        content_type=headers.pop("Content-Type", "application/octet-stream"),
        headers={name: v.decode("latin-1") if isinstance(v, bytes) else v for name, v in headers.items()},
    )
    return schemathesis.Response(
        status_code=told.status_code,
        headers={name.lower(): [value] for name, value in told.headers.items()},
        content=told.content,
        request=prepared,
        elapsed=0.0,
        verify=True,
    )

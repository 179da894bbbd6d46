"""What the three acts of the counter cost in statements, the transaction's own not counted."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.work.certification.actions import attest_at_once, receive_certification, sign_certification
from lienthong.work.certification.values import ItemDraft
from tests.cast import Cast
from tests.work.certification.stage import delegated, request

pytestmark = pytest.mark.django_db
ITEMS = tuple(ItemDraft(f"Giấy tờ {number}") for number in range(9))


def cost(actor: Actor, act: Callable[..., Any], **words: Any) -> tuple[int, Any]:
    with entered(actor), CaptureQueriesContext(connection) as seen:
        done = act(actor=actor, key=uuid4(), **words)
    return sum("SAVEPOINT" not in one["sql"] for one in seen.captured_queries), done


def test_nine_documents_cost_no_more_than_one(cast: Cast) -> None:
    delegated(cast.chair, cast.clerk)
    received, got = cost(cast.clerk, receive_certification, request=request(*ITEMS))
    signed, _ = cost(cast.clerk, sign_certification, certification_id=got.certification_id)
    at_once, _ = cost(cast.clerk, attest_at_once, request=request(*ITEMS, number="079190000124"))
    assert (received <= 14, signed <= 16, at_once <= 30) == (True, True, True), (received, signed, at_once)

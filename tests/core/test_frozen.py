"""What many acts freeze alike is kept once, read back as it was, and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from lienthong.core.journal.actions import freeze
from lienthong.core.journal.models import Frozen
from lienthong.core.journal.queries import frozen

pytestmark = pytest.mark.django_db
CONTENT = {"name": "Thủ tục thử", "limits": ({"amount": 3},), "until": None}


def test_the_same_content_is_one_row_whatever_the_order_of_its_keys() -> None:
    first = freeze(CONTENT)
    assert freeze(dict(reversed(CONTENT.items()))) == first
    assert freeze({**CONTENT, "name": "Thủ tục khác"}) != first


def test_it_is_read_back_as_json_from_memory_and_from_the_row() -> None:
    kept = freeze(CONTENT)
    expected = {"name": "Thủ tục thử", "limits": [{"amount": 3}], "until": None}
    assert frozen(kept) == Frozen.objects.get(pk=kept).content == expected


def test_nobody_changes_or_removes_it() -> None:
    kept = freeze(CONTENT)
    for statement in ("UPDATE journal_frozen SET content = '{}'", "DELETE FROM journal_frozen"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE id = %s", [kept])


def test_what_was_never_frozen_is_not_found() -> None:
    with pytest.raises(LookupError):
        frozen(-1)

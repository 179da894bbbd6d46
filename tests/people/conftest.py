"""What the tests of these rooms share: a clean queue of readings, and counting what the database was asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.core.journal.values import PENDING

Asked = Callable[[int], AbstractContextManager[None]]


@pytest.fixture(autouse=True)
def _no_pending_readings() -> None:
    PENDING.set(())


@pytest.fixture
def asks_at_most() -> Asked:
    """`with asks_at_most(2): ...`: statements, transaction control not counted."""

    @contextmanager
    def counting(most: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as context:
            yield
        asked = [query["sql"] for query in context.captured_queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= most, "\n".join(asked)

    return counting

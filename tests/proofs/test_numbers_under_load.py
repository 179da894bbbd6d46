"""Eight counters at once, some of them cut off in the middle: every number of the day is accounted for.

Run by `make proofs`.
"""

from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from lienthong.core.numbering.queries import issued_of
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.facilities.casework.models import Case
from lienthong.lib.codes import DossierCode
from lienthong.work.dossiers.actions.receive import receive_dossier
from lienthong.work.dossiers.values import Received
from tests.cast import Cast
from tests.work.dossiers.meanwhile import at_once, committed
from tests.work.dossiers.stage import intake

INTAKES = 240


@pytest.fixture
def really(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), committed():
        yield


class CutOff(RuntimeError):
    """The connection died before the act could commit."""


def test_no_number_is_lost_or_given_twice(really: None, cast: Cast) -> None:
    clerks, chance = (cast.clerk, cast.second_clerk), Random(2026)
    fate = [chance.random() < 0.25 for _ in range(INTAKES)]

    def receive(turn: int) -> Received:
        clerk = clerks[turn % 2]
        with entered(clerk):
            got = receive_dossier(actor=clerk, key=uuid4(), intake=intake(number=f"0791900{turn:05d}"))
            if fate[turn]:
                connection.close()
                raise CutOff
            return got

    outcomes = at_once([lambda turn=turn: receive(turn) for turn in range(INTAKES)])  # type: ignore[misc]
    kept = [one for one in outcomes if isinstance(one, Received)]
    assert len(kept) == fate.count(False)
    numbers = sorted(DossierCode.parse(one.code).sequence for one in kept)
    assert numbers == list(range(1, len(kept) + 1))
    with entered(SYSTEM):
        issued = issued_of(cast.clerk.unit_id or 0, "dossier", f"{today():%y%m%d}")
        assert Case.objects.count() == len(kept) == issued.last

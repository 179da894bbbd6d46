"""The prepared lists show what the authorised query shows, page by page, to everybody who may ask."""

from dataclasses import replace

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.access import cases_open_to
from lienthong.facilities.casework.queries import _COLUMNS, _narrowed, _work_rows, keyset_mark, worklist
from lienthong.facilities.casework.values import Filter
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.actions.waiting import request_supplement
from lienthong.work.dossiers.values import Lack
from tests.cast import TAN_THUAN, Cast
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db


def lay(cast: Cast) -> None:
    """Some open cases here and next door, two of them paused."""
    from uuid import uuid4

    for number in range(7):
        place = {"place": TAN_THUAN} if number % 3 == 0 else {}
        got = received(cast.clerk, number=f"07919222{number:04d}", **place)
        if number in (1, 2):
            with entered(cast.clerk):
                request_supplement(
                    actor=cast.clerk,
                    dossier_id=got.dossier_id,
                    key=uuid4(),
                    lacks=[Lack("Tờ khai", "NĐ 118/2025/NĐ-CP")],
                )


def test_both_ways_show_the_same_pages(cast: Cast) -> None:
    lay(cast)
    head = cast.head_of(BodyKind.OFFICE)
    stranger, nobody = cast.stranger, replace(cast.clerk, unit_id=None, post_id=None)
    seen = 0
    for actor in (cast.clerk, cast.neighbour, head, stranger, cast.city, nobody):
        for whose in ("mine", "unit"):
            with entered(actor):
                seen += _compared(actor, Filter(whose=whose, limit=2))
    assert seen >= 7


def _compared(actor: Actor, wanted: Filter) -> int:
    at, seen = now(), 0
    for _ in range(10):
        rows = worklist(actor, wanted, at)
        slow = _narrowed(cases_open_to(actor), actor, wanted, at)
        assert rows == _work_rows(actor, slow.values_list(*_COLUMNS)[: wanted.limit + 1])
        seen += len(rows[: wanted.limit])
        if len(rows) <= wanted.limit:
            break
        wanted = replace(wanted, after=keyset_mark(rows[wanted.limit - 1]))
    return seen

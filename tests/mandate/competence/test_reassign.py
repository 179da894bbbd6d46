"""One decision divides the work of a unit anew."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.models import WorkAssignment
from lienthong.mandate.competence.values import Reassignment
from tests.cast import ON, TAN_HUNG, Cast
from tests.mandate.competence.entering import FIELD_KEY, FROM, assign, told

pytestmark = pytest.mark.django_db

BACK = date(2026, 12, 1)


def reassign(cast: Cast, changes: Sequence[Reassignment], **other: Any) -> list[int]:
    stated: dict[str, Any] = {
        "actor": cast.chair,
        "key": uuid4(),
        "unit_id": cast.unit_id(TAN_HUNG),
        "decision": "30/QĐ-UBND",
        "decision_on": ON,
    }
    return actions.reassign(**{**stated, "changes": changes, **other})


def change(post_id: int | None, start: date = ON, end: date | None = None) -> Reassignment:
    return Reassignment(FIELD_KEY, "processing", post_id, start, end)


def standing(cast: Cast) -> list[tuple[int, date, date | None]]:
    rows = WorkAssignment.objects.filter(
        unit_id=cast.unit_id(TAN_HUNG), subject_key=FIELD_KEY, superseded_at=None
    )
    return sorted((row.post_id, row.valid_during.lower, row.valid_during.upper) for row in rows)


def by_day(rows: list[tuple[int, date, date | None]]) -> list[tuple[int, date, date | None]]:
    return sorted(rows, key=lambda row: row[1])


def test_the_duty_goes_over_on_the_day_of_the_change(cast: Cast) -> None:
    one, two = cast.specialist.post_id or 0, cast.second_specialist.post_id or 0
    with entered(cast.chair):
        assign(cast)
        other = Reassignment("field:Hộ tịch", "approval", cast.vice_chair.post_id, ON)
        made = reassign(cast, [change(two), other])
        assert by_day(standing(cast)) == [(one, FROM, ON), (two, ON, None)]
        row = WorkAssignment.objects.get(pk=made[0])
        assert (row.instrument_text, row.decision_on) == ("30/QĐ-UBND", ON)
        assert told("competence.work_reassigned")["count"] == len(made) == 2


def test_after_a_change_with_an_end_it_is_as_before(cast: Cast) -> None:
    one, two = cast.specialist.post_id or 0, cast.second_specialist.post_id or 0
    with entered(SYSTEM):
        assign(cast)
        reassign(cast, [change(two, ON, BACK)], actor=SYSTEM)
        assert by_day(standing(cast)) == [(one, FROM, ON), (two, ON, BACK), (one, BACK, None)]


def test_what_begins_later_gives_way_wholly(cast: Cast) -> None:
    two = cast.second_specialist.post_id or 0
    with entered(SYSTEM):
        first = assign(cast, valid_from=BACK)
        reassign(cast, [change(two)])
        assert standing(cast) == [(two, ON, None)]
        assert WorkAssignment.objects.get(pk=first).superseded_at is not None


def test_a_change_without_a_post_only_takes_away(cast: Cast) -> None:
    with entered(SYSTEM):
        assign(cast)
        assert reassign(cast, [change(None)]) == []
        assert standing(cast) == [(cast.specialist.post_id, FROM, ON)]


def test_all_or_nothing(cast: Cast) -> None:
    with entered(SYSTEM):
        assign(cast)
        before = standing(cast)
        with pytest.raises(Refused) as refused:
            reassign(cast, [change(cast.second_specialist.post_id), change(cast.neighbour.post_id)])
        assert refused.value.refusal.code == "competence.post_elsewhere"
        assert standing(cast) == before


def test_the_same_key_gives_the_first_result(cast: Cast) -> None:
    key = uuid4()
    with entered(SYSTEM):
        changes = [change(cast.second_specialist.post_id)]
        assert reassign(cast, changes, key=key) == reassign(cast, changes, key=key)


def test_a_paper_without_number_or_change_and_another_unit_are_refused(cast: Cast) -> None:
    with entered(SYSTEM):
        for changes, other, code in (
            ([change(None)], {"decision": " "}, "competence.decision_missing"),
            ([], {}, "competence.decision_missing"),
            ([change(None)], {"actor": cast.neighbour}, "competence.assign_not_allowed"),
            ([change(None, ON, FROM)], {}, "competence.dates_reversed"),
        ):
            with pytest.raises(Refused) as refused:
                reassign(cast, changes, **other)
            assert refused.value.refusal.code == code

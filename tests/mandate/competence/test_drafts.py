"""What-if drafts: opened, filled, corrected, closed; they change nothing."""

from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.models import CompetenceRule, Draft, DraftChange
from tests.cast import TAN_HUNG, TAN_THUAN, Cast
from tests.mandate.competence.entering import instrument, told

pytestmark = pytest.mark.django_db


def opened(actor: Actor, name: str = "Phương án thử") -> int:
    return actions.open_draft(actor=actor, key=uuid4(), name=name)


def change(actor: Actor, draft: int, kind: str, data: dict[str, Any], **other: Any) -> int:
    return actions.add_change(actor=actor, key=uuid4(), draft_id=draft, kind=kind, data=data, **other)


def ends() -> dict[str, Any]:
    return {"instrument": instrument(), "on": "2027-03-01"}


def test_the_city_opens_fills_and_closes_one(cast: Cast) -> None:
    with entered(cast.city):
        rules = CompetenceRule.objects.count()
        draft = opened(cast.city)
        made = change(cast.city, draft, "instrument_ends", ends(), confidence="press", note="thử")
        row = DraftChange.objects.get(pk=made)
        assert (row.confidence, row.note, row.data["on"]) == ("press", "thử", "2027-03-01")
        actions.withdraw_change(actor=cast.city, key=uuid4(), change_id=made)
        assert DraftChange.objects.get(pk=made).withdrawn_at is not None
        actions.close_draft(actor=cast.city, key=uuid4(), draft_id=draft)
        closed = Draft.objects.get(pk=draft)
        assert (closed.state, closed.unit_id) == ("closed", None)
        assert told("competence.draft_closed")["title"] == "Phương án thử"
        assert CompetenceRule.objects.count() == rules


def test_a_units_administrator_keeps_those_of_the_own_unit_only(cast: Cast) -> None:
    neighbour = cast.of(f"quantri.{TAN_THUAN}")
    with entered(cast.administrator):
        draft = opened(cast.administrator)
        assert Draft.objects.get(pk=draft).unit_id == cast.unit_id(TAN_HUNG)
        change(cast.administrator, draft, "instrument_ends", ends())
        with pytest.raises(Refused) as foreign:
            change(neighbour, draft, "instrument_ends", ends())
        with pytest.raises(Refused) as clerk:
            opened(cast.clerk)
        assert {foreign.value.refusal.code, clerk.value.refusal.code} == {"competence.draft_not_allowed"}


def test_what_is_closed_or_withdrawn_stays_so() -> None:
    with entered(SYSTEM):
        draft = opened(SYSTEM)
        made = change(SYSTEM, draft, "instrument_ends", ends())
        actions.withdraw_change(actor=SYSTEM, key=uuid4(), change_id=made)
        with pytest.raises(Refused) as again:
            actions.withdraw_change(actor=SYSTEM, key=uuid4(), change_id=made)
        actions.close_draft(actor=SYSTEM, key=uuid4(), draft_id=draft)
        with pytest.raises(Refused) as late:
            change(SYSTEM, draft, "instrument_ends", ends())
        assert {again.value.refusal.code, late.value.refusal.code} == {"competence.draft_closed"}
        with pytest.raises(NotFound):
            actions.close_draft(actor=SYSTEM, key=uuid4(), draft_id=-1)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("instrument_ends", {"instrument": 1}),
        ("instrument_ends", {"instrument": "1", "on": "2027-03-01"}),
        ("instrument_ends", {"instrument": 1, "on": "01/3/2027"}),
        ("instrument_ends", {"instrument": 1, "on": "2027-03-01", "more": 1}),
        ("instrument_ends", {"instrument": True, "on": "2027-03-01"}),
        ("basis_added", {"subject_key": "x", "instrument": 1, "from": "2027-03-01"}),
        (
            "rule_added",
            {"subject_key": "task:1", "reach_key": "ward", "body_kind": "office", "instrument": 1},
        ),
        ("units_merged", {"units": [], "into": 1, "on": "2027-03-01"}),
        ("units_merged", {"units": 7, "into": 1, "on": "2027-03-01"}),
        ("war", {}),
    ],
)
def test_a_change_says_exactly_what_its_kind_asks_for(kind: str, data: dict[str, Any]) -> None:
    with entered(SYSTEM):
        draft = opened(SYSTEM)
        with pytest.raises(Refused) as refused:
            change(SYSTEM, draft, kind, data)
    assert refused.value.refusal.code == "competence.change_malformed"


def test_each_kind_is_stored_where_its_rows_exist(cast: Cast) -> None:
    rule = {"subject_key": "field:Hộ tịch", "instrument": instrument(), "from": "2027-03-01", "to": None}
    unit, other = cast.unit_id(TAN_HUNG), cast.unit_id(TAN_THUAN)
    with entered(SYSTEM):
        draft = opened(SYSTEM)
        for kind, data in (
            ("instrument_extends", {"instrument": instrument(), "on": None}),
            ("basis_added", {**rule, "article": ""}),
            ("rule_added", {**rule, "reach_key": "country", "body_kind": "office", "post_kind": ""}),
            ("post_vacant", {"post": cast.chair.post_id, "from": "2026-12-01", "to": None}),
            ("units_merged", {"units": [other], "into": unit, "on": "2027-01-01"}),
        ):
            assert change(SYSTEM, draft, kind, data)
        for kind, data in (
            ("rule_ended", {"rule": 2**40, "on": "2027-01-01"}),
            ("units_merged", {"units": [other, 2**40], "into": unit, "on": "2027-01-01"}),
        ):
            with pytest.raises(Refused) as refused:
                change(SYSTEM, draft, kind, data)
            assert refused.value.refusal.code == "competence.change_unknown"


def test_a_draft_has_a_name_and_a_change_a_confidence() -> None:
    with entered(SYSTEM):
        with pytest.raises(Refused) as unnamed:
            opened(SYSTEM, " ")
        assert unnamed.value.refusal.code == "competence.draft_unnamed"
        draft = opened(SYSTEM)
        with pytest.raises(Refused) as unsure:
            change(SYSTEM, draft, "instrument_ends", ends(), confidence="sure")
        assert unsure.value.refusal.code == "competence.confidence_unknown"

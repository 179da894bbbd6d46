"""Ending a rule: a new row replaces it, what was said before stays readable, and a follower gets through."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import InternalError, transaction
from django.db.utils import Error

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.mandate.competence import actions
from lienthong.mandate.competence.models import CompetenceRule
from tests.cast import ON, Cast
from tests.mandate.competence.entering import FIELD_KEY, FROM, rule, told

pytestmark = pytest.mark.django_db


def end(rule_id: int, valid_to: date = ON, actor: Actor = SYSTEM) -> None:
    actions.end_rule(actor=actor, key=uuid4(), rule_id=rule_id, valid_to=valid_to)


def present() -> list[CompetenceRule]:
    return list(CompetenceRule.objects.filter(subject_key=FIELD_KEY, superseded_at=None))


def test_the_former_row_stays_as_it_was_entered() -> None:
    with entered(SYSTEM):
        first = rule()
        end(first)
        former, (now,) = CompetenceRule.objects.get(pk=first), present()
        assert (former.valid_during.upper, now.valid_during.upper) == (None, ON)
        assert former.superseded_at is not None and former.superseded_at >= former.recorded_at
        assert (now.replaces_id, now.recorded_at) == (first, former.superseded_at)
        assert told("competence.rule_ended")["valid_to"] == ON.isoformat()


def test_whoever_ended_a_rule_enters_the_next() -> None:
    with entered(SYSTEM):
        end(rule())
        rule(body_kind="office", valid_from=ON)
        assert [row.body_kind for row in sorted(present(), key=lambda row: row.pk)] == ["economy", "office"]


def test_a_rule_that_had_not_begun_becomes_empty_and_makes_room() -> None:
    with entered(SYSTEM):
        end(rule(), FROM - timedelta(days=3))
        assert present()[0].valid_during.isempty
        rule(body_kind="office")


def test_an_end_comes_earlier_never_later() -> None:
    with entered(SYSTEM):
        first = rule(valid_to=ON)
        for day in (ON, ON + timedelta(days=1)):
            with pytest.raises(Refused) as refused:
                end(first, day)
            assert refused.value.refusal.code == "competence.already_ended"


def test_what_was_replaced_is_not_ended_again() -> None:
    with entered(SYSTEM):
        first = rule()
        end(first)
        with pytest.raises(Refused) as refused:
            end(first, FROM + timedelta(days=1))
    assert refused.value.refusal.code == "competence.row_replaced"


def test_an_empty_rule_does_not_come_to_life_by_being_ended() -> None:
    with entered(SYSTEM):
        end(rule(), FROM)
        with pytest.raises(Refused) as refused:
            end(present()[0].pk)
    assert refused.value.refusal.code == "competence.already_ended"


def test_a_unit_ends_none_and_a_missing_one_is_not_found(cast: Cast) -> None:
    with entered(SYSTEM):
        first = rule()
        with pytest.raises(Refused) as refused:
            end(first, actor=cast.administrator)
        assert refused.value.refusal.code == "competence.rule_not_allowed"
        with pytest.raises(NotFound):
            end(-1)


def test_no_row_is_edited_or_deleted_past_the_acts() -> None:
    with entered(SYSTEM):
        first = rule()
        for what in ({"body_kind": "office"}, {"valid_during": "empty"}):
            with pytest.raises(Error), transaction.atomic():
                CompetenceRule.objects.filter(pk=first).update(**what)
        with pytest.raises((InternalError, Error)), transaction.atomic():
            CompetenceRule.objects.filter(pk=first).delete()

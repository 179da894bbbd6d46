"""A working regulation is drafted from the register of a day, numbered, kept as it was."""

from uuid import uuid4

import pytest

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.facilities.documents.queries import render
from lienthong.facilities.documents.values import WorkingRegulation
from lienthong.work.stewardship.access import find_regulation
from lienthong.work.stewardship.actions.regulation import draw_regulation
from lienthong.work.stewardship.models import RegulationDraft
from lienthong.work.stewardship.queries.papers import regulation_paper
from tests.cast import NHA_BE, TAN_HUNG, Cast
from tests.work.stewardship.rows import delegated

pytestmark = pytest.mark.django_db


def test_it_carries_leaders_fields_and_delegations(cast: Cast) -> None:
    delegated(cast)
    with entered(cast.chair):
        number = draw_regulation(actor=cast.chair, key=uuid4(), unit_code=TAN_HUNG, on=today())
        paper = regulation_paper(find_regulation(cast.chair, number))
        assert isinstance(paper, WorkingRegulation)
        assert paper.number == "01/DT-QC" and paper.leaders and paper.delegations
        assert render(paper).startswith(b"%PDF")
    with entered(SYSTEM):
        assert Entry.objects.get(verb="stewardship.regulation_drawn").data["number"] == "01/DT-QC"


def test_numbers_run_within_the_year_and_the_same_key_is_one_draft(cast: Cast) -> None:
    key = uuid4()
    with entered(cast.chair):
        for again in (key, key, uuid4()):
            draw_regulation(actor=cast.chair, key=again, unit_code="", on=today())
        assert [row.number for row in RegulationDraft.objects.order_by("id")] == ["01/DT-QC", "02/DT-QC"]


def test_a_clerk_does_not_draft_it_and_another_unit_does_not_see_it(cast: Cast) -> None:
    with entered(cast.clerk), pytest.raises(Refused) as caught:
        draw_regulation(actor=cast.clerk, key=uuid4(), unit_code="", on=today())
    assert caught.value.refusal.code == "stewardship.regulation_not_allowed"
    with entered(cast.chair):
        number = draw_regulation(actor=cast.chair, key=uuid4(), unit_code="", on=today())
    stranger = cast.of(f"chutich.{NHA_BE}")
    with entered(stranger):
        assert RegulationDraft.objects.count() == 0
        with pytest.raises(NotFound):
            find_regulation(stranger, number)

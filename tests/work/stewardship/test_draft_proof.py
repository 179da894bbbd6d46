"""A draft is checked before it takes effect: what would be lost, where, and which cases would move."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import today
from lienthong.mandate.competence.actions import add_change, open_draft
from lienthong.mandate.competence.actions.seeds import LAPSE_DRAFT
from lienthong.mandate.competence.models import Draft, Task
from lienthong.work.stewardship.actions.drafting import prove_draft
from lienthong.work.stewardship.models import DraftProof
from lienthong.work.stewardship.queries.drafts import fields_told, is_masked, proof_of
from tests.cast import NHA_BE, Cast
from tests.work.dossiers.stage import received
from tests.work.stewardship.rows import TASK

pytestmark = pytest.mark.django_db


def lapsing(cast: Cast) -> int:
    """A draft of the unit: what the test's task rests on ends in thirty days."""
    with entered(SYSTEM):
        field, instrument = Task.objects.filter(code=TASK).values_list("field", "instrument_id")[0]
    with entered(cast.administrator):
        draft_id = open_draft(actor=cast.administrator, key=uuid4(), name="Thử: hết căn cứ")
        for kind, data in (
            (
                "basis_added",
                {
                    "subject_key": f"field:{field}",
                    "instrument": instrument,
                    "article": "",
                    "from": "2025-07-01",
                },
            ),
            (
                "instrument_ends",
                {"instrument": instrument, "on": (today() + timedelta(days=30)).isoformat()},
            ),
        ):
            add_change(actor=cast.administrator, key=uuid4(), draft_id=draft_id, kind=kind, data=data)
    return draft_id


def test_it_says_what_is_lost_and_which_cases_move(cast: Cast) -> None:
    received(cast.clerk)
    draft_id = lapsing(cast)
    with entered(cast.administrator):
        prove_draft(actor=cast.administrator, key=uuid4(), draft_id=draft_id)
        proof = proof_of(cast.administrator, draft_id)
        assert proof is not None
        content = proof.content
    assert TASK in {row["code"] for row in content["lost"]}
    assert content["units_losing"] == [cast.administrator.unit_id]
    assert content["cases_moved"] == 1 and content["cases_open"] >= 1
    assert content["day"] == (today() + timedelta(days=30)).isoformat()
    assert {"gap", "lapse"} & {line["kind"] for line in content["appeared"]}
    with entered(SYSTEM):
        assert Entry.objects.filter(verb="stewardship.draft_proved", subject_id=draft_id).count() == 1


def test_the_register_is_as_it_was_and_a_second_check_replaces_the_first(cast: Cast) -> None:
    draft_id = lapsing(cast)
    with entered(cast.administrator):
        first = prove_draft(actor=cast.administrator, key=uuid4(), draft_id=draft_id)
        assert prove_draft(actor=cast.administrator, key=uuid4(), draft_id=draft_id) == first
        assert DraftProof.objects.filter(draft_id=draft_id).count() == 1


def test_another_unit_neither_checks_nor_sees_it(cast: Cast) -> None:
    draft_id = lapsing(cast)
    with entered(cast.administrator):
        prove_draft(actor=cast.administrator, key=uuid4(), draft_id=draft_id)
    stranger = cast.of(f"quantri.{NHA_BE}")
    with entered(stranger):
        assert DraftProof.objects.count() == 0
        with pytest.raises(NotFound):
            prove_draft(actor=stranger, key=uuid4(), draft_id=draft_id)


def test_a_unit_does_not_check_the_citys_draft(cast: Cast) -> None:
    with entered(cast.city):
        draft_id = open_draft(actor=cast.city, key=uuid4(), name="Thử của thành phố")
    with entered(cast.administrator), pytest.raises(Refused) as caught:
        prove_draft(actor=cast.administrator, key=uuid4(), draft_id=draft_id)
    assert caught.value.refusal.code == "stewardship.draft_not_allowed"


def test_the_decrees_that_lapse_take_the_basis_in_every_ward_of_the_city(cast: Cast) -> None:
    """Also where nobody has been appointed yet; the mapping is told as assumed, each field with its decree."""
    with entered(SYSTEM):
        draft_id = Draft.objects.get(name=LAPSE_DRAFT).pk
    with entered(cast.city):
        prove_draft(actor=cast.city, key=uuid4(), draft_id=draft_id)
        proof = proof_of(cast.city, draft_id)
        assert proof is not None
        fields = {row["field"]: row for row in fields_told(draft_id, proof.content)}
    content = proof.content
    assert content["day"] == "2027-03-01"
    assert len(content["units_losing"]) == content["units"] == 168 and is_masked(content)
    assert sum(row["tasks"] for row in fields.values()) == len(content["lost"]) > 0
    told = fields["Hộ tịch"]
    assert told["papers"] == ["120/2025/NĐ-CP"] and told["is_assumed"] and told["change"]
    assert told["tasks"] == told["all"] == len(told["lost"]) and told["units"] == 168

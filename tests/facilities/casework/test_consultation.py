"""An opinion of another unit or department has its own date; the case and its clock stay."""

from uuid import uuid4

import pytest

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.facilities.casework.actions.consulting import ask_opinion, cancel_opinion, give_opinion
from lienthong.facilities.casework.models import Consultation
from lienthong.facilities.casework.queries import opinions_owed
from tests.cast import Cast
from tests.facilities.casework.test_hand_over import case_of
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db


def asked(cast: Cast) -> tuple[int, int]:
    got = received(cast.clerk)
    with entered(cast.head):
        opinion = ask_opinion(
            actor=cast.head,
            case_id=got.dossier_id,
            key=uuid4(),
            unit_id=cast.neighbour.unit_id or 0,
            question="Xác nhận ranh giới thửa đất",
            within_days=2,
        )
    return got.dossier_id, opinion


def test_the_case_stays_where_it_is_and_the_opinion_has_its_own_date(cast: Cast) -> None:
    case_id, opinion = asked(cast)
    case = case_of(case_id)
    assert case.responsible_unit_id == cast.head.unit_id
    with entered(cast.neighbour):
        kept = Consultation.objects.get(pk=opinion)
        assert [row.pk for row in opinions_owed(cast.neighbour)] == [opinion]
    assert kept.due_at != case.due_at and kept.holder_id


def test_the_asked_unit_answers_once(cast: Cast) -> None:
    _case_id, opinion = asked(cast)
    with entered(cast.neighbour):
        give_opinion(actor=cast.neighbour, consultation_id=opinion, key=uuid4(), answer="Đồng ý")
        with pytest.raises(Refused) as refused:
            give_opinion(actor=cast.neighbour, consultation_id=opinion, key=uuid4(), answer="Không đồng ý")
    assert refused.value.refusal.code == "opinion.closed"
    with entered(cast.head):
        assert Consultation.objects.get(pk=opinion).answer == "Đồng ý"


def test_nobody_answers_for_another_unit(cast: Cast) -> None:
    _case_id, opinion = asked(cast)
    with entered(cast.head):
        with pytest.raises(Refused) as refused:
            give_opinion(actor=cast.head, consultation_id=opinion, key=uuid4(), answer="Đồng ý")
        assert refused.value.refusal.code == "opinion.other_unit"
    with entered(cast.stranger), pytest.raises(NotFound):
        give_opinion(actor=cast.stranger, consultation_id=opinion, key=uuid4(), answer="Đồng ý")


def test_the_asker_may_stop_waiting(cast: Cast) -> None:
    _case_id, opinion = asked(cast)
    with entered(cast.head):
        cancel_opinion(actor=cast.head, consultation_id=opinion, key=uuid4())
        assert Consultation.objects.get(pk=opinion).state == "cancelled"
    with entered(cast.neighbour):
        assert not opinions_owed(cast.neighbour).exists()


def test_an_empty_question_is_refused(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.head), pytest.raises(Refused) as refused:
        ask_opinion(
            actor=cast.head,
            case_id=got.dossier_id,
            key=uuid4(),
            unit_id=cast.neighbour.unit_id or 0,
            question=" ",
            within_days=1,
        )
    assert refused.value.refusal.code == "opinion.no_question"

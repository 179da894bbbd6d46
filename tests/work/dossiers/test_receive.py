"""Receiving at the counter: number, responsible unit, holder, due date and receipt in one act."""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.workdays.queries import today
from lienthong.facilities.documents.queries import form_pdf
from lienthong.lib.codes import DossierCode
from lienthong.people.parties.queries import names_of
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.receive import receive_dossier
from lienthong.work.dossiers.values import Received
from tests.cast import TAN_THUAN, Cast
from tests.work.dossiers.stage import intake, received

pytestmark = pytest.mark.django_db


def test_it_has_unit_holder_and_due_date_at_once(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.clerk):
        case = find_dossier(cast.clerk, got.dossier_id).case
    assert case.responsible_unit_id == case.receiving_unit_id == cast.clerk.unit_id
    assert case.holder_id and case.body_id
    assert case.due_at == case.promised_at == got.due_at > case.opened_at


def test_numbers_of_the_day_follow_one_another(cast: Cast) -> None:
    codes = [DossierCode.parse(received(cast.clerk, number=f"07919000{n:04d}").code) for n in range(3)]
    assert [code.sequence - codes[0].sequence for code in codes] == [0, 1, 2]
    assert {code.day for code in codes} == {today()}


def test_the_receipt_can_be_printed_and_carries_the_lookup_address(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.clerk):
        text = "".join(
            page.extract_text() for page in PdfReader(BytesIO(form_pdf(cast.clerk, got.receipt_id))).pages
        )
    assert got.code in text and "Công dân 0123" in text
    assert got.lookup_token in text.replace("\n", "")


def test_any_counter_takes_it_and_the_unit_in_charge_works_on_it(cast: Cast) -> None:
    got = received(cast.clerk, place=TAN_THUAN)
    with entered(cast.neighbour):
        case = find_dossier(cast.neighbour, got.dossier_id).case
        assert names_of([case.party_id or 0])
    assert case.responsible_unit_id == cast.neighbour.unit_id
    assert case.receiving_unit_id == cast.clerk.unit_id


def test_another_unit_sees_nothing_of_it(cast: Cast) -> None:
    got = received(cast.clerk)
    with entered(cast.stranger), pytest.raises(NotFound):
        find_dossier(cast.stranger, got.dossier_id)


def test_the_same_key_gives_the_first_result_and_another_body_is_refused(cast: Cast) -> None:
    key = uuid4()
    with entered(cast.clerk):
        first = receive_dossier(actor=cast.clerk, key=key, intake=intake())
        assert receive_dossier(actor=cast.clerk, key=key, intake=intake()) == first
        with pytest.raises(Refused) as refused:
            receive_dossier(actor=cast.clerk, key=key, intake=intake(note="khác"))
    assert refused.value.refusal.code == "key.reused"
    assert isinstance(first, Received)


def test_a_known_person_is_found_by_the_paper_and_not_stored_twice(cast: Cast) -> None:
    one, two = received(cast.clerk), received(cast.clerk)
    with entered(cast.clerk):
        assert (
            find_dossier(cast.clerk, one.dossier_id).applicant_id
            == find_dossier(cast.clerk, two.dossier_id).applicant_id
        )


REFUSALS = [
    ({"procedure": "1.004222"}, "procedure.other_body"),
    ({"place": "00004"}, "dossier.other_province"),
    ({"quantity": 0}, "dossier.quantity"),
    ({"channel": "pigeon"}, "dossier.channel"),
    (
        {"applicant": PartyDraft(name="Công dân 0009", born_on=date(2200, 1, 1))},
        "party.born_future",
    ),
    ({"applicant": PartyDraft(name=" ")}, "party.name_empty"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSALS, ids=[code for _, code in REFUSALS])
def test_what_cannot_be_received_is_refused_with_its_reason(
    cast: Cast, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        received(cast.clerk, **changes)
    assert refused.value.refusal.code == code
    assert refused.value.refusal.sentence.strip().endswith((".", "”."))


def test_only_reception_receives(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        received(cast.specialist)
    assert refused.value.refusal.code == "lifecycle.duty"


def test_a_wrong_number_warns_and_never_blocks(cast: Cast) -> None:
    odd = PartyDraft(
        name="Công dân 0008",
        papers=(PaperDraft("citizen_card", "12345"),),
        born_on=today() - timedelta(days=9000),
    )
    assert received(cast.clerk, applicant=odd).dossier_id


def test_the_journal_says_so_without_personal_data(cast: Cast) -> None:
    got = received(cast.clerk)
    (line,) = timeline(got.dossier_id)
    assert line.verb == "dossier.received" and line.post_id == cast.clerk.post_id
    assert "0123" not in str(line.data) and "079190000123" not in str(line.data)

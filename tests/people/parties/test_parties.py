"""Citizens and firms: found by paper, hidden from other units, every reading written down."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from lienthong.core.journal.actions import flush_readings
from lienthong.core.journal.models import Entry, Particular, Reading
from lienthong.core.journal.queries import pending_readings
from lienthong.core.registry.values import NotFound, Refusal, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import ANONYMOUS, SYSTEM, Actor
from lienthong.core.workdays.queries import now
from lienthong.people.parties import access, actions, queries
from lienthong.people.parties.rules import doubts_about
from lienthong.people.parties.values import Correction, PaperDraft, PartyDraft
from tests.cast import Cast
from tests.people.conftest import Asked

pytestmark = pytest.mark.django_db
NUMBER = "079190000123"
CARD = PaperDraft("citizen_card", NUMBER)
CITIZEN = PartyDraft(
    name="Công dân 0123",
    papers=(CARD,),
    born_on=date(1990, 5, 6),
    sex="female",
    address="1 đường Mẫu",
    phone="0900 000 123",
)


def _registered(actor: Actor, draft: PartyDraft = CITIZEN) -> int:
    with entered(actor):
        return actions.register_party(actor=actor, party=draft)


def test_a_new_citizen_costs_two_statements(cast: Cast, asks_at_most: Asked) -> None:
    with entered(cast.clerk), asks_at_most(2):
        actions.register_party(actor=cast.clerk, party=CITIZEN)


def test_whose_paper_is_known_is_found_not_stored_twice(cast: Cast) -> None:
    first = _registered(cast.clerk)
    again = PartyDraft(name="CÔNG DÂN 0123", papers=(PaperDraft("old_id", "123456789"), CARD))
    assert _registered(cast.clerk, again) == first
    with entered(cast.clerk):
        numbers = [paper.number for paper in access.find_party(cast.clerk, first).papers]
    assert numbers == [NUMBER, "123456789"]


def test_a_mistyped_number_does_not_turn_one_citizen_into_another(cast: Cast) -> None:
    _registered(cast.clerk)
    with pytest.raises(Refused) as refused:
        _registered(cast.clerk, PartyDraft(name="Công dân 0999", papers=(CARD,)))
    assert refused.value.refusal.code == "party.paper_of_another"
    assert "0123" not in refused.value.refusal.sentence


def test_another_unit_does_not_see_a_citizen(cast: Cast) -> None:
    party = _registered(cast.clerk)
    with entered(cast.stranger):
        with pytest.raises(NotFound):
            access.find_party(cast.stranger, party)
        assert queries.search("cong dan 0123") == []
        assert queries.find_by_phone("0900000123") == []
        assert queries.names_of([party]) == {}
    (refused,) = pending_readings()
    assert (refused.subject.id, refused.allowed) == (party, False)
    assert flush_readings() == 1


def test_a_refused_reading_stays_written_down(cast: Cast) -> None:
    party = _registered(cast.clerk)
    with pytest.raises(NotFound), entered(cast.stranger):
        access.find_party(cast.stranger, party, "look")
    flush_readings()
    with entered(SYSTEM):
        row = Reading.objects.get(subject_kind="party", subject_id=party)
    assert (row.account_id, row.purpose, row.allowed) == (cast.stranger.account_id, "look", False)


def test_the_paper_on_the_counter_opens_the_citizen_and_is_noted_once(cast: Cast) -> None:
    party = _registered(cast.clerk)
    with entered(cast.stranger):
        found = queries.find_by_paper(cast.stranger, "citizen_card", "079 190 000 123")
        assert found is not None
        assert (found.id, found.number) == (party, NUMBER)
        assert [card.id for card in queries.search("CONG DAN 0123")] == [party]
    with entered(SYSTEM):
        (reading,) = Reading.objects.filter(subject_kind="party", subject_id=party)
    assert (reading.unit_id, reading.allowed) == (cast.stranger.unit_id, True)


def test_nobody_finds_a_citizen_by_paper_from_no_unit(cast: Cast) -> None:
    _registered(cast.clerk)
    with entered(ANONYMOUS):
        assert queries.find_by_paper(ANONYMOUS, "citizen_card", NUMBER) is None


def test_a_citizen_goes_along_with_a_matter(cast: Cast) -> None:
    party = _registered(cast.clerk)
    with entered(cast.clerk):
        units = [cast.neighbour.unit_id or 0]
        actions.share_party(actor=cast.clerk, party_id=party, unit_ids=units, reason="case_moved")
    with entered(cast.neighbour):
        assert access.find_party(cast.neighbour, party).name == "Công dân 0123"
        assert Reading.objects.filter(subject_id=party, allowed=True).count() == 1


def test_the_database_hides_the_row_whatever_the_code_asks(cast: Cast) -> None:
    party = _registered(cast.clerk)
    with entered(cast.stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM parties_party WHERE id = %s", [party])
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE parties_party SET name = 'khác' WHERE id = %s", [party])
        assert cursor.rowcount == 0


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (PartyDraft(name="   "), "party.name_empty"),
        (PartyDraft(name="Công dân 1", born_on=date(2999, 1, 1)), "party.born_future"),
        (PartyDraft(name="Công dân 1", born_on=date(1800, 1, 1)), "party.born_past"),
        (PartyDraft(name="Công dân 1", channel="sms"), "party.channel_phone"),
        (PartyDraft(name="Công dân 1", channel="email", email="a"), "party.channel_email"),
        (PartyDraft(name="Công dân 1", channel="bồ câu"), "party.channel_unknown"),
        (PartyDraft(name="x" * 201), "party.name_long"),
        (PartyDraft(name="Công dân 1", papers=(PaperDraft("citizen_card", " "),)), "party.paper_empty"),
        (PartyDraft(name="Công dân 1", papers=(PaperDraft("thẻ thư viện", "1"),)), "party.paper_kind"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, draft: PartyDraft, code: str) -> None:
    with pytest.raises(Refused) as refused:
        _registered(cast.clerk, draft)
    assert refused.value.refusal.code == code


@pytest.mark.parametrize(
    ("paper", "born_on", "codes"),
    [
        (PaperDraft("citizen_card", "12345"), None, ["citizen_card_length"]),
        (PaperDraft("citizen_card", NUMBER), date(1991, 1, 1), ["number_birth_year"]),
        (PaperDraft("citizen_card", NUMBER), date(1990, 1, 1), []),
        (PaperDraft("old_id", "12"), None, ["old_id_length"]),
        (PaperDraft("firm_code", "0300000001"), None, []),
        (PaperDraft("passport", "C1234567"), None, []),
    ],
)
def test_a_doubtful_number_warns_and_never_blocks(
    cast: Cast, paper: PaperDraft, born_on: date | None, codes: list[str]
) -> None:
    draft = PartyDraft(name="Công dân 0123", papers=(paper,), born_on=born_on)
    assert [doubt.code for doubt in doubts_about(draft)] == codes
    assert _registered(cast.clerk, draft) > 0


def test_a_correction_keeps_the_old_value_out_of_the_journal(cast: Cast) -> None:
    party = _registered(cast.clerk)
    correction = Correction(reason="gõ nhầm", changes={"name": "Công dân 0124"})
    with entered(cast.clerk):
        actions.correct_party(actor=cast.clerk, party_id=party, correction=correction)
        assert [card.id for card in queries.search("0124")] == [party]
    with entered(SYSTEM):
        entry = Entry.objects.get(verb="party.corrected", subject_id=party)
        assert entry.data == {"fields": "họ và tên"}
        assert Particular.objects.get(entry=entry).data["former"] == {"name": "Công dân 0123"}


@pytest.mark.parametrize(
    ("reason", "changes", "code"),
    [
        ("", {"name": "A"}, "party.reason_empty"),
        ("gõ nhầm", {}, "party.nothing_to_correct"),
        ("gõ nhầm", {"kind": "firm"}, "party.nothing_to_correct"),
        ("gõ nhầm", {"name": ""}, "party.name_empty"),
        ("gõ nhầm", {"born_on": date(2999, 1, 1)}, "party.born_future"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    cast: Cast, reason: str, changes: dict[str, str | date | None], code: str
) -> None:
    party = _registered(cast.clerk)
    with entered(cast.clerk), pytest.raises(Refused) as refused:
        actions.correct_party(actor=cast.clerk, party_id=party, correction=Correction(reason, changes))
    assert refused.value.refusal.code == code


def test_another_unit_corrects_nothing(cast: Cast) -> None:
    party = _registered(cast.clerk)
    correction = Correction("gõ nhầm", {"name": "Công dân 0124"})
    with entered(cast.stranger), pytest.raises(NotFound):
        actions.correct_party(actor=cast.stranger, party_id=party, correction=correction)


def test_a_channel_needs_its_number(cast: Cast) -> None:
    party = _registered(cast.clerk, PartyDraft(name="Công dân 0777"))
    with entered(cast.clerk):
        with pytest.raises(Refused) as refused:
            actions.set_channel(actor=cast.clerk, party_id=party, channel="zalo")
        assert refused.value.refusal.code == "party.channel_phone"
        actions.set_channel(actor=cast.clerk, party_id=party, channel="zalo", phone="0900.000.777")
        card = access.find_party(cast.clerk, party)
    assert (card.channel, card.phone) == ("zalo", "0900000777")


def _admitted(actor: Actor, party: PartyDraft) -> int | Refusal:
    (found,) = actions.admit_parties(actor=actor, parties=[party], at=now(), reason="intake")
    return found


def test_an_intake_admits_a_new_or_a_known_citizen_in_one_statement(cast: Cast, asks_at_most: Asked) -> None:
    at = now()
    with entered(cast.clerk), asks_at_most(1):
        (first,) = actions.admit_parties(actor=cast.clerk, parties=[CITIZEN], at=at, reason="intake")
    assert isinstance(first, int)
    moved = PartyDraft(name="công dân 0123", papers=(CARD,), address="2 đường Mẫu")
    with entered(cast.stranger):
        assert _admitted(cast.stranger, moved) == first
        assert access.find_party(cast.stranger, first).address == "2 đường Mẫu"
    with entered(SYSTEM):
        assert Reading.objects.filter(subject_kind="party", subject_id=first, purpose="intake").count() == 1


def test_an_intake_with_another_citizens_number_is_refused_and_changes_nothing(cast: Cast) -> None:
    party = _registered(cast.clerk)
    wrong = PartyDraft(name="Công dân 0999", papers=(CARD,), address="3 đường Mẫu")
    with entered(cast.clerk):
        refused = _admitted(cast.clerk, wrong)
        assert isinstance(refused, Refusal) and refused.code == "party.paper_of_another"
        assert access.find_party(cast.clerk, party).address == "1 đường Mẫu"


@pytest.mark.parametrize(
    ("said", "then"),
    [("", "sms"), ("none", "none"), ("zalo", "zalo")],
    ids=["nothing said", "no messages", "another"],
)
def test_an_intake_changes_the_channel_only_where_something_is_said_of_it(
    cast: Cast, said: str, then: str
) -> None:
    with entered(cast.clerk):
        first = _admitted(cast.clerk, replace(CITIZEN, channel="sms"))
        assert isinstance(first, int)
        assert _admitted(cast.clerk, replace(CITIZEN, channel=said)) == first
        assert access.find_party(cast.clerk, first).channel == then


def test_of_whom_nothing_is_said_no_messages_are_wanted(cast: Cast) -> None:
    with entered(cast.clerk):
        admitted = _admitted(cast.clerk, CITIZEN)
        assert isinstance(admitted, int)
        assert access.find_party(cast.clerk, admitted).channel == "none"
    registered = _registered(cast.clerk, PartyDraft(name="Công dân 0777"))
    with entered(cast.clerk):
        assert access.find_party(cast.clerk, registered).channel == "none"
        with pytest.raises(Refused):
            actions.set_channel(actor=cast.clerk, party_id=registered, channel="")

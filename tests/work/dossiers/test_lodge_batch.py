"""A batch: each item has its own outcome, a bad one refuses only itself, and what is refused leaves nothing."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from lienthong.core.numbering.queries import issued_of
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.queries import now
from lienthong.facilities.exchange.access import linked_cases
from lienthong.facilities.exchange.actions import register_client
from lienthong.facilities.exchange.enums import ApiScope, ClientKind
from lienthong.facilities.exchange.values import ClientPass
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.lodge import lodge_dossiers
from lienthong.work.dossiers.actions.tokens import lookup_digest, lookup_token
from lienthong.work.dossiers.queries import look_up
from lienthong.work.dossiers.values import Intake, Lodged, Lodging
from tests.cast import TAN_HUNG, TAN_THUAN, Cast
from tests.work.dossiers.stage import PROCEDURE, intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> ClientPass:
    with entered(SYSTEM):
        client_id = register_client(
            actor=SYSTEM, key=uuid4(), name="Cổng thử", kind=ClientKind.PORTAL, scopes=[ApiScope.LODGE]
        )
    return ClientPass(
        client_id=client_id,
        token_id=0,
        name="Cổng thử",
        kind=ClientKind.PORTAL,
        scopes=frozenset({ApiScope.LODGE.value}),
        unit_ids=None,
        province="79",
        rate_per_minute=600,
        sandbox=False,
        expires_at=now() + timedelta(days=1),
    )


def one(number: int, *, unit: str = TAN_HUNG, key: UUID | None = None, **changes: object) -> Lodging:
    wanted: Intake = intake(number=f"07919111{number:04d}", **changes)  # type: ignore[arg-type]
    return Lodging(key or uuid4(), unit, wanted, f"NGOAI-{number}")


def codes(outcomes: list[Lodged | Refused]) -> list[str]:
    return [found.refusal.code if isinstance(found, Refused) else found.state for found in outcomes]


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_hundred_of_two_units_each_have_number_unit_holder_and_date(portal: ClientPass, cast: Cast) -> None:
    items = [one(number, unit=(TAN_HUNG, TAN_THUAN)[number % 2]) for number in range(100)]
    outcomes = [found for found in lodge_dossiers(client=portal, items=items) if isinstance(found, Lodged)]
    assert [found.unit_code for found in outcomes] == [item.unit_code for item in items]
    assert len({found.code for found in outcomes}) == len({found.dossier_id for found in outcomes}) == 100
    with entered(cast.neighbour_clerk):
        case = find_dossier(cast.neighbour_clerk, outcomes[1].dossier_id).case
    assert case.responsible_unit_id == cast.neighbour_clerk.unit_id and case.holder_id
    assert case.subject_name == "Công dân 0001" and case.due_at == outcomes[1].due_at


def test_three_bad_ones_refuse_only_themselves(portal: ClientPass, cast: Cast) -> None:
    items = [one(number) for number in range(20)]
    items[3] = replace(items[3], unit_code="00000")
    items[7] = replace(items[7], intake=replace(items[7].intake, procedure_code="9.999999"))
    items[11] = replace(items[11], intake=replace(items[11].intake, applicant=PartyDraft(name=" ")))
    period, unit = f"{now():%y%m%d}", cast.clerk.unit_id or 0
    before = issued_of(unit, "dossier", period).last
    outcomes = lodge_dossiers(client=portal, items=items)
    assert [place for place, found in enumerate(outcomes) if isinstance(found, Refused)] == [3, 7, 11]
    assert codes(outcomes)[3] == "not_found" and codes(outcomes)[7] == "procedure.not_in_force"
    assert codes(outcomes)[11] == "party.name_empty"
    assert issued_of(unit, "dossier", period).last == before + 17


def test_the_same_batch_again_gives_the_first_results(portal: ClientPass) -> None:
    items = [one(number) for number in range(5)]
    first, again = (lodge_dossiers(client=portal, items=items) for _ in range(2))
    assert all(isinstance(found, Lodged) and found.repeated for found in again)
    assert [replace(found, repeated=False) for found in again if isinstance(found, Lodged)] == first


def test_a_key_that_comes_twice_in_one_batch_is_one_dossier(portal: ClientPass) -> None:
    key = uuid4()
    twin, other = one(1, key=key), one(2, key=key)
    first, second, third = lodge_dossiers(client=portal, items=[twin, twin, other])
    assert isinstance(first, Lodged) and isinstance(second, Lodged)
    assert second.dossier_id == first.dossier_id and second.repeated
    assert codes([third]) == ["key.reused"]


def test_a_known_person_is_found_and_another_name_on_the_paper_is_refused(portal: ClientPass) -> None:
    paper = (PaperDraft("citizen_card", "079191119999"),)
    same, other = PartyDraft(name="Công dân 9999", papers=paper), PartyDraft(name="Người khác", papers=paper)
    items = [
        replace(one(number), intake=replace(intake(), applicant=who))
        for number, who in enumerate((same, same, other))
    ]
    before = rows("journal_command")
    outcomes = lodge_dossiers(client=portal, items=items)
    assert codes(outcomes) == ["submitted", "submitted", "party.paper_of_another"]
    assert rows("journal_command") == before + 2, "the refused one's key is free again"


def test_a_senders_code_names_one_dossier(portal: ClientPass) -> None:
    first, twice = one(1), replace(one(2), external_code="NGOAI-1")
    outcomes = lodge_dossiers(client=portal, items=[first, twice])
    assert codes(outcomes) == ["submitted", "exchange.external_code_taken"]
    assert codes(lodge_dossiers(client=portal, items=[replace(twice, unit_code=TAN_THUAN)])) == [
        "exchange.external_code_taken"
    ]
    assert set(linked_cases(portal.client_id, ["NGOAI-1"])) == {"NGOAI-1"}


def test_a_key_that_a_refused_one_gave_back_belongs_to_the_next_that_bears_it(portal: ClientPass) -> None:
    key = uuid4()
    lodge_dossiers(client=portal, items=[one(1)])
    refused, next_one = replace(one(2, key=key), external_code="NGOAI-1"), one(3, key=key)
    outcomes = lodge_dossiers(client=portal, items=[refused, next_one])
    assert codes(outcomes) == ["exchange.external_code_taken", "submitted"]
    (first, (again,)) = outcomes[1], lodge_dossiers(client=portal, items=[next_one])
    assert isinstance(first, Lodged) and again == replace(first, repeated=True)


def test_a_text_that_cannot_be_stored_refuses_only_its_own(portal: ClientPass) -> None:
    notes = ["thường", "có \x00", r"C:\u0000", "\\\x00", r"C:\\u0000"]
    items = [one(number, note=note) for number, note in enumerate(notes)]
    outcomes = lodge_dossiers(client=portal, items=items)
    assert codes(outcomes) == ["submitted", "text.control", "submitted", "text.control", "submitted"]
    with entered(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT note FROM dossiers_dossier ORDER BY case_id DESC LIMIT 3")
        assert [note for (note,) in cursor.fetchall()][::-1] == [notes[0], notes[2], notes[4]]


def test_only_units_in_reach_are_addressed(portal: ClientPass, cast: Cast) -> None:
    narrow = replace(portal, unit_ids=frozenset({cast.clerk.unit_id or 0}))
    outcomes = lodge_dossiers(client=narrow, items=[one(1), one(2, unit=TAN_THUAN)])
    assert codes(outcomes) == ["submitted", "not_found"]


def test_the_token_made_by_the_database_is_the_one_of_the_receipt(portal: ClientPass) -> None:
    (got,) = lodge_dossiers(client=portal, items=[one(1)])
    assert isinstance(got, Lodged) and got.lookup_token == lookup_token(got.code)
    found = look_up(token_digest=lookup_digest(got.lookup_token))
    assert found is not None and found.code == got.code


def test_a_batch_of_one_unit_is_one_statement(portal: ClientPass) -> None:
    for number in (100, 101):  # what another test remembered is forgotten, and read again
        lodge_dossiers(client=portal, items=[one(number)])
    items = [one(number) for number in range(99)]
    connection.force_debug_cursor = True
    before = len(connection.queries_log)
    try:
        lodge_dossiers(client=portal, items=items)
        said = [entry["sql"] or "" for entry in list(connection.queries_log)[before:]]
    finally:
        connection.force_debug_cursor = False
    acts = [sql for sql in said if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    assert len(acts) == 1 and PROCEDURE in acts[0], [sql[:80] for sql in acts]

"""A predecessor's open dossiers: code and promise kept, every row loaded or told why not, twice is once."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from lienthong.console.invariants import check_all
from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import calendar_for, now
from lienthong.lib.calendar import add_working_days
from lienthong.lib.calendar.days import VIETNAM
from lienthong.lib.codes import DossierCode
from lienthong.lib.table_in import Outcome, ReportLine
from lienthong.lib.text import fold
from lienthong.people.organisation.enums import BodyKind
from lienthong.people.organisation.queries import bodies_of
from lienthong.people.parties.queries import find_kept_by_paper
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.dossiers.access import dossiers_open_to, find_dossier
from lienthong.work.dossiers.actions import take_over
from lienthong.work.dossiers.actions.process import complete_dossier
from lienthong.work.dossiers.actions.take_over import check_take_over, take_over_dossiers
from lienthong.work.dossiers.actions.waiting import receive_supplement
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.queries import history_of
from lienthong.work.dossiers.values import Predecessor
from tests.cast import TAN_HUNG, TAN_THUAN, Cast
from tests.work.dossiers.stage import PROCEDURE, received

pytestmark = pytest.mark.django_db
SOURCE = "Một cửa điện tử cũ, biên bản 01/BB"
# A Monday and a Friday without notices about them.
NUMBERS = ("079190008881", "079190008882")
GIVEN, PROMISED = date(2026, 6, 1), date(2026, 6, 5)


def one(row: int = 2, **changes: object) -> Predecessor:
    values: dict[str, object] = {
        "row": row,
        "code": f"CU-2026-{row:05d}",
        "applicant": PartyDraft(name=f"Công dân {row:04d}"),
        "received": GIVEN,
        "promised": PROMISED,
        "state_word": "Đang xử lý",
        "procedure_code": PROCEDURE,
    }
    return Predecessor(**{**values, **changes})  # type: ignore[arg-type]


def taken(actor: Actor, *rows: Predecessor) -> tuple[ReportLine, ...]:
    with entered(actor):
        return take_over_dossiers(actor=actor, key=uuid4(), rows=rows, source=SOURCE)


def dossier_of(actor: Actor, code: str) -> Dossier:
    with entered(actor):
        return dossiers_open_to(actor).get(case__code=code)


def refusal_of(actor: Actor, row: Predecessor) -> ReportLine:
    with entered(actor):
        (line,) = check_take_over(actor=actor, rows=[row], source=SOURCE)
    assert line.outcome == Outcome.REJECTED
    return line


def test_code_receipt_and_promise_stay_and_somebody_holds_it(cast: Cast) -> None:
    (line,) = taken(cast.administrator, one())
    case = dossier_of(cast.clerk, "CU-2026-00002").case
    assert line == ReportLine(2, "CU-2026-00002", Outcome.NEW)
    assert case.opened_at == datetime(2026, 6, 1, 7, 30, tzinfo=VIETNAM)
    assert case.promised_at == case.due_at == datetime(2026, 6, 5, 17, 0, tzinfo=VIETNAM)
    assert (case.limit_amount, case.limit_unit) == (4, "working_day")
    assert case.holder_id and case.responsible_unit_id == cast.clerk.unit_id and case.state == "in_progress"


def test_the_journal_says_so_without_a_word_of_the_person(cast: Cast) -> None:
    taken(cast.administrator, one())
    dossier = dossier_of(cast.clerk, "CU-2026-00002")
    with entered(cast.clerk):
        (line,) = timeline(dossier.pk)
    assert line.verb == "dossier.taken_over" and "05/06/2026" in line.sentence
    assert "Công dân" not in str(line.data) and line.data["source"] == SOURCE


def test_a_row_that_came_before_is_unchanged_and_the_same_key_gives_the_first_answer(cast: Cast) -> None:
    key, rows = uuid4(), [one(), one(3)]
    with entered(cast.administrator):
        first = take_over_dossiers(actor=cast.administrator, key=key, rows=rows, source=SOURCE)
        again = take_over_dossiers(actor=cast.administrator, key=key, rows=rows, source=SOURCE)
        later = take_over_dossiers(actor=cast.administrator, key=uuid4(), rows=rows, source=SOURCE)
    assert first == again and {line.outcome for line in first} == {Outcome.NEW}
    assert {line.outcome for line in later} == {Outcome.UNCHANGED}


def test_a_check_says_the_same_and_writes_nothing(cast: Cast) -> None:
    rows = [one(), one(3, state_word="đã trả kết quả"), one(4, procedure_code="9.999999")]
    with entered(cast.administrator):
        told = check_take_over(actor=cast.administrator, rows=rows, source=SOURCE)
        assert not dossiers_open_to(cast.administrator).filter(case__code__startswith="CU-").exists()
        done = take_over_dossiers(actor=cast.administrator, key=uuid4(), rows=rows, source=SOURCE)
    assert told == done and [line.outcome for line in told] == [
        Outcome.NEW,
        Outcome.REJECTED,
        Outcome.REJECTED,
    ]


def test_a_promise_that_no_working_days_give_is_kept_to_the_minute(cast: Cast) -> None:
    odd = datetime(2026, 6, 6, 10, 20, tzinfo=VIETNAM)  # a Saturday
    (line,) = taken(cast.administrator, one(promised=odd))
    case = dossier_of(cast.clerk, "CU-2026-00002").case
    assert case.promised_at == case.due_at == odd and case.limit_unit == "calendar_hour"
    assert "giữ nguyên" in line.sentences[0]


def test_an_extension_given_before_leaves_the_first_promise(cast: Cast) -> None:
    taken(cast.administrator, one(extended_to=date(2026, 6, 10)))
    case = dossier_of(cast.clerk, "CU-2026-00002").case
    assert case.promised_at == datetime(2026, 6, 5, 17, 0, tzinfo=VIETNAM)
    assert case.due_at == datetime(2026, 6, 10, 17, 0, tzinfo=VIETNAM) and case.extensions == 1


def test_a_paused_one_keeps_its_remaining_time_and_runs_on_when_the_papers_come(cast: Cast) -> None:
    row = one(state_word="Chờ bổ sung", paused_from=date(2026, 6, 3))
    (line,) = taken(cast.administrator, row)
    dossier = dossier_of(cast.clerk, row.code)
    assert dossier.case.due_at is None and dossier.case.remaining == 3 * 480 and not line.sentences
    with entered(cast.clerk):
        receive_supplement(actor=cast.clerk, dossier_id=dossier.pk, key=uuid4())
        after = find_dossier(cast.clerk, dossier.pk)
        assert history_of(after.pk).supplements[0].answered_at
    assert after.case.due_at is not None and after.case.due_at > now() and after.case.state == "in_progress"


def test_where_the_remaining_time_cannot_be_told_the_report_says_so(cast: Cast) -> None:
    day = add_working_days(now().date(), 3, calendar_for(TAN_HUNG))
    (line,) = taken(cast.administrator, one(state_word="Yêu cầu thực hiện nghĩa vụ tài chính", promised=day))
    case = dossier_of(cast.clerk, "CU-2026-00002").case
    assert case.state == "payment_requested" and case.remaining is not None and case.due_at is None
    assert "không biết thời gian còn lại" in line.sentences[0]


def test_what_was_finished_elsewhere_is_completed_here(cast: Cast) -> None:
    row = one(state_word="Chờ trả kết quả", holder=cast.specialist.name)
    (line,) = taken(cast.administrator, row)
    dossier = dossier_of(cast.clerk, row.code)
    assert dossier.case.holder_id == cast.specialist.post_id and "ghi số kết quả" in line.sentences[0]
    with entered(cast.specialist):
        complete_dossier(
            actor=cast.specialist,
            dossier_id=dossier.pk,
            key=uuid4(),
            result_number="01/GP",
            result_summary="",
        )
        assert find_dossier(cast.specialist, dossier.pk).case.closed_at


def test_a_department_gives_its_head_and_a_name_without_tones_its_officer(cast: Cast) -> None:
    (economy,) = [
        body.name for body in bodies_of(cast.unit_id(TAN_HUNG), now().date()) if body.kind == BodyKind.ECONOMY
    ]
    lines = taken(
        cast.administrator,
        one(2, department=fold(economy)),
        one(3, holder=fold(cast.second_specialist.name)),
        one(4, holder="Chuyên viên", department="Phòng Kinh Tế Hạ Tầng"),
    )
    assert dossier_of(cast.clerk, "CU-2026-00002").case.holder_id == cast.head.post_id
    assert dossier_of(cast.clerk, "CU-2026-00003").case.holder_id == cast.second_specialist.post_id
    assert (
        set(lines[2].codes) <= {"takeover.holder_unknown", "takeover.department_unknown"} and lines[2].codes
    )


def test_a_person_with_a_known_paper_is_the_same_party_and_another_name_is_reported(cast: Cast) -> None:
    received(cast.clerk, number="079190000777")
    papers = (PaperDraft("citizen_card", "079190000777"),)
    same = one(2, applicant=PartyDraft(name="Công dân 0777", papers=papers))
    other = one(3, applicant=PartyDraft(name="Công dân 0778", papers=papers))
    lines = taken(cast.administrator, same, other)
    assert [line.outcome for line in lines] == [Outcome.NEW, Outcome.REJECTED]
    assert lines[1].codes == ("party.paper_of_another",) and "0777" not in lines[1].sentences[0]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": ""}, "takeover.no_code"),
        ({"code": "X" * 61}, "takeover.code_long"),
        ({"state_word": "Đã trả kết quả"}, "takeover.ended"),
        ({"state_word": "lơ lửng"}, "takeover.state_unknown"),
        ({"procedure_code": "9.999999"}, "takeover.procedure_unknown"),
        ({"procedure_code": "", "procedure_name": "Cấp giấy bay"}, "takeover.procedure_unknown"),
        ({"holder": "Người Không Có"}, "takeover.holder_unknown"),
        ({"department": "Phòng Bay"}, "takeover.department_unknown"),
        ({"promised": GIVEN - timedelta(days=3)}, "takeover.promise_first"),
        ({"received": date(2099, 1, 5), "promised": date(2099, 1, 6)}, "takeover.future"),
        ({"extended_to": PROMISED}, "takeover.extension"),
        ({"applicant": PartyDraft(name=" ")}, "party.name_empty"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cast: Cast, changes: dict[str, object], code: str) -> None:
    line = refusal_of(cast.administrator, one(**changes))  # type: ignore[arg-type]
    assert code in line.codes and all(len(sentence) > 20 for sentence in line.sentences)


def test_a_procedure_is_found_by_its_name_without_tones_and_a_near_one_is_suggested(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.name FROM procedures_procedureversion v JOIN procedures_procedure p"
            " ON p.id = v.procedure_id WHERE p.code = %s ORDER BY v.sequence DESC LIMIT 1",
            [PROCEDURE],
        )
        (name,) = cursor.fetchone()
    found = one(procedure_code="", procedure_name=name.upper())
    (line,) = taken(cast.administrator, found)
    if line.outcome == Outcome.NEW:
        assert dossier_of(cast.clerk, found.code).case.title == name
    else:
        assert line.codes == ("takeover.procedure_ambiguous",)
    near = refusal_of(cast.administrator, one(3, procedure_code="", procedure_name=f"{name[:-2]}x"))
    assert "Có phải" in near.sentences[0]


def test_rows_that_contradict_each_other_are_both_reported_and_twins_loaded_once(cast: Cast) -> None:
    twins = [one(2), one(3, code="CU-2026-00002", applicant=PartyDraft(name="Công dân 0002"))]
    fighting = [one(4), one(5, code="CU-2026-00004")]
    lines = taken(cast.administrator, *twins, *fighting)
    assert [line.outcome for line in lines] == [
        Outcome.NEW,
        Outcome.UNCHANGED,
        Outcome.REJECTED,
        Outcome.REJECTED,
    ]
    assert lines[2].codes == lines[3].codes == ("takeover.contradiction",) and "4, 5" in lines[2].sentences[0]


def test_a_code_of_todays_own_series_waits_and_one_that_we_issued_is_taken(cast: Cast) -> None:
    ours = received(cast.clerk).code
    agency = DossierCode.parse(ours).agency
    tomorrow = str(DossierCode(agency, now().date(), 9000))
    assert refusal_of(cast.administrator, one(code=tomorrow)).codes == ("takeover.code_of_today",)
    assert refusal_of(cast.administrator, one(code=ours)).codes == ("takeover.code_taken",)


def test_a_code_of_another_agencys_series_of_today_waits_too(cast: Cast) -> None:
    """Stored, it would be in the way of that unit's own numbers, and stop its intake for the day."""
    theirs = DossierCode.parse(received(cast.neighbour_clerk).code)
    assert theirs.agency != DossierCode.parse(received(cast.clerk).code).agency
    soon = str(DossierCode(theirs.agency, theirs.day, 2))
    assert refusal_of(cast.administrator, one(code=soon)).codes == ("takeover.code_of_today",)
    before = str(DossierCode(theirs.agency, GIVEN, 2))
    assert [line.outcome for line in taken(cast.administrator, one(code=before))] == [Outcome.NEW]


def test_a_code_that_another_unit_has_is_reported_and_the_rest_of_the_chunk_is_loaded(cast: Cast) -> None:
    there = cast.of(f"quantri.{TAN_THUAN}")
    taken(there, one(2))
    lines = taken(cast.administrator, one(2), one(3))
    assert [line.outcome for line in lines] == [Outcome.REJECTED, Outcome.NEW]
    assert lines[0].codes == ("takeover.code_taken",)


def test_a_rejected_row_leaves_nobody(cast: Cast) -> None:
    taken(cast.of(f"quantri.{TAN_THUAN}"), one(2))
    people = {n: PartyDraft(f"Công dân {n}", papers=(PaperDraft("citizen_card", n),)) for n in NUMBERS}
    rows = [one(row, applicant=who) for row, who in enumerate(people.values(), 2)]
    assert [line.outcome for line in taken(cast.administrator, *rows)] == [Outcome.REJECTED, Outcome.NEW]
    with entered(cast.administrator):
        assert [len(find_kept_by_paper(number)) for number in NUMBERS] == [0, 1]


def test_only_a_taken_code_is_told_as_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_over, "freeze", lambda terms: None)
    with pytest.raises(IntegrityError, match="dossier_has_terms"):
        taken(cast.administrator, one(2))


def test_a_person_who_just_came_in_elsewhere_is_taken_as_known(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(cast.clerk)
    admit, calls = take_over.admit_parties, list[int]()

    def at_once(**given: Any) -> Any:
        calls.append(len(given["parties"]))
        if len(calls) == 1:  # what the database says to the second of two
            with connection.cursor() as cursor:
                columns = "party_id, kind, number"
                same = f"SELECT {columns} FROM parties_identitypaper LIMIT 1"
                cursor.execute(f"INSERT INTO parties_identitypaper ({columns}) {same}")
        return admit(**given)

    monkeypatch.setattr(take_over, "admit_parties", at_once)
    assert [line.outcome for line in taken(cast.administrator, one(2), one(3))] == [Outcome.NEW] * 2
    assert calls == [2, 1, 1]


def test_a_longer_list_asks_no_more(cast: Cast) -> None:
    (economy,) = [
        body.name for body in bodies_of(cast.unit_id(TAN_HUNG), now().date()) if body.kind == BodyKind.ECONOMY
    ]

    def asked(rows: int) -> int:
        wanted = [one(row, department=economy) for row in range(2, rows)]
        wanted += [one(row, procedure_code="9.999999") for row in range(rows, 2 * rows)]
        with entered(cast.administrator), CaptureQueriesContext(connection) as said:
            check_take_over(actor=cast.administrator, rows=wanted, source=SOURCE)
        return len(said)

    asked(3)
    assert asked(50) == asked(3)


def test_only_the_units_administrator_does_it_and_names_the_source(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        taken(cast.clerk, one())
    assert caught.value.refusal.code == "takeover.not_allowed"
    with entered(cast.administrator), pytest.raises(Refused) as caught:
        take_over_dossiers(actor=cast.administrator, key=uuid4(), rows=[one()], source=" ")
    assert caught.value.refusal.code == "takeover.no_source"


def test_another_unit_does_not_see_them(cast: Cast) -> None:
    taken(cast.administrator, one())
    with entered(cast.stranger):
        assert not dossiers_open_to(cast.stranger).filter(case__code="CU-2026-00002").exists()


def test_the_invariants_hold_over_them_and_our_numbers_stay_accounted_for(cast: Cast) -> None:
    received(cast.clerk)
    agency = DossierCode.parse(received(cast.clerk).code).agency
    taken(
        cast.administrator,
        one(2, code=f"{agency}-260601-0042"),
        one(3, promised=datetime(2026, 6, 6, 9, 1, tzinfo=VIETNAM)),
        one(4, extended_to=date(2026, 6, 12)),
        one(5, state_word="chờ bổ sung"),
        one(6, code="000.00.19.H29-260601-0001"),
    )
    assert {finding.name: finding.wrong for finding in check_all() if finding.wrong} == {}

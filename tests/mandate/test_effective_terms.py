"""What a procedure demands here today: sequences, days, and what an office sets itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.models import Mark
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays import queries as clock
from lienthong.mandate.procedures import actions
from lienthong.mandate.procedures.enums import ExecutingBody, OnlineServiceLevel, TermName
from lienthong.mandate.procedures.models import LocalTerm, Procedure, ProcedureVersion
from lienthong.mandate.procedures.queries import (
    effective_terms,
    fields_in_force,
    limits_for,
    procedure_page,
    search_catalogue,
    why_not_usable,
)
from lienthong.mandate.procedures.values import Limit, Paper, Step, Terms
from tests.cast import ON, TAN_HUNG, TAN_THUAN, Cast

BIRTH, COPIES = "1.001193", "2.000815"
PAPERS = [{"name": "Tờ khai", "originals": 1}]
STEPS = [
    {"state": "received", "who": "clerk", "share": 40},
    {"state": "in_progress", "who": "specialist", "share": 60},
]
TIME = [{"amount": 3, "unit": "working_day"}]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _system() -> Iterator[None]:
    """As an office's database is: no demonstration, and no term that an office has not set."""
    with entered(SYSTEM):
        Mark.objects.filter(name="demo").delete()
        LocalTerm.objects.all().delete()
        clock.forget()
        yield
    clock.forget()


def set_term(term: TermName, value: Any, **changes: Any) -> int:
    stated: dict[str, Any] = {
        "procedure_code": BIRTH,
        "place": "",
        "citation": "QĐ 9/QĐ-UBND",
        "confidence": "verified",
        "valid_from": date(2026, 1, 1),
    }
    return actions.set_local_term(
        **{"actor": SYSTEM, "key": uuid4(), "term": term, "value": value, **stated, **changes}
    )


def add_version(sequence: int, during: DateRange, **changes: Any) -> None:
    former = ProcedureVersion.objects.filter(procedure__code=BIRTH).latest("sequence")
    former.pk = None
    former.sequence, former.valid_during = sequence, during
    for name, value in changes.items():
        setattr(former, name, value)
    former.save(force_insert=True)


def terms_of(code: str = BIRTH, place: str = TAN_HUNG, on: date = ON) -> Terms:
    found = effective_terms(code, place, on)
    assert found is not None
    return found


def complete() -> Terms:
    """Birth registration with all that an office must set."""
    set_term(TermName.PAPERS, PAPERS)
    set_term(TermName.STEPS, STEPS)
    set_term(TermName.TIME_LIMIT, TIME)
    return terms_of()


def test_the_terms_cost_one_statement(django_assert_num_queries: Any) -> None:
    set_term(TermName.PAPERS, PAPERS)
    with django_assert_num_queries(1):
        effective_terms(BIRTH, TAN_HUNG, ON)


def test_what_the_source_does_not_state_is_none_and_nothing_is_guessed() -> None:
    terms = terms_of()
    assert (terms.papers, terms.steps, terms.illustrative, terms.citations) == (None, None, (), ())
    assert {limit.unit for limit in terms.limits or ()} == {""}
    assert terms.executing_body == ExecutingBody.COMMUNE_COMMITTEE


def test_an_unknown_code_has_no_terms() -> None:
    assert effective_terms("9.999999", TAN_HUNG, ON) is None


def test_a_same_day_fix_works_by_sequence() -> None:
    add_version(2, DateRange(ON, None), name="Sai")
    add_version(3, DateRange(ON, None), name="Đúng")
    assert terms_of().name == "Đúng"
    assert terms_of(on=ON - timedelta(days=1)).name == "Thủ tục đăng ký khai sinh"


def test_a_version_that_begins_later_does_not_count_yet() -> None:
    add_version(2, DateRange(ON + timedelta(days=1), None), name="Ngày mai")
    assert terms_of().name == "Thủ tục đăng ký khai sinh"


def test_terms_survive_being_frozen() -> None:
    terms = replace(complete(), valid_until=date(2027, 1, 1))
    assert Terms.from_json(terms.as_json()) == terms


def test_the_place_own_term_beats_the_province_and_the_newest_of_each_counts() -> None:
    set_term(TermName.TIME_LIMIT, [{"amount": 9, "unit": "working_day"}], place=TAN_HUNG)
    set_term(
        TermName.TIME_LIMIT, [{"amount": 2, "unit": "working_day"}], place=TAN_HUNG, citation="QĐ 10/QĐ-UBND"
    )
    set_term(TermName.TIME_LIMIT, [{"amount": 5, "unit": "working_day"}])
    own, other = terms_of(place=TAN_HUNG), terms_of(place=TAN_THUAN)
    assert [limit.amount for limit in own.limits or ()] == [2]
    assert [limit.amount for limit in other.limits or ()] == [5]
    assert own.citations == (("time_limit", "QĐ 10/QĐ-UBND"),)
    assert (own.limits or ())[0].text == "2 ngày làm việc"


def test_a_term_set_for_later_does_not_count_yet() -> None:
    set_term(TermName.PAPERS, PAPERS, valid_from=ON + timedelta(days=1))
    assert terms_of().papers is None


def test_the_former_value_stays_stored() -> None:
    set_term(TermName.AT_ONCE, False)
    set_term(TermName.AT_ONCE, True)
    assert terms_of().at_once is True
    assert LocalTerm.objects.filter(procedure__code=BIRTH, term=TermName.AT_ONCE).count() == 2


def test_the_same_key_sets_one_term() -> None:
    key = uuid4()
    assert set_term(TermName.PAPERS, PAPERS, key=key) == set_term(TermName.PAPERS, PAPERS, key=key)


def test_a_complete_procedure_may_be_taken_in() -> None:
    terms = complete()
    assert why_not_usable(terms, "counter", ON) is None
    assert terms.papers == (Paper("Tờ khai", originals=1),)
    assert terms.steps == (Step("received", "clerk", 40), Step("in_progress", "specialist", 60))


def refusal_of(terms: Terms | None, on: date = ON, channel: str = "counter") -> str:
    refusal = why_not_usable(terms, channel, on)
    assert refusal is not None
    assert len(refusal.sentence) > 30
    return refusal.code


def test_a_procedure_not_in_force_is_refused() -> None:
    assert refusal_of(None) == "procedure.not_in_force"
    assert refusal_of(replace(complete(), valid_until=ON)) == "procedure.not_in_force"


def test_a_procedure_of_another_body_is_refused() -> None:
    assert (
        refusal_of(replace(complete(), executing_body=ExecutingBody.COMMUNE_POLICE)) == "procedure.other_body"
    )


def test_a_limit_without_a_unit_is_refused_until_the_office_sets_it() -> None:
    set_term(TermName.PAPERS, PAPERS)
    set_term(TermName.STEPS, STEPS)
    refusal = why_not_usable(terms_of(), "counter", ON)
    assert refusal is not None
    assert refusal.code == "procedure.time_not_stated"
    assert "Văn phòng ấn định kèm căn cứ tại Danh mục thủ tục" in refusal.sentence
    set_term(TermName.TIME_LIMIT, TIME)
    assert why_not_usable(terms_of(), "counter", ON) is None


def test_papers_and_steps_are_needed_first() -> None:
    terms = complete()
    assert refusal_of(replace(terms, papers=None)) == "procedure.papers_not_stated"
    assert refusal_of(replace(terms, steps=None)) == "procedure.steps_not_stated"


def test_at_once_needs_neither_time_nor_steps() -> None:
    terms = replace(complete(), at_once=True, limits=None, steps=None)
    assert why_not_usable(terms, "counter", ON) is None


def test_several_times_of_the_source_are_refused_and_cases_of_the_office_are_a_choice() -> None:
    two = (Limit(3, "working_day", "3", "a", "counter"), Limit(5, "working_day", "5", "b", "counter"))
    source = replace(complete(), limits=two, citations=())
    assert refusal_of(source) == "procedure.time_ambiguous"
    set_term(TermName.TIME_LIMIT, [{**TIME[0], "case": "thường"}, {**TIME[0], "case": "phải xác minh"}])
    assert [limit.case for limit in limits_for(terms_of(), "counter")] == ["thường", "phải xác minh"]
    assert why_not_usable(terms_of(), "counter", ON) is None


def test_the_channel_has_its_own_limit_else_any_counts() -> None:
    limits = (Limit(3, "working_day", "3", channel="counter"), Limit(5, "working_day", "5", channel="online"))
    terms = replace(complete(), limits=limits, citations=())
    assert [limit.amount for limit in limits_for(terms, "online")] == [5]
    assert [limit.amount for limit in limits_for(terms, "counter")] == [3]
    assert [limit.amount for limit in limits_for(terms, "post")] == [3, 5]


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (TermName.PAPERS, []),
        (TermName.PAPERS, [{"name": " ", "originals": 1}]),
        (TermName.PAPERS, [{"name": "Tờ khai"}]),
        (TermName.PAPERS, [{"name": "Tờ khai", "originals": -1}]),
        (TermName.PAPERS, "Tờ khai"),
        (TermName.TIME_LIMIT, [{"amount": 3, "unit": "days"}]),
        (TermName.TIME_LIMIT, [{"amount": None, "unit": "working_day"}]),
        (TermName.TIME_LIMIT, [{"unit": "working_day"}]),
        (TermName.FEES, [{"amount": -5, "per": "hồ sơ"}]),
        (TermName.FEES, [{"amount": 5000, "per": ""}]),
        (TermName.STEPS, [{"state": "received", "who": "clerk", "share": 90}]),
        (TermName.STEPS, [{"state": "Đã nhận", "who": "clerk", "share": 100}]),
        (TermName.AT_ONCE, "yes"),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused(term: TermName, value: Any) -> None:
    with pytest.raises(Refused) as refused:
        set_term(term, value)
    assert refused.value.refusal.code == "procedure.value_malformed"
    assert not LocalTerm.objects.filter(procedure__code=BIRTH).exists()


def test_fees_may_be_set() -> None:
    set_term(TermName.FEES, [{"amount": 8000, "per": "bản"}])
    (fee,) = terms_of().fees or ()
    assert (fee.amount, fee.per, fee.citation) == (8000, "bản", "QĐ 9/QĐ-UBND")


def test_no_term_without_a_citation_and_none_for_an_unknown_procedure() -> None:
    with pytest.raises(Refused) as refused:
        set_term(TermName.PAPERS, PAPERS, citation=" ")
    assert refused.value.refusal.code == "procedure.citation_missing"
    with pytest.raises(NotFound):
        set_term(TermName.PAPERS, PAPERS, procedure_code="9.999999")


def test_a_unit_sets_terms_for_itself_alone() -> None:
    cast = Cast()
    assert set_term(TermName.PAPERS, PAPERS, actor=cast.administrator, place=TAN_HUNG)
    for actor, place in ((cast.administrator, ""), (cast.administrator, TAN_THUAN), (cast.clerk, TAN_HUNG)):
        with pytest.raises(Refused) as refused:
            set_term(TermName.PAPERS, PAPERS, actor=actor, place=place)
        assert refused.value.refusal.code == "procedure.term_not_allowed"
    assert set_term(TermName.PAPERS, PAPERS, actor=cast.city)


def test_setting_a_term_is_journalled() -> None:
    row_id = set_term(TermName.PAPERS, PAPERS)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data->>'citation' FROM journal_entry WHERE verb = 'procedures.term_set' AND subject_id = %s",
            [row_id],
        )
        assert cursor.fetchall() == [("QĐ 9/QĐ-UBND",)]


def test_the_seeds_hold_at_least_a_hundred_procedures_of_the_committee_and_load_once() -> None:
    assert actions.load_seeds() == {"procedures": 0}
    ours = ProcedureVersion.objects.filter(executing_body=ExecutingBody.COMMUNE_COMMITTEE)
    assert ours.count() >= 100
    assert not ours.filter(name="").exists()
    assert not ours.filter(source_note="").exists()


def test_illustrative_terms_stay_out_of_a_database_that_is_no_demonstration() -> None:
    clock.forget()
    with pytest.raises(RuntimeError, match="demonstration"):
        actions.load_illustrative()


def test_illustrative_terms_are_marked_and_make_their_procedures_usable() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO scope_mark (name, value) VALUES ('demo', 'true') ON CONFLICT DO NOTHING")
    clock.forget()
    assert actions.load_illustrative()["illustrative_terms"] > 100
    assert actions.load_illustrative() == {"illustrative_terms": 0}
    clock.forget()
    terms = terms_of()
    assert {"papers", "steps", "time_limit"} <= set(terms.illustrative)
    assert dict(terms.citations)["papers"] == "giá trị minh họa"
    codes = Procedure.objects.filter(local_terms__term=TermName.PAPERS).values_list("code", flat=True)
    refusals = {code: why_not_usable(effective_terms(code, TAN_HUNG, ON), "counter", ON) for code in codes}
    assert {code: refusal for code, refusal in refusals.items() if refusal} == {}
    assert len(refusals) >= 50


def test_certified_copies_are_done_at_once_anywhere_with_their_fee() -> None:
    terms = terms_of(COPIES)
    assert (terms.at_once, terms.boundary_free) == (True, True)
    (fee,) = terms.fees or ()
    assert (fee.amount, fee.per, fee.tier_from, fee.tier_amount, fee.max_amount) == (
        2000,
        "trang",
        3,
        1000,
        200000,
    )
    (limit,) = terms.limits or ()
    assert (limit.amount, limit.cutoff, limit.citation) == (0, "15:00", "23/2015/NĐ-CP Điều 7")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("khai sinh", BIRTH),
        ("KHAI SINH", BIRTH),
        ("khai zzz", ""),
        ("dkks", BIRTH),
        ("1.0011", BIRTH),
        ("kh si dang", BIRTH),
    ],
)
def test_a_few_letters_without_tones_find_a_procedure(typed: str, found: str) -> None:
    codes = [row.terms.procedure_code for row in search_catalogue(typed, ON, limit=100)]
    assert (found in codes) if found else not codes


def test_letters_that_are_patterns_to_the_database_find_nothing() -> None:
    assert search_catalogue("%", ON) == []
    assert search_catalogue("_____", ON) == []


def test_the_shortest_name_that_holds_the_words_together_comes_first() -> None:
    assert search_catalogue("dang ky khai sinh", ON)[0].terms.procedure_code == BIRTH


def test_the_search_pages_by_key_and_costs_one_statement(django_assert_num_queries: Any) -> None:
    every = [row.terms.procedure_code for row in search_catalogue("", ON, limit=1000)]
    paged: list[str] = []
    after = ""
    while page := search_catalogue("", ON, limit=70, after=after):
        paged += [row.terms.procedure_code for row in page]
        after = page[-1].after
    assert paged == every
    assert len(set(every)) == len(every) == Procedure.objects.count()
    with django_assert_num_queries(1):
        search_catalogue("chung thuc", ON, TAN_HUNG)


def test_the_search_keeps_to_a_field_and_a_body() -> None:
    rows = search_catalogue("", ON, limit=500, field="Hộ tịch", body=ExecutingBody.COMMUNE_COMMITTEE)
    assert {row.terms.field for row in rows} == {"Hộ tịch"}
    assert {row.terms.executing_body for row in rows} == {ExecutingBody.COMMUNE_COMMITTEE}
    assert "Hộ tịch" in fields_in_force(ON)


def test_the_page_of_a_procedure_names_its_source_and_versions(django_assert_num_queries: Any) -> None:
    add_version(2, DateRange(ON, None), name="Mới")
    with django_assert_num_queries(1):
        page = procedure_page(BIRTH, ON)
    assert page.terms.name == "Mới"
    assert page.decision_number == "163/QĐ-BTP"
    assert page.online_level == OnlineServiceLevel.NOT_STATED
    assert [(line.sequence, line.valid_from) for line in page.versions] == [(2, ON.isoformat()), (1, "")]
    with pytest.raises(NotFound):
        procedure_page("9.999999", ON)

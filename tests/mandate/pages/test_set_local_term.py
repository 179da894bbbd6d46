"""Setting a term over HTTP: it is stored with its citation, or told why not, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lienthong.core.journal.models import Entry
from lienthong.core.journal.queries import sentence_of
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import today
from lienthong.mandate.procedures.models import LocalTerm
from lienthong.mandate.procedures.queries import effective_terms, office_page
from tests.cast import TAN_HUNG, TAN_THUAN, Cast
from tests.mandate.pages.test_office_procedures import BIRTH, Count, Officer, lacking, words

pytestmark = pytest.mark.django_db
CITATION = "Văn bản thử nghiệm 01"
PAPERS = {
    "row0_name": "Tờ khai thử nghiệm",
    "row0_originals": "1",
    "row1_name": "Giấy thử",
    "row1_copies": "2",
}
TIME = {"row0_amount": "3", "row0_unit": "working_day", "row0_cutoff": "15:00"}
STEPS = {
    "row0_state": "received",
    "row0_who": "clerk",
    "row0_share": "20",
    "row1_state": "in_progress",
    "row1_who": "specialist",
    "row1_share": "80",
}


def sent(client: Client, code: str, term: str, **cells: Any) -> Any:
    basis = {"key": str(uuid4()), "count": "4", "citation": CITATION, "confidence": "memory"}
    return client.post(f"/procedures/{code}/set/{term}/", {**basis, **cells})


def test_the_office_completes_a_procedure_and_the_counter_takes_it_in(
    as_officer: Officer, cast: Cast
) -> None:
    code, client = lacking(), as_officer(cast.administrator)
    for term, cells in (("papers", PAPERS), ("time_limit", TIME), ("steps", STEPS)):
        answer = sent(client, code, term, **cells)
        assert (answer.status_code, answer["Location"]) == (302, f"/procedures/{code}/")
    terms = effective_terms(code, TAN_HUNG, today())
    assert terms is not None
    assert [(p.name, p.originals, p.copies) for p in terms.papers or ()] == [
        ("Tờ khai thử nghiệm", 1, 0),
        ("Giấy thử", 0, 2),
    ]
    assert [(one.amount, one.unit, one.cutoff) for one in terms.limits or ()] == [(3, "working_day", "15:00")]
    assert [(one.state, one.who, one.share) for one in terms.steps or ()] == [
        ("received", "clerk", 20),
        ("in_progress", "specialist", 80),
    ]
    told = words(client.get(f"/procedures/{code}/"))
    assert "Quầy nhận được hồ sơ thủ tục này." in told
    assert CITATION in told and "chưa đối chiếu" in told and cast.administrator.name in told


def test_fees_and_at_once(as_officer: Officer, cast: Cast) -> None:
    code, client = lacking(), as_officer(cast.chair)
    assert sent(client, code, "fees", row0_amount="8000", row0_per="bản").status_code == 302
    assert sent(client, code, "at_once", at_once="yes").status_code == 302
    terms = effective_terms(code, TAN_HUNG, today())
    assert terms is not None
    assert [(fee.label, fee.amount, fee.per, fee.citation) for fee in terms.fees or ()] == [
        ("Phí, lệ phí", 8000, "bản", CITATION)
    ]
    assert terms.at_once is True


def test_what_one_unit_sets_is_not_the_neighbours(as_officer: Officer, cast: Cast) -> None:
    code = lacking()
    sent(as_officer(cast.administrator), code, "papers", place=TAN_THUAN, **PAPERS)
    own, other = (effective_terms(code, place, today()) for place in (TAN_HUNG, TAN_THUAN))
    assert own is not None and other is not None
    assert own.papers is not None and other.papers is None
    assert CITATION not in words(as_officer(cast.neighbour_clerk).get(f"/procedures/{code}/"))


def test_the_city_sets_for_the_whole_province_and_a_unit_goes_before(as_officer: Officer, cast: Cast) -> None:
    code = lacking()
    assert (
        sent(as_officer(cast.city), code, "papers", row0_name="Của thành phố", row0_originals="1").status_code
        == 302
    )
    sent(as_officer(cast.administrator), code, "papers", **PAPERS)
    own, other = (effective_terms(code, place, today()) for place in (TAN_HUNG, TAN_THUAN))
    assert own is not None and other is not None
    assert [paper.name for paper in own.papers or ()] == ["Tờ khai thử nghiệm", "Giấy thử"]
    assert [paper.name for paper in other.papers or ()] == ["Của thành phố"]
    assert "Ấn định cho toàn thành phố" in words(as_officer(cast.neighbour_clerk).get(f"/procedures/{code}/"))


def test_the_history_has_the_newest_first(as_officer: Officer, cast: Cast) -> None:
    code, client = lacking(), as_officer(cast.administrator)
    sent(client, code, "papers", **PAPERS)
    sent(client, code, "papers", row0_name="Bản sau", row0_originals="1", citation="Văn bản thử nghiệm 02")
    office = office_page(code, today(), TAN_HUNG)
    assert [row.citation for row in office.history if row.term == "papers"] == [
        "Văn bản thử nghiệm 02",
        CITATION,
    ]
    told = words(client.get(f"/procedures/{code}/"))
    assert "Các lần ấn định (2), mới nhất ở trên" in told
    assert told.index("Bản sau") < told.index("Tờ khai thử nghiệm")


def test_a_term_may_begin_later(as_officer: Officer, cast: Cast) -> None:
    code, client = lacking(), as_officer(cast.administrator)
    sent(client, code, "papers", valid_from="01/01/2099", **PAPERS)
    terms = effective_terms(code, TAN_HUNG, today())
    assert terms is not None
    assert terms.papers is None
    assert "01/01/2099" in words(client.get(f"/procedures/{code}/"))


@pytest.mark.parametrize(
    ("term", "cells", "code", "kept"),
    [
        ("papers", {"row0_name": "Không số bản"}, "procedure.value_malformed", "Không số bản"),
        ("papers", {}, "procedure.value_malformed", CITATION),
        ("steps", {**STEPS, "row1_share": "70"}, "procedure.value_malformed", 'value="70"'),
        ("time_limit", {"row0_amount": "3"}, "procedure.value_malformed", 'value="3"'),
        ("fees", {"row0_amount": "8000"}, "procedure.value_malformed", 'value="8000"'),
    ],
)
def test_a_refusal_is_told_on_the_page_and_nothing_typed_is_lost(
    as_officer: Officer, cast: Cast, term: str, cells: dict[str, str], code: str, kept: str
) -> None:
    before = LocalTerm.objects.filter().order_by("-id").values_list("id", flat=True).first()
    answer = sent(as_officer(cast.administrator), lacking(), term, **cells)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert code in page and kept in page and "Những gì đã nhập vẫn còn" in page
    assert LocalTerm.objects.order_by("-id").values_list("id", flat=True).first() == before


@pytest.mark.parametrize(
    ("term", "cells", "told"),
    [
        ("papers", {**PAPERS, "row0_originals": "một"}, "Hãy nhập một số, không có chữ."),
        ("time_limit", {**TIME, "row0_cutoff": "3 giờ"}, "Hãy ghi giờ và phút, ví dụ 15:00."),
        ("papers", {**PAPERS, "confidence": ""}, "Hãy chọn: đã đối chiếu văn bản, hay chưa."),
        ("papers", {**PAPERS, "confidence": "illustrative"}, "illustrative"),
        ("papers", {**PAPERS, "valid_from": "32/01/2026"}, "Ngày không đúng."),
        ("papers", {**PAPERS, "citation": " "}, "Chưa nêu căn cứ."),
        ("at_once", {}, "Hãy chọn có hoặc không."),
    ],
)
def test_a_cell_of_the_wrong_shape_is_named(
    as_officer: Officer, cast: Cast, term: str, cells: dict[str, str], told: str
) -> None:
    answer = sent(as_officer(cast.administrator), lacking(), term, **cells)
    assert answer.status_code == 422
    assert told in words(answer)


def test_more_rows_are_given_without_saving_or_complaining(as_officer: Officer, cast: Cast) -> None:
    code = lacking()
    answer = sent(as_officer(cast.administrator), code, "papers", more="1", citation="", **PAPERS)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="row6_name"' in page and 'value="Tờ khai thử nghiệm"' in page
    assert "errors-title" not in page
    assert not LocalTerm.objects.filter(procedure__code=code, term="papers").exists()


def test_the_form_begins_with_what_applies_now(as_officer: Officer, cast: Cast) -> None:
    page = as_officer(cast.administrator).get(f"/procedures/{BIRTH}/set/papers/").content.decode()
    terms = effective_terms(BIRTH, TAN_HUNG, today())
    assert terms is not None
    for paper in terms.papers or ():
        assert paper.name in page


def test_the_same_key_sets_once_and_another_body_is_refused(as_officer: Officer, cast: Cast) -> None:
    code, client, key = lacking(), as_officer(cast.administrator), str(uuid4())
    for _time in range(2):
        assert sent(client, code, "papers", key=key, **PAPERS).status_code == 302
    assert LocalTerm.objects.filter(procedure__code=code, term="papers").count() == 1
    assert sent(client, code, "papers", key=key, **{**PAPERS, "row0_name": "Khác"}).status_code == 409


def test_who_may_not_set(as_officer: Officer, cast: Cast) -> None:
    code = lacking()
    for actor in (cast.clerk, cast.specialist, cast.records):
        assert sent(as_officer(actor), code, "papers", **PAPERS).status_code == 404
    assert not LocalTerm.objects.filter(procedure__code=code, term="papers").exists()


def test_a_term_or_procedure_that_is_not_there(as_officer: Officer, cast: Cast) -> None:
    client = as_officer(cast.administrator)
    assert client.get(f"/procedures/{BIRTH}/set/colour/").status_code == 404
    assert client.get("/procedures/9.999999/set/papers/").status_code == 404
    assert sent(client, "9.999999", "papers", **PAPERS).status_code == 404


def test_the_journal_says_who_set_what_on_what(as_officer: Officer, cast: Cast) -> None:
    code = lacking()
    sent(as_officer(cast.administrator), code, "papers", **PAPERS)
    entry = Entry.objects.filter(verb="procedures.term_set").order_by("-id")[0]
    assert (entry.post_id, entry.unit_id) == (cast.administrator.post_id, cast.administrator.unit_id)
    assert (entry.data["code"], entry.data["place"]) == (code, TAN_HUNG)
    assert CITATION in sentence_of(entry.verb, entry.data)


def test_what_setting_asks_of_the_database(as_officer: Officer, cast: Cast, statements: Count) -> None:
    code, client = lacking(), as_officer(cast.administrator)
    acts: list[Callable[[], Any]] = [
        lambda: client.get(f"/procedures/{code}/set/steps/"),
        lambda: sent(client, code, "steps", **STEPS),
    ]
    assert [count for count in map(statements, acts) if count > 8] == []


def test_the_actor_of_the_act_is_the_signed_in_one(as_officer: Officer, cast: Cast) -> None:
    code = lacking()
    sent(as_officer(cast.chair), code, "papers", **PAPERS)
    row = LocalTerm.objects.filter(procedure__code=code, term="papers").get()
    assert (row.set_by, row.place, row.confidence) == (_account(cast.chair), TAN_HUNG, "memory")


def _account(actor: Actor) -> int | None:
    return actor.account_id

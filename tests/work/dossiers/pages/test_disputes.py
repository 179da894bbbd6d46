"""A hand-over that the units cannot settle: the arbiter's list, the decision, and what the city does not see."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.core.workdays.actions import acting_at
from lienthong.core.workdays.queries import now
from lienthong.facilities.casework.actions import handing
from lienthong.facilities.casework.models import Arbiter, HandOver
from lienthong.facilities.casework.queries import disputes, search
from lienthong.people.identity.queries import posts_of
from tests.cast import NHA_BE, TAN_HUNG, TAN_MY, TAN_THUAN
from tests.work.dossiers.pages.conftest import Spent, Stage

pytestmark = pytest.mark.django_db
WHY, WHY_NOT = "Nơi cư trú thuộc Tân Thuận", "Không thuộc địa bàn Tân Thuận"


def offered(stage: Stage) -> tuple[int, int]:
    dossier_id = stage.in_progress()
    with entered(stage.worker):
        offer = handing.offer_case(
            actor=stage.worker,
            case_id=dossier_id,
            key=uuid4(),
            to_unit_id=stage.cast.unit_id(TAN_THUAN),
            reason=WHY,
        )
    return dossier_id, offer


def refused(stage: Stage) -> int:
    """A dossier of Tân Hưng that Tân Thuận did not take, naming Nhà Bè."""
    dossier_id, offer = offered(stage)
    with entered(stage.cast.neighbour):
        handing.refuse_offer(
            actor=stage.cast.neighbour,
            offer_id=offer,
            key=uuid4(),
            reason=WHY_NOT,
            proposed_unit_id=stage.cast.unit_id(NHA_BE),
        )
    return dossier_id


def waiting(stage: Stage, actor: object = None) -> dict[int, str]:
    who = actor or stage.cast.city
    with entered(who):  # type: ignore[arg-type]
        return {row.case_id: row.dispute for row in disputes(who, now())}  # type: ignore[arg-type]


def decision(stage: Stage, code: str, **changes: object) -> dict[str, object]:
    return {"party": stage.cast.unit_id(code), "reason": "Theo nơi cư trú", **changes}


def last_hop(dossier_id: int) -> HandOver:
    with entered(SYSTEM):
        return HandOver.objects.filter(case_id=dossier_id).order_by("-id")[0]


def test_a_refusal_waits_for_the_city_and_the_list_names_no_person(stage: Stage) -> None:
    dossier_id = refused(stage)
    assert waiting(stage) == {dossier_id: "refused"}
    case = stage.dossier(dossier_id).case
    text = unescape(stage.browser(stage.cast.city).get("/dossiers/disputes/").content.decode())
    for words in (case.title, "P. Tân Hưng", "P. Tân Thuận", "bên được đề nghị không nhận", "X. Nhà Bè"):
        assert words.removeprefix("P. ").removeprefix("X. ") in text
    assert case.subject_name not in text
    assert 'href="/dossiers/disputes/"' in text


def test_silence_waits_only_past_its_time(stage: Stage) -> None:
    dossier_id, _ = offered(stage)
    assert waiting(stage) == {}
    with acting_at(now() + timedelta(days=7)):
        assert waiting(stage) == {dossier_id: "silent"}


def test_the_bound_of_hops_waits_and_one_that_was_settled_otherwise_does_not(stage: Stage) -> None:
    dossier_id, offer = offered(stage)
    neighbour, stranger = stage.cast.of(f"chutich.{TAN_THUAN}"), stage.cast.stranger
    with entered(neighbour):
        handing.accept_offer(actor=neighbour, offer_id=offer, key=uuid4())
        assert waiting(stage) == {}
    with entered(neighbour):
        words = {"to_unit_id": stranger.unit_id or 0, "reason": WHY}
        again = handing.offer_case(actor=neighbour, case_id=dossier_id, key=uuid4(), **words)  # type: ignore[arg-type]
    with entered(stranger):
        handing.accept_offer(actor=stranger, offer_id=again, key=uuid4())
    assert waiting(stage) == {dossier_id: "bound"}


def test_a_refused_case_that_another_unit_is_asked_to_take_no_longer_waits(stage: Stage) -> None:
    dossier_id = refused(stage)
    with entered(stage.worker):
        values = {"case_id": dossier_id, "to_unit_id": stage.cast.unit_id(NHA_BE), "reason": WHY}
        offer = handing.offer_case(actor=stage.worker, key=uuid4(), **values)  # type: ignore[arg-type]
    assert waiting(stage) == {}
    with entered(stage.worker):
        handing.withdraw_offer(actor=stage.worker, offer_id=offer, key=uuid4())
    assert waiting(stage) == {dossier_id: "refused"}


def test_the_city_decides_the_journal_says_so_and_the_promise_stays(stage: Stage) -> None:
    dossier_id = refused(stage)
    before, city = stage.dossier(dossier_id).case, stage.browser(stage.cast.city)
    asked = unescape(city.get(f"/dossiers/{dossier_id}/arbitrate/").content.decode())
    for words in (WHY, WHY_NOT, "Nhà Bè", "đang chịu trách nhiệm"):
        assert words in asked
    assert before.subject_name not in asked
    key = uuid4()
    for _ in range(2):
        done = stage.post(city, dossier_id, "arbitrate", key=key, **decision(stage, NHA_BE))
        assert done.status_code == 302
    after = stage.dossier(dossier_id).case
    assert after.responsible_unit_id == stage.cast.unit_id(NHA_BE)
    assert (after.due_at, after.promised_at, after.hops) == (before.due_at, before.promised_at, 1)
    assert stage.told(dossier_id)[-1] == "case.arbitrated"
    kept = last_hop(dossier_id)
    assert (kept.state, kept.from_unit_id, kept.to_unit_id, kept.proposed_unit_id) == (
        "arbitrated",
        stage.cast.unit_id(TAN_HUNG),
        stage.cast.unit_id(NHA_BE),
        stage.cast.unit_id(NHA_BE),
    )
    assert waiting(stage) == {}
    assert "Bên phân xử giao" in unescape(city.get(done["Location"]).content.decode())
    told = unescape(stage.browser(stage.worker).get(f"/dossiers/{dossier_id}/").content.decode())
    assert "Theo nơi cư trú" in told


def test_it_may_stay_where_it_is_and_is_settled_all_the_same(stage: Stage) -> None:
    dossier_id = refused(stage)
    city = stage.browser(stage.cast.city)
    assert stage.post(city, dossier_id, "arbitrate", **decision(stage, TAN_HUNG)).status_code == 302
    case, kept = stage.dossier(dossier_id).case, last_hop(dossier_id)
    assert (case.responsible_unit_id, case.hops) == (stage.cast.unit_id(TAN_HUNG), 0)
    assert (kept.from_unit_id, kept.proposed_unit_id) == (case.responsible_unit_id, case.responsible_unit_id)
    assert waiting(stage) == {}
    late = stage.post(city, dossier_id, "arbitrate", **decision(stage, NHA_BE))
    assert late.status_code == 409
    assert "arbiter.no_dispute" in late.content.decode()


@pytest.mark.parametrize("typed", ["tan my", "Phường Tân Mỹ"])
def test_another_unit_is_found_by_its_name_without_accents(stage: Stage, typed: str) -> None:
    dossier_id = refused(stage)
    words = {"party": 0, "another": typed, "reason": "Theo nơi cư trú"}
    done = stage.post(stage.browser(stage.cast.city), dossier_id, "arbitrate", **words)
    assert done.status_code == 302
    assert stage.dossier(dossier_id).case.responsible_unit_id == stage.cast.unit_id(TAN_MY)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Lý do phân xử"),
        ({"party": ""}, "Hãy chọn đơn vị giải quyết."),
        ({"party": 0, "another": "khong co"}, "Không có phường, xã nào tên như vậy"),
        ({"party": 0, "another": ""}, "Không có phường, xã nào tên như vậy"),
        ({"party": 0, "another": "tan"}, "Có nhiều đơn vị tên gần như vậy"),
    ],
)
def test_what_lacks_is_said_and_nothing_is_decided(
    stage: Stage, changes: dict[str, object], sentence: str
) -> None:
    dossier_id = refused(stage)
    told = stage.told(dossier_id)
    back = stage.post(
        stage.browser(stage.cast.city), dossier_id, "arbitrate", **decision(stage, NHA_BE, **changes)
    )
    assert back.status_code == 422
    assert sentence in unescape(back.content.decode())
    assert stage.told(dossier_id) == told


def test_no_other_unit_sees_the_dispute_or_settles_it(stage: Stage) -> None:
    dossier_id = refused(stage)
    told = stage.told(dossier_id)
    for actor in (stage.worker, stage.cast.neighbour, stage.cast.stranger):
        assert waiting(stage, actor) == {}
        browser, seen = stage.browser(actor), 404 if actor is stage.cast.stranger else 409
        assert browser.get(f"/dossiers/{dossier_id}/arbitrate/").status_code == seen
        assert stage.post(browser, dossier_id, "arbitrate", **decision(stage, NHA_BE)).status_code == seen
        assert 'href="/dossiers/disputes/"' not in browser.get("/desk/").content.decode()
    assert stage.told(dossier_id) == told


def test_the_lead_that_a_plan_names_decides_and_the_city_does_not(stage: Stage) -> None:
    dossier_id = refused(stage)
    with entered(SYSTEM):
        Arbiter.objects.create(case_id=dossier_id, unit_id=stage.worker.unit_id, source="Kế hoạch thử nghiệm")
    assert waiting(stage) == {}
    assert waiting(stage, stage.worker) == {dossier_id: "refused"}
    city = stage.post(stage.browser(stage.cast.city), dossier_id, "arbitrate", **decision(stage, NHA_BE))
    assert city.status_code == 409
    own = stage.browser(stage.worker)
    assert f"/dossiers/{dossier_id}/arbitrate/" in own.get("/dossiers/disputes/").content.decode()
    assert stage.post(own, dossier_id, "arbitrate", **decision(stage, NHA_BE)).status_code == 302


def test_the_list_is_one_statement_and_its_page_two_besides_the_frame(stage: Stage, spent: Spent) -> None:
    for _ in range(3):
        refused(stage)
    with entered(stage.cast.city):
        assert len(spent(lambda: disputes(stage.cast.city, now()))) == 1
        page = disputes(stage.cast.city, now(), limit=2)
        rest = disputes(stage.cast.city, now(), page[1].offer_id, 2)
    assert (len(page), len(rest)) == (3, 1)
    browser = stage.browser(stage.cast.city)
    browser.get("/dossiers/disputes/")
    frame = spent(lambda: posts_of(stage.cast.city.account_id or 0, now().date()))
    whole = spent(lambda: browser.get("/dossiers/disputes/"))
    assert len(whole) <= len(frame) + 4, "\n".join(sql[:90] for sql in whole)


def test_the_city_sees_the_matter_and_not_the_person(stage: Stage) -> None:
    dossier_id = refused(stage)
    name = stage.dossier(dossier_id).case.subject_name
    city = stage.browser(stage.cast.city)
    for address in (
        "",
        "arbitrate/",
        "assign/",
        "offer/",
        "correct/",
        "pay/",
        "charge/",
        "reuse/",
        "attach/",
    ):
        text = unescape(city.get(f"/dossiers/{dossier_id}/{address}").content.decode())
        assert name not in text, address
        assert "0900000123" not in text and "Khu phố 1" not in text, address
    own = unescape(stage.browser(stage.worker).get(f"/dossiers/{dossier_id}/").content.decode())
    assert name in own and "0900000123" in own
    code = stage.dossier(dossier_id).case.code
    with entered(stage.cast.city):
        assert [(row.code, row.subject_name) for row in search(stage.cast.city, code)] == [(code, "")]


def test_the_city_reads_no_proposal_and_no_opinion(stage: Stage) -> None:
    dossier_id = stage.awaiting()
    text = unescape(stage.browser(stage.cast.city).get(f"/dossiers/{dossier_id}/").content.decode())
    assert "Đủ điều kiện" not in text
    assert "thông tin của người nộp chỉ đơn vị giải quyết xem" in text

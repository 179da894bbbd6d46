"""The register's forms: each does it, is refused with a sentence, and is closed to who may not."""

from typing import Any

import pytest

from lienthong.core.journal.models import Entry
from lienthong.mandate.competence.models import (
    CompetenceRule,
    Delegation,
    DraftChange,
    Task,
    TaskBasis,
    WorkAssignment,
)
from tests.cast import NHA_BE, PROVINCE, TAN_HUNG
from tests.mandate.competence.pages.conftest import FIELD, Register, keyed, post_of, words

pytestmark = pytest.mark.django_db


def rule(register: Register, **changed: Any) -> dict[str, Any]:
    given = {
        "task": "",
        "field": FIELD,
        "role": "lead",
        "body_kind": "office",
        "reach": "province",
        "instrument": str(register.ids["instrument_id"]),
        "confidence": "assumption",
        "division": "not_stated",
        "valid_from": "01/01/2026",
    }
    return keyed(**{**given, **changed})


def last_verb() -> str:
    return Entry.objects.latest("pk").verb


def test_a_standing_duty_is_registered_and_its_page_opens(register: Register) -> None:
    given = keyed(code="TX-99", name="Việc thử", field=FIELD)
    assert register.city().post("/register/tasks/register/", given)["Location"] == "/register/tasks/TX-99/"
    assert Task.objects.get(code="TX-99").kind == "standing" and last_verb() == "competence.task_registered"
    again = register.city().post("/register/tasks/register/", keyed(code="TX-99", name="Khác", field=FIELD))
    assert again.status_code == 409 and "TX-99 đã có" in words(again)
    assert register.city().post("/register/tasks/register/", keyed(code="a b")).status_code == 422


def test_a_rule_is_added_and_a_second_lead_leads_to_the_one_that_stands(register: Register) -> None:
    browser = register.city()
    added = browser.post("/register/rules/add/", rule(register))
    standing = CompetenceRule.objects.get(reach_key=f"province:{PROVINCE}", subject_key=f"field:{FIELD}")
    assert added["Location"] == f"/register/rules/{standing.pk}/" and last_verb() == "competence.rule_added"
    again = browser.post("/register/rules/add/", rule(register, body_kind="economy"))
    assert again.status_code == 409 and "Đã có cơ quan chủ trì" in words(again)
    assert f'href="/register/rules/{standing.pk}/"' in again.content.decode()
    assert 'value="economy" selected' in again.content.decode()


MISSING: list[tuple[dict[str, str], str]] = [
    ({"reach": "unit"}, "hãy chọn đơn vị"),
    ({"reach": "type"}, "hãy chọn loại đơn vị"),
    ({"task": "2.000815"}, "không cả hai"),
    ({"field": ""}, "không cả hai"),
    ({"valid_from": "32/01/2026"}, "Ngày không đúng"),
    ({"instrument": ""}, "Hãy chọn văn bản"),
]


def test_what_is_missing_in_a_rule_is_said(register: Register) -> None:
    browser = register.city()
    for changed, sentence in MISSING:
        answer = browser.post("/register/rules/add/", rule(register, **changed))
        assert answer.status_code == 422 and sentence in words(answer), changed


def test_a_rule_is_amended_and_ended_and_the_former_record_stays(register: Register) -> None:
    browser, rule_id = register.city(), register.ids["rule_id"]
    assert "Sửa quy định" in words(browser.get(f"/register/rules/{rule_id}/amend/"))
    changed = rule(register, task=register.task, field="", reach="unit", unit=TAN_HUNG, body_kind="economy")
    assert browser.post(f"/register/rules/{rule_id}/amend/", changed).status_code == 302
    amended = CompetenceRule.objects.get(replaces=rule_id)
    assert amended.body_kind == "economy"
    assert CompetenceRule.objects.get(pk=rule_id).superseded_at is not None
    ended = browser.post(f"/register/rules/{amended.pk}/end/", keyed(valid_to="01/12/2026"))
    assert ended["Location"] == "/register/rules/" and last_verb() == "competence.rule_ended"
    assert "bản ghi đã thay" in words(browser.get(f"/register/tasks/{register.task}/"))


def test_a_basis_is_added_and_ended(register: Register) -> None:
    browser = register.city()
    given = rule(register, task=register.task, field="", valid_from="01/02/2026")
    assert browser.post("/register/bases/add/", given)["Location"] == f"/register/tasks/{register.task}/"
    ended = browser.post(f"/register/bases/{register.ids['basis_id']}/end/", keyed(valid_to="01/12/2026"))
    assert ended.status_code == 302
    assert TaskBasis.objects.get(pk=register.ids["basis_id"]).superseded_at is not None


def test_an_instrument_is_given_its_end(register: Register) -> None:
    path = f"/register/instruments/{register.ids['instrument_id']}/end/"
    assert register.city().post(path, keyed(ends_on="01/03/2029", by_number="")).status_code == 422
    assert (
        register.city().post(path, keyed(ends_on="01/03/2029", by_number="1/2026/NĐ-CP")).status_code == 302
    )
    page = words(register.city().get("/register/instruments/?q=quy dinh to chuc 150/2025"))
    assert "hết hiệu lực từ 01/03/2029" in page and "23/2015" not in page
    assert "Không có văn bản nào như vậy" in words(register.city().get("/register/instruments/?q=zzzz"))


def test_only_the_city_enters_what_divides_authority(register: Register) -> None:
    cast = register.cast
    for who in (cast.chair, cast.administrator, cast.clerk, cast.stranger):
        browser = register.as_officer(who)
        for path in ("tasks/register/", "rules/add/", "bases/add/", f"rules/{register.ids['rule_id']}/end/"):
            assert browser.get(f"/register/{path}").status_code == 404, path
            assert browser.post(f"/register/{path}", rule(register)).status_code == 404, path


def test_fields_are_reassigned_in_one_decision(register: Register) -> None:
    browser, chair = register.chair(), post_of(register.cast, "chair")
    form = browser.get("/register/assignments/reassign/").context["form"]
    now = {f"row_{place}": row[3] for place, row in enumerate(form.rows)}
    places = {row[0]: f"row_{place}" for place, row in enumerate(form.rows)}
    decision = {"decision": "QĐ 09/QĐ-UBND", "decision_on": "20/11/2026", "valid_from": "01/12/2026"}
    same = browser.post("/register/assignments/reassign/", keyed(**now, **decision))
    assert same.status_code == 422 and "Chưa có dòng nào thay đổi" in words(same)
    now |= {places[f"field:{FIELD}"]: str(chair), "new_task_0": register.task}
    half = browser.post("/register/assignments/reassign/", keyed(**now, **decision))
    assert half.status_code == 422 and "để trống cả hai" in words(half)
    now |= {"new_post_0": str(post_of(register.cast, "vice_chair"))}
    assert browser.post("/register/assignments/reassign/", keyed(**now, **decision)).status_code == 302
    made = WorkAssignment.objects.filter(instrument_text="QĐ 09/QĐ-UBND", superseded_at=None)
    assert set(made.values_list("subject_key", flat=True)) == {f"field:{FIELD}", f"task:{register.task}"}
    history = words(browser.get("/register/assignments/?history=1"))
    assert "QĐ 09/QĐ-UBND" in history and "đã thay bằng bản ghi khác" in history


def test_an_assignment_is_ended_by_its_own_unit_only(register: Register) -> None:
    path = f"/register/assignments/{register.ids['assignment_id']}/end/"
    assert register.as_officer(register.cast.stranger).get(path).status_code == 404
    assert register.chair().post(path, keyed(valid_to="01/12/2026")).status_code == 302
    assert last_verb() == "competence.work_ended"


def grant(register: Register, **changed: Any) -> dict[str, Any]:
    given = {
        "grantor_post": str(post_of(register.cast, "chair")),
        "grantee_post": str(post_of(register.cast, "one_stop_clerk")),
        "tasks": [register.task],
        "acts": ["sign"],
        "valid_from": "01/11/2026",
        "valid_to": "01/11/2027",
        "number": "06/GUQ-UBND",
        "signed_on": "30/10/2026",
        "degree_text": "cử nhân luật",
        "degree_evidence": "",
    }
    return keyed(**{**given, **changed})


def test_a_delegation_is_granted_and_revoked(register: Register) -> None:
    browser = register.chair()
    assert "không ai" not in words(browser.get("/register/delegations/grant/"))
    bare = browser.post("/register/delegations/grant/", grant(register))
    assert bare.status_code == 409 and "cử nhân luật" in words(bare)
    years = {"practice_amount": "3", "practice_evidence": "QĐ 12/QĐ-UBND"}
    nameless = browser.post("/register/delegations/grant/", grant(register, degree_text="", **years))
    assert nameless.status_code == 422 and "Chưa ghi nội dung của điều kiện" in words(nameless)
    given = grant(register, degree_text="", practice_text="công tác tư pháp", **years)
    page = browser.post("/register/delegations/grant/", given)
    made = Delegation.objects.get(number="06/GUQ-UBND")
    assert page["Location"] == f"/register/delegations/{made.pk}/"
    revoke = f"/register/delegations/{made.pk}/revoke/"
    assert browser.post(revoke, keyed(from_day="01/12/2026", reason="")).status_code == 422
    assert browser.post(revoke, keyed(from_day="01/12/2026", reason="Đổi người")).status_code == 302
    assert last_verb() == "competence.delegation_revoked"
    assert "Đổi người" in words(browser.get(f"/register/delegations/{made.pk}/"))


def test_a_delegation_needs_tasks_acts_and_an_end(register: Register) -> None:
    answer = register.chair().post(
        "/register/delegations/grant/", grant(register, tasks=[], acts=[], valid_to="")
    )
    page = words(answer)
    assert answer.status_code == 422
    assert "ít nhất một nhiệm vụ" in page and "ít nhất một việc" in page and "Hãy ghi ngày" in page


def test_a_draft_takes_changes_and_they_are_withdrawn(register: Register) -> None:
    browser, path = register.city(), f"/register/drafts/{register.ids['draft_id']}/"
    given = rule(register, on="01/03/2027", subject_key=f"field:{FIELD}", note="thử")
    for kind in ("instrument_ends", "instrument_extends", "basis_added", "rule_added"):
        assert browser.post(f"{path}add/?kind={kind}", {**given, **keyed()}).status_code == 302, kind
        assert DraftChange.objects.get(draft_id=register.ids["draft_id"], kind=kind, note="thử")
    page = words(browser.get(path))
    assert "150/2025/NĐ-CP" in page and "giả định" in page and "Kiểm tra phương án" in page
    made = DraftChange.objects.get(kind="rule_added", note="thử")
    assert browser.post(f"/register/drafts/changes/{made.pk}/withdraw/", keyed()).status_code == 302
    assert "1 thay đổi đã rút" in words(browser.get(path))


def test_the_city_picks_a_unit_and_then_what_of_it_is_to_change(register: Register) -> None:
    browser, draft = register.city(), f"/register/drafts/{register.ids['draft_id']}/add/"
    vice_chair = str(post_of(register.cast, "vice_chair"))
    kinds = {
        "post_vacant": {"post": vice_chair, "valid_from": "01/12/2026"},
        "assignment_ended": {"assignment": register.ids["assignment_id"], "on": "01/12/2026"},
        "delegation_ended": {"delegation": register.ids["delegation_id"], "on": "01/12/2026"},
    }
    for kind, given in kinds.items():
        first = browser.get(f"{draft}?kind={kind}")
        assert "Chọn đơn vị trước" in words(first) and 'form="entry"' not in first.content.decode(), kind
        asked = f"{draft}?kind={kind}&unit={TAN_HUNG}"
        named = next(iter(given.values()))
        assert f'<option value="{named}">' in browser.get(asked).content.decode(), kind
        assert browser.post(asked, keyed(**given, confidence="assumption")).status_code == 302, kind
        assert browser.post(f"{draft}?kind={kind}&unit={NHA_BE}", keyed(**given)).status_code == 422, kind


def test_the_rule_to_end_is_found_by_its_words(register: Register) -> None:
    browser, rule_id = register.city(), register.ids["rule_id"]
    asked = f"/register/drafts/{register.ids['draft_id']}/add/?kind=rule_ended"
    found = browser.get(f"{asked}&q={register.task}").content.decode()
    assert f'<option value="{rule_id}">' in found
    assert "Không quy định nào khớp" in words(browser.get(f"{asked}&q=zzzz"))
    given = keyed(rule=rule_id, on="01/03/2027", confidence="assumption")
    assert browser.post(f"{asked}&q={register.task}", given).status_code == 302
    assert browser.post(f"{asked}&q=zzzz", {**given, **keyed()}).status_code == 422
    assert browser.post(asked.replace("rule_ended", "units_merged"), keyed()).status_code == 422


def test_a_draft_is_opened_and_closed(register: Register) -> None:
    browser = register.as_officer(register.cast.administrator)
    opened = browser.post("/register/drafts/open/", keyed(name="Phương án của phường"))
    assert opened.status_code == 302 and last_verb() == "competence.draft_opened"
    browser.post(f"{opened['Location']}close/", keyed())
    assert last_verb() == "competence.draft_closed"
    assert register.as_officer(register.cast.clerk).get("/register/drafts/").status_code == 404

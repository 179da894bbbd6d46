"""An office's own software, acting for an officer's post: the same rules as on the page."""

from uuid import uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.scope.actions import entered
from lienthong.people.organisation.enums import BodyKind
from lienthong.work.dossiers.queries import find_dossier
from tests.cast import Cast
from tests.fronts.api.conftest import Portal, Registered, problem, told
from tests.work.dossiers.stage import received

pytestmark = pytest.mark.django_db
SCOPES = ["desk:read", "desk:act"]


def step(desk: Portal, dossier_id: int, verb: str, **words: object):  # type: ignore[no-untyped-def]
    return desk.post(f"/desk/dossiers/{dossier_id}/{verb}", words)


def test_a_matter_goes_its_whole_way_over_http(registered: Registered, cast: Cast) -> None:
    worker, head = cast.specialist_in(BodyKind.OFFICE), cast.head_of(BodyKind.OFFICE)
    at_work, at_head = registered(SCOPES, officer=worker), registered(SCOPES, officer=head)
    dossier_id = received(cast.clerk).dossier_id
    assert step(at_head, dossier_id, "assign", to_post_id=worker.post_id).status_code == 200
    assert told(step(at_work, dossier_id, "take_up"))["state"] == "in_progress"
    words = {"grants": True, "text": "Đủ điều kiện", "basis": "Luật Hộ tịch"}
    assert told(step(at_work, dossier_id, "propose_and_submit", **words))["state"] == "awaiting_approval"
    with entered(cast.clerk):
        holder = find_dossier(cast.clerk, dossier_id).case.holder_id
    leader = next(one for one in (cast.chair, cast.vice_chair, cast.director) if one.post_id == holder)
    at_top = registered(SCOPES, officer=leader)
    assert told(step(at_top, dossier_id, "approve"))["state"] == "approved"
    done = told(step(at_work, dossier_id, "complete", result_number="01/TLKS", result_summary="Trích lục"))
    assert done["state"] == "completed"
    with entered(cast.clerk):
        lines = timeline(dossier_id)
    assert lines[-1].post_id == worker.post_id
    approved = next(line for line in lines if line.verb == "dossier.approved")
    assert f"phần mềm làm thay, bên kết nối và mã truy cập số {at_top.client_id}." in approved.sentence
    assert "phần mềm làm thay" not in lines[0].sentence


def test_the_worklist_of_the_post_goes_on_from_its_mark(registered: Registered, cast: Cast) -> None:
    worker, head = cast.specialist_in(BodyKind.OFFICE), cast.head_of(BodyKind.OFFICE)
    desk, at_head = registered(SCOPES, officer=worker), registered(SCOPES, officer=head)
    wanted = [received(cast.clerk, number=f"07919000{n:04d}").dossier_id for n in range(3)]
    for dossier_id in wanted:
        step(at_head, dossier_id, "assign", to_post_id=worker.post_id)
    first = told(desk.get("/desk/worklist", limit=2))
    rest = told(desk.get("/desk/worklist", limit=2, after=first["next"]))
    assert [row["id"] for row in first["items"] + rest["items"]] == wanted and rest["next"] == ""
    assert first["items"][0]["status"]["code"] == "4" and first["items"][0]["applicant"]


def test_the_same_refusals_as_on_the_page(desk: Portal, registered: Registered, cast: Cast) -> None:
    dossier_id = received(cast.clerk).dossier_id
    problem(step(desk, dossier_id, "take_up"), 403, "dossier.other_holder")
    problem(step(desk, dossier_id, "approve"), 409, "lifecycle.state")
    problem(step(desk, dossier_id, "propose"), 422, "api.fields")
    problem(step(desk, dossier_id, "burn"), 422, "api.fields")
    stranger = registered(SCOPES, officer=cast.stranger)
    problem(step(stranger, dossier_id, "take_up"), 404, "not_found")
    problem(step(stranger, 10**12, "take_up"), 404, "not_found")


def test_two_at_once_the_second_is_told_who_was_first(registered: Registered, cast: Cast) -> None:
    worker, head = cast.specialist_in(BodyKind.OFFICE), cast.head_of(BodyKind.OFFICE)
    at_head = registered(SCOPES, officer=head)
    dossier_id = received(cast.clerk).dossier_id
    version = told(step(at_head, dossier_id, "assign", to_post_id=worker.post_id))["version"]
    answer = step(at_head, dossier_id, "assign", to_post_id=worker.post_id, version=version - 1)
    assert head.name in problem(answer, 409, "dossier.changed")["detail"]


def test_a_step_sent_again_is_done_once(registered: Registered, cast: Cast) -> None:
    worker, head = cast.specialist_in(BodyKind.OFFICE), cast.head_of(BodyKind.OFFICE)
    at_head, key = registered(SCOPES, officer=head), uuid4()
    dossier_id = received(cast.clerk).dossier_id
    path, words = f"/desk/dossiers/{dossier_id}/assign", {"to_post_id": worker.post_id}
    first, again = at_head.post(path, words, key), at_head.post(path, words, key)
    assert told(first) == told(again) and again.status_code == 200
    with entered(cast.clerk):
        assert [line.verb for line in timeline(dossier_id)].count("dossier.assigned") == 1

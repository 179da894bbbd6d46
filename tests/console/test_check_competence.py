"""`lienthong check competence`: counts first, then the findings by unit; exit 1 where one is worse than a lapse."""

import json
from datetime import date
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.mandate.competence.actions import assign_work
from lienthong.mandate.competence.enums import AssignedDuty
from lienthong.mandate.competence.models import Draft, DraftChange
from lienthong.people.organisation.models import Appointment, Post
from tests.cast import SIX, TAN_HUNG, Cast

FIRST, LAST = "02/11/2026", "02/11/2028"
VACANT = date(2027, 2, 1)

pytestmark = pytest.mark.django_db


def check(*options: str) -> tuple[str, int]:
    """What it prints, and its exit code."""
    out = StringIO()
    try:
        call_command("check", "competence", "--from", FIRST, "--to", LAST, *options, stdout=out)
    except SystemExit as left:
        return out.getvalue(), int(str(left.code))
    return out.getvalue(), 0


def found(*options: str) -> dict[str, Any]:
    text, _code = check("--json", *options)
    told: dict[str, Any] = json.loads(text)
    return told


def in_the_six(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The other units of the city have no officers in a test's database."""
    return [one for one in told if one["unit"] in SIX]


@pytest.fixture
def vacancy(cast: Cast) -> int:
    """The head of the economy department of Tân Hưng leaves on 1 February 2027."""
    post = Post.objects.get(pk=cast.head.post_id)
    with entered(SYSTEM):
        seat = Appointment.objects.get(post=post)
        seat.valid_during = (seat.valid_during.lower, VACANT)
        seat.save()
    return post.pk


def test_counts_come_first_and_units_without_officers_are_gaps() -> None:
    text, code = check()
    head = text.splitlines()
    assert "168 đơn vị, từ 02/11/2026 đến trước 02/11/2028" in head[0]
    assert head[1].endswith("khoảng trống")
    assert code == 1, "162 units have no officers here"


def test_what_is_found_in_a_unit_stands_under_its_name(vacancy: int) -> None:
    text, _code = check()
    under = text[text.index(f"\n{TAN_HUNG} ") :].splitlines()[2:]
    said = next(number for number, line in enumerate(under) if "từ 01/02/2027" in line)
    assert all(line.startswith("  ") for line in under[: said + 2])
    assert "vị trí đang trống" in under[said] and "nhiệm vụ → Bố trí người giữ vị trí" in under[said + 1]


def test_as_json_a_finding_has_its_days_its_tasks_and_what_mends_it(vacancy: int) -> None:
    told = in_the_six(found()["found"])
    (gap,) = [one for one in told if one["code"] == "no_holder"]
    assert (gap["unit"], gap["since"], gap["until"], gap["mend"]) == (TAN_HUNG, "2027-02-01", None, "appoint")
    assert gap["data"]["post"] == str(vacancy) and len(gap["tasks"]) > 20
    (lapse,) = [one for one in told if one["kind"] == "lapse"]
    assert (lapse["code"], lapse["since"]) == ("appointment", "2027-02-01")
    (again,) = [one for one in in_the_six(found("--ahead", "10")["found"]) if one["since"] == "2027-02-01"]
    assert again["kind"] == "gap"


def test_a_draft_tells_what_appears_and_what_vanishes(vacancy: int) -> None:
    with entered(SYSTEM):
        draft = Draft.objects.create(name="Vị trí trống")
        DraftChange.objects.create(
            draft=draft, kind="post_vacant", data={"post": vacancy, "from": "2027-01-15", "to": None}
        )
    told = found("--draft", str(draft.pk), "--ahead", "0")
    (appeared,) = told["appeared"]
    assert (appeared["code"], appeared["since"], appeared["until"]) == (
        "no_holder",
        "2027-01-15",
        "2027-02-01",
    )
    assert told["vanished"] == []
    text, code = check("--draft", str(draft.pk))
    assert "Theo phương án, phát hiện thêm:" in text and code == 1


def test_a_draft_without_changes_changes_nothing() -> None:
    with entered(SYSTEM):
        draft = Draft.objects.create(name="Chưa có gì")
    text, code = check("--draft", str(draft.pk))
    assert code == 0 and "Nhiều đơn vị" not in text


def test_only_lapses_are_no_failure(cast: Cast) -> None:
    """A leader in charge leaves: the Chair approves, and nothing is without an answer."""
    with entered(SYSTEM):
        assign_work(
            actor=SYSTEM,
            key=uuid4(),
            unit_id=cast.unit_id(TAN_HUNG),
            subject_key="field:Đất đai",
            duty=AssignedDuty.APPROVAL,
            post_id=cast.vice_chair.post_id or 0,
            valid_from=date(2026, 1, 1),
        )
        draft = Draft.objects.create(name="Phó Chủ tịch chuyển công tác")
        data = {"post": cast.vice_chair.post_id, "from": "2027-01-15", "to": None}
        DraftChange.objects.create(draft=draft, kind="post_vacant", data=data)
    text, code = check("--draft", str(draft.pk))
    assert "Bổ nhiệm sắp hết" in text and code == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--draft", "999999"), "Không"),
        (("--to", "01/11/2026"), "Ngày cuối phải sau ngày đầu"),
        (("--province", "00"), "Không có đơn vị nào của tỉnh 00"),
        (("--from", "32/13/2026"), "ngày"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(options: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("check", "competence", "--from", FIRST, "--to", LAST, *options, stdout=StringIO())

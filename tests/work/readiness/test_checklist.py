"""Ready or not: what the database knows is counted, the rest is seen by somebody on a day, history is kept."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import set_office_hours
from lienthong.core.workdays.queries import today
from lienthong.people.identity.models import Account
from lienthong.people.organisation.queries import unit_by_code, units_of_province
from lienthong.work.dossiers.access import dossiers_open_to
from lienthong.work.dossiers.actions.ending import return_result
from lienthong.work.dossiers.actions.process import complete_dossier
from lienthong.work.dossiers.actions.take_over import take_over_dossiers
from lienthong.work.readiness.access import find_unit
from lienthong.work.readiness.actions import go_live, tick_item
from lienthong.work.readiness.enums import COMPUTED, Item
from lienthong.work.readiness.models import GoLive, Tick
from lienthong.work.readiness.queries import standing_of, standings, ticks_of
from lienthong.work.readiness.values import Cell, Standing
from tests.cast import NHA_BE, PROVINCE, TAN_HUNG, Cast
from tests.work.dossiers.test_take_over import one

pytestmark = pytest.mark.django_db
SEEN = [item for item in Item if item not in COMPUTED]


def standing(actor: Actor, code: str = TAN_HUNG) -> Standing:
    with entered(actor):
        return standing_of(unit_by_code(code, today()), today())


def cell(actor: Actor, item: str) -> Cell:
    return standing(actor).cell(item)


def ticked(actor: Actor, item: Item, *, is_done: bool = True, note: str = "", code: str = TAN_HUNG) -> int:
    with entered(actor):
        unit_id = unit_by_code(code, today()).id
        return tick_item(
            actor=actor, key=uuid4(), unit_id=unit_id, item=item, is_done=is_done, seen_on=today(), note=note
        )


def refusal(actor: Actor, item: Item, **more: object) -> str:
    with pytest.raises(Refused) as caught:
        ticked(actor, item, **more)  # type: ignore[arg-type]
    return caught.value.refusal.code


def gone_live(actor: Actor, reason: str = "", live_on: date | None = None, code: str = TAN_HUNG) -> int:
    with entered(actor):
        unit_id = unit_by_code(code, today()).id
        return go_live(actor=actor, key=uuid4(), unit_id=unit_id, live_on=live_on or today(), reason=reason)


def test_at_first_nothing_was_seen_and_nobody_has_signed_in(cast: Cast) -> None:
    found = standing(cast.administrator)
    assert [one_cell.item for one_cell in found.cells] == [str(item) for item in Item]
    assert {one_cell.words for one_cell in found.cells if one_cell.item in SEEN} == {"chưa kiểm tra"}
    assert any("chưa đăng nhập" in lack for lack in found.cell(Item.PEOPLE).lacks)
    assert found.live_on is None


def test_what_was_seen_is_told_with_its_day_and_the_former_word_is_kept(cast: Cast) -> None:
    ticked(cast.administrator, Item.LINES, is_done=False, note="Chưa có đường dự phòng")
    assert cell(cast.administrator, Item.LINES).lacks == ("Chưa có đường dự phòng",)
    ticked(cast.administrator, Item.LINES)
    assert cell(cast.administrator, Item.LINES).is_ready
    with entered(cast.administrator):
        lines = ticks_of(cast.administrator.unit_id or 0, Item.LINES)
    assert [line.is_done for line in lines] == [True, False] and lines[0].by == cast.administrator.name


def test_the_journal_says_so(cast: Cast) -> None:
    ticked(cast.administrator, Item.SEALS)
    with entered(cast.administrator):
        entry = last_entry("readiness.ticked")
    assert entry.subject_id == cast.administrator.unit_id and entry.data["word"] == "seals"


def test_the_same_key_is_one_row(cast: Cast) -> None:
    key, unit_id = uuid4(), cast.administrator.unit_id or 0
    with entered(cast.administrator):
        ids = {
            tick_item(
                actor=cast.administrator,
                key=key,
                unit_id=unit_id,
                item=Item.SEALS,
                is_done=True,
                seen_on=today(),
            )
            for _again in range(2)
        }
        assert len(ids) == 1 and Tick.objects.filter(unit_id=unit_id).count() == 1


def test_what_is_counted_cannot_be_ticked_and_what_lacks_needs_a_word(cast: Cast) -> None:
    assert refusal(cast.administrator, Item.PEOPLE) == "readiness.computed"
    assert refusal(cast.administrator, Item.LINES, is_done=False) == "readiness.no_reason"
    assert refusal(cast.administrator, Item.LINES, note="x" * 401) == "readiness.note_long"
    assert refusal(cast.clerk, Item.LINES) == "readiness.not_allowed"


def test_a_day_to_come_is_refused(cast: Cast) -> None:
    with entered(cast.administrator), pytest.raises(Refused) as caught:
        tick_item(
            actor=cast.administrator,
            key=uuid4(),
            unit_id=cast.administrator.unit_id or 0,
            item=Item.LINES,
            is_done=True,
            seen_on=today() + timedelta(days=1),
        )
    assert caught.value.refusal.code == "readiness.future"


def test_another_unit_neither_sees_nor_ticks_it(cast: Cast) -> None:
    ticked(cast.administrator, Item.LINES)
    stranger = cast.of(f"quantri.{NHA_BE}")
    with entered(stranger):
        with pytest.raises(NotFound):
            find_unit(stranger, TAN_HUNG, today())
        assert ticks_of(cast.administrator.unit_id or 0) == []
    with pytest.raises(NotFound):
        ticked(stranger, Item.LINES)


def test_the_city_sees_and_ticks_every_unit(cast: Cast) -> None:
    ticked(cast.city, Item.LINES)
    assert cell(cast.city, Item.LINES).is_ready and cell(cast.administrator, Item.LINES).is_ready


def test_people_are_ready_when_every_needed_post_is_held_and_has_signed_in(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE identity_account SET last_login = now()")
    assert cell(cast.administrator, Item.PEOPLE).is_ready
    Account.objects.filter(pk=cast.chair.account_id).update(is_active=False)
    assert cell(cast.administrator, Item.PEOPLE).lacks == ("“Chủ tịch UBND”: chưa có tài khoản",)


def test_code_and_hours_are_ready_when_both_are_set(cast: Cast) -> None:
    assert cell(cast.administrator, Item.OFFICE).lacks == ("chưa đặt giờ làm việc",)
    _set_hours()
    assert cell(cast.administrator, Item.OFFICE).is_ready


def test_a_dossier_carried_to_its_return_is_the_trial(cast: Cast) -> None:
    assert not cell(cast.administrator, Item.TRIAL).is_ready
    with entered(cast.administrator):
        take_over_dossiers(actor=cast.administrator, key=uuid4(), rows=[one()], source="thử")
    assert not cell(cast.administrator, Item.TRIAL).is_ready
    _finish_one(cast)
    assert cell(cast.administrator, Item.TRIAL).is_ready


def test_procedures_are_counted_by_what_the_counter_may_take(cast: Cast) -> None:
    found = cell(cast.administrator, Item.PROCEDURES)
    assert found.is_ready == (not found.lacks)
    assert "thủ tục nhận được" in found.words or found.lacks


def test_a_unit_goes_live_when_green_or_with_a_reason_and_once(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        gone_live(cast.city)
    assert (
        caught.value.refusal.code == "readiness.missing" and "đường truyền" in caught.value.refusal.sentence
    )
    gone_live(cast.city, "Chạy song song hai tuần theo Kế hoạch 01")
    with entered(cast.city):
        row = GoLive.objects.get()
        assert "lines" in row.missing and last_entry("readiness.gone_live").data["missing"] == row.missing
    assert standing(cast.administrator).live_on == today()
    with pytest.raises(Refused) as caught:
        gone_live(cast.city, "lần nữa")
    assert caught.value.refusal.code == "readiness.live_already"


def test_the_second_of_two_officers_who_decide_at_once_is_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing(cast.city)
    gone_live(cast.city, "Theo Kế hoạch 01")
    monkeypatch.setattr("lienthong.work.readiness.actions.standing_of", lambda unit, on: before)
    with pytest.raises(Refused) as caught:
        gone_live(cast.city, "Theo Kế hoạch 02")
    assert caught.value.refusal.code == "readiness.live_already"
    with entered(cast.city):
        assert GoLive.objects.get().reason == "Theo Kế hoạch 01"


def test_only_a_commune_level_unit_goes_live_and_a_stranger_finds_none(cast: Cast) -> None:
    with pytest.raises(NotFound):
        gone_live(cast.city, "cả thành phố", code=PROVINCE)
    with pytest.raises(NotFound):
        gone_live(cast.of(f"quantri.{NHA_BE}"), "sớm")


def test_only_the_city_decides_and_not_for_a_day_gone_by(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        gone_live(cast.administrator, "sớm")
    assert caught.value.refusal.code == "readiness.live_not_allowed"
    with pytest.raises(Refused) as caught:
        gone_live(cast.city, "sớm", today() - timedelta(days=1))
    assert caught.value.refusal.code == "readiness.live_past"


def test_a_green_unit_goes_live_without_a_word(cast: Cast) -> None:
    for item in SEEN:
        ticked(cast.administrator, item)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE identity_account SET last_login = now()")
    _set_hours()
    _finish_one(cast)
    found = standing(cast.city)
    if found.cell(Item.PROCEDURES).is_ready:
        gone_live(cast.city)
        with entered(cast.city):
            assert GoLive.objects.get().missing == []
    else:
        assert [lack.item for lack in found.missing] == [Item.PROCEDURES]


def test_all_units_of_the_province_are_six_statements(cast: Cast) -> None:
    with entered(cast.city), CaptureQueriesContext(connection) as seen:
        found = standings(units_of_province(PROVINCE, today()), today())
    assert len(found) == 168 and len(seen) <= 6
    assert sum(bool(one_standing.missing) for one_standing in found) == 168


def _set_hours() -> None:
    with entered(SYSTEM):
        set_office_hours(
            actor=SYSTEM,
            key=uuid4(),
            place=TAN_HUNG,
            hours=[("07:30", "11:30"), ("13:00", "17:00")],
            cutoff="",
            valid_from=today(),
            source="Nội quy 01/NQ",
            confidence="verified",
        )


def _finish_one(cast: Cast) -> None:
    """A dossier that is ready to be handed out, carried to its return."""
    row = one(9, state_word="Chờ trả kết quả", holder=cast.specialist.name)
    with entered(cast.administrator):
        take_over_dossiers(actor=cast.administrator, key=uuid4(), rows=[row], source="thử")
    with entered(cast.specialist):
        dossier_id = dossiers_open_to(cast.specialist).get(case__code=row.code).pk
        numbers = {"result_number": "01/GP", "result_summary": ""}
        complete_dossier(actor=cast.specialist, dossier_id=dossier_id, key=uuid4(), **numbers)
    with entered(cast.clerk):
        return_result(actor=cast.clerk, dossier_id=dossier_id, key=uuid4(), returned_to=row.applicant.name)


def last_entry(verb: str) -> Entry:
    """The newest journal row of an event."""
    return Entry.objects.filter(verb=verb).latest("id")

"""Bodies, posts, who sits in them and who answers when nobody does."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.values import SYSTEM
from lienthong.people.organisation import actions
from lienthong.people.organisation.actions import bodies
from lienthong.people.organisation.models import Appointment
from lienthong.people.organisation.queries import (
    agency_code_of,
    bodies_of,
    chair_of,
    groups_of,
    holder_of,
    holders_of,
    posts_of_unit,
    unit_by_code,
)
from tests.cast import NHA_BE, TAN_HUNG, Cast
from tests.people.conftest import Asked

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 3, tzinfo=UTC)


def _empty_unit() -> int:
    return unit_by_code("27259", DAY).id  # Xóm Chiếu: nobody works there in these tests


def _post(unit_id: int, body_id: int, kind: str = "specialist", title: str = "Chuyên viên") -> int:
    return actions.create_post(
        actor=SYSTEM, body_id=body_id, kind=kind, title=title, starts_on=date(2026, 1, 1)
    )


def _persons(unit_id: int, count: int) -> list[int]:
    names = [f"Cán bộ thử {n}" for n in range(count)]
    return actions.register_persons(actor=SYSTEM, unit_id=unit_id, names=names)


@pytest.mark.parametrize(
    ("code", "economy"), [(TAN_HUNG, "Phòng Kinh tế, Hạ tầng và Đô thị"), (NHA_BE, "Phòng Kinh tế")]
)
def test_a_unit_has_the_departments_of_its_type(cast: Cast, code: str, economy: str) -> None:
    bodies = {body.kind: body.name for body in bodies_of(cast.unit_id(code), DAY)}
    assert bodies["economy"] == economy
    assert bodies["service_centre"] == "Trung tâm Phục vụ hành chính công"
    assert len(bodies) == 9


def test_the_city_has_its_office_and_departments(cast: Cast) -> None:
    assert cast.city.unit_id is not None
    names = [body.name for body in bodies_of(cast.city.unit_id, DAY)]
    assert "Văn phòng Ủy ban nhân dân thành phố" in names
    assert "Sở Nội vụ" in names


def test_bodies_are_not_founded_twice(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.found_bodies(actor=SYSTEM, unit_id=cast.unit_id(TAN_HUNG), starts_on=DAY)
    assert refused.value.refusal.code == "body.exists"


def test_a_post_has_one_holder_at_a_time(cast: Cast) -> None:
    unit = _empty_unit()
    body = actions.found_bodies(actor=SYSTEM, unit_id=unit, starts_on=date(2026, 1, 1))[6]
    post = _post(unit, body.id)
    first, second = _persons(unit, 2)
    held = actions.appoint(actor=SYSTEM, post_id=post, person_id=first, starts_on=date(2026, 1, 1))
    with pytest.raises(Refused) as refused:
        actions.appoint(actor=SYSTEM, post_id=post, person_id=second, starts_on=DAY)
    assert refused.value.refusal.code == "post.held"
    actions.end_appointment(actor=SYSTEM, appointment_id=held, ends_on=DAY)
    actions.appoint(actor=SYSTEM, post_id=post, person_id=second, starts_on=DAY)
    holder = holder_of(post, AT)
    assert holder is not None
    assert (holder.person_id, holder.via) == (second, "appointed")


def test_the_database_itself_refuses_a_second_holder(cast: Cast) -> None:
    row = Appointment(
        post_id=cast.clerk.post_id, person_id=cast.chair.person_id, valid_during=DateRange(DAY, None)
    )
    with pytest.raises(IntegrityError, match="one_holder_a_post"), transaction.atomic():
        row.save()


def test_the_substitute_answers_while_the_holder_is_away(cast: Cast) -> None:
    assert cast.specialist.post_id and cast.second_specialist.person_id
    actions.record_absence(
        actor=cast.head,
        post_id=cast.specialist.post_id,
        starts_on=DAY,
        ends_on=date(2026, 11, 5),
        substitute_id=cast.second_specialist.person_id,
        reason="nghỉ phép",
    )
    holder = holder_of(cast.specialist.post_id, AT)
    assert holder is not None
    assert (holder.person_id, holder.via) == (cast.second_specialist.person_id, "substitute")
    later = holder_of(cast.specialist.post_id, datetime(2026, 11, 5, 3, tzinfo=UTC))
    assert later is not None
    assert later.via == "appointed"


def test_without_a_substitute_the_head_answers_and_then_the_chair(cast: Cast) -> None:
    for actor in (cast.specialist, cast.head):
        assert actor.post_id is not None
        if actor is cast.head:
            before = holder_of(cast.specialist.post_id or 0, AT)
            assert before is not None
            assert (before.person_id, before.via) == (cast.head.person_id, "department_head")
        actions.record_absence(
            actor=cast.chair, post_id=actor.post_id, starts_on=DAY, ends_on=date(2026, 11, 5)
        )
    holder = holder_of(cast.specialist.post_id or 0, AT)
    assert holder is not None
    assert (holder.person_id, holder.via) == (cast.chair.person_id, "chair")


def test_a_chair_who_is_away_without_substitute_still_answers(cast: Cast) -> None:
    assert cast.chair.post_id is not None
    actions.record_absence(
        actor=cast.chair, post_id=cast.chair.post_id, starts_on=DAY, ends_on=date(2026, 11, 5)
    )
    holder = holder_of(cast.chair.post_id, AT)
    assert holder is not None
    assert (holder.person_id, holder.via) == (cast.chair.person_id, "chair")


def test_nobody_stands_in_for_themselves(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.record_absence(
            actor=cast.head,
            post_id=cast.clerk.post_id or 0,
            starts_on=DAY,
            ends_on=date(2026, 11, 3),
            substitute_id=cast.clerk.person_id,
        )
    assert refused.value.refusal.code == "absence.own"


def test_an_absence_ends_after_it_begins_and_does_not_overlap(cast: Cast) -> None:
    post = cast.clerk.post_id or 0
    with pytest.raises(Refused) as reversed_dates:
        actions.record_absence(actor=cast.head, post_id=post, starts_on=DAY, ends_on=DAY)
    assert reversed_dates.value.refusal.code == "dates.reversed"
    actions.record_absence(actor=cast.head, post_id=post, starts_on=DAY, ends_on=date(2026, 11, 9))
    with pytest.raises(Refused) as overlapping:
        actions.record_absence(
            actor=cast.head, post_id=post, starts_on=date(2026, 11, 4), ends_on=date(2026, 11, 5)
        )
    assert overlapping.value.refusal.code == "post.absence_overlaps"


def test_an_ended_appointment_does_not_end_again(cast: Cast) -> None:
    unit = _empty_unit()
    body = actions.found_bodies(actor=SYSTEM, unit_id=unit, starts_on=date(2026, 1, 1))[0]
    (person,) = _persons(unit, 1)
    held = actions.appoint(
        actor=SYSTEM, post_id=_post(unit, body.id), person_id=person, starts_on=date(2026, 1, 1)
    )
    actions.end_appointment(actor=SYSTEM, appointment_id=held, ends_on=DAY)
    with pytest.raises(Refused) as refused:
        actions.end_appointment(actor=SYSTEM, appointment_id=held, ends_on=DAY)
    assert refused.value.refusal.code == "appointment.ended"
    with pytest.raises(NotFound):
        actions.end_appointment(actor=SYSTEM, appointment_id=0, ends_on=DAY)


def test_holders_of_many_posts_come_in_one_statement(cast: Cast, asks_at_most: Asked) -> None:
    posts = [actor.post_id or 0 for actor in (cast.clerk, cast.head, cast.chair, cast.neighbour)]
    with asks_at_most(1):
        holders = holders_of(posts, AT)
    assert {holders[post].via for post in posts} == {"appointed"}
    assert holders_of([], AT) == {}


def test_the_chair_is_found_and_posts_are_listed(cast: Cast) -> None:
    unit = cast.unit_id(TAN_HUNG)
    chair = chair_of(unit, DAY)
    assert chair is not None
    assert chair.person_name == "Chủ tịch P. Tân Hưng"
    assert len(posts_of_unit(unit, DAY, ["one_stop_clerk"])) == 2
    assert chair_of(_empty_unit(), DAY) is None


def test_a_residential_group_is_added_once(cast: Cast) -> None:
    unit = cast.unit_id(TAN_HUNG)
    actions.add_residential_group(actor=cast.administrator, unit_id=unit, name=" Khu  phố 7 ", starts_on=DAY)
    assert "Khu phố 7" in [name for _, name in groups_of(unit, DAY)]
    with pytest.raises(Refused) as refused:
        actions.add_residential_group(actor=cast.administrator, unit_id=unit, name="Khu phố 7", starts_on=DAY)
    assert refused.value.refusal.code == "group.exists"


def test_a_malformed_agency_code_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_agency_code(actor=cast.administrator, unit_id=cast.unit_id(TAN_HUNG), agency_code="H29/1")
    assert refused.value.refusal.code == "agency_code.form"


def test_an_empty_title_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        _post(cast.unit_id(TAN_HUNG), cast.clerk.body_id or 0, title="  ")
    assert refused.value.refusal.code == "name.empty"


def test_no_two_units_number_with_one_agency_code(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def code_taken() -> str:
        with pytest.raises(Refused) as refused:
            actions.set_agency_code(
                actor=SYSTEM, unit_id=cast.unit_id(NHA_BE), agency_code=f"mh.79.27.{TAN_HUNG[2:]}"
            )
        return f"{refused.value.refusal.code} {refused.value.refusal.sentence}"

    assert code_taken().startswith("agency_code.taken") and "Tân Hưng" in code_taken()
    # Another office set it between the question and the save: the database refuses, in the same words.
    monkeypatch.setattr(bodies, "other_with_agency_code", lambda code, unit_id: "")
    assert code_taken().startswith("agency_code.taken") and "một đơn vị khác" in code_taken()
    assert agency_code_of(cast.unit_id(NHA_BE)) == f"MH.79.27.{NHA_BE[2:]}"

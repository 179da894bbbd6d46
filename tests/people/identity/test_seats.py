"""Posts and who sits in them: by the unit's administrator and the city, never leaving a case unanswered."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.journal.models import Entry
from lienthong.core.journal.values import KeyReused
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import now, today
from lienthong.people.identity import actions
from lienthong.people.identity.queries import posts_of, seat_of, seats_of
from lienthong.people.identity.values import Seat
from lienthong.people.organisation.enums import BodyKind, PostKind
from lienthong.people.organisation.queries import holder_of
from tests.cast import NHA_BE, PROVINCE, TAN_HUNG, Cast

pytestmark = pytest.mark.django_db
JULY, DAY = date(2026, 7, 1), date(2099, 1, 1)


def seat(actor: Actor) -> Seat:
    found = seat_of(actor.acting_post, today())
    assert found is not None
    return found


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as told:
        act()
    return told.value.refusal.code


def opened(actor: Actor, cast: Cast, **more: Any) -> int:
    body_id = cast.clerk.body_id or 0
    words = {"unit_id": cast.unit_id(TAN_HUNG), "body_id": body_id, "kind": PostKind.ONE_STOP_CLERK}
    words |= {"title": "Cán bộ một cửa", "starts_on": JULY, "rank": 9}
    return actions.open_post(**{"actor": actor, "key": uuid4(), **words, **more})  # type: ignore[arg-type]


def strangers(cast: Cast) -> tuple[Actor, ...]:
    """Who may not staff Tân Hưng: others of the unit, another unit's administrator, the city's own one."""
    return (cast.clerk, cast.head, cast.of(f"quantri.{NHA_BE}"), cast.of(f"quantri.{PROVINCE}"))


@pytest.mark.parametrize("who", ["administrator", "chair", "city"])
def test_a_post_is_opened_filled_left_and_closed(cast: Cast, who: str) -> None:
    actor: Actor = getattr(cast, who)
    post = opened(actor, cast)
    person = actions.appoint_officer(
        actor=actor,
        key=uuid4(),
        post_id=post,
        new_name="Cán bộ mới",
        starts_on=JULY,
        instrument_text="9/QĐ-UBND",
    )
    found = seat_of(post, today())
    assert found is not None
    assert (found.person_id, found.person, found.held_from, found.decision) == (
        person,
        "Cán bộ mới",
        JULY,
        "9/QĐ-UBND",
    )
    actions.end_holding(actor=actor, key=uuid4(), post_id=post, ends_on=today())
    actions.close_post(actor=actor, key=uuid4(), post_id=post, ends_on=today(), open_cases=0)
    assert seat_of(post, today()) is None


def test_the_journal_says_who_did_it(cast: Cast) -> None:
    post = opened(cast.administrator, cast)
    actions.appoint_officer(
        actor=cast.administrator, key=uuid4(), post_id=post, new_name="Cán bộ mới", starts_on=JULY
    )
    actions.end_holding(actor=cast.chair, key=uuid4(), post_id=post, ends_on=DAY)
    with entered(SYSTEM):
        told = Entry.objects.filter(subject_kind="post", subject_id=post).order_by("pk")
        assert [(one.verb, one.account_id) for one in told] == [
            ("organisation.appointed", cast.administrator.account_id),
            ("organisation.appointment_ended", cast.chair.account_id),
        ]
        assert all("Cán bộ" not in str(one.data) for one in told)


def test_nobody_else_staffs_the_unit(cast: Cast) -> None:
    post, key = cast.second_clerk.acting_post, {"key": uuid4()}
    for actor in strangers(cast):
        acts: list[Callable[[], Any]] = [
            lambda a=actor: opened(a, cast),  # type: ignore[misc]
            lambda a=actor: actions.close_post(actor=a, post_id=post, ends_on=DAY, open_cases=0, **key),  # type: ignore[misc]
            lambda a=actor: actions.appoint_officer(
                actor=a, post_id=post, new_name="X", starts_on=DAY, **key
            ),  # type: ignore[misc]
            lambda a=actor: actions.end_holding(actor=a, post_id=post, ends_on=DAY, **key),  # type: ignore[misc]
            lambda a=actor: actions.name_substitute(
                actor=a, post_id=post, substitute_id=None, starts_on=DAY, last_day=DAY, **key
            ),  # type: ignore[misc]
            lambda a=actor: actions.end_absence(actor=a, post_id=post, ends_on=DAY, **key),  # type: ignore[misc]
        ]
        for act in acts:
            with pytest.raises(NotFound):
                act()


def test_a_ward_opens_no_post_that_sees_the_whole_city(cast: Cast) -> None:
    assert refused(lambda: opened(cast.administrator, cast, kind=PostKind.CITY_OFFICER)) == "post.city_only"
    assert refused(lambda: opened(cast.administrator, cast, kind="king")) == "post.kind"


def test_a_post_stands_in_a_body_of_its_own_unit(cast: Cast) -> None:
    with pytest.raises(NotFound):
        opened(cast.administrator, cast, body_id=cast.stranger.body_id)


def test_an_officer_of_another_unit_is_not_taken(cast: Cast) -> None:
    """Or one unit could make itself the administrator of another's accounts."""
    post = opened(cast.administrator, cast)
    other = {"post_id": post, "person_id": cast.stranger.person_id, "starts_on": JULY}
    assert (
        refused(lambda: actions.appoint_officer(actor=cast.administrator, key=uuid4(), **other))  # type: ignore[arg-type]
        == "officer.elsewhere"
    )
    actions.appoint_officer(actor=cast.city, key=uuid4(), **other)  # type: ignore[arg-type]


def test_a_held_post_takes_nobody_else(cast: Cast) -> None:
    new = {"post_id": cast.clerk.acting_post, "new_name": "Cán bộ mới", "starts_on": DAY}
    assert (
        refused(lambda: actions.appoint_officer(actor=cast.administrator, key=uuid4(), **new))  # type: ignore[arg-type]
        == "post.held_now"
    )


def test_a_chair_does_not_leave_open_cases_unanswered(cast: Cast) -> None:
    head, chair = cast.head_of(BodyKind.ECONOMY), cast.chair
    words = {"actor": cast.administrator, "post_id": chair.acting_post, "ends_on": DAY}
    burdened = {head.acting_post, chair.acting_post}
    told = refused(lambda: actions.end_holding(key=uuid4(), burdened=burdened, **words))  # type: ignore[arg-type]
    assert told == "vacancy.nobody_answers"
    assert seat(chair).held_until is None
    actions.end_holding(key=uuid4(), burdened={head.acting_post}, **words)  # type: ignore[arg-type]
    assert seat(chair).held_until == DAY


def test_a_specialist_may_leave_because_the_head_answers(cast: Cast) -> None:
    post = cast.specialist.acting_post
    actions.end_holding(actor=cast.administrator, key=uuid4(), post_id=post, ends_on=today(), burdened={post})
    assert seat(cast.specialist).is_vacant


def test_a_post_with_open_cases_or_a_holder_is_not_closed(cast: Cast) -> None:
    post = opened(cast.administrator, cast)
    words = {"actor": cast.administrator, "ends_on": DAY}
    assert refused(
        lambda: actions.close_post(key=uuid4(), post_id=post, open_cases=3, **words)  # type: ignore[arg-type]
    ) == ("post.has_cases")
    held = cast.clerk.acting_post
    assert refused(
        lambda: actions.close_post(key=uuid4(), post_id=held, open_cases=0, **words)  # type: ignore[arg-type]
    ) == ("post.held_then")


def test_a_substitute_comes_from_the_unit_and_goes_when_the_holder_is_back(cast: Cast) -> None:
    words: dict[str, Any] = {"actor": cast.administrator, "post_id": cast.clerk.acting_post}
    days = {"starts_on": today(), "last_day": DAY}
    other = {**words, **days, "substitute_id": cast.stranger.person_id}
    assert refused(lambda: actions.name_substitute(key=uuid4(), **other)) == "officer.not_here"
    own = {**words, **days, "substitute_id": cast.clerk.person_id}
    assert refused(lambda: actions.name_substitute(key=uuid4(), **own)) == "absence.own"
    actions.name_substitute(
        key=uuid4(), **words, **days, substitute_id=cast.second_clerk.person_id, reason="học tập"
    )
    assert seat(cast.clerk).substitute_id == cast.second_clerk.person_id
    with entered(SYSTEM):
        entry = Entry.objects.filter(verb="organisation.absence_recorded").latest("pk")
    assert "học tập" not in str(entry.data)
    actions.end_absence(key=uuid4(), **words, ends_on=date(2098, 1, 1))
    assert seat(cast.clerk).away_until == date(2098, 1, 1)
    assert refused(lambda: actions.end_absence(key=uuid4(), **words, ends_on=DAY)) == "absence.ended"


def test_what_nobody_holds_is_neither_left_nor_stood_in_for(cast: Cast) -> None:
    post = opened(cast.administrator, cast)
    words: dict[str, Any] = {"actor": cast.administrator, "key": uuid4(), "post_id": post}
    days = {"starts_on": today(), "last_day": DAY}
    assert refused(lambda: actions.end_holding(**words, ends_on=DAY)) == "post.vacant"
    assert refused(lambda: actions.name_substitute(**words, **days, substitute_id=None)) == "post.vacant"
    assert refused(lambda: actions.end_absence(**words, ends_on=DAY)) == "post.vacant"


def test_the_same_key_acts_once_and_another_body_is_refused(cast: Cast) -> None:
    key = uuid4()
    post = opened(cast.administrator, cast, key=key)
    assert opened(cast.administrator, cast, key=key) == post
    with pytest.raises(KeyReused):
        opened(cast.administrator, cast, key=key, title="Khác")
    seats = [one for one in seats_of([cast.unit_id(TAN_HUNG)], today()) if one.rank == 9]
    assert [one.post_id for one in seats] == [post]


def away(cast: Cast, **more: Any) -> None:
    """The head is away, and the specialist stands in."""
    words: dict[str, Any] = {"actor": cast.administrator, "post_id": cast.head.acting_post}
    words |= {"starts_on": today(), "last_day": DAY, "substitute_id": cast.specialist.person_id}
    actions.name_substitute(key=uuid4(), **{**words, **more})


def acts_from(actor: Actor) -> set[int]:
    return {post.post_id for post in posts_of(actor.account_id or 0, today())}


def test_a_substitute_who_left_the_office_acts_no_more(cast: Cast) -> None:
    away(cast)
    head, specialist = cast.head.acting_post, cast.specialist.acting_post
    answering = holder_of(head, now())
    assert acts_from(cast.specialist) == {head, specialist}
    assert answering is not None and answering.person_id == cast.specialist.person_id
    actions.end_holding(actor=cast.administrator, key=uuid4(), post_id=specialist, ends_on=today())
    assert acts_from(cast.specialist) == set()
    answering = holder_of(head, now())
    assert answering is not None and answering.person_id == cast.chair.person_id


def test_who_left_the_office_is_not_named_as_a_substitute(cast: Cast) -> None:
    post = cast.specialist.acting_post
    actions.end_holding(actor=cast.administrator, key=uuid4(), post_id=post, ends_on=DAY)
    later = {"starts_on": DAY, "last_day": date(2099, 2, 1)}
    assert refused(lambda: away(cast, **later)) == "officer.not_here"
    away(cast, last_day=date(2098, 1, 1))


def test_a_successor_inherits_no_absence(cast: Cast) -> None:
    """Until then the substitute answers in the vacancy; on the day itself the successor does."""
    away(cast)
    head, key = cast.head.acting_post, {"actor": cast.administrator, "post_id": cast.head.acting_post}
    actions.end_holding(key=uuid4(), ends_on=today(), burdened={head}, **key)  # type: ignore[arg-type]
    assert acts_from(cast.specialist) == {head, cast.specialist.acting_post}
    new = actions.appoint_officer(key=uuid4(), new_name="Trưởng phòng mới", starts_on=today(), **key)  # type: ignore[arg-type]
    answering = holder_of(head, now())
    assert answering is not None and answering.person_id == new
    assert acts_from(cast.specialist) == {cast.specialist.acting_post}
    assert seat(cast.head).absence_id is None
    with entered(SYSTEM):
        assert Entry.objects.filter(verb="organisation.absence_ended", subject_id=head).exists()


def test_an_absence_does_not_run_into_the_successors_time(cast: Cast) -> None:
    key = {"actor": cast.administrator, "post_id": cast.head.acting_post}
    actions.end_holding(key=uuid4(), ends_on=DAY, **key)  # type: ignore[arg-type]
    actions.appoint_officer(key=uuid4(), new_name="Trưởng phòng mới", starts_on=DAY, **key)  # type: ignore[arg-type]
    assert refused(lambda: away(cast)) == "absence.successor"
    away(cast, last_day=date(2098, 12, 31))


def test_who_stands_in_for_a_vacancy_is_sent_back(cast: Cast) -> None:
    away(cast)
    key = {"actor": cast.administrator, "post_id": cast.head.acting_post}
    actions.end_holding(key=uuid4(), ends_on=today(), **key)  # type: ignore[arg-type]
    actions.end_absence(key=uuid4(), ends_on=date(2098, 1, 1), **key)  # type: ignore[arg-type]
    assert seat(cast.head).away_until == date(2098, 1, 1)

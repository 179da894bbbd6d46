"""A table of officers: each row loaded or reported, and the second time nothing changes."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from lienthong.core.journal.models import Entry
from lienthong.core.journal.values import KeyReused
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.actions import enter, entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.queries import today
from lienthong.lib.table_in import Report, Row
from lienthong.people.identity import actions
from lienthong.people.identity.models import Account
from lienthong.people.identity.queries import known_of, roll_cells, roll_fields, roll_plans, seats_of
from lienthong.people.identity.values import Seat
from lienthong.people.organisation.models import OfficerDetail
from lienthong.people.organisation.queries import officer_details, unit_by_code, units_of_province
from lienthong.people.organisation.values import UnitCard
from tests.cast import NHA_BE, PROVINCE, TAN_HUNG, Cast

pytestmark = pytest.mark.django_db
EMPTY = "27259"  # Xóm Chiếu: nobody works there in these tests
CENTRE = "Trung tâm Phục vụ hành chính công"
JULY = date(2026, 7, 1)
NEW: dict[str, Any] = {
    "body": CENTRE,
    "kind": "one_stop_clerk",
    "title": "Cán bộ một cửa bổ sung",
    "person": "Cán bộ Thử Mới",
    "username": "thumoi.27475",
    "starts_on": JULY,
    "decision": "7/QĐ-UBND",
}


@pytest.fixture(autouse=True)
def _scope(db: None, cast: Cast) -> Iterator[None]:
    """As in a request: the database shows what the administrator of Tân Hưng may see."""
    enter(cast.administrator)
    yield


def rows(*values: dict[str, Any]) -> list[Row]:
    names = [field.name for field in roll_fields()]
    return [
        Row(number, {name: one.get(name) for name in names}) for number, one in enumerate(values, start=2)
    ]


def units_of(actor: Actor) -> list[UnitCard]:
    own = unit_by_code(TAN_HUNG if actor.reach == "unit" else PROVINCE, today())
    return [own, *units_of_province(PROVINCE, today())] if actor.may("city") else [own]


def load(actor: Actor, *values: dict[str, Any], cases: dict[int, int] | None = None, **more: Any) -> Report:
    units = units_of(actor)
    words = {"rows": rows(*values), "units": units, "own_code": units[0].code, "open_cases": cases or {}}
    return actions.load_roll(
        **{"actor": actor, "key": uuid4(), "digest": str(values), **words, **more}  # type: ignore[arg-type]
    )


def told(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(line.outcome), line.codes) for line in report.lines]


def only(report: Report) -> str:
    """The one reason why the last row was not taken."""
    assert report.lines[-1].outcome == "rejected", report.lines[-1]
    (code,) = report.lines[-1].codes
    return code


def held(cast: Cast, username: str = f"motcua1.{TAN_HUNG}") -> dict[str, Any]:
    """The row of somebody who is there."""
    seats = seats_of([cast.unit_id(TAN_HUNG)], today())
    (found,) = [seat for seat in seats if seat.username == username and seat.kind != "centre_director"]
    return as_row(found)


def as_row(seat: Seat) -> dict[str, Any]:
    (cells,) = roll_cells([seat], {seat.unit_id: TAN_HUNG}, {})
    values = dict(zip([field.name for field in roll_fields()], cells, strict=True))
    return {**values, "kind": seat.kind}


def seat(cast: Cast, username: str) -> Seat:
    return next(one for one in seats_of([cast.unit_id(TAN_HUNG)], today()) if one.username == username)


def test_a_new_officer_comes_with_post_appointment_and_account(cast: Cast) -> None:
    report = load(cast.administrator, {**NEW, "identity": "000000000017", "phone": "0900000017"})
    assert told(report) == [("new", ())] and report.applied
    found = seat(cast, "thumoi.27475")
    assert (found.person, found.held_from, found.decision) == ("Cán bộ Thử Mới", JULY, "7/QĐ-UBND")
    assert (found.has_password, found.is_active, found.invited_until) == (False, True, None)
    assert OfficerDetail.objects.get(person_id=found.person_id).identity_number == "000000000017"


def test_what_is_written_out_is_read_in_and_changes_nothing(cast: Cast) -> None:
    load(cast.administrator, {**NEW, "identity": "000000000017"})
    seats = seats_of([cast.unit_id(TAN_HUNG)], today())
    names = [field.name for field in roll_fields()]
    details = officer_details([seat.person_id for seat in seats if seat.person_id])
    cells = roll_cells(seats, {cast.unit_id(TAN_HUNG): TAN_HUNG}, details)
    again = [
        {**dict(zip(names, row, strict=True)), "kind": seat.kind}
        for row, seat in zip(cells, seats, strict=True)
    ]
    before = Entry.objects.filter(verb__startswith="organisation.").order_by("-pk").first()
    assert {outcome for outcome, _codes in told(load(cast.administrator, *again))} == {"unchanged"}
    assert Entry.objects.filter(verb__startswith="organisation.").order_by("-pk").first() == before


def test_the_same_table_twice_and_the_same_key(cast: Cast) -> None:
    key = uuid4()
    assert told(load(cast.administrator, NEW, key=key)) == [("new", ())]
    assert told(load(cast.administrator, NEW, key=key)) == [("unchanged", ())]
    assert told(load(cast.administrator, NEW)) == [("unchanged", ())]
    with pytest.raises(KeyReused):
        load(cast.administrator, {**NEW, "title": "Khác"}, key=key)
    assert Account.objects.filter(username="thumoi.27475").count() == 1


def test_a_wrong_row_stops_no_other(cast: Cast) -> None:
    wrong = {**NEW, "username": "thuhai.27475", "person": "Cán bộ Thử Hai", "body": "Phòng Không Có"}
    report = load(cast.administrator, wrong, NEW)
    assert told(report) == [("rejected", ("roll.no_body",)), ("new", ())]
    assert not Account.objects.filter(username="thuhai.27475").exists()
    with entered(SYSTEM):
        entry = Entry.objects.filter(verb="identity.roll_loaded").latest("pk")
    assert entry.data == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    assert entry.account_id == cast.administrator.account_id


def test_a_successor_ends_the_former_holder(cast: Cast) -> None:
    row = {**held(cast), "person": "Cán bộ Kế Nhiệm", "username": "kenhiem.27475", "starts_on": today()}
    report = load(cast.administrator, row)
    assert told(report) == [("changed", ())]
    assert any("thôi giữ từ" in sentence for sentence in report.lines[0].sentences)
    assert seat(cast, "kenhiem.27475").post_id == row["post"]


def test_a_substitute_may_come_with_the_same_table_but_not_with_a_refused_row(cast: Cast) -> None:
    away = {**held(cast), "substitute": "thumoi.27475", "away_from": today(), "away_until": date(2099, 1, 1)}
    bad = {**NEW, "starts_on": None}
    assert told(load(cast.administrator, away, bad)) == [
        ("rejected", ("roll.substitute_refused",)),
        ("rejected", ("roll.no_day",)),
    ]
    assert told(load(cast.administrator, away, NEW)) == [("changed", ()), ("new", ())]
    found = seat(cast, f"motcua1.{TAN_HUNG}")
    assert (found.substitute, found.away_until) == ("Cán bộ Thử Mới", date(2099, 1, 2))
    assert told(load(cast.administrator, away)) == [("unchanged", ())]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": NHA_BE}, "roll.unit"),
        ({"post": 10**15}, "roll.no_post"),
        ({"kind": "city_officer"}, "post.city_only"),
        ({"username": "có dấu"}, "account.username"),
        ({"username": f"motcua1.{NHA_BE}"}, "roll.user_taken"),
        ({"username": f"motcua2.{TAN_HUNG}"}, "roll.user_taken"),
        ({"person": None}, "roll.no_name"),
        ({"starts_on": None}, "roll.no_day"),
        ({"ends_on": date(2026, 6, 1)}, "dates.reversed"),
        ({"away_from": JULY}, "roll.away"),
        ({"substitute": "Không Có Ai", "away_from": JULY, "away_until": JULY}, "roll.substitute"),
        ({"note": "VÍ DỤ, xóa dòng này"}, "roll.example"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(cast: Cast, change: dict[str, Any], code: str) -> None:
    assert only(load(cast.administrator, {**NEW, **change})) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"person": None, "username": None, "starts_on": None}, "roll.held"),
        ({"kind": "specialist"}, "roll.kind"),
        ({"starts_on": JULY}, "roll.since"),
        ({"username": "tenkhac.27475"}, "roll.user_other"),
        ({"ends_on": date(2020, 1, 1)}, "roll.ends"),
        ({"person": "Cán bộ Sớm", "username": "som.27475", "starts_on": date(2020, 1, 1)}, "roll.before"),
        ({"post": None, "rank": None, "person": "Cán bộ Lạ", "username": "la.27475"}, "roll.which_post"),
    ],
)
def test_what_is_known_is_not_overwritten_by_chance(cast: Cast, change: dict[str, Any], code: str) -> None:
    row = held(cast, f"chutich.{TAN_HUNG}") if code == "roll.which_post" else held(cast)
    assert only(load(cast.administrator, {**row, **change})) == code


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ({}, {}, "roll.post_twice"),
        ({"username": None}, {"username": None, "title": "Chức danh khác"}, "roll.name_twice"),
        ({}, {"title": "Chức danh khác", "person": "Cán bộ Khác"}, "roll.user_twice"),
        (
            {"identity": "000000000017", "username": None},
            {"identity": "000000000017", "title": "Khác", "username": None},
            "roll.identity_twice",
        ),
    ],
)
def test_an_officer_twice_in_the_file_is_told(
    cast: Cast, first: dict[str, Any], second: dict[str, Any], code: str
) -> None:
    rank = {"rank": 3} if code == "roll.post_twice" else {}
    assert only(load(cast.administrator, {**NEW, **first, **rank}, {**NEW, **second, **rank})) == code


def test_an_officer_who_is_there_is_not_made_twice(cast: Cast) -> None:
    again = {**NEW, "username": "motcua1moi.27475", "person": cast.clerk.name}
    assert only(load(cast.administrator, again)) == "roll.known_name"
    assert told(load(cast.administrator, {**again, "identity": "000000000018"})) == [("new", ())]


def test_one_person_holds_two_posts_by_one_user_name(cast: Cast) -> None:
    report = load(cast.administrator, NEW, {**NEW, "title": "Kiêm nhiệm"})
    assert told(report) == [("new", ()), ("new", ())]
    seats = [one for one in seats_of([cast.unit_id(TAN_HUNG)], today()) if one.username == "thumoi.27475"]
    assert len({one.person_id for one in seats}) == 1 and len(seats) == 2


def test_the_chair_does_not_leave_open_cases_behind(cast: Cast) -> None:
    row = {**held(cast, f"chutich.{TAN_HUNG}"), "ends_on": date(2099, 1, 1)}
    assert only(load(cast.administrator, row, cases={cast.unit_id(TAN_HUNG): 2})) == "vacancy.nobody_answers"
    assert told(load(cast.administrator, row)) == [("changed", ())]


def test_the_city_staffs_a_unit_that_has_nothing_yet(cast: Cast) -> None:
    enter(cast.city)
    row = {**NEW, "unit": EMPTY, "username": "thumoi.27259"}
    assert told(load(cast.city, row)) == [("new", ())]
    (found,) = seats_of([unit_by_code(EMPTY, today()).id], today())
    assert (found.body_name, found.person) == (CENTRE, "Cán bộ Thử Mới")


def test_nobody_loads_for_units_they_do_not_administer(cast: Cast) -> None:
    for actor in (cast.clerk, cast.stranger, cast.of(f"quantri.{NHA_BE}")):
        with pytest.raises(NotFound):
            load(actor, NEW, units=units_of(cast.administrator))


def test_another_unit_sees_no_officers_own_details(cast: Cast) -> None:
    load(cast.administrator, {**NEW, "identity": "000000000017"})
    person = seat(cast, "thumoi.27475").person_id or 0
    enter(cast.stranger)
    assert officer_details([person]) == {}
    enter(cast.city)
    assert list(officer_details([person])) == [person]


def test_checking_asks_little_of_the_database(cast: Cast, asks_at_most: Any) -> None:
    units = units_of(cast.administrator)
    table = rows(*({**NEW, "rank": n, "person": f"Cán bộ {n}", "username": f"n{n}.x"} for n in range(60)))
    with asks_at_most(6):
        plans = roll_plans(table, known_of(TAN_HUNG, units, table, {}, today()))
    assert {str(plan.outcome) for plan in plans} == {"new"}
    with asks_at_most(30):
        load(cast.administrator, *(dict(row.values) for row in table))


def check(actor: Actor, *values: dict[str, Any], **more: Any) -> Report:
    units = units_of(actor)
    words = {"rows": rows(*values), "units": units, "own_code": units[0].code, "open_cases": {}}
    return actions.check_roll(**{"actor": actor, **words, **more})  # type: ignore[arg-type]


def left(cast: Cast, username: str, on: date) -> int:
    """Somebody leaves the own post; returns the post."""
    one = seat(cast, username) if username.endswith(TAN_HUNG) else None
    post = one.post_id if one else cast.of(username).acting_post
    with entered(SYSTEM):
        actions.end_holding(actor=SYSTEM, key=uuid4(), post_id=post, ends_on=on)
    return post


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"identity": "123456789"}, "officer.identity"),
        ({"phone": "090x"}, "officer.phone"),
        ({"email": "abc"}, "officer.email"),
    ],
)
def test_own_details_of_a_wrong_form_are_told_of_their_row(
    cast: Cast, change: dict[str, Any], code: str
) -> None:
    other = {**NEW, "username": "thuhai.27475", "person": "Cán bộ Thử Hai", "rank": 7}
    assert told(check(cast.administrator, {**NEW, **change}, other)) == [("rejected", (code,)), ("new", ())]
    assert told(load(cast.administrator, {**NEW, **change}, other)) == [("rejected", (code,)), ("new", ())]


def test_a_telephone_is_kept_without_what_stands_between_its_figures(cast: Cast) -> None:
    assert told(load(cast.administrator, {**NEW, "phone": "0900.000 017"})) == [("new", ())]
    assert OfficerDetail.objects.get(person_id=seat(cast, "thumoi.27475").person_id).phone == "0900000017"
    assert told(load(cast.administrator, {**NEW, "phone": "0900 000-017"})) == [("unchanged", ())]


def test_what_only_the_database_refuses_is_told_of_its_row_and_the_others_go_in(cast: Cast) -> None:
    """The former holder left today; the row says since July, when that one still sat there."""
    row = {**held(cast), "person": "Cán bộ Kế Nhiệm", "username": "kenhiem.27475", "starts_on": JULY}
    left(cast, f"motcua1.{TAN_HUNG}", today())
    expected = [("rejected", ("post.held",)), ("new", ())]
    assert told(check(cast.administrator, {**row, "ends_on": None}, NEW)) == expected
    assert not Account.objects.filter(username="thumoi.27475").exists()
    assert told(load(cast.administrator, {**row, "ends_on": None}, NEW)) == expected
    assert Account.objects.filter(username="thumoi.27475").exists()
    assert not Account.objects.filter(username="kenhiem.27475").exists()


def test_an_identity_number_that_another_unit_keeps_is_told_of_its_row(cast: Cast) -> None:
    with entered(SYSTEM):
        OfficerDetail.objects.create(person_id=cast.stranger.person_id, identity_number="000000000019")
    taken = {**NEW, "identity": "000000000019"}
    other = {**NEW, "username": "thuhai.27475", "person": "Cán bộ Thử Hai", "rank": 7}
    expected = [("rejected", ("officer.identity_taken",)), ("new", ())]
    assert told(check(cast.administrator, taken, other)) == expected
    assert told(load(cast.administrator, taken, other)) == expected


def test_who_left_another_unit_is_taken_by_the_city_alone(cast: Cast) -> None:
    """As on the screen: or the next unit would own the account, and see what the former one keeps."""
    row = {**NEW, "username": f"motcua1.{NHA_BE}", "person": cast.stranger.name}
    left(cast, row["username"], today())
    assert only(load(cast.administrator, row)) == "officer.elsewhere"
    enter(cast.city)
    assert told(load(cast.city, {**row, "unit": TAN_HUNG})) == [("new", ())]


def test_who_works_elsewhere_now_is_not_taken_by_an_identity_number(cast: Cast) -> None:
    load(cast.administrator, {**NEW, "identity": "000000000017"})
    person, old = seat(cast, "thumoi.27475").person_id or 0, seat(cast, "thumoi.27475").post_id
    with entered(SYSTEM):
        actions.end_holding(actor=SYSTEM, key=uuid4(), post_id=old, ends_on=today())
        freed = left(cast, f"motcua1.{NHA_BE}", today())
        actions.appoint_officer(actor=SYSTEM, key=uuid4(), post_id=freed, person_id=person, starts_on=today())
    again = {**NEW, "username": None, "identity": "000000000017", "title": "Khác"}
    assert only(load(cast.administrator, again)) == "officer.elsewhere"


def test_an_end_that_leaves_open_cases_to_nobody_is_told_of_its_row(cast: Cast) -> None:
    """No Chair is in office: the head of the department is the last who answers."""
    seats = seats_of([cast.unit_id(TAN_HUNG)], today())
    (head,) = [one for one in seats if one.post_id == cast.head.acting_post]
    left(cast, f"chutich.{TAN_HUNG}", today())
    ends = {**as_row(head), "ends_on": date(2099, 1, 1)}
    words = {"burdened": {head.post_id}}
    assert told(check(cast.administrator, ends, NEW, **words)) == [
        ("rejected", ("vacancy.nobody_answers",)),
        ("new", ()),
    ]
    assert told(load(cast.administrator, ends, NEW, **words))[0] == ("rejected", ("vacancy.nobody_answers",))
    follows = {
        **as_row(head),
        "person": "Trưởng phòng mới",
        "username": None,
        "starts_on": today(),
        "decision": None,
    }
    assert told(load(cast.administrator, follows, **words)) == [("changed", ())]


def test_a_coming_successor_is_registered_once(cast: Cast) -> None:
    row = {**held(cast), "person": "Cán bộ Kế Nhiệm", "username": None, "starts_on": date(2099, 1, 1)}
    row |= {"decision": None, "phone": "0900000017"}
    assert told(load(cast.administrator, row)) == [("changed", ())]
    assert told(load(cast.administrator, row)) == [("unchanged", ())]
    assert told(load(cast.administrator, {**row, "phone": "0900000018"})) == [("changed", ())]
    coming = seat(cast, f"motcua1.{TAN_HUNG}").next_person_id
    assert OfficerDetail.objects.get(person_id=coming).phone == "0900000018"

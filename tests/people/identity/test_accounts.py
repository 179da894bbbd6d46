"""Accounts are the unit administrator's; a whole unit is staffed in one act."""

from datetime import date
from uuid import uuid4

import pytest

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.people.identity import actions
from lienthong.people.identity.models import Account
from lienthong.people.identity.rules import DUTIES
from lienthong.people.organisation.actions import appoint, create_post, register_persons
from lienthong.people.organisation.enums import PostKind
from lienthong.people.organisation.queries import unit_by_code
from tests.cast import NHA_BE, PROVINCE, TAN_HUNG, Cast
from tests.people.conftest import Asked

pytestmark = pytest.mark.django_db
GOOD = "mot-cau-dai-kho-doan"


def _newcomer(cast: Cast, number: int = 0) -> int:
    """A person with a post at Tân Hưng and no account yet."""
    actor, unit = cast.administrator, cast.unit_id(TAN_HUNG)
    (person,) = register_persons(actor=actor, unit_id=unit, names=[f"Cán bộ mới {number} P. Tân Hưng"])
    post = create_post(
        actor=actor,
        body_id=cast.clerk.body_id or 0,
        kind=PostKind.ONE_STOP_CLERK,
        title="Cán bộ một cửa",
        starts_on=date(2026, 1, 1),
    )
    appoint(actor=actor, post_id=post, person_id=person, starts_on=date(2026, 1, 1))
    return person


def test_every_kind_of_post_has_its_duties() -> None:
    assert set(DUTIES) == set(PostKind.values)


def test_the_administrator_makes_an_account_that_has_no_password_yet(cast: Cast) -> None:
    account = actions.invite_officer(
        actor=cast.administrator, key=uuid4(), person_id=_newcomer(cast), username=" MotCua9.27475 "
    )
    assert not Account.objects.get(pk=account).has_usable_password()
    assert Account.objects.get(pk=account).username == "motcua9.27475"
    with entered(SYSTEM):
        entry = Entry.objects.filter(verb="identity.invited").latest("pk")
    assert entry.data == {"count": 1, "accounts": [account]}
    assert (entry.unit_id, entry.account_id) == (cast.unit_id(TAN_HUNG), cast.administrator.account_id)


@pytest.mark.parametrize(
    ("username", "code"),
    [
        ("có dấu", "account.username"),
        ("ab", "account.username"),
        (f"motcua1.{TAN_HUNG}", "account.taken"),
    ],
)
def test_a_bad_name_is_refused(cast: Cast, username: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.invite_officer(
            actor=cast.administrator, key=uuid4(), person_id=_newcomer(cast), username=username
        )
    assert refused.value.refusal.code == code


def test_who_has_an_account_gets_no_second_one(cast: Cast) -> None:
    person = cast.clerk.person_id or 0
    with pytest.raises(Refused) as refused:
        actions.invite_officer(
            actor=cast.administrator, key=uuid4(), person_id=person, username="motcua9.27475"
        )
    assert refused.value.refusal.code == "account.exists"


def test_chair_and_city_make_accounts_too_and_nobody_else(cast: Cast) -> None:
    for number, actor in enumerate((cast.chair, cast.city)):
        actions.invite_officer(
            actor=actor, key=uuid4(), person_id=_newcomer(cast, number), username=f"moi{number}.27475"
        )
    person = _newcomer(cast, 9)
    for actor in (cast.clerk, cast.head, cast.of(f"quantri.{NHA_BE}"), cast.of(f"quantri.{PROVINCE}")):
        with pytest.raises(NotFound):
            actions.invite_officer(actor=actor, key=uuid4(), person_id=person, username="moi9.27475")


def test_locking_needs_a_reason_and_another_person(cast: Cast) -> None:
    clerk, own = cast.clerk.account_id or 0, cast.administrator.account_id or 0
    for account, reason, code in ((clerk, " ", "account.reason"), (own, "thử", "account.own")):
        with pytest.raises(Refused) as refused:
            actions.lock_account(actor=cast.administrator, key=uuid4(), account_id=account, reason=reason)
        assert refused.value.refusal.code == code


def test_a_locked_account_is_unlocked_again(cast: Cast) -> None:
    clerk = cast.clerk.account_id or 0
    actions.lock_account(actor=cast.administrator, key=uuid4(), account_id=clerk, reason="mất điện thoại")
    with pytest.raises(Refused) as refused:
        actions.lock_account(actor=cast.administrator, key=uuid4(), account_id=clerk, reason="lần nữa")
    assert refused.value.refusal.code == "account.locked"
    actions.unlock_account(actor=cast.administrator, key=uuid4(), account_id=clerk)
    account = Account.objects.get(pk=clerk)
    assert (account.is_active, account.locked_reason) == (True, "")


def test_another_units_administrator_finds_no_account(cast: Cast) -> None:
    stranger, clerk = cast.of(f"quantri.{NHA_BE}"), cast.clerk.account_id or 0
    with pytest.raises(NotFound):
        actions.lock_account(actor=stranger, key=uuid4(), account_id=clerk, reason="thử")
    with pytest.raises(NotFound):
        actions.reset_account(actor=stranger, key=uuid4(), account_id=clerk)


def test_a_unit_is_staffed_with_few_statements(asks_at_most: Asked) -> None:
    unit = unit_by_code("27259", date(2026, 11, 2))
    plan = actions.usual_staff(unit.unit_type, unit.short_name, unit.code)
    with asks_at_most(12):
        staffed = actions.staff_unit(actor=SYSTEM, unit=unit, plan=plan, password_hash="!")
    assert len(staffed) == len(plan)
    by_role = {post.role: post for post in staffed}
    assert by_role["director"].account_id == by_role["vice_chair_2"].account_id
    assert by_role["director"].post_id != by_role["vice_chair_2"].post_id


def test_a_staffed_unit_is_not_staffed_again(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.staff_units(actor=SYSTEM, unit_ids=[cast.unit_id(TAN_HUNG)], password=GOOD)
    assert refused.value.refusal.code == "account.taken"


def _two_offices(cast: Cast) -> int:
    """The clerk of Tân Hưng, whom the city has put into a post of its own too."""
    (account,) = Account.objects.filter(pk=cast.clerk.account_id)
    appoint(actor=SYSTEM, post_id=_city_post(cast), person_id=account.person_id, starts_on=date(2026, 1, 1))
    return account.pk


def _city_post(cast: Cast) -> int:
    return create_post(
        actor=SYSTEM,
        body_id=cast.city.body_id or 0,
        kind=PostKind.CITY_OFFICER,
        title="Chuyên viên thành phố",
        starts_on=date(2026, 1, 1),
        rank=8,
    )


def test_one_unit_does_not_take_hold_of_who_works_elsewhere_too(cast: Cast) -> None:
    """Or a ward would set the password with which somebody sees the whole city."""
    account, ward = _two_offices(cast), {"actor": cast.administrator}
    for act in (
        lambda: actions.reset_account(key=uuid4(), account_id=account, drop_second_factor=True, **ward),
        lambda: actions.lock_account(key=uuid4(), account_id=account, reason="thử", **ward),
        lambda: actions.unlock_account(key=uuid4(), account_id=account, **ward),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.refusal.code == "account.elsewhere"
    assert Account.objects.get(pk=account).has_usable_password()
    key = uuid4()
    actions.reset_account(actor=cast.city, key=key, account_id=account)
    words = {"unit_id": cast.unit_id(TAN_HUNG), "account_ids": [account]}
    with pytest.raises(Refused) as refused:
        actions.issue_slips(key=uuid4(), **ward, **words)  # type: ignore[arg-type]
    assert refused.value.refusal.code == "account.elsewhere"
    assert actions.issue_slips(actor=cast.city, key=uuid4(), **words) == [account]  # type: ignore[arg-type]


def test_one_unit_invites_nobody_who_works_elsewhere_too(cast: Cast) -> None:
    person = _newcomer(cast)
    appoint(actor=SYSTEM, post_id=_city_post(cast), person_id=person, starts_on=date(2026, 1, 1))
    words = {"person_id": person, "username": "kiemnhiem.27475"}
    with pytest.raises(Refused) as refused:
        actions.invite_officer(actor=cast.administrator, key=uuid4(), **words)  # type: ignore[arg-type]
    assert refused.value.refusal.code == "account.elsewhere"
    actions.invite_officer(actor=cast.city, key=uuid4(), **words)  # type: ignore[arg-type]

"""A client is registered, stopped and resumed by the city; its tokens open what they say, until they end."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lienthong.core.journal.models import Entry
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.exchange import access, actions
from lienthong.facilities.exchange.enums import ApiScope
from lienthong.facilities.exchange.models import Client, ClientToken, Link
from tests.cast import TAN_HUNG, TAN_THUAN, Cast
from tests.facilities.exchange.conftest import SCOPES, Portal

pytestmark = pytest.mark.django_db


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda error: error.refusal.code == code)


def register(cast: Cast, **changes: object) -> int:
    values: dict[str, object] = {
        "actor": cast.city,
        "key": uuid4(),
        "name": "Cổng A",
        "kind": "portal",
        "scopes": SCOPES,
    }
    return actions.register_client(**{**values, **changes})  # type: ignore[arg-type]


def test_a_client_is_registered_once_and_the_journal_says_so(cast: Cast) -> None:
    key = uuid4()
    first = register(cast, key=key)
    assert register(cast, key=key) == first
    assert Client.objects.filter(name="Cổng A").count() == 1
    entry = Entry.objects.get(verb="exchange.client_registered", subject_id=first)
    assert entry.account_id == cast.city.account_id and entry.data["scopes"] == sorted(SCOPES)


def test_only_the_city_registers(cast: Cast) -> None:
    for actor in (cast.clerk, cast.administrator, cast.chair):
        with refused("exchange.duty"):
            register(cast, actor=actor)
    assert not Client.objects.filter(name="Cổng A").exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "exchange.client_name"),
        ({"kind": "friend"}, "exchange.client_kind"),
        ({"scopes": []}, "exchange.no_scope"),
        ({"scopes": ["everything"]}, "exchange.scope"),
        ({"rate_per_minute": 0}, "exchange.client_rate"),
        ({"name": "Cổng thử nghiệm"}, "exchange.name_taken"),
    ],
)
def test_a_client_that_makes_no_sense_is_refused(
    portal: Portal, changes: dict[str, object], code: str
) -> None:
    with refused(code):
        register(portal.cast, **changes)


def test_a_token_names_its_client_and_only_its_digest_is_kept(portal: Portal) -> None:
    raw = portal.token()
    known = access.client_by_token(raw)
    assert known is not None and known.client_id == portal.client_id
    assert known.scopes == frozenset(SCOPES) and known.unit_ids is None
    token = ClientToken.objects.get(pk=known.token_id)
    assert raw not in str(vars(token)) and token.hint == raw[-4:]
    entry = Entry.objects.get(verb="exchange.token_issued", data__token=token.pk)
    assert raw not in str(entry.data)


def test_the_second_look_at_a_token_asks_nothing(
    portal: Portal, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    raw = portal.token()
    with django_assert_num_queries(1):  # type: ignore[operator]
        first = access.client_by_token(raw)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert access.client_by_token(raw) == first


def test_a_client_acts_under_its_own_number_in_the_unit_that_it_addresses(portal: Portal) -> None:
    known = access.client_by_token(portal.token())
    assert known is not None
    actor = known.actor(portal.cast.unit_id(TAN_HUNG))
    assert (actor.account_id, actor.post_id, actor.reach) == (-portal.client_id, None, "unit")
    assert actor.may(ApiScope.LODGE) and not actor.may(ApiScope.PAY)


def test_a_client_of_one_unit_reaches_no_other(cast: Cast) -> None:
    client_id = register(cast, unit_ids=[cast.unit_id(TAN_HUNG)])
    known = access.client_by_token(Portal(cast, client_id).token())
    assert known is not None and known.actor(cast.unit_id(TAN_HUNG)).unit_id
    with pytest.raises(NotFound):
        known.actor(cast.unit_id(TAN_THUAN))


@pytest.mark.parametrize("raw", ["", "lt_", "lt_" + "x" * 43, "Bearer abc", "lt_" + "y" * 500])
def test_a_token_that_nobody_issued_opens_nothing(portal: Portal, raw: str) -> None:
    assert access.client_by_token(raw) is None


def test_a_revoked_token_opens_nothing_and_the_journal_says_who_revoked_it(portal: Portal) -> None:
    raw, city = portal.token(), portal.cast.city
    known = access.client_by_token(raw)
    assert known is not None
    for _twice in range(2):
        assert actions.revoke_token(actor=city, token_id=known.token_id) == portal.client_id
    assert access.client_by_token(raw) is None
    assert Entry.objects.filter(verb="exchange.token_revoked", account_id=city.account_id).count() == 1


def test_a_token_is_revoked_by_the_city_alone(portal: Portal) -> None:
    known = access.client_by_token(raw := portal.token())
    assert known is not None
    with refused("exchange.duty"):
        actions.revoke_token(actor=portal.cast.administrator, token_id=known.token_id)
    assert access.client_by_token(raw) is not None
    with pytest.raises(NotFound):
        actions.revoke_token(actor=portal.cast.city, token_id=10**12)


def test_an_expired_token_opens_nothing_from_that_moment(portal: Portal) -> None:
    raw = portal.token()
    assert access.client_by_token(raw) is not None
    ClientToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    access.forget_tokens()
    assert access.client_by_token(raw) is None


def test_a_stopped_client_opens_nothing_until_it_is_resumed(portal: Portal) -> None:
    raw, city = portal.token(), portal.cast.city
    actions.stop_client(actor=city, client_id=portal.client_id)
    actions.stop_client(actor=city, client_id=portal.client_id)
    assert access.client_by_token(raw) is None
    with refused("exchange.client_stopped"):
        portal.token()
    actions.resume_client(actor=city, client_id=portal.client_id)
    assert access.client_by_token(raw) is not None
    verbs = ("exchange.client_stopped", "exchange.client_resumed")
    assert [e.verb for e in Entry.objects.filter(verb__in=verbs).order_by("id")] == list(verbs)


def test_a_client_is_stopped_by_the_city_alone(portal: Portal) -> None:
    with pytest.raises(NotFound):
        actions.stop_client(actor=portal.cast.administrator, client_id=portal.client_id)
    with pytest.raises(NotFound):
        actions.resume_client(actor=portal.cast.stranger, client_id=portal.client_id)


@pytest.mark.parametrize(
    ("scopes", "days", "code"),
    [
        ([ApiScope.PAY], 30, "exchange.scope"),
        (SCOPES, 0, "exchange.expiry"),
        (SCOPES, 500, "exchange.expiry"),
        ([ApiScope.DESK_READ], 30, "exchange.officer"),
    ],
)
def test_a_token_beyond_its_client_is_refused(
    portal: Portal, scopes: list[str], days: int, code: str
) -> None:
    with refused(code):
        portal.token(scopes, days)


def test_the_same_key_shows_no_token_twice(portal: Portal) -> None:
    given = {
        "actor": portal.cast.city,
        "key": uuid4(),
        "client_id": portal.client_id,
        "scopes": SCOPES,
        "expires_at": timezone.now() + timedelta(days=3),
    }
    first, second = actions.issue_token(**given), actions.issue_token(**given)
    assert first.raw and (second.token_id, second.raw) == (first.token_id, "")


def test_a_desk_token_acts_as_its_officers_post_and_no_other(cast: Cast) -> None:
    client_id = register(cast, scopes=[ApiScope.DESK_READ, ApiScope.DESK_ACT])
    clerk = cast.clerk
    given = {"actor": cast.city, "client_id": client_id, "scopes": [ApiScope.DESK_ACT]}
    until = timezone.now() + timedelta(days=3)
    with refused("exchange.not_holder"):
        actions.issue_token(
            **given, key=uuid4(), expires_at=until, account_id=clerk.account_id, post_id=cast.chair.post_id
        )
    issued = actions.issue_token(
        **given, key=uuid4(), expires_at=until, account_id=clerk.account_id, post_id=clerk.post_id
    )
    known = access.client_by_token(issued.raw)
    via = f"{client_id}.{issued.token_id}"
    assert known is not None and known.officer == replace(clerk, via=via)


def test_a_link_lets_its_client_know_the_case_and_no_other_client(portal: Portal) -> None:
    case_id = portal.dossier(code="CQG-77")
    other = register(portal.cast)
    found = access.find_linked(portal.client_id, external_code="CQG-77")
    assert found.case_id == case_id == access.find_linked(portal.client_id, code=found.code).case_id
    assert access.linked_cases(portal.client_id, ["CQG-77", "CQG-78"]) == {"CQG-77": case_id}
    for sought in ({"external_code": "CQG-77"}, {"code": found.code}):
        with pytest.raises(NotFound):
            access.find_linked(other, **sought)


def test_an_external_code_names_one_case(portal: Portal) -> None:
    portal.dossier(code="CQG-77")
    with refused("exchange.external_code_taken"):
        portal.dossier("079190000124", code="CQG-77")
    with entered(SYSTEM):
        assert Link.objects.filter(external_code="CQG-77").count() == 1


def test_the_wall_shows_a_link_only_where_the_case_is_seen(portal: Portal) -> None:
    portal.dossier(code="CQG-77")
    seen = {}
    for name in ("clerk", "stranger", "city"):
        with entered(getattr(portal.cast, name)):
            seen[name] = Link.objects.count()
    assert seen == {"clerk": 1, "stranger": 0, "city": 1}

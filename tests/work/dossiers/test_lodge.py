"""Lodging online: unit, holder, date and number at once, whatever the hour; the counter then accepts it."""

from uuid import uuid4

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import Actor
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.lodge import lodge_dossier
from lienthong.work.dossiers.rules import LODGING
from lienthong.work.dossiers.values import Lodged
from tests.cast import Cast
from tests.work.dossiers.stage import intake

pytestmark = pytest.mark.django_db


def portal(cast: Cast, number: int = 7) -> Actor:
    """A client of the API at the first unit."""
    return Actor(
        account_id=-number,
        unit_id=cast.clerk.unit_id,
        duties=frozenset({LODGING}),
        label="Cổng thử nghiệm",
    )


def lodged(actor: Actor, **changes: object) -> Lodged:
    with entered(actor):
        wanted = intake(channel="online", **changes)  # type: ignore[arg-type]
        return lodge_dossier(actor=actor, key=uuid4(), intake=wanted)


def test_it_has_unit_holder_and_due_date_at_once(cast: Cast) -> None:
    got = lodged(portal(cast))
    with entered(cast.clerk):
        case = find_dossier(cast.clerk, got.dossier_id).case
    assert (case.state, got.state) == ("submitted", "submitted")
    assert case.responsible_unit_id == case.receiving_unit_id == cast.clerk.unit_id
    assert case.holder_id and case.due_at == case.promised_at == got.due_at > case.opened_at


def test_another_unit_sees_nothing_of_it(cast: Cast) -> None:
    got = lodged(portal(cast))
    with entered(cast.stranger), pytest.raises(NotFound):
        find_dossier(cast.stranger, got.dossier_id)


def test_the_same_key_gives_the_first_result_and_another_body_is_refused(cast: Cast) -> None:
    key, sender = uuid4(), portal(cast)
    with entered(sender):
        first = lodge_dossier(actor=sender, key=key, intake=intake(channel="online"))
        again = lodge_dossier(actor=sender, key=key, intake=intake(channel="online"))
        with pytest.raises(Refused) as refused:
            lodge_dossier(actor=sender, key=key, intake=intake(channel="online", note="khác"))
    assert refused.value.refusal.code == "key.reused"
    assert again.dossier_id == first.dossier_id and again.repeated and not first.repeated


def test_two_clients_may_use_the_same_key(cast: Cast) -> None:
    key, found = uuid4(), set[int]()
    for sender in (portal(cast, 7), portal(cast, 8)):
        with entered(sender):
            found.add(lodge_dossier(actor=sender, key=key, intake=intake(channel="online")).dossier_id)
    assert len(found) == 2


def test_only_a_client_that_may_lodge_lodges(cast: Cast) -> None:
    for actor in (cast.clerk, Actor(account_id=-7, unit_id=cast.clerk.unit_id)):
        with pytest.raises(Refused) as refused:
            lodged(actor)
        assert refused.value.refusal.code == "lifecycle.duty"


REFUSALS = [
    ({"procedure": "1.004222"}, "procedure.other_body"),
    ({"place": "00004"}, "dossier.other_province"),
    ({"quantity": 0}, "dossier.quantity"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSALS, ids=[code for _, code in REFUSALS])
def test_what_cannot_be_lodged_is_refused_with_its_reason(
    cast: Cast, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        lodged(portal(cast), **changes)
    assert refused.value.refusal.code == code


def test_the_journal_says_so_without_personal_data(cast: Cast) -> None:
    got = lodged(portal(cast))
    (line,) = timeline(got.dossier_id)
    assert (line.verb, line.account_id, line.post_id) == ("dossier.lodged", -7, None)
    assert "0123" not in str(line.data) and "079190000123" not in str(line.data)

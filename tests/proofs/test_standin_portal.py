"""A portal that drops, repeats, reorders and loses replies: each dossier arrives once, each status is told.

`make proofs` runs it with 10,000 dossiers (PORTAL_DOSSIERS says otherwise); `make test` with fewer
(tests/facilities/exchange/test_portal_run.py).
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from queue import Empty
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from lienthong.core.journal.models import Entry
from lienthong.core.journal.queries import stumbles
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.facilities.casework.models import Case
from lienthong.facilities.exchange import access, actions
from lienthong.facilities.exchange.enums import ApiScope, DeliveryState
from lienthong.facilities.exchange.models import Delivery, Link
from lienthong.work.dossiers.actions.online import accept_dossier
from tests.cast import SIX, Cast
from tests.journeys.conftest import ground as ground
from tests.proofs.portal import WITHDRAWN, StandIn, standing_in
from tests.proofs.running import product

DOSSIERS = int(os.environ.get("PORTAL_DOSSIERS", "10000"))
WITHIN = 600.0
SCOPES = [ApiScope.LODGE, ApiScope.READ, ApiScope.WITHDRAW]
CLERKS = 2
# By then a message that failed six times has been tried again. So often an officer presses, and no oftener: the rest
# goes by itself.
PRESSED_AFTER, MOST_PRESSES = 120.0, 3


@pytest.fixture
def portal() -> Iterator[StandIn]:
    with standing_in() as found:
        yield found


def test_every_dossier_arrives_once_and_every_status_is_told(
    ground: None, cast: Cast, portal: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    run(cast, portal, DOSSIERS, capsys)


def run(
    cast: Cast,
    portal: StandIn,
    dossiers: int,
    capsys: pytest.CaptureFixture[str],
    workers: int = 2,
    patience: float = PRESSED_AFTER,
) -> None:
    """The whole course, on a database of its own, and what must be true at its end."""
    client_id = registered(cast, portal)
    clerks = {code: cast.of(f"motcua1.{code}") for code in SIX}
    connections.close_all()
    began = time.monotonic()
    with product(workers) as address:
        portal.address = address
        counters = threading.Thread(target=accept_all, args=(clerks, portal, client_id))
        counters.start()
        portal.lodge(range(dossiers))
        lodged = time.monotonic() - began
        portal.news.put(("", ""))
        counters.join()
        accepted = time.monotonic() - began
        wait_for_all(cast, portal, client_id, expected(dossiers), patience)
    told = time.monotonic() - began
    with capsys.disabled():
        print(
            f"\n{dossiers} hồ sơ: nộp {lodged:.0f} s, tiếp nhận {accepted:.0f} s, báo xong {told:.0f} s;",
            end=" ",
        )
        print(", ".join(f"{word} {count}" for word, count in sorted(portal.counts.items())))
    judge(portal, client_id, dossiers)


def expected(dossiers: int) -> dict[str, list[str]]:
    """What the portal must have been told of each of its dossiers, in this order."""
    return {
        f"CQG-{number:07d}": ["1", "2", "7"] if number % WITHDRAWN == 0 else ["1", "2"]
        for number in range(dossiers)
    }


def registered(cast: Cast, portal: StandIn) -> int:
    """The portal becomes a client with a token and an address."""
    city = cast.city
    access.forget_tokens()
    with entered(city):
        client_id = actions.register_client(
            actor=city,
            key=uuid4(),
            name="Cổng thế thân",
            kind="portal",
            scopes=SCOPES,
            rate_per_minute=60_000,
        )
        until = timezone.now() + timedelta(days=2)
        token = actions.issue_token(
            actor=city, key=uuid4(), client_id=client_id, scopes=SCOPES, expires_at=until
        )
        _id, secret = actions.subscribe(actor=city, key=uuid4(), client_id=client_id, url=portal.url)
    portal.token, portal.secret = token.raw, secret
    return client_id


def accept_all(clerks: dict[str, Actor], portal: StandIn, client_id: int) -> None:
    """The counters accept what comes, as it comes; some applicants then take theirs back."""

    def accept(news: tuple[str, str]) -> None:
        external_code, code = news
        clerk = clerks[SIX[int(external_code.rpartition("-")[2]) % len(SIX)]]
        with entered(clerk):
            found = access.find_linked(client_id, code=code)
            accept_dossier(actor=clerk, dossier_id=found.case_id, key=uuid4())
        if int(external_code.rpartition("-")[2]) % WITHDRAWN == 0:
            while not portal.withdraw(external_code):
                time.sleep(0.01)

    def at_counter(_number: int) -> None:
        try:
            while (news := portal.news.get(timeout=WITHIN)) != ("", ""):
                accept(news)
        finally:
            portal.news.put(("", ""))
            connections.close_all()

    with ThreadPoolExecutor(CLERKS) as pool:
        done = list(pool.map(lambda n: _guarded(portal, at_counter, n), range(CLERKS)))
    assert len(done) == CLERKS


def _guarded(portal: StandIn, act: object, number: int) -> None:
    try:
        act(number)  # type: ignore[operator]
    except Empty:
        portal.wrong.append("the counters waited in vain")
    except Exception as error:
        portal.wrong.append(repr(error))


def wait_for_all(
    cast: Cast, portal: StandIn, client_id: int, wanted: dict[str, list[str]], patience: float
) -> None:
    """Until everything was told, by the sender's own tries and rests: that is what is to be shown.

    An officer who has waited long presses "gửi lại tất cả" now and then, as one would: seldom, and it is counted.
    """
    began, presses = time.monotonic(), 0
    while (waited := time.monotonic() - began) < WITHIN and not portal.wrong:
        told = all(len(portal.statuses(code)) == len(codes) for code, codes in wanted.items())
        if (
            told and not _unsettled()
        ):  # what the portal took without answering goes again, and is settled then
            break
        time.sleep(1)
        if presses < MOST_PRESSES and waited > (presses + 1) * patience:
            presses += 1
            with entered(cast.city):
                actions.resend_all(actor=cast.city, key=uuid4(), client_id=client_id)
    portal.counts["presses of the button"] = presses


def _unsettled() -> bool:
    with entered(SYSTEM):
        return Delivery.objects.exclude(state=DeliveryState.DELIVERED).exists()


def judge(portal: StandIn, client_id: int, dossiers: int) -> None:
    """Each dossier once, each status in its order, nothing waiting, nothing stumbled."""
    assert portal.wrong == []
    wanted = expected(dossiers)
    strange = {code: portal.statuses(code) for code in wanted if portal.statuses(code) != wanted[code]}
    assert strange == {} and set(portal.taken) == set(wanted)
    for events in portal.taken.values():
        sequences = [event["sequence"] for event in events]
        assert sequences == sorted(sequences)
    with entered(SYSTEM):
        links = dict(Link.objects.filter(client_id=client_id).values_list("external_code", "case__code"))
        verbs = Counter(Entry.objects.filter(verb__startswith="dossier.").values_list("verb", flat=True))
        states = Counter(Delivery.objects.values_list("state", flat=True))
        assert Case.objects.count() == dossiers
        assert Case.objects.filter(closed_at=None, holder=None).count() == 0
    assert links == {code: told["code"] for code, told in portal.lodged.items()}
    assert len(set(links.values())) == len(links) == dossiers
    withdrawn = len(range(0, dossiers, WITHDRAWN))
    assert verbs == {"dossier.lodged": dossiers, "dossier.received": dossiers, "dossier.withdrawn": withdrawn}
    assert states == {DeliveryState.DELIVERED: 2 * dossiers + withdrawn}
    assert stumbles("exchange") == []

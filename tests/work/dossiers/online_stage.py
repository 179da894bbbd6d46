"""A dossier lodged online, and the client of the API that lodged it."""

from typing import Any
from uuid import uuid4

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.facilities.exchange.actions import register_client
from lienthong.people.identity.enums import Duty
from lienthong.work.dossiers.access import find_dossier
from lienthong.work.dossiers.actions.lodge import lodge_dossier
from lienthong.work.dossiers.models import Dossier
from lienthong.work.dossiers.rules import LODGING
from lienthong.work.dossiers.values import Lodged
from tests.cast import Cast
from tests.work.dossiers.stage import intake


def client_at(cast: Cast, duty: str = Duty.RECEPTION) -> Actor:
    """A client of the API at Tân Hưng, with the duty that the called act needs."""
    with entered(SYSTEM):
        number = register_client(
            actor=SYSTEM, key=uuid4(), name=f"Cổng thử {uuid4().hex[:6]}", kind="portal", scopes=[LODGING]
        )
    return Actor(
        account_id=-number, unit_id=cast.clerk.unit_id, duties=frozenset({LODGING, duty}), label="Cổng thử"
    )


def lodged(client: Actor, **changes: Any) -> Lodged:
    """A dossier just lodged by the client."""
    with entered(client):
        return lodge_dossier(
            actor=client,
            key=uuid4(),
            intake=intake(channel="online", **changes),
            external_code=f"G22-{uuid4().hex[:12]}",
        )


def read(cast: Cast, dossier_id: int) -> Dossier:
    """The dossier as the clerk sees it."""
    with entered(cast.clerk):
        return find_dossier(cast.clerk, dossier_id)

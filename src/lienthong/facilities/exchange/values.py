"""Plain values at the joint to other systems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lienthong.core.journal.values import Happened
from lienthong.core.registry.values import NotFound
from lienthong.core.scope.values import Actor

# What a room says of an entry of its kind of case, to whom the client's own code is added; None: not told.
Teller = Callable[[int, Happened], "Mapping[str, Any] | None"]


@dataclass(slots=True)
class Tellers:
    """Who tells of which kind of case, since the process began."""

    by_kind: dict[str, Teller] = field(default_factory=dict)


TELLERS = Tellers()


@dataclass(frozen=True, slots=True)
class ClientPass:
    """Bên kết nối đã xưng danh bằng một mã truy cập còn hiệu lực.

    `unit_ids` None: the whole province. `officer` is the actor of the post that the token names (`desk:` scopes).
    """

    client_id: int
    token_id: int
    name: str
    kind: str
    scopes: frozenset[str]
    unit_ids: frozenset[int] | None
    province: str
    rate_per_minute: int
    sandbox: bool
    expires_at: datetime
    officer: Actor | None = None

    def may(self, scope: str) -> bool:
        """Whether the token carries the scope (ApiScope word)."""
        return scope in self.scopes

    def reaches(self, unit_id: int) -> bool:
        """Whether the client may address this unit."""
        return self.unit_ids is None or unit_id in self.unit_ids

    def actor(self, unit_id: int, duties: frozenset[str] = frozenset()) -> Actor:
        """Who acts for this client in the unit that it addresses: account -id, its scopes as duties.

        Raises NotFound for a unit outside its reach.
        """
        if not self.reaches(unit_id):
            raise NotFound
        return Actor(
            account_id=-self.client_id,
            unit_id=unit_id,
            reach="unit",
            duties=self.scopes | duties,
            label=self.name,
            name=self.name,
        )


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """Hồ sơ mà bên kết nối được biết, and the unit in whose scope it is read."""

    case_id: int
    code: str
    external_code: str
    responsible_unit_id: int
    receiving_unit_id: int


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """Mã truy cập vừa cấp: `raw` is shown once and kept nowhere ("" where the command came again)."""

    token_id: int
    raw: str
    hint: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ClientLine:
    """Một bên kết nối trên trang trao đổi: what waits, what is stuck and why, since when.

    Counts are bounded (`queries.MOST_COUNTED`): one more than that means "more than".
    """

    id: int
    name: str
    kind: str
    is_active: bool
    sandbox: bool
    waiting: int
    stuck: int
    oldest_at: datetime | None
    trouble: str
    pause_reason: str
    delivered_at: datetime | None
    addresses: int
    tokens: int


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """Một thông báo trên trang của bên kết nối; `behind`: an earlier one of the same dossier is not delivered."""

    id: int
    code: str
    external_code: str
    status_label: str
    state: str
    tries: int
    created_at: datetime
    next_try_at: datetime
    delivered_at: datetime | None
    trouble: str
    error: str
    status: int | None
    behind: bool

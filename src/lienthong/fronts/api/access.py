"""Who calls, with which scope, and how often: every address of the API stands behind `admitted`."""

from threading import Lock
from time import monotonic

from django.conf import settings
from django.http import HttpRequest

from lienthong.core.registry.values import Refused
from lienthong.core.scope.queries import present_register
from lienthong.core.scope.values import Actor
from lienthong.core.workdays.queries import is_demonstration, today
from lienthong.facilities.exchange.access import client_by_token, find_linked
from lienthong.facilities.exchange.values import ClientPass, LinkedCase
from lienthong.fronts.api.rules import seconds_until, spent
from lienthong.people.identity.enums import Duty
from lienthong.people.organisation.queries import unit_by_code

# What is left of each client's allowance in this process, and since when. The processes share a client's rate.
_ALLOWANCES: dict[int, tuple[float, float]] = {}
_LOCK = Lock()


class TooOften(Refused):
    """The client calls faster than agreed. `seconds`: when it may call again."""

    def __init__(self, seconds: int) -> None:
        sentence = (
            f"Bên gửi gọi nhanh hơn mức đã thỏa thuận. Hãy chờ {seconds} giây rồi gửi lại với cùng khóa."
        )
        super().__init__(code="api.too_often", sentence=sentence, status=429)
        self.seconds = seconds


def admitted(request: HttpRequest, *scopes: str) -> ClientPass:
    """The client that calls. Raises Refused: no valid token, only on trial, none of the scopes, too often.

    At most one statement every few seconds (see `client_by_token`).
    """
    kind, _, raw = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    client = client_by_token(raw.strip()) if kind.lower() == "bearer" else None
    if client is None:
        raise Refused(
            code="api.no_token",
            sentence="Thiếu mã truy cập, hoặc mã đã hết hạn hay bị thu hồi. Hãy xin cấp mã mới rồi gửi lại.",
            status=401,
        )
    # A system on trial would take real numbers, start real clocks and send messages to real people.
    if client.sandbox and not is_demonstration():
        raise Refused(
            code="api.sandbox",
            sentence="Bên kết nối này chỉ để thử nghiệm nên không gọi được vào hệ thống thật."
            " Hãy dùng địa chỉ của hệ thống trình diễn, hoặc xin đăng ký bên kết nối chính thức.",
            status=403,
        )
    if not any(client.may(scope) for scope in scopes):
        raise Refused(
            code="api.scope",
            sentence=f"Mã truy cập này không có phạm vi “{scopes[0]}” nên không làm được việc này.",
            status=403,
        )
    _spend(client)
    return client


def client_actor(client: ClientPass, unit_code: str, duty: str = "") -> Actor:
    """The client as it acts in the unit that it addresses. Raises NotFound outside its reach."""
    day = today()
    # Remembered as long as the register stands; the act asks for the unit itself once more.
    unit_id = present_register().kept(("api.unit", unit_code, day), lambda: unit_by_code(unit_code, day).id)
    return client.actor(unit_id, _duties(duty))


def found_link(client: ClientPass, code: str = "", external_code: str = "") -> LinkedCase:
    """A dossier of the client's own, in its reach. Raises NotFound."""
    linked = find_linked(client.client_id, code=code, external_code=external_code)
    client.actor(linked.receiving_unit_id)
    return linked


def actor_for(client: ClientPass, linked: LinkedCase, duty: str = Duty.RECEPTION) -> Actor:
    """The client as it acts on a dossier of its own: at the unit that received it."""
    return client.actor(linked.receiving_unit_id, _duties(duty))


def officer_of(client: ClientPass) -> Actor:
    """The officer for whose post an office's own software acts. Raises Refused."""
    if client.officer is None:
        raise Refused(
            code="api.scope", sentence="Mã truy cập này không gắn với vị trí công tác nào.", status=403
        )
    return client.officer


def _duties(duty: str) -> frozenset[str]:
    return frozenset({duty}) if duty else frozenset()


def _spend(client: ClientPass) -> None:
    """Take one call from the client's allowance. Raises TooOften."""
    most = max(1.0, client.rate_per_minute / settings.API_PROCESSES)
    rate, now = most / 60, monotonic()
    with _LOCK:
        left = spent(*_ALLOWANCES.get(client.client_id, (most, now)), now, rate_per_second=rate, most=most)
        if left >= 0:
            _ALLOWANCES[client.client_id] = (left, now)
            return
    raise TooOften(seconds_until(left, rate))

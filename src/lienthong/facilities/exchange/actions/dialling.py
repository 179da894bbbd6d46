"""One message to one receiver: where it may go, how long it may take, what the answer means. Writes no row."""

import asyncio
import json
import socket
import ssl
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from time import time
from typing import Any

import httpx
from django.utils import timezone

from lienthong.facilities.exchange.enums import Trouble
from lienthong.facilities.exchange.rules import asked_wait, signatures
from lienthong.lib.outbound import NotPublic, may_dial, place_of

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
LONGEST_ANSWER = 64 * 1024
# Names looked up at the same time. One that hangs keeps a thread, so each host is asked once a round.
LOOK_UPS = 32
MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Message:
    """Một thông báo sắp gửi: to which address, signed with which secrets."""

    delivery_id: int
    subscription_id: int
    url: str
    secrets: tuple[bytes, ...]
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a message: delivered where `trouble` is "". `wait`: how long the receiver asks to be left alone."""

    delivery_id: int
    subscription_id: int
    status: int | None = None
    trouble: str = ""
    detail: str = ""
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """Which addresses may be dialled that are not public: networks by name, and this machine."""

    networks: tuple[str, ...] = ()
    loopback: bool = False
    total_seconds: float = TOTAL_SECONDS


@dataclass(frozen=True, slots=True)
class _Round:
    """What the messages of a round share: the client, and each host's address, asked for once."""

    client: httpx.AsyncClient
    pool: ThreadPoolExecutor
    ways: Ways
    places: dict[tuple[str, int], asyncio.Future[str]] = field(default_factory=dict)

    async def place(self, host: str, port: int) -> str:
        """The address to dial. Raises NotPublic, OSError; who waits no longer does not end it for the others."""
        if (host, port) not in self.places:
            ways = self.ways
            found = asyncio.get_running_loop().run_in_executor(
                self.pool, lambda: place_of(host, port, ways.networks, loopback=ways.loopback)
            )
            # Where everybody has given up waiting, nobody is left to be told.
            found.add_done_callback(lambda one: one.cancelled() or one.exception())
            self.places[host, port] = found
        return await asyncio.shield(self.places[host, port])


def send_messages(messages: Sequence[Message], ways: Ways) -> list[Answer]:
    """Send messages at once, each within its time; never raises for what a receiver does."""
    return asyncio.run(_send_all(messages, ways))


async def _send_all(messages: Sequence[Message], ways: Ways) -> list[Answer]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    timeout = httpx.Timeout(ways.total_seconds, connect=CONNECT_SECONDS)
    pool = ThreadPoolExecutor(LOOK_UPS, thread_name_prefix="look-up")
    try:
        # No proxy of the environment: it would dial where this module may not.
        async with httpx.AsyncClient(
            timeout=timeout, limits=limits, trust_env=False, follow_redirects=False, verify=_trust()
        ) as client:
            turn = _Round(client, pool, ways)
            return list(await asyncio.gather(*(_send(turn, message) for message in messages)))
    finally:
        # A look-up that hangs does not hold up the round: its thread ends when the resolver gives up.
        pool.shutdown(wait=False, cancel_futures=True)


@cache
def _trust() -> ssl.SSLContext:
    """Made once a process. The authorities that this machine trusts (an operator may add the State's own)."""
    return ssl.create_default_context()


async def _send(turn: _Round, message: Message) -> Answer:
    try:
        async with asyncio.timeout(turn.ways.total_seconds):
            answer = await _post(turn, message)
    except Exception as error:  # whatever a receiver does is told on the page, never lost in a worker
        return _told(message, *_trouble_of(error))
    status, trouble = answer.status_code, _meaning_of(answer.status_code)
    asked = answer.headers.get("retry-after", "") if trouble == Trouble.BUSY else ""
    wait = asked_wait(asked.strip(), timezone.now())
    return _told(message, trouble, f"HTTP {status}" if trouble else "", status, wait)


async def _post(turn: _Round, message: Message) -> httpx.Response:
    """Dial the very address that was checked (a name may answer otherwise the second time)."""
    url = httpx.URL(message.url)
    body = json.dumps(message.payload, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {**_headers(message, body), "host": url.netloc.decode()}
    place = await _place(turn, url)
    request = turn.client.build_request("POST", url.copy_with(host=place), content=body, headers=headers)
    request.extensions["sni_hostname"] = url.host
    answer = await turn.client.send(request, stream=True)
    try:
        await _read_some(answer)
    finally:
        await answer.aclose()
    return answer


async def _read_some(answer: httpx.Response) -> None:
    """Read the answer's body, bounded: its words mean nothing, and it may be endless."""
    read = 0
    async for part in answer.aiter_raw():
        read += len(part)
        if read > LONGEST_ANSWER:
            return


async def _place(turn: _Round, url: httpx.URL) -> str:
    """An address of the host that may be dialled; http only where the network is a private one of ours."""
    place = await turn.place(url.host, url.port or (443 if url.scheme == "https" else 80))
    if url.scheme != "https" and may_dial(place):
        raise NotPublic("http")
    return place


def _headers(message: Message, body: bytes) -> dict[str, str]:
    message_id, timestamp = str(message.payload["id"]), int(time())
    return {
        "content-type": MEDIA_TYPE,
        "user-agent": "LienThong/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signatures(
            message.secrets, message_id=message_id, timestamp=timestamp, body=body
        ),
    }


def _meaning_of(status: int) -> str:
    """The trouble of an HTTP status; "" for any 2xx, whatever its body says."""
    match status:
        case _ if 200 <= status < 300:
            return ""
        case 410:
            return Trouble.GONE
        case 429 | 503:
            return Trouble.BUSY
        case _ if status >= 500:
            return Trouble.SERVER
        case _ if 300 <= status < 400:
            return Trouble.REDIRECT
        case _:
            return Trouble.REFUSED


def _trouble_of(error: Exception) -> tuple[str, str]:
    """The trouble of an exception, and its own words for the engineers."""
    words = f"{type(error).__name__}: {error}"[:200]
    if isinstance(error, NotPublic):
        return Trouble.ADDRESS, str(error)[:200]
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Trouble.TIMEOUT, words
    if isinstance(error, socket.gaierror):
        return Trouble.DNS, words
    if isinstance(error, httpx.ConnectError) and "ssl" in str(error).lower():
        return Trouble.TLS, words
    return Trouble.CONNECT, words


def _told(
    message: Message, trouble: str, detail: str, status: int | None = None, wait: timedelta | None = None
) -> Answer:
    return Answer(message.delivery_id, message.subscription_id, status, trouble, detail, wait)

"""One message to one receiver: where it may go, how long it may take, what the answer means. Writes no row."""

import asyncio
import json
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from time import time
from typing import Any

import httpx

from lienthong.facilities.exchange.enums import Trouble
from lienthong.facilities.exchange.rules import may_send_to, signatures

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0
LONGEST_ANSWER = 64 * 1024
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
    """What came of a message: delivered where `trouble` is ""."""

    delivery_id: int
    subscription_id: int
    status: int | None = None
    trouble: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """Which addresses may be dialled that are not public: networks by name, and this machine."""

    networks: tuple[str, ...] = ()
    loopback: bool = False
    total_seconds: float = TOTAL_SECONDS


class _Forbidden(Exception):
    """The address may not be dialled."""


def send_messages(messages: Sequence[Message], ways: Ways) -> list[Answer]:
    """Send messages at once, each within its time; never raises for what a receiver does."""
    return asyncio.run(_send_all(messages, ways))


async def _send_all(messages: Sequence[Message], ways: Ways) -> list[Answer]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    timeout = httpx.Timeout(ways.total_seconds, connect=CONNECT_SECONDS)
    # No proxy of the environment: it would dial where this module may not.
    async with httpx.AsyncClient(
        timeout=timeout, limits=limits, trust_env=False, follow_redirects=False, verify=_trust()
    ) as client:
        return list(await asyncio.gather(*(_send(client, message, ways) for message in messages)))


@cache
def _trust() -> ssl.SSLContext:
    """Made once a process. The authorities that this machine trusts (an operator may add the State's own)."""
    return ssl.create_default_context()


async def _send(client: httpx.AsyncClient, message: Message, ways: Ways) -> Answer:
    try:
        async with asyncio.timeout(ways.total_seconds):
            status = await _post(client, message, ways)
    except Exception as error:  # whatever a receiver does is told on the page, never lost in a worker
        return _told(message, *_trouble_of(error))
    return _told(message, _meaning_of(status), "" if 200 <= status < 300 else f"HTTP {status}", status)


async def _post(client: httpx.AsyncClient, message: Message, ways: Ways) -> int:
    """Dial the very address that was checked (a name may answer otherwise the second time)."""
    url = httpx.URL(message.url)
    body = json.dumps(message.payload, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {**_headers(message, body), "host": url.netloc.decode()}
    place = await _place(url, ways)
    request = client.build_request("POST", url.copy_with(host=place), content=body, headers=headers)
    request.extensions["sni_hostname"] = url.host
    answer = await client.send(request, stream=True)
    try:
        await _read_some(answer)
    finally:
        await answer.aclose()
    return answer.status_code


async def _read_some(answer: httpx.Response) -> None:
    """Read the answer's body, bounded: its words mean nothing, and it may be endless."""
    read = 0
    async for part in answer.aiter_raw():
        read += len(part)
        if read > LONGEST_ANSWER:
            return


async def _place(url: httpx.URL, ways: Ways) -> str:
    """An address of the host that may be dialled; http only where the network is a private one of ours."""
    port = url.port or (443 if url.scheme == "https" else 80)
    found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    places = [str(one[4][0]) for one in found]
    good = [one for one in places if may_send_to(one, ways.networks, loopback=ways.loopback)]
    if not good or len(good) != len(places):
        raise _Forbidden(places[0] if places else url.host)
    if url.scheme != "https" and may_send_to(good[0], (), loopback=False):
        raise _Forbidden("http")
    return min(good, key=lambda one: ":" in one)


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
    if isinstance(error, _Forbidden):
        return Trouble.ADDRESS, str(error)[:200]
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Trouble.TIMEOUT, words
    if isinstance(error, socket.gaierror):
        return Trouble.DNS, words
    if isinstance(error, httpx.ConnectError) and "ssl" in str(error).lower():
        return Trouble.TLS, words
    return Trouble.CONNECT, words


def _told(message: Message, trouble: str, detail: str, status: int | None = None) -> Answer:
    return Answer(message.delivery_id, message.subscription_id, status, trouble, detail)

"""The load: some clients in a process of their own, each with one kept connection, asking again and again.

`python -m bench.load` reads what to do as JSON from its standard input and prints what it saw. Requests are bytes
made from a template; of an answer only the status and the length are read, so that it costs the machine little.
What a batch really stored is counted in the database afterwards (bench/__main__.py).
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Callable
from itertools import count
from uuid import UUID

_random = random.Random()


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *(f"{k}: {v}" for k, v in headers.items())]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def fresh(template: str) -> str:
    """The template with new keys, codes and numbers wherever it asks for them."""
    while "@KEY@" in template:
        template = template.replace("@KEY@", str(UUID(int=_random.getrandbits(128), version=4)), 1)
    while "@NUMBER@" in template:
        template = template.replace("@NUMBER@", f"079{_random.randrange(10**9):09d}", 1)
    while "@CODE@" in template:
        template = template.replace("@CODE@", f"B-{_random.getrandbits(80):020x}", 1)
    return template


def maker(client: dict) -> Callable[[int], bytes]:
    """What a client sends at each turn: its requests in order, again and again."""
    wanted = client["requests"]

    def make(turn: int) -> bytes:
        one = wanted[turn % len(wanted)]
        headers = {name: fresh(text) for name, text in one["headers"].items()}
        return request(one["method"], one["path"], headers, fresh(one.get("body", "")).encode())

    return make


async def client(spec: dict, number: int, end: float, seen: dict) -> None:
    """One client: send, wait, note the time; a status other than 2xx is counted apart."""
    reader, writer = await asyncio.open_connection("127.0.0.1", spec["port"])
    make = maker(spec["clients"][number])
    for turn in count():
        message = make(turn)
        began = time.perf_counter()
        if began > end:
            break
        writer.write(message)
        status, body = await answer(reader)
        seen["times"].append(time.perf_counter() - began)
        if not 200 <= status < 300:
            seen["wrong"].append(f"{status} {body[:300]!r}")
    writer.close()


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of one answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    status, lower = int(head[9:12]), head.lower()
    if b"transfer-encoding: chunked" in lower:
        body = b""
        while size := int(await reader.readuntil(b"\r\n"), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readexactly(2)
        return status, body
    place = lower.find(b"content-length:")
    length = int(lower[place + 15 : lower.find(b"\r", place)]) if place >= 0 else 0
    return status, await reader.readexactly(length)


async def run(spec: dict) -> dict:
    """All clients for the given seconds."""
    seen: dict = {"times": [], "wrong": []}
    began, used = time.perf_counter(), time.process_time()
    end = began + spec["seconds"]
    await asyncio.gather(*(client(spec, number, end, seen) for number in range(len(spec["clients"]))))
    spent = time.perf_counter() - began
    times = sorted(seen["times"]) or [0.0]
    return {
        "count": len(seen["times"]),
        "rate": len(seen["times"]) / spent,
        "p50_ms": times[len(times) // 2] * 1000,
        "p95_ms": times[int(len(times) * 0.95)] * 1000,
        "own_cpu_ms": (time.process_time() - used) * 1000 / max(len(times), 1),
        "wrong": len(seen["wrong"]),
        "examples": seen["wrong"][:2],
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(json.load(sys.stdin)))))

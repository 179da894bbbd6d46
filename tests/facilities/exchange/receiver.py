"""A portal's end of a webhook: a real HTTP server that can be told to misbehave."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any

# What a receiver does with a request: an HTTP status, or one of the words.
Manner = Callable[[dict[str, Any]], int | str]


@dataclass
class Receiver:
    """What has come, in order, and how it is answered (`says`: headers of the answer)."""

    url: str = ""
    manner: Manner = lambda _event: 204
    events: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)


class _Handler(BaseHTTPRequestHandler):
    receiver: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        event = json.loads(body)
        mine = self.receiver
        mine.bodies.append(body)
        mine.headers.append({name.lower(): value for name, value in self.headers.items()})
        mine.events.append(event)
        match mine.manner(event):
            case "drop":
                self.close_connection = True
                return
            case "hang":
                sleep(1.5)
                return
            case "rubbish":
                self._answer(200, b"\xff\xfe<not json at all" * 20_000)
            case int(status):
                self._answer(status, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("location", "http://127.0.0.1:1/elsewhere")
        for name, value in self.receiver.says.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests look at what came."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256


@contextmanager
def listening(manner: Manner = lambda _event: 204) -> Iterator[Receiver]:
    """A receiver at a free port of this machine."""
    receiver = Receiver(manner=manner)
    handler = type("Handler", (_Handler,), {"receiver": receiver})
    server = _Server(("127.0.0.1", 0), handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/webhooks"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def is_signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """The check that docs/exchange.md asks of a portal."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(f"v1,{mark}", one) for one in headers["webhook-signature"].split())

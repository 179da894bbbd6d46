"""A stand-in for the national portal: a real HTTP server and a real HTTP client, both of the worst kind.

It drops 20 % of what it sends and of what it is sent, repeats 30 %, sends in no order, and loses replies of
one request or message in ten that was done. What it knows at the end is what the proof looks at.
"""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from random import Random
from typing import Any
from uuid import UUID

from tests.cast import SIX
from tests.facilities.exchange.receiver import is_signed
from tests.work.dossiers.stage import PROCEDURE

DROPPED, LOST, REPEATED = 0.20, 0.10, 0.30
LOT = 50
SINGLY = 0.05
WITHDRAWN = 20  # every so manyth
THREADS = 4


@dataclass
class StandIn:
    """The portal: its dossiers by its own code, and every message that it took."""

    seed: int = 2026
    token: str = ""
    secret: str = ""
    address: str = ""
    url: str = ""
    lodged: dict[str, dict[str, Any]] = field(default_factory=dict)
    news: SimpleQueue[tuple[str, str]] = field(default_factory=SimpleQueue)
    taken: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    ids: dict[str, bytes] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    # ---- what it sends -------------------------------------------------------------------------------

    def lodge(self, numbers: Sequence[int]) -> None:
        """Lodge dossiers until the reply of each has come through, in lots and singly, in no order."""
        open_items = [self._item(number) for number in numbers]
        while open_items:
            self.chance.shuffle(open_items)
            lots = [open_items[at : at + LOT] for at in range(0, len(open_items), LOT)]
            again = [lot for lot in lots if self.chance.random() < REPEATED]
            with ThreadPoolExecutor(THREADS) as pool:
                list(pool.map(self._send_lot, [*lots, *again]))
            open_items = [one for one in open_items if one["dossier"]["external_code"] not in self.lodged]

    def withdraw(self, external_code: str) -> bool:
        """Take a dossier back, the reply of which may be lost; whether it came through."""
        key = str(UUID(int=int(external_code.rpartition("-")[2]) + 10**12))
        path = f"/api/v1/dossiers/{self.lodged[external_code]['code']}/withdrawal"
        answer = self._call(path, {"reason": "Người nộp đổi ý"}, key)
        if answer is not None and answer[0] != 200:
            self._wrong(f"withdrawal {answer}")
        return answer is not None

    def _item(self, number: int) -> dict[str, Any]:
        paper = {"kind": "citizen_card", "number": f"0791{number:08d}"}
        dossier = {
            "unit_code": SIX[number % len(SIX)],
            "external_code": f"CQG-{number:07d}",
            "procedure_code": PROCEDURE,
            "applicant": {"name": f"Công dân {number:07d}", "papers": [paper], "address": "Số 1, Khu phố 1"},
            "papers": [{"name": "Tờ khai", "originals": 1}],
        }
        return {"key": str(UUID(int=number + 1)), "dossier": dossier}

    def _send_lot(self, items: list[dict[str, Any]]) -> None:
        if self._draw() < SINGLY:
            for one in items:
                self._note(one["key"], self._call("/api/v1/dossiers", one["dossier"], one["key"]))
            return
        # A lot has a key of its own; each of its items is known by the item's key, whatever lot it comes in.
        answer = self._call("/api/v1/dossiers/batch", {"items": items}, items[0]["key"])
        if answer is None:
            return
        if answer[0] != 200:
            self._wrong(f"batch {answer}")
            return
        for sent, outcome in zip(items, answer[1]["items"], strict=True):
            found = outcome.get("dossier") or outcome.get("problem")
            self._note(sent["key"], (outcome["status"], found))

    def _note(self, key: str, answer: tuple[int, dict[str, Any]] | None) -> None:
        """Keep what we were told of a dossier; a second answer must be the first one."""
        if answer is None:
            return
        status, told = answer
        if status != 201:
            self._wrong(f"{key}: {status} {told}")
            return
        code = told["external_code"]
        with self.lock:
            former = self.lodged.setdefault(code, told)
            first = former is told
        if former["code"] != told["code"]:
            self._wrong(f"{code}: {former['code']} and {told['code']}")
        if first:
            self.news.put((code, told["code"]))

    def _call(self, path: str, body: Any, key: str) -> tuple[int, dict[str, Any]] | None:
        """One request over a connection of its own; None where it, or its reply, was lost on the way."""
        fate = self._draw()
        host, _, port = self.address.rpartition(":")
        line = HTTPConnection(host.removeprefix("http://"), int(port), timeout=60)
        content = json.dumps(body).encode()
        try:
            if fate < DROPPED:
                self._cut_off(line, path, content, key)
                return None
            line.request("POST", path, content, self._headers(key))
            answer = line.getresponse()
            told = json.loads(answer.read())
        except (OSError, HTTPException):
            self._count("broken")
            return None
        finally:
            line.close()
        if fate < DROPPED + LOST:
            self._count("replies lost")
            return None
        if answer.status in (429, 503):
            self._count("told to come later")
            return None
        return answer.status, told

    def _cut_off(self, line: HTTPConnection, path: str, content: bytes, key: str) -> None:
        """Half a request, and then nothing more."""
        self._count("requests dropped")
        line.putrequest("POST", path)
        for name, value in {**self._headers(key), "Content-Length": str(len(content))}.items():
            line.putheader(name, value)
        line.endheaders(content[: len(content) // 2])

    def _headers(self, key: str) -> dict[str, str]:
        bearer = f"Bearer {self.token}"
        return {"Authorization": bearer, "Content-Type": "application/json", "Idempotency-Key": key}

    # ---- what it takes -------------------------------------------------------------------------------

    def take(self, headers: dict[str, str], body: bytes) -> None:
        """A message that reached us: signed, not altered, and kept in the order of its first coming."""
        event = json.loads(body)
        code = event["data"]["external_code"]
        if not is_signed(self.secret, headers, body):
            self._wrong(f"{code}: not signed")
        with self.lock:
            if (former := self.ids.setdefault(event["id"], body)) is body:
                self.taken[code].append(event)
            else:
                self.counts["messages repeated"] += 1
        if former != body:
            self._wrong(f"{code}: another body under {event['id']}")

    def statuses(self, external_code: str) -> list[str]:
        """The national codes that we were told of a dossier, in order."""
        with self.lock:
            return [event["data"]["status"]["code"] for event in self.taken.get(external_code, ())]

    def fate(self) -> str:
        """What becomes of a message: dropped unread, taken but never answered, or answered."""
        drawn = self._draw()
        word = "dropped" if drawn < DROPPED else "lost" if drawn < DROPPED + LOST else "answered"
        self._count(f"messages {word}")
        return word

    def _draw(self) -> float:
        with self.lock:
            return self.chance.random()

    def _count(self, word: str) -> None:
        with self.lock:
            self.counts[word] += 1

    def _wrong(self, sentence: str) -> None:
        with self.lock:
            self.wrong.append(sentence)


class _Handler(BaseHTTPRequestHandler):
    portal: StandIn

    def do_POST(self) -> None:
        fate = self.portal.fate()
        if fate == "dropped":
            return
        body = self.rfile.read(int(self.headers["content-length"]))
        self.portal.take({name.lower(): value for name, value in self.headers.items()}, body)
        if fate == "answered":
            self.send_response(204)
            self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the portal's memory is the log."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke is one of the things that this portal does."""


@contextmanager
def standing_in(seed: int = 2026) -> Iterator[StandIn]:
    """The portal, listening for messages."""
    portal = StandIn(seed=seed)
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"portal": portal}))
    portal.url = f"http://127.0.0.1:{server.server_address[1]}/messages"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

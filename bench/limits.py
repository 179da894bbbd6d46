"""What the figures stand beside: the database alone, and a bare server before it, taken just before and just after.

A shared machine may be half as fast a minute later; a ratio holds only between what was measured side by side.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import psycopg

from bench import raw, server

Load = Callable[[dict[str, Any], int, list[int]], dict[str, Any]]
Limit = tuple[float | None, float | None]
NONE: Limit = (None, None)


def kind_of(name: str) -> str:
    """Which limit a figure stands beside: of create, step and list there is one; a batch creates."""
    word = name.partition(" ")[0]
    return {"batch": "create", "worklist": "list"}.get(word, word)


@dataclass(frozen=True)
class Limits:
    """Raw and floor of one database: dossiers or steps a second, or milliseconds of a list (p50)."""

    owner: str
    clients: int
    seconds: int
    port: int
    pids: list[int]
    load: Load

    def around(self, kind: str, measure: Callable[[], dict[str, Any]]) -> tuple[Limit, dict[str, Any]]:
        """What `measure` gives, and the mean of the limits of both sides of it."""
        if kind not in ("create", "step", "list"):
            return NONE, measure()
        before = self.of(kind)
        seen = measure()
        after = self.of(kind)
        return (mean((before[0], after[0])), mean((before[1], after[1]))), seen

    def of(self, kind: str) -> tuple[float, float]:
        """The raw limit and the floor at this moment."""
        return self._raw(kind), self._floor(kind)

    def _raw(self, kind: str) -> float:
        if kind == "list":
            return raw.middle_ms(self.owner, raw.LIST, seconds=self.seconds)
        script, more = (raw.CREATE, {}) if kind == "create" else (raw.STEP, {"n": self._last()})
        return raw.run(self.owner, script, clients=self.clients, seconds=self.seconds, **more)

    def _last(self) -> int:
        with psycopg.connect(self.owner) as connection:
            found = connection.execute("SELECT max(id) FROM case_row").fetchone()
        assert found
        return int(found[0])

    def _floor(self, kind: str) -> float:
        seen = self.load({"clients": self._asked(kind)}, self.port, self.pids)
        return float(seen["p50_ms"] if kind == "list" else seen["rate"])

    def _asked(self, kind: str) -> list[dict[str, Any]]:
        """The same as the product is asked, in the bare server's own words."""
        if kind == "list":
            return [{"requests": [{"method": "GET", "path": "/list", "headers": {}}]}]
        head = {"Content-Type": "application/json"}
        if kind == "create":
            body = json.dumps({"type": 5, "ward": 77, "payload": raw.PAYLOAD})
            one = {"method": "POST", "path": "/create", "headers": head, "body": body}
            return [{"requests": [one]}] * self.clients
        step = {"method": "POST", "path": "/step", "headers": head}
        # Each client steps on rows of its own.
        return [
            {"requests": [{**step, "body": json.dumps({"id": 1 + n * 50 + k})} for k in range(50)]}
            for n in range(self.clients)
        ]


@contextmanager
def beside(owner: str, *, clients: int, seconds: int, load: Load, log: Path) -> Iterator[Limits]:
    """The raw tables laid and filled a little, the bare server up: ready to be measured beside the product."""
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(raw.SCHEMA)
    raw.run(owner, raw.CREATE, clients=clients, seconds=seconds)
    port = server.free_port()
    with server.floor(port, raw_url=owner, log=log) as pids:
        yield Limits(owner, clients, seconds, port, pids, load)

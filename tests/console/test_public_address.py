"""Where it is asked whether it answers, and where papers lead: the two that a deployment in earnest gets wrong first."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lienthong.console import environment, places, running, up
from lienthong.console.addresses import Addresses

WHERE = Addresses("postgresql://app@/x", "postgresql://owner@/x", True)
PUBLIC = "https://lienthong.example"


class Strict(BaseHTTPRequestHandler):
    """Refuses every Host but one, as Django does."""

    def do_GET(self) -> None:
        self.send_response(200 if self.headers["Host"] == "localhost" and self.path == "/healthz" else 400)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        return None


@pytest.fixture
def strict() -> Iterator[int]:
    with HTTPServer(("127.0.0.1", 0), Strict) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


class Recorded:
    """In the place of Children: what would be started, with which environment."""

    def __init__(self) -> None:
        self.started: dict[str, dict[str, str]] = {}

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> "Recorded":
        self.started[name] = environment
        return self

    def refuse_dead(self) -> None:
        return None


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_it_is_asked_directly_by_a_name_that_is_always_allowed(
    strict: int, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setattr("urllib.request._opener", None)
    assert running.healthy(running.Run(host=host, port=strict).address)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:80"),
        ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("::1", "http://[::1]:80"),
    ],
)
def test_an_address_can_be_dialled(host: str, address: str) -> None:
    assert running.Run(host=host, port=80).address == address


def allowed_with(hosts: str | None) -> list[str]:
    """ALLOWED_HOSTS as a process reads it from its environment."""
    made = {name: value for name, value in os.environ.items() if name != "LIENTHONG_HOSTS"}
    made |= {"LIENTHONG_HOSTS": hosts} if hosts is not None else {}
    line = [sys.executable, "-c", "import json, config.settings as s; print(json.dumps(s.ALLOWED_HOSTS))"]
    made |= {"LIENTHONG_SECRET_KEY": "only-for-tests"}
    said = subprocess.run(line, env=made, cwd=places.ROOT, check=True, capture_output=True, text=True).stdout
    found: list[str] = json.loads(said)
    return found


@pytest.mark.django_db
def test_with_the_names_of_the_office_set_our_own_question_is_still_answered(settings: Any) -> None:
    settings.ALLOWED_HOSTS = allowed_with("lienthong.x.gov.vn, hanh-chinh.x.gov.vn")
    answers = {
        host: Client(headers={"Host": host}).get("/healthz").status_code
        for host in (
            "localhost",
            "127.0.0.1:8000",
            "lienthong.x.gov.vn",
            "hanh-chinh.x.gov.vn",
            "evil.example",
        )
    }
    assert answers.pop("evil.example") == 400
    assert set(answers.values()) == {200}


def test_without_names_only_this_machine_is_allowed() -> None:
    assert allowed_with(None) == allowed_with("") == ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize("demo", [True, False])
def test_papers_lead_to_where_it_listens_and_whoever_serves_in_earnest_is_told(
    demo: bool, var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIENTHONG_PUBLIC_URL", "")
    monkeypatch.setattr(running, "healthy", lambda address: True)
    run, children = running.Run(host="127.0.0.1"), Recorded()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        public = up._public_url("127.0.0.1", port, demo=demo)
        filled_with = environment.of(WHERE)["LIENTHONG_PUBLIC_URL"]
        # While the demonstration was filled another program took the port.
        taken.listen()
        up._start(children, run, WHERE, port, public)  # type: ignore[arg-type]
    assert filled_with == f"http://127.0.0.1:{port}" != run.address
    assert {made["LIENTHONG_PUBLIC_URL"] for made in children.started.values()} == {run.address}
    assert set(children.started) == {"web", "worker"}
    assert ("LIENTHONG_PUBLIC_URL" in capsys.readouterr().out) is not demo


def test_a_public_address_that_is_set_is_left_alone(
    var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIENTHONG_PUBLIC_URL", PUBLIC)
    monkeypatch.setattr(running, "healthy", lambda address: True)
    children = Recorded()
    public = up._public_url("127.0.0.1", 8000, demo=False)
    up._start(children, running.Run(host="127.0.0.1"), WHERE, 8000, public)  # type: ignore[arg-type]
    assert {made["LIENTHONG_PUBLIC_URL"] for made in children.started.values()} == {PUBLIC}
    assert "CHÚ Ý" not in capsys.readouterr().out


def test_every_variable_that_the_settings_read_is_in_the_readme() -> None:
    readme = (places.ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    settings_file = (places.ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    read = {word for word in _named(settings_file) if word not in OF_THE_CONSOLE}
    assert {word for word in read if f"`{word}`" not in readme and f"`{word}=" not in readme} == set()


# The console sets these for the processes that it starts; the last is for a developer's own machine.
OF_THE_CONSOLE = {"LIENTHONG_ROLE", "LIENTHONG_PROCESSES", "LIENTHONG_DEBUG"}


def _named(text: str) -> set[str]:
    return {
        part.partition('"')[0] for part in text.split('environ.get("')[1:] if part.startswith("LIENTHONG_")
    }

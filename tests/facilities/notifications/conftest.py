"""A dossier whose applicant wants to be told, a mail server that answers as it is told to, and a provider."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lienthong.core.journal.values import HAPPENED, Happened
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM, Actor
from lienthong.core.workdays.actions import acting_at
from lienthong.facilities.notifications import reactions
from lienthong.facilities.notifications.actions import send_waiting
from lienthong.facilities.notifications.models import ChannelHealth, Message, MessageAddress
from lienthong.lib.calendar.days import VIETNAM
from lienthong.people.identity.middleware import SESSION_POST
from lienthong.people.identity.models import Account
from lienthong.people.parties.values import PaperDraft, PartyDraft
from lienthong.work.dossiers.actions.receive import receive_dossier
from tests.cast import Cast
from tests.work.dossiers.stage import intake

NOON = datetime(2026, 11, 25, 10, 0, tzinfo=VIETNAM)
NIGHT = datetime(2026, 11, 25, 22, 30, tzinfo=VIETNAM)
PHONE, EMAIL = "0900000123", "cong-dan-0123@thu.example"
numbers = count(700_001)


def applicant(channel: str = "email") -> PartyDraft:
    number = f"079191{next(numbers):06d}"
    return PartyDraft(
        name=f"Công dân {number[-4:]}",
        papers=(PaperDraft("citizen_card", number),),
        address="Số 12, Khu phố 1",
        phone=PHONE,
        email=EMAIL,
        channel=channel,
    )


@dataclass
class Post:
    """The room at work: events become messages, messages are sent."""

    cast: Cast

    def receive(self, channel: str = "email", at: datetime = NOON) -> int:
        """A dossier received at the counter, whose applicant chose this channel."""
        clerk = self.cast.clerk
        with acting_at(at), entered(clerk):
            wanted = intake(applicant=applicant(channel))
            return receive_dossier(actor=clerk, key=uuid4(), intake=wanted).dossier_id

    def hear(self, case_id: int, at: datetime = NOON) -> None:
        """Hand the case's entries to the room's listeners, as the follower of the journal does."""
        with acting_at(at), entered(SYSTEM):
            for entry in entries(case_id):
                for listener in reactions.LISTENERS.values():
                    listener(entry)

    def told(self, channel: str = "email", at: datetime = NOON) -> int:
        """A dossier whose receipt has become a message."""
        case_id = self.receive(channel, at)
        self.hear(case_id, at)
        return case_id

    def send(self, channel: str = "email", at: datetime = NOON, carrier: Any = None) -> int:
        with acting_at(at):
            return send_waiting(actor=SYSTEM, channel=channel, carrier=carrier)

    def message(self, case_id: int) -> Message:
        with entered(SYSTEM):
            return Message.objects.get(case_id=case_id)

    def address(self, case_id: int) -> str:
        with entered(SYSTEM):
            return MessageAddress.objects.get(message__case_id=case_id).address

    def readdress(self, case_id: int, address: str) -> None:
        with entered(SYSTEM):
            MessageAddress.objects.filter(message__case_id=case_id).update(address=address)

    def health(self, channel: str = "email") -> ChannelHealth:
        return ChannelHealth.objects.get(pk=channel)

    def browser(self, actor: Actor) -> Client:
        """A browser in which the actor is signed in and acts from the post."""
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id))
        session = client.session
        session[SESSION_POST] = actor.post_id
        session.save()
        return client


def entries(case_id: int) -> list[Happened]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {HAPPENED} FROM journal_entry e WHERE case_id = %s ORDER BY id", [case_id])
        return [Happened.of(row) for row in cursor.fetchall()]


@pytest.fixture
def post(db: None, cast: Cast) -> Post:
    return Post(cast)


@dataclass
class Letters:
    """What a mail server was handed, and how it is told to answer at each step ("" = as usual)."""

    taken: list[Any] = field(default_factory=list)
    at_rcpt: str = ""
    shuns: str = ""  # the one address for which it closes the channel (421)
    at_data: str = ""
    drops_at_data: bool = False
    hangs_at_data: threading.Event | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address == self.shuns:
            return "421 4.3.2 Try again later"
        if self.at_rcpt:
            return self.at_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append(envelope)
        if self.drops_at_data:
            server.transport.close()
        if self.hangs_at_data:
            await server.loop.run_in_executor(None, self.hangs_at_data.wait, 10)
        return self.at_data or "250 2.0.0 OK"


class Server(Controller):
    """A mail server on a free port of this machine."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def letters(settings: Any) -> Iterator[Letters]:
    """A real SMTP server, to which the deployment's mail goes."""
    kept = Letters()
    server = Server(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    mail = {"url": f"smtp://127.0.0.1:{server.port}", "sender": "khong-tra-loi@tan-hung.example"}
    settings.MESSAGE_CARRIERS = {**settings.MESSAGE_CARRIERS, "email": mail}
    yield kept
    server.stop()


@dataclass
class Provider:
    """What an SMS provider was asked, and what it answers."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    status: int = 200
    says: bytes = b'{"error": 0}'
    hangs: bool = False
    url: str = ""
    headers: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A real HTTP server in the place of a provider."""
    kept, over = Provider(), threading.Event()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            kept.headers.append(dict(self.headers))
            if kept.hangs:
                over.wait(5)
                return
            self.send_response(kept.status)
            self.send_header("Content-Length", str(len(kept.says)))
            self.end_headers()
            self.wfile.write(kept.says)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    kept.url = f"http://127.0.0.1:{server.server_port}/send"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield kept
    over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def statements() -> Callable[[Callable[[], Any]], int]:
    """How many statements an act takes, transaction control and the change of scope not counted."""

    def counted(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as seen:
            act()
        control = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT set_config", "SELECT lienthong_unit")
        return sum(1 for query in seen.captured_queries if not query["sql"].startswith(control))

    return counted

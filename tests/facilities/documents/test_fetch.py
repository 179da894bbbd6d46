"""Files offered by links are fetched, bounded and checked like every other; what does not come is told."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from lienthong.core.journal.queries import timeline
from lienthong.core.registry.values import NotFound, Refused
from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.documents.actions import download, fetch_waiting, order_files
from lienthong.facilities.documents.enums import OrderState
from lienthong.facilities.documents.models import Attachment, FileOrder
from lienthong.facilities.documents.queries import orders_of
from lienthong.facilities.documents.values import LinkedFile
from tests.facilities.documents.conftest import CASE, CLERK, FOREIGN_CASE, LEADER, PDF, PERSON, STRANGER

pytestmark = pytest.mark.django_db


class Portal(BaseHTTPRequestHandler):
    """Offers one good file, and some that are not."""

    def do_GET(self) -> None:
        answers = {
            "/a.pdf": (200, PDF),
            "/big.pdf": (200, PDF + b"x" * 4096),
            "/program.pdf": (200, b"MZ\x90\x00 program"),
            "/away.pdf": (302, b""),
            "/broken.pdf": (500, b""),
        }
        status, body = answers.get(self.path, (404, b""))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def portal() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def ordered(*urls: str, actor: Any = CLERK, case_id: int = CASE) -> int:
    files = [LinkedFile(url, url.rpartition("/")[2], "Tờ khai") for url in urls]
    with entered(actor):
        return order_files(actor=actor, case_id=case_id, party_id=PERSON, files=files)


def order() -> FileOrder:
    with entered(SYSTEM):
        return FileOrder.objects.get()


def test_a_file_comes_into_the_case_and_its_address_is_forgotten(officers: Any, portal: str) -> None:
    ordered(f"{portal}/a.pdf")
    assert fetch_waiting() == {"waiting": 0, "fetched": 1, "failed": 0}
    with entered(CLERK):
        (attachment,) = Attachment.objects.filter(case_id=CASE)
        assert attachment.paper == "Tờ khai" and attachment.file_name == "a.pdf" and orders_of(CASE) == []
    assert order().url == "" and order().state == OrderState.FETCHED
    assert fetch_waiting()["fetched"] == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("/none.pdf", "404"),
        ("/away.pdf", "302"),
        ("/program.pdf", ""),
        ("/big.pdf", "lớn hơn"),
    ],
)
def test_what_cannot_be_taken_is_given_up_and_told(
    officers: Any, portal: str, name: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "LARGEST_FILE", 1024)
    ordered(f"{portal}{name}")
    assert fetch_waiting()["failed"] == 1
    with entered(CLERK):
        (line,) = orders_of(CASE)
        verbs = [told.verb for told in timeline(CASE)]
    assert line.state == OrderState.FAILED and words in line.error and order().url == ""
    assert verbs == ["document.ordered", "document.not_fetched"]


def test_a_server_that_is_down_is_asked_again_later_and_not_for_ever(officers: Any, portal: str) -> None:
    ordered(f"{portal}/broken.pdf", "http://127.0.0.1:1/a.pdf")
    assert fetch_waiting() == {"waiting": 2, "fetched": 0, "failed": 0}
    assert fetch_waiting() == {"waiting": 0, "fetched": 0, "failed": 0}
    with entered(SYSTEM):
        past = FileOrder.objects.first().next_try_at - timedelta(days=3)  # type: ignore[union-attr]
        FileOrder.objects.update(tries=7, next_try_at=past)
    assert fetch_waiting()["failed"] == 2


def test_a_private_network_is_never_called(officers: Any, portal: str, settings: Any) -> None:
    settings.FILES_FROM_HERE = False
    ordered(f"{portal}/a.pdf", "http://169.254.169.254/latest/meta-data")
    assert fetch_waiting()["failed"] == 2
    with entered(CLERK):
        assert all("mạng riêng" in line.error for line in orders_of(CASE))


def test_an_order_needs_the_duty_and_the_case(officers: Any) -> None:
    with pytest.raises(Refused) as refused:
        ordered("https://portal.example/a.pdf", actor=LEADER)
    assert refused.value.refusal.code == "document.no_duty"
    with pytest.raises(NotFound):
        ordered("https://portal.example/a.pdf", case_id=FOREIGN_CASE)


def test_another_unit_does_not_see_it(officers: Any) -> None:
    ordered("https://portal.example/a.pdf")
    with entered(STRANGER):
        assert orders_of(CASE) == []

"""A real browser, a real server, a database of its own.

Each module of journeys works on a copy of the test database (CREATE DATABASE … TEMPLATE, by the owner), so what
it commits meets no other test and is dropped with it. The server runs in this process, in threads; like every
test it speaks to the database as the application's role.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connection, connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from psycopg.sql import SQL, Composed, Identifier

from tests.cast import PASSWORD

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
AXE = settings.ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS, HEIGHT = (1440, 390, 320), 900
# A machine that others use too may be three times slower; what takes its time is measured elsewhere.
expect.set_options(timeout=20_000)


class Quiet(WSGIRequestHandler):
    """Requests of a browser that has left are no news."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


class Server(ThreadedWSGIServer):
    """A server whose threads end with the tests."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes a connection early is no error of the page."""


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The module's own copy of the test database, behind Django's connection until the module ends."""
    former = str(connection.settings_dict["NAME"])
    copy = f"{former}_journeys"
    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(copy))
    _run_as_owner(drop)
    connections.close_all()
    _run_as_owner(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(copy), Identifier(former)))
    connection.settings_dict["NAME"] = copy
    with django_db_blocker.unblock():
        yield
        connections.close_all()
    connection.settings_dict["NAME"] = former
    _run_as_owner(drop)


@pytest.fixture(scope="module")
def address(ground: None) -> Iterator[str]:
    """Where the product answers."""
    server = Server(("127.0.0.1", 0), Quiet)
    server.set_app(WSGIHandler())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser(ground: None) -> Iterator[Browser]:
    """Chromium; without one the journeys fail and say what is missing."""
    path = os.environ.get("LIENTHONG_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        pytest.fail("Chưa có Chromium. Cài gói chromium, hoặc đặt LIENTHONG_CHROMIUM rồi chạy lại.")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps a loop in the thread of the tests, and they speak to the database from there.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
        connections.close_all()  # those opened beside the loop; Django keeps them apart from the others


class Desk:
    """An officer's browser: signs in through the page, types, looks."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def stranger(self, width: int = 1440) -> Page:
        """Somebody who has not signed in."""
        context = self.browser.new_context(viewport={"width": width, "height": HEIGHT}, locale="vi-VN")
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type == "error" else None)
        return page

    def officer(self, username: str, width: int = 1440) -> Page:
        """An officer who has just signed in by keyboard."""
        page = self.stranger(width)
        page.goto(f"{self.address}/desk/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.address}/desk/**")
        return page

    def close(self) -> None:
        """Leave."""
        for context in self.contexts:
            context.close()


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Desk]:
    """Officers and citizens at their browsers; no page may have raised an error in the console."""
    played = Desk(browser, address)
    yield played
    played.close()
    # A page that answers 409 or 422 is an answer, and a search that was typed over is given up.
    harmless = ("Failed to load resource", "htmx:afterRequest", "htmx:sendAbort")
    errors = [error for error in played.errors if not error.startswith(harmless)]
    assert not errors, errors


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, when what moves in has arrived."""
    page.evaluate("Promise.allSettled(document.getAnimations().map(one => one.finished))")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']} {[node['html'][:160] for node in one['nodes']][:3]}"
        for one in found["violations"]
    ]


def fits(page: Page) -> bool:
    """Nothing must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def wrong(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What is wrong with the page as it stands: at a desk, on a telephone, and on the smallest one."""
    former = page.viewport_size or {"width": WIDTHS[0], "height": HEIGHT}
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{width}: {fault}" for fault in faults(page)]
        if not fits(page):
            found.append(f"{width}: wider than the screen")
    page.set_viewport_size({"width": former["width"], "height": former["height"]})
    return found


def _run_as_owner(statement: Composed) -> None:
    """Run one statement as the owner, on the owner's own database."""
    with psycopg.connect(os.environ["LIENTHONG_OWNER_URL"], autocommit=True) as owner:
        owner.execute(statement)

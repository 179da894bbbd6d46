"""An online dossier from the portal's call to the counter's acceptance, and the page of the interface."""

import json
import os
from datetime import timedelta
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import uuid4

from django.utils import timezone
from playwright.sync_api import Page, expect

from lienthong.core.scope.actions import entered
from lienthong.core.scope.values import SYSTEM
from lienthong.facilities.exchange.actions import issue_token, register_client
from tests.cast import TAN_HUNG
from tests.fronts.api.conftest import dossier
from tests.journeys.conftest import Desk, wrong

SHOTS = os.environ.get("LIENTHONG_SHOTS", "")


def token() -> str:
    """A portal's token, that may lodge."""
    with entered(SYSTEM):
        client_id = register_client(
            actor=SYSTEM,
            key=uuid4(),
            name=f"Cổng thử {uuid4().hex[:6]}",
            kind="portal",
            scopes=["dossiers:lodge"],
        )
        issued = issue_token(
            actor=SYSTEM,
            key=uuid4(),
            client_id=client_id,
            scopes=["dossiers:lodge"],
            expires_at=timezone.now() + timedelta(days=1),
        )
    return issued.raw


def lodged(address: str, number: str) -> str:
    """A dossier lodged over HTTP; returns its code."""
    links = [{"url": "https://portal.example/to-khai.pdf", "name": "to-khai.pdf", "paper": "Tờ khai"}]
    body = dossier(number, form={"Họ và tên người được khai": "Công dân 0124", "Số bản": "2"}, links=links)
    request = Request(f"{address}/api/v1/dossiers", json.dumps(body).encode(), method="POST")
    for name, value in (("Authorization", f"Bearer {token()}"), ("Content-Type", "application/json")):
        request.add_header(name, value)
    request.add_header("Idempotency-Key", str(uuid4()))
    with urlopen(request) as answer:
        return str(json.load(answer)["code"])


def kept(page: Page, name: str) -> None:
    """A picture, where somebody asked for pictures."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def test_the_counter_accepts_what_was_lodged_online(desk: Desk) -> None:
    code = lodged(desk.address, "079190000320")
    page = desk.officer(f"motcua1.{TAN_HUNG}")
    page.goto(f"{desk.address}/desk/?list=online")
    kept(page, "list")
    assert wrong(page) == []
    page.locator("main a.row-title").first.click()
    expect(page.locator("main")).to_contain_text("Cổng trực tuyến")
    assert code.replace("-", "") in page.locator("main").inner_text().replace(" ", "").replace("-", "")
    kept(page, "submitted")
    assert wrong(page) == []
    page.get_by_role("button", name="Tiếp nhận hồ sơ").first.click()
    expect(page.locator("main")).to_contain_text("Đã tiếp nhận")
    kept(page, "received")
    page.goto(f"{desk.address}/desk/?list=online")
    expect(page.locator("main")).to_contain_text("chờ tiếp nhận sẽ hiện ở đây")


def test_the_interface_reads_well(desk: Desk) -> None:
    page = desk.stranger()
    page.goto(f"{desk.address}/api/v1/docs")
    page.locator("summary").first.click()
    kept(page, "docs")
    assert wrong(page) == []
    page.goto(f"{desk.address}/api/problems/api.too_often")
    kept(page, "problem")
    assert wrong(page) == []
